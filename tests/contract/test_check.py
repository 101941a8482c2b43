"""Contract, section 1: `doorstep check` tells what is wrong with a script before anyone meets it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.contract.house import PASSWORD_ONLY, PASSWORD_PUSH, House, document, person, told

FLOW = {k: v for k, v in PASSWORD_PUSH.items() if k != "script"}
LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<kind>error|warning) (?P<code>[\w-]+): .+")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A folder in which nothing runs: `check` needs no database."""
    return House(Path(tmp_path_factory.mktemp("check")))


def body(text: str) -> str:
    """A script whose entry point is *text*, which begins at line 2."""
    return f"function onLoginRequest(context) {{\n{text}\n}}\n"


def check(house: House, source: str, flow: Mapping[str, Any] | None = FLOW) -> dict[str, Any]:
    """What `check --json` answers; the exit code must fit it."""
    path = house.write("login.js", source)
    of = ["--flow", str(house.write("flow.json", flow))] if flow is not None else []
    done = house.run("check", str(path), *of, "--json")
    answer = dict(json.loads(done.stdout))
    assert set(answer) == {"errors", "warnings"}
    for problem in answer["errors"] + answer["warnings"]:
        assert {"line", "column", "code", "text"} <= set(problem)
        assert isinstance(problem["line"], int)
        assert isinstance(problem["column"], int)
    assert done.returncode == (1 if answer["errors"] else 0), told(done)
    return answer


