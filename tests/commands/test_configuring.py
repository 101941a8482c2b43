"""`apply`, `export`, `check`: what they print, and with which exit code they end."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from tests.commands.conftest import Run

FILE = """
applications: [{id: payroll, redirect_uris: ['http://localhost:8401/callback'], flow: f, require: [push]}]
flows: [{id: f, steps: [{id: 1, options: [{authenticator: password}]}], script: {file: login.js}}]
users: [{username: mara, password: mara-at-the-door}]
"""
SCRIPT = "var onLoginRequest = function (context) {\n  executeStep(1);\n};\n"


def written(folder: Path, *, script: str = SCRIPT, text: str = FILE) -> str:
    (folder / "login.js").write_text(script)
    (folder / "doorstep.yaml").write_text(text)
    return "doorstep.yaml"


def test_apply_tells_what_it_did(run: Run, folder: Path) -> None:
    """Added, changed, left; warnings apart on standard error; twice changes nothing."""
    file = written(folder)
    first = run("apply", file)
    assert first.code == 0
    assert {"added    application payroll", "added    flow f", "added    user mara"} <= set(first.out.splitlines())
    assert "no step of flow f offers push" in first.err
    assert run("apply", file).out.splitlines()[-1] == "0 added, 0 changed, 0 removed, 3 left."


def test_apply_makes_database_and_key_for_their_owner_alone(run: Run, folder: Path) -> None:
    """Mode 600 in a folder of mode 700."""
    run("apply", written(folder))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder / "data").iterdir()}
    assert modes["doorstep.db"] == modes["secret.key"] == 0o600
    assert stat.S_IMODE((folder / "data").stat().st_mode) == 0o700


def test_apply_needs_no_state_store(run: Run, folder: Path, monkeypatch: object) -> None:
    """Where logins under way are kept is never opened."""
    (folder / "s.yaml").write_text("state_url: sqlite:////proc/nowhere/state.db\n")
    assert run("apply", "--config", "s.yaml", written(folder)).code == 0


def test_apply_refuses_with_all_errors_and_changes_nothing(run: Run, folder: Path) -> None:
    """Exit code 1, each error on a line with its place."""
    text = FILE.replace("flow: f,", "flow: g,").replace("mara-at-the-door", "[x]")
    ran = run("apply", written(folder, text=text))
    assert ran.code == 1
    assert "doorstep.yaml:4:26: users[0].password: expected a text" in ran.err
    assert not (folder / "data").exists()
    ran = run("apply", written(folder, script="executStep(1);", text=FILE.replace("flow: f,", "flow: g,")))
    assert "login.js:1:1: name: executStep is not defined (did you mean executeStep?)" in ran.err
    assert "there is no flow g" in ran.err
    assert ran.err.splitlines()[-1] == "Nothing was changed."
    assert run("export").out.startswith("applications: []")


def test_a_dry_run_says_so(run: Run, folder: Path) -> None:
    """And a real one then still adds everything."""
    file = written(folder)
    assert "dry run" in run("apply", "--dry-run", file).out
    assert "3 added" in run("apply", file).out


def test_a_dry_run_shows_what_changes_line_by_line(run: Run, folder: Path) -> None:
    """In the form of the file; of a secret only that it changes."""
    run("apply", written(folder))
    text = FILE.replace("[push]", "[password]").replace("mara-at-the-door", "mara-at-the-gate")
    ran = run("apply", "--dry-run", written(folder, text=text, script=SCRIPT.replace("1", "0x1")))
    lines = ran.out.splitlines()
    at = lines.index("changed  application payroll (require)")
    assert lines[at + 1 : at + 4] == ["     require:", "    -- push", "    +- password"]
    assert "    +      executeStep(0x1);" in lines
    assert "changed  user mara (password)" in lines
    assert "gate" not in ran.out


def test_a_folder_stands_for_the_files_in_it(run: Run, folder: Path) -> None:
    """All are judged together; what is no configuration, or hidden, is left alone."""
    parts = folder / "parts"
    parts.mkdir()
    written(parts)
    (parts / ".hidden.yaml").write_text("nonsense: 1")
    (parts / "more.json").write_text('{"users": [{"username": "noah", "password": "noah-at-the-door"}]}')
    assert run("apply", "parts").out.splitlines()[-1] == "4 added, 0 changed, 0 removed, 0 left."
    (parts / "twice.yml").write_text("users: [{username: noah}]")
    assert run("apply", "parts").code == 1


def test_an_export_can_be_applied_again(run: Run, folder: Path) -> None:
    """To standard output or to a file for its owner alone."""
    run("apply", written(folder))
    ran = run("export", "--out", "out.yaml")
    assert ran.code == 0
    assert stat.S_IMODE((folder / "out.yaml").stat().st_mode) == 0o600
    assert (folder / "out.yaml").read_text() == run("export").out
    assert run("apply", "--prune", "out.yaml").out.splitlines()[-1].startswith("0 added, 0 changed, 0 removed")
    assert run("export", "--out", "no/such/folder/x.yaml").code == 1


def test_check_prints_places_and_ends_with_1_on_an_error(run: Run, folder: Path) -> None:
    """`file:line:column: error code: text`, or JSON with the same."""
    file = written(folder, script="var onLoginRequest = function (context) {\n  executeStep(7);\n};\n")
    ran = run("check", "login.js", "--flow", file)
    assert ran.code == 1
    assert ran.out.startswith("login.js:2:15: error step: ")
    found = json.loads(run("check", "login.js", "--flow", file, "--json").out)
    assert [(one["line"], one["column"], one["code"]) for one in found["errors"]] == [(2, 15, "step")]
    assert set(found) == {"errors", "warnings"}


def test_check_of_a_sound_script_ends_with_0(run: Run, folder: Path) -> None:
    """With a configuration, with one flow object, and without any flow."""
    file = written(folder)
    (folder / "flow.json").write_text('{"steps": [{"id": 1, "options": [{"authenticator": "BasicAuthenticator"}]}]}')
    for arguments in (("--flow", file), ("--flow", "flow.json"), ()):
        ran = run("check", "login.js", *arguments)
        assert (ran.code, ran.out) == (0, "")
    assert json.loads(run("check", "login.js", "--json").out) == {"errors": [], "warnings": []}


def test_check_finds_the_flow_that_runs_the_script(run: Run, folder: Path) -> None:
    """Among several, wherever the flow has its script from."""
    other = "  - {id: g, steps: [{id: 7, options: [{authenticator: push}]}], script: {source: 'executeStep(7);'}}\n"
    file = written(
        folder, text=FILE.replace("flows: [", "flows:\n  - ").replace("login.js}}]\n", f"login.js}}}}\n{other}")
    )
    (folder / "inline.js").write_text("executeStep(7);")
    assert run("check", "login.js", "--flow", file).code == 0
    assert "step:" not in run("check", "inline.js", "--flow", file).out


def test_check_says_when_it_cannot_tell_the_flow(run: Run, folder: Path) -> None:
    """Two flows and neither runs this script; a file that is not there; a flow that is wrong."""
    flows = "flows: [{id: f, steps: [STEP]}, {id: g, steps: [STEP]}]\n".replace(
        "STEP", "{id: 1, options: [{authenticator: push}]}"
    )
    file = written(folder, text=flows)
    ran = run("check", "login.js", "--flow", file)
    assert ran.code == 2
    assert "it has: f, g" in ran.err
    assert run("check", "none.js").code == 2
    assert run("check", "login.js", "--flow", "none.yaml").code == 2
    wrong = written(folder, text=FILE.replace("authenticator: password", "authenticator: pusch"))
    assert "there is no authenticator pusch" in run("check", "login.js", "--flow", wrong).err
