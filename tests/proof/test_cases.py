"""Scripts of ours with known answers, safe ones and others that are broken on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proof.proving import CASES, answers, expected, factors_of, proven


def test_there_are_enough_cases() -> None:
    """The corpus is large enough to say something."""
    assert len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_gets_its_answers(case: Path) -> None:
    """Each requirement is answered as the case says, and what gets around one really does when it is played."""
    source = case.read_text()
    wanted = expected(source)
    proof = proven(source, *wanted)
    assert answers(proof) == wanted
    for verdict in proof.verdicts:
        if verdict.scenario is not None:
            got_in = factors_of(source, verdict.scenario)
            assert got_in is not None
            assert not got_in & set(verdict.require.partition("@")[0].split("|"))
