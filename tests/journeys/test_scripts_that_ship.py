"""Every script that ships: resumed in a new process wherever it waits, it goes as if it had never stopped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from engine.check import check
from engine.model import Flow, Option, Step

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPTS = sorted(path.stem for path in (ROOT / "scripts").glob("*.js"))

PATHS = {
    "password-then-push": [["yes", "yes"], ["no", "yes", "yes"], ["no"] * 5, ["yes", "dead"]],
    "push-progressive-enrollment": [["yes"], ["enroll", "yes", "yes"], ["enroll", "no", "yes"], ["dead"]],
    "retry-with-limit": [["yes"], ["no", "yes"], ["no", "no", "yes"], ["no", "no", "no"]],
    "role-based-step-up": [["yes", "yes"], ["yes", "dead"], ["dead"]],
}
"""What the person does at each page, for several ways through each script."""


def flow_of(name: str) -> Flow:
    """The script's flow, as its metadata says."""
    told = yaml.safe_load((ROOT / "scripts" / f"{name}.yaml").read_text("utf-8"))
    steps = tuple(
        Step(step["id"], tuple(Option(option["authenticator"]) for option in step["options"])) for step in told["steps"]
    )
    source = (ROOT / "scripts" / f"{name}.js").read_text("utf-8")
    return Flow(name, steps, subject_step=told["subject_step"], script=source)


def trace(name: str, way: list[str], *, apart: bool) -> list[str]:
    """The pages and the end of a login; *apart*: each answer is taken by a new process."""
    program = Path(__file__).parent / "one_answer.py"
    asked = json.dumps({"script": name, "way": way, "apart": apart})
    done = subprocess.run(
        [sys.executable, str(program)], input=asked, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return list(json.loads(done.stdout))


@pytest.mark.parametrize(("name", "way"), [(name, way) for name, ways in PATHS.items() for way in ways])
def test_a_login_in_a_new_process_at_each_answer_goes_the_same_way(name: str, way: list[str]) -> None:
    """Stop, dump, load in a new process, go on: the same trace as not stopping."""
    straight = trace(name, way, apart=False)
    assert len(straight) == len(way) + 1
    assert trace(name, way, apart=True) == straight


def test_the_ways_are_of_scripts_that_ship() -> None:
    """The scripts without ways here are played in tests/scripts, resumed from what is stored at each answer."""
    assert PATHS.keys() <= set(SCRIPTS)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_that_ships_has_nothing_to_say_against_it(name: str) -> None:
    """No errors, no warnings."""
    found = check((ROOT / "scripts" / f"{name}.js").read_text("utf-8"), flow_of(name), resolve=lambda name: name)
    assert (found.errors, found.warnings) == ([], [])


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_that_ships_tells_its_story(name: str) -> None:
    """Title, category, summary, story, steps with their purpose, parameters."""
    told = yaml.safe_load((ROOT / "scripts" / f"{name}.yaml").read_text("utf-8"))
    assert {"title", "category", "summary", "story", "steps", "parameters"} <= told.keys()
    assert all(step["purpose"] for step in told["steps"])
