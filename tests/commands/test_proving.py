"""`prove`: what can never happen in a script, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run

FLOW = """
id: f
steps:
  - {id: 1, options: [{authenticator: password}]}
  - {id: 2, options: [{authenticator: push}, {authenticator: totp}]}
"""
STEP_UP = """
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (hasRole(context.currentKnownSubject, 'admin')) { executeStep(2); }
        }
    });
}
"""


class Desk:
    """Proves things of scripts in a folder of its own."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder = run, folder

    def prove(self, script: str, require: str, *, code: int) -> dict[str, Any]:
        """What `prove --json` prints."""
        (self.folder / "login.js").write_text(script, "utf-8")
        (self.folder / "flow.yaml").write_text(FLOW, "utf-8")
        ran = self.run("prove", "login.js", "--flow", "flow.yaml", "--require", require, "--json")
        assert (ran.code, ran.err) == (code, "")
        found: dict[str, Any] = json.loads(ran.out)
        return found


@pytest.fixture
def desk(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return Desk(run, tmp_path)


def test_what_is_on_every_way_is_proven(desk: Desk) -> None:
    """Nothing more than the factors is needed: exit code 0, no scenario."""
    found = desk.prove(STEP_UP, "password", code=0)
    assert [(one["require"], one["answer"], one["scenario"]) for one in found["requirements"]] == [
        ("password", "proven", None)
    ]


def test_every_way_to_success_is_told(desk: Desk) -> None:
    """Each with its steps, its factors and the conditions in the script's own words."""
    ways = desk.prove(STEP_UP, "password", code=0)["ways"]
    assert {"steps": [{"step": 1, "authenticator": "password", "outcome": "success"}], "factors": ["password"],
            "when": ["not (hasRole(context.currentKnownSubject, 'admin'))"]} in ways  # fmt: skip
    assert sorted(way["factors"] for way in ways) == [["password"], ["password", "push"], ["password", "totp"]]


def test_a_counterexample_is_a_scenario_that_simulate_plays(desk: Desk) -> None:
    """Given to `simulate` as it is, it ends in success without the factor."""
    verdict = desk.prove(STEP_UP, "password,push", code=1)["requirements"][1]
    assert verdict["answer"] == "counterexample"
    (desk.folder / "scenario.json").write_text(json.dumps(verdict["scenario"]), "utf-8")
    ran = desk.run("simulate", "login.js", "--flow", "flow.yaml", "--scenario", "scenario.json", "--json")
    played = json.loads(ran.out)
    assert played["result"] == "success"
    assert [step["authenticator"] for step in played["steps"]] == ["password"]


def test_what_cannot_be_told_is_not_proven(desk: Desk) -> None:
    """The reason names the line."""
    script = (
        "function onLoginRequest(context) {\n"
        "    executeStep(1);\n"
        "    while (context.request.params.x) { context.request.params.x.pop(); }\n"
        "}"
    )
    verdict = desk.prove(script, "password", code=1)["requirements"][0]
    assert verdict["answer"] == "not proven"
    assert verdict["because"].startswith("line 3: ")


def test_a_script_that_lets_nobody_in_is_warned_about(desk: Desk) -> None:
    """Everything is proven of it, and that is hardly what its admin wants."""
    found = desk.prove("function onLoginRequest(context) { executeStep(1); fail(); }", "push", code=0)
    assert found["requirements"][0]["answer"] == "proven"
    assert found["warnings"] == ["no way leads to success: nobody can log in"]


def test_a_requirement_that_is_no_factor_is_refused(desk: Desk) -> None:
    """It is told which name nobody knows."""
    (desk.folder / "login.js").write_text(STEP_UP, "utf-8")
    (desk.folder / "flow.yaml").write_text(FLOW, "utf-8")
    ran = desk.run("prove", "login.js", "--flow", "flow.yaml", "--require", "pussh")
    assert (ran.code, "pussh is no factor" in ran.err) == (2, True)
