"""Every script that ships: nothing to say against it, its tests pass, and its metadata tells of what is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands.scripts import check_script
from commands.test import run_file
from engine.model import Flow, Option, Step

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "scripts"
NAMES = sorted(path.stem for path in SCRIPTS.glob("*.js"))
KEYS = {"title", "category", "summary", "story", "steps", "subject_step", "parameters"}

pytestmark = pytest.mark.parametrize("name", NAMES)


def source(name: str) -> str:
    """The script."""
    return (SCRIPTS / f"{name}.js").read_text("utf-8")


def told(name: str, ending: str = ".yaml") -> dict[str, Any]:
    """Its metadata, or its tests."""
    return dict(yaml.safe_load((SCRIPTS / f"{name}{ending}").read_text("utf-8")))


def ways(steps: list[dict[str, Any]]) -> list[tuple[int, list[str]]]:
    """The steps as numbers and authenticators."""
    return [(step["id"], [option["authenticator"] for option in step["options"]]) for step in steps]


def test_check_finds_nothing(name: str) -> None:
    """No errors, no warnings."""
    metadata = told(name)
    steps = tuple(Step(id_, tuple(map(Option, options))) for id_, options in ways(metadata["steps"]))
    flow = Flow(name, steps, subject_step=metadata["subject_step"], script=source(name))
    found = check_script(source(name), flow)
    assert (found.errors, found.warnings) == ([], [])


def test_its_tests_pass(name: str) -> None:
    """At least two, played on the flow that the metadata asks for."""
    tests = told(name, ".test.yaml")
    flow = tests["flow"]
    assert ways(flow["steps"]) == ways(told(name)["steps"])
    results = dict(run_file(SCRIPTS / f"{name}.test.yaml"))
    assert len(results) == len(tests["tests"]) >= 2
    assert {title: faults for title, faults in results.items() if faults} == {}


def test_one_of_its_tests_keeps_somebody_out(name: str) -> None:
    """What a script refuses is tested, too."""
    assert any(test["expect"]["result"] == "fail" for test in told(name, ".test.yaml")["tests"])


def test_its_metadata_is_whole(name: str) -> None:
    """Exactly the keys that there are, and of needs where it has any."""
    metadata = told(name)
    assert metadata.keys() - {"needs"} == KEYS
    assert all(step.keys() == {"id", "options", "purpose"} and step["purpose"] for step in metadata["steps"])
    assert all(parameter.keys() == {"name", "summary"} for parameter in metadata["parameters"])


def test_each_parameter_is_a_variable_at_the_top(name: str) -> None:
    """Nobody looks for one that is not there."""
    variables = set(re.findall(r"^var (\w+) =", source(name), re.MULTILINE))
    assert {parameter["name"] for parameter in told(name)["parameters"]} <= variables


def test_the_steps_are_those_that_it_runs(name: str) -> None:
    """By the names in capitals that `executeStep` is called with."""
    numbers = dict(re.findall(r"^var ([A-Z]+) = (\d+);", source(name), re.MULTILINE))
    used = {int(numbers[step]) for step in re.findall(r"executeStep\((\w+)", source(name))}
    assert used == {step["id"] for step in told(name)["steps"]}


def test_it_says_first_what_it_does(name: str) -> None:
    """A comment of one line."""
    assert re.match(r"// [A-Z][^\n]+\.\n", source(name))
