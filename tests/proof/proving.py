"""Proves scripts as `doorstep prove` does, in the flow that the cases share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commands.flows import FlowFile, flow_file
from commands.prove import proof_of
from commands.simulate import play
from engine.proof import Proof
from engine.simulation import scenario_of

HERE = Path(__file__).parent
FLOW = HERE / "flow.yaml"
CASES = sorted((HERE / "cases").glob("*.js"))


def file_of(source: str, script: Path = FLOW) -> FlowFile:
    """The flow of the cases."""
    return flow_file(FLOW, source, script=script)


def proven(source: str, *require: str) -> Proof:
    """What is proven of a script."""
    return proof_of(source, file_of(source), list(require))


def answers(proof: Proof) -> dict[str, str]:
    """The answer to each requirement."""
    return {verdict.require: verdict.answer for verdict in proof.verdicts}


def expected(source: str) -> dict[str, str]:
    """The answers that the first line of a case tells: `// password: proven, push: counterexample`."""
    return dict(entry.strip().rsplit(": ", 1) for entry in source.splitlines()[0].removeprefix("//").split(","))  # type: ignore[misc]


def factors_of(source: str, scenario: dict[str, Any]) -> set[str] | None:
    """With which factors somebody gets in when that scenario is played; None if nobody does."""
    played = play(source, file_of(source), scenario_of(scenario))
    if played.result != "success":
        return None
    return set(played.trace[-1]["factors"].split())
