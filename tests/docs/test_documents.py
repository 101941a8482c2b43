"""The documents say what is so: events."""

from __future__ import annotations

import re

from tests.docs.documents import ROOT


def test_every_audit_event_is_told() -> None:
    """Each event that the code writes has its name in the operator's document."""
    folders = ("engine", "authenticators", "oidc", "storage", "configuration", "commands")
    code = "\n".join(path.read_text("utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py"))
    written = set(re.findall(r'(?:AuditEvent|note|_record|_stop)\(\s*(?:turn, )?"([a-z]+_[a-z_]+)"', code))
    told = set(re.findall(r"`([a-z]+_[a-z_]+)`", (ROOT / "docs" / "operating.md").read_text("utf-8")))
    assert written - told == set()
