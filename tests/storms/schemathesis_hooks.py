"""What Schemathesis is told of the management API beyond its document."""

from __future__ import annotations

import secrets
from typing import Any

import schemathesis


@schemathesis.hook
def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
    """Let no two calls have one Idempotency-Key: the second would be told again what the first made, removed or not."""
    headers = case.headers or {}
    is_about_headers = case.meta is not None and getattr(case.meta.phase.data, "parameter_location", None) == "header"
    key = headers.get("Idempotency-Key")
    if key and len(key) <= 150 and not is_about_headers:
        headers["Idempotency-Key"] = key + secrets.token_hex(8)