def places(problems: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Code and line of each."""
    return [(problem["code"], problem["line"]) for problem in problems]


def test_a_good_script_has_no_errors_and_exit_code_0(bench: House) -> None:
    """Two steps in order."""
    answer = check(bench, body("    executeStep(1, {onSuccess: function (context) { executeStep(2); }});"))
    assert answer == {"errors": [], "warnings": []}


ERRORS: dict[str, tuple[str, str, int]] = {
    "a missing bracket": (body("    executeStep(1;"), "syntax", 2),
    "a missing comma in an object": (body("    var a = {\n    b: 1\n    c: 2 };"), "syntax", 4),
    "an unfinished text": (body("    Log.info('never ends);"), "syntax", 2),
    "an unfinished expression": ("function onLoginRequest(context) {", "syntax", 1),
    "a class": (body("    class A {}"), "syntax", 2),
    "a break outside a loop": (body("    break;"), "early", 2),
    "a name declared twice": (body("    let a = 1;\n    let a = 2;"), "early", 3),
    "a return at the top": ("return 1;\n" + body("executeStep(1);"), "early", 1),
    "a constant assigned": ("const a = 1;\n", "entry", 1),
    "a misspelt function": (body("    executStep(1);"), "name", 2),
    "a misspelt variable": (body("    var tries = 1;\n    if (tires > 1) { fail(); }\n    executeStep(1);"), "name", 3),
    "no entry point": ("function onLogin(context) { executeStep(1); }", "entry", 1),
    "an empty script": ("", "entry", 1),
    "a step that is not configured": (body("    executeStep(3);"), "step", 2),
    "a step that is not configured, in a handler": (
        body("    executeStep(1, {\n        onSuccess: function () {\n            executeStep(9);\n}});"),
        "step",
        4,
    ),
    "step zero": (body("    executeStep(0);"), "step", 2),
    "a filter that matches nothing": (
        body("    executeStep(1, {authenticationOptions: [{authenticator: 'totp'}]}, {});"),
        "options",
        2,
    ),
    "a filter of another provider": (
        body("    executeStep(1, {authenticationOptions: [{idp: 'Elsewhere'}]}, {});"),
        "options",
        2,
    ),
}


@pytest.mark.parametrize("case", list(ERRORS))
def test_an_error_has_its_code_and_line(bench: House, case: str) -> None:
    """Exit code 1; the code of the contract; the line where it is."""
    source, code, line = ERRORS[case]
    answer = check(bench, source)
    found = places(answer["errors"])
    if code in ("syntax", "early"):
        assert len(found) >= 1
        assert found[0][0] in ("syntax", "early"), answer
        assert found[0][1] == line or case == "an unfinished expression", answer
    else:
        assert (code, line) in found, answer


def test_syntax_and_early_errors_have_codes_of_their_own(bench: House) -> None:
    """What does not parse is `syntax`; what parses and may not be is `early`."""
    assert places(check(bench, body("    executeStep(1;"))["errors"])[0] == ("syntax", 2)
    assert places(check(bench, body("    break;\n    executeStep(1);"))["errors"])[0] == ("early", 2)


def test_a_misspelt_name_is_told_what_it_may_have_meant(bench: House) -> None:
    """Did you mean."""
    (error,) = check(bench, body("    executStep(1);"))["errors"]
    assert error["column"] == 5
    assert "executStep" in error["text"]
    assert "executeStep" in error["text"]


def test_a_global_without_var_is_a_name_that_somebody_defines(bench: House) -> None:
    """An assignment makes a global, in whatever function it stands."""
    source = body("    executeStep(1, {onSuccess: function (context) {\n    seen = context.request.ip; other(); }});")
    source += "function other() { Log.info(seen); executeStep(2); }"
    assert check(bench, source)["errors"] == []


def test_a_name_asked_for_with_typeof_is_no_error(bench: House) -> None:
    """`typeof x` does not throw."""
    assert check(bench, body("    if (typeof sometime === 'undefined') { executeStep(1); }"))["errors"] == []


@pytest.mark.parametrize(
    "name",
    [
        *("executeStep", "fail", "sendError", "selectAcrFrom", "hasRole", "hasAnyOfTheRoles", "isMemberOfAnyOfGroups"),
        *("Log", "context", "Math", "JSON", "Date", "parseInt", "String", "Object", "Array", "RegExp", "isNaN"),
        *("encodeURIComponent", "undefined", "NaN", "Number", "Map", "Set"),
    ],
)
def test_names_of_the_language_and_of_the_host_are_known(bench: House, name: str) -> None:
    """None of them is an unknown name."""
    answer = check(bench, body(f"    executeStep(1);\n    Log.info(typeof {name}, {name});"))
    assert [error for error in answer["errors"] if error["code"] == "name"] == []


WARNINGS = {
    "an event nobody knows": "    executeStep(1, {onSucces: function (context) { executeStep(2); }});",
    "a handler that is no function": "    executeStep(1, {onSuccess: 'executeStep(2)'});",
    "options where events belong": "    executeStep(1, {stepOptions: {forceAuth: 'true'}});",
}


@pytest.mark.parametrize("case", list(WARNINGS))
def test_what_only_looks_wrong_warns(bench: House, case: str) -> None:
    """A warning is no error: the exit code stays 0."""
    answer = check(bench, body(WARNINGS[case]))
    assert answer["errors"] == []
    assert [warning["line"] for warning in answer["warnings"]] == [2], answer


def test_without_json_each_problem_is_a_line(bench: House) -> None:
    """`file:line:column: error|warning code: text`; exit 1 on an error."""
    path = bench.write("login.js", body("    executStep(1);"))
    done = bench.run("check", str(path))
    assert done.returncode == 1
    matches = [LINE.fullmatch(line) for line in done.stdout.splitlines() if line]
    assert all(matches), told(done)
    (found,) = [match for match in matches if match is not None and match["kind"] == "error"]
    assert found["file"].endswith("login.js")
    assert (found["line"], found["column"], found["kind"], found["code"]) == ("2", "5", "error", "name")


def test_without_json_a_good_script_exits_with_0(bench: House) -> None:
    """And tells no problem."""
    path = bench.write("login.js", body("    executeStep(1);"))
    done = bench.run("check", str(path))
    assert done.returncode == 0
    assert not any(LINE.fullmatch(line) for line in done.stdout.splitlines())


def test_without_a_flow_no_step_is_unknown(bench: House) -> None:
    """Nothing is known about the steps, so a number is no error."""
    assert check(bench, body("    executeStep(42);"), None)["errors"] == []


def test_the_flow_may_be_a_whole_configuration(bench: House) -> None:
    """`--flow FILE` takes one flow object or a configuration with it."""
    whole = document(PASSWORD_ONLY, people=[person("mara")])
    assert check(bench, body("    executeStep(1);"), whole)["errors"] == []
    assert places(check(bench, body("    executeStep(2);"), whole)["errors"]) == [("step", 2)]


def test_the_flow_may_be_yaml(bench: House) -> None:
    """As it stands under `flows:`."""
    script = bench.write("login.js", body("    executeStep(2);"))
    flow = bench.write("flow.yaml", "id: a\nsteps:\n  - {id: 1, options: [{authenticator: password}]}\n")
    done = bench.run("check", str(script), "--flow", str(flow), "--json")
    assert places(json.loads(done.stdout)["errors"]) == [("step", 2)]


SEQUENCE = {
    "type": "USER_DEFINED",
    "steps": [{"id": 1, "options": [{"idp": "LOCAL", "authenticator": "BasicAuthenticator"}]}],
    "subjectStepId": 1,
    "attributeStepId": 1,
}


@pytest.mark.parametrize("flow", [SEQUENCE, {"authenticationSequence": SEQUENCE}])
def test_the_flow_may_be_an_authentication_sequence(bench: House, flow: dict[str, Any]) -> None:
    """As exported by another system, with or without its outer key."""
    assert check(bench, body("    executeStep(1);"), {"id": "imported"} | flow)["errors"] == []
    assert places(check(bench, body("    executeStep(2);"), {"id": "imported"} | flow)["errors"]) == [("step", 2)]


def test_a_filter_may_use_any_alias_in_any_case(bench: House) -> None:
    """`basic`, `BasicAuthenticator` and `password` are one."""
    for name in ("basic", "BASIC", "BasicAuthenticator", "basicauthenticator", "password"):
        source = body(f"    executeStep(1, {{authenticationOptions: [{{authenticator: '{name}'}}]}}, {{}});")
        assert check(bench, source)["errors"] == [], name


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000 + ")" * 5000,
        "[" * 20000,
        "var a = " + "!" * 20000 + "1;",
        "if (1) " * 5000 + ";",
        "var a = 1" + " + 1" * 20000 + ";",
        "/" + "(a|" * 3000 + "/",
        "\x00\x01\x02",
        "var \ud83d = 1;".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "'use strict'; with (a) {}",
    ],
)
def test_hostile_sources_are_told_in_the_same_shape(bench: House, source: str) -> None:
    """However deep or odd: JSON, exit code 1, no trace."""
    answer = check(bench, source + "\n")
    assert answer["errors"]


def test_bytes_that_are_no_text_are_an_error_in_words(bench: House) -> None:
    """A script that is not UTF-8 has a syntax error at its beginning."""
    path = bench.folder / "binary.js"
    path.write_bytes(b"\xff\xfe\x00function onLoginRequest")
    done = bench.run("check", str(path), "--json")
    assert done.returncode == 1
    assert places(json.loads(done.stdout)["errors"]) == [("syntax", 1)]


@pytest.mark.parametrize("arguments", [("absent.js",), ("login.js", "--flow", "absent.yaml")])
def test_files_that_are_not_there_are_errors_in_words(bench: House, arguments: tuple[str, ...]) -> None:
    """The file is named."""
    bench.write("login.js", body("    executeStep(1);"))
    done = bench.run("check", *arguments)
    assert done.returncode != 0
    assert "absent" in told(done)
    assert "Traceback" not in told(done)


def test_a_text_mark_and_a_leading_comment_do_not_matter(bench: House) -> None:
    """A byte order mark, a comment first, Windows line ends."""
    source = "\ufeff// first\r\n" + body("    executeStep(1);").replace("\n", "\r\n")
    assert check(bench, source)["errors"] == []
