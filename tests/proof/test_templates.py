"""What the scripts that ship promise, proven."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.flows import flow_file
from commands.prove import proof_of
from engine.proof import Proof

SCRIPTS = sorted((Path(__file__).parents[2] / "scripts").glob("*.js"))
ON_EVERY_WAY = {
    "password-then-push": ["password", "push"],
    "sign-in-option": ["push"],
    "acr-based": ["password", "push@acr=urn:doorstep:2"],
}
WITHOUT_PASSWORD = frozenset({"push-progressive-enrollment", "sign-in-option"})


def proof(script: Path, tmp_path: Path, require: list[str]) -> Proof:
    """The script in the flow that it says it needs."""
    import yaml

    told = yaml.safe_load(script.with_suffix(".yaml").read_text())
    steps = [{"id": step["id"], "options": step["options"]} for step in told["steps"]]
    flow = tmp_path / "flow.yaml"
    flow.write_text(yaml.safe_dump({"id": "flow", "steps": steps, "subject_step": told.get("subject_step", 1)}))
    source = script.read_text()
    return proof_of(source, flow_file(flow, source, script=script), require)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_template_lets_nobody_in_without_what_it_promises(script: Path, tmp_path: Path) -> None:
    """The factors that the story of a template names for everyone are on every way in."""
    require = ON_EVERY_WAY.get(script.stem, [] if script.stem in WITHOUT_PASSWORD else ["password"])
    made = proof(script, tmp_path, [*require, "password|push"])
    assert [(verdict.require, verdict.answer) for verdict in made.verdicts if verdict.answer != "proven"] == []
    assert made.ways
