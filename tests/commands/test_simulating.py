"""`simulate` and `test`: a script played on supposed answers, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.functions import FUNCTIONS
from tests.commands.conftest import Run

FLOW = """
id: f
steps:
  - {id: 1, options: [{authenticator: password}]}
  - {id: 2, options: [{authenticator: push}, {authenticator: totp}]}
"""
STEP_UP = """
var tries = 0;
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            Log.info(context.currentKnownSubject.username + ' from ' + context.request.ip);
            if (hasRole(context.currentKnownSubject, 'admin')) {
                executeStep(2);
            }
            context.selectedAcr = 'urn:1';
        },
        onFail: function (context) {
            tries += 1;
            if (tries < 2) { onLoginRequest(context); } else { fail({errorCode: 'tries'}); }
        }
    });
}
"""
MARA = {"users": {"mara": {"roles": ["admin"]}}}


class Desk:
    """Plays scripts in a folder of their own."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder = run, folder

    def play(self, script: str, scenario: dict[str, Any], *, flow: str = FLOW) -> dict[str, Any]:
        """The result that `simulate --json` prints."""
        (self.folder / "login.js").write_text(script, "utf-8")
        (self.folder / "flow.yaml").write_text(flow, "utf-8")
        (self.folder / "scenario.json").write_text(json.dumps(scenario), "utf-8")
        ran = self.run("simulate", "login.js", "--flow", "flow.yaml", "--scenario", "scenario.json", "--json")
        assert ran.err == "", ran.err
        result: dict[str, Any] = json.loads(ran.out)
        assert ran.code == (1 if result["result"] == "error" else 0)
        return result

    def entry(self, body: str, *answers: dict[str, Any], **scenario: Any) -> dict[str, Any]:
        """The same for a script whose entry point has that body."""
        script = f"function onLoginRequest(context) {{\n{body}\n}}"
        return self.play(script, {**MARA, "answers": list(answers), **scenario})


@pytest.fixture
def desk(run: Run, folder: Path) -> Desk:
    return Desk(run, folder)


def step(number: int, outcome: str = "success", **more: Any) -> dict[str, Any]:
    """An answer to a step."""
    return {"step": number, "outcome": outcome, **({"username": "mara"} if number == 1 else {}), **more}


# --- results ----------------------------------------------------------------------------------------------------------


def test_a_login_that_succeeds_tells_its_steps_its_level_and_its_log(desk: Desk) -> None:
    """In the keys of the contract."""
    result = desk.play(STEP_UP, {**MARA, "request": {"ip": "198.51.100.7"}, "answers": [step(1), step(2)]})
    assert result["result"] == "success"
    assert (result["subject"], result["acr"], result["error"], result["calls"]) == ("mara", "urn:1", None, [])
    assert result["steps"] == [
        {"step": 1, "authenticator": "password", "outcome": "success"},
        {"step": 2, "authenticator": "push", "outcome": "success"},
    ]
    assert result["log"] == ["mara from 198.51.100.7"]
    assert result["fuel"] > 0


def test_a_step_may_be_asked_again_and_the_script_may_give_up(desk: Desk) -> None:
    """Closures keep their state between the answers, as in a real login."""
    result = desk.play(STEP_UP, {**MARA, "answers": [step(1, "fail"), step(1, "fail")]})
    assert (result["result"], result["reason"]) == ("fail", "script.fail")
    assert [one["outcome"] for one in result["steps"]] == ["fail", "fail"]


def test_a_flow_that_asks_for_more_than_the_scenario_has_is_pending(desk: Desk) -> None:
    """With what it asked for."""
    result = desk.play(STEP_UP, {**MARA, "answers": [step(1)]})
    assert (result["result"], result["subject"]) == ("pending", "mara")
    assert result["error"] == "the flow asks for step 2, but there is no answer left"
    result = desk.play(STEP_UP, {**MARA, "answers": [step(2)]})
    assert result["error"] == "the flow asks for step 1, but the next answer is to step 2"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("context.nothing.there;", "line 2: TypeError: "),
        ("for (;;) {}", "line 2: the script used more than 35000 steps"),
        ("executeStep(9);", "line 2 of the script"),
        ("prompt('none', {}, {onSuccess: function () {}});", "line 2 of the script: none"),
    ],
)
def test_a_fault_of_the_script_is_an_error_with_its_line(desk: Desk, body: str, error: str) -> None:
    """And the command ends with 1."""
    result = desk.entry(body)
    assert result["result"] == "error"
    assert error in result["error"]


def test_send_error_with_an_address_is_a_redirect(desk: Desk) -> None:
    """Without one it only fails."""
    assert desk.entry("sendError('https://help.test/', {});")["result"] == "redirect"
    assert desk.entry("sendError(null, {});")["result"] == "fail"


def test_nothing_proven_fails_at_the_gate(desk: Desk) -> None:
    """The gate is the real one, the application's demands included."""
    assert desk.entry("Log.info('x');")["reason"] == "login.nothing_proven"
    whole = (
        "flows: [{id: f, steps: [{id: 1, options: [{authenticator: password}]}]}]\n"
        "applications: [{id: a, redirect_uris: ['https://a.test/'], flow: f, require: [push]}]\n"
    )
    result = desk.play("function onLoginRequest(c) { executeStep(1); }", {**MARA, "answers": [step(1)]}, flow=whole)
    assert (result["result"], result["reason"]) == ("fail", "login.factor_missing")


# --- answers ----------------------------------------------------------------------------------------------------------


def test_what_the_person_knows_and_does_is_used_where_the_answer_does_not_say_the_outcome(desk: Desk) -> None:
    """A password is compared; a phone approves or denies by itself."""
    people = {"mara": {"password": "pw", "push": "approve"}, "noah": {"password": "x", "push": "deny"}}
    both = "executeStep(1); executeStep(2);"
    typed = {"step": 1, "username": "mara", "password": "pw"}
    assert desk.entry(both, typed, users=people)["result"] == "success"
    wrong = desk.entry(both, {**typed, "password": "no"}, typed, users=people)
    assert [one["outcome"] for one in wrong["steps"]] == ["fail", "success", "success"]
    denied = desk.entry(both, {"step": 1, "username": "noah", "password": "x"}, users=people)
    assert (denied["result"], denied["reason"]) == ("fail", "push.denied")


BY_NAME = "({'http://wso2.org/claims/username': 'mara'}, context)"


@pytest.mark.parametrize(
    ("call", "data", "expected"),
    [
        ("getUserSessions(user)", [{"id": "a"}], [{"id": "a"}]),
        ("getUserSessions(user)", "none", None),
        ("isWithinSessionLimit(context, {sessionLimit: 1})", False, False),
        ("isWithinSessionLimit(context, {sessionLimit: 1})", 7, False),
        ("terminateUserSession(user, 'a')", True, True),
        ("assignUserRoles(user, ['x'])", 7, False),
        ("isAnyOfTheRolesAssignedToUser(user, ['x'])", True, True),
        ("getCookieValue(context.request, 'c', {decrypt: true})", "known", "known"),
        ("getCookieValue(context.request, 'c', {decrypt: true})", ["known"], None),
        ("getUsersWithClaimValues" + BY_NAME, [[7]], "no users"),
        ("getUsersWithClaimValues" + BY_NAME + "[0].username", None, "mara"),
    ],
)
def test_a_call_is_answered_by_the_name_of_its_function(desk: Desk, call: str, data: object, expected: object) -> None:
    """Functions that only ask the house, too; what they could not say counts as nothing, without data it is real."""
    body = f"""executeStep(1, {{onSuccess: function (context) {{
        var user = context.currentKnownSubject, it;
        try {{ it = {call}; }} catch (e) {{ it = 'no users'; }}
        Log.info(JSON.stringify([it]));
    }}}});"""
    name = call.partition("(")[0]
    cookie = {"cookies": {"c": "eyJ2YWx1ZSI6IngifQ=="}}
    played = desk.entry(body, step(1), {"call": name, "data": data}, request=cookie)
    assert played["calls"] == [{"call": name, "outcome": "success"}]
    assert json.loads(played["log"][0]) == [expected]


def test_every_question_has_the_name_of_a_function() -> None:
    """So that whoever writes a scenario knows it; or of a member of the context."""
    asked = {name for name in FUNCTIONS.works if not name.startswith("context.")}
    assert asked <= {function.name for function in FUNCTIONS.declared}


def test_a_way_is_chosen_and_events_other_than_fail_reach_their_handlers(desk: Desk) -> None:
    """`authenticator`, `abort`, `fallback`."""
    result = desk.entry("executeStep(1); executeStep(2);", step(1), step(2, authenticator="totp"))
    assert result["steps"][1]["authenticator"] == "totp"
    handlers = "executeStep(1, {%s: function () { context.selectedAcr = 'seen'; executeStep(1); }});"
    for outcome, handler in (("abort", "onUserAbort"), ("fallback", "onFallback"), ("fail", "onFail")):
        result = desk.entry(handlers % handler, step(1, outcome), step(1))
        assert (result["result"], result["acr"], result["steps"][0]["outcome"]) == ("success", "seen", outcome)


def test_a_prompts_answer_names_its_button_and_its_fields(desk: Desk) -> None:
    """`*` is any template; a page that waits goes on by itself."""
    body = """
    prompt('genericForm', {inputs: [{id: 'code', label: 'Code'}]}, {
        onSuccess: function (context) { Log.info(context.request.params.code[0]); executeStep(1); },
        onCancel: function () { fail(); }
    });
    """
    result = desk.entry(body, {"prompt": "*", "params": {"code": "42"}}, step(1))
    assert (result["result"], result["log"]) == ("success", ["42"])
    assert desk.entry(body, {"prompt": "genericForm", "action": "cancel"})["reason"] == "script.fail"
    missing = "the answer to prompt genericForm needs a text for code in its params"
    assert desk.entry(body, {"prompt": "genericForm"})["error"] == missing
    wait = "prompt('internalWait', {}, {onSuccess: function () { executeStep(1); }});"
    assert desk.entry(wait, step(1))["result"] == "success"


def test_the_time_is_the_scenarios(desk: Desk) -> None:
    """It moves by what an answer says, and not otherwise."""
    body = "executeStep(1, {onSuccess: function () { Log.info(new Date().toISOString()); }});"
    result = desk.entry(body, step(1, after=90), now="2026-05-01T09:00:00Z")
    assert result["log"] == ["2026-05-01T09:01:30.000Z"]


def test_the_directory_is_the_scenarios_and_can_be_changed(desk: Desk) -> None:
    """Roles, claims, secrets; nothing of it lasts."""
    body = """
    executeStep(1, {onSuccess: function (context) {
        var user = context.currentKnownSubject;
        assignUserRoles(user, ['seen']);
        Log.info(isAnyOfTheRolesAssignedToUser(user, ['seen']), user.localClaims['urn:a'], secrets.key);
    }});
    """
    users = {"mara": {"claims": {"urn:a": "b"}}}
    assert desk.entry(body, step(1), users=users, secrets={"key": "k"})["log"] == ["true b ***"]


def test_the_trace_tells_which_way_each_condition_went(desk: Desk) -> None:
    """In words too, for a person at a terminal."""
    result = desk.play(STEP_UP, {**MARA, "answers": [step(1), step(2)]})
    branches = [(entry["line"], entry["taken"]) for entry in result["trace"] if entry["what"] == "branch"]
    assert branches == [(7, True)]
    told = desk.run("simulate", "login.js", "--flow", "flow.yaml", "--scenario", "scenario.json").out
    assert "7:17 is true" in told
    assert "step 2 (push): success" in told
    assert "result: success, mara, acr urn:1" in told


def test_the_trace_tells_each_thing_once_and_why_the_gate_stays_shut(desk: Desk) -> None:
    """Also where a function writes to the audit in the middle of a run."""
    handlers = "{onSuccess: function () {}, onFail: function () {}}"
    body = f"""executeStep(1, {{onSuccess: function (context) {{
        updateUserPassword(context.currentKnownSubject, 'new', {handlers});
        updateUserPassword(context.currentKnownSubject, 'newer', {handlers});
    }}}});"""
    trace = desk.entry(body, step(1))["trace"]
    assert [one["call"] for one in trace if one["what"] == "outcome"] == ["updateUserPassword"] * 2
    assert trace[-1] == {
        "what": "end", "result": "fail", "reason": "login.refused",
        "detail": "a credential changed since it was proven",
    }  # fmt: skip


def test_a_fault_is_shown_in_its_line_with_what_check_says_of_it(desk: Desk) -> None:
    """At the place itself, and where it comes from."""
    desk.entry("executeStep(1, {onSuccess: function (context) {\n context.curentStep.idp; }});", step(1))
    ran = desk.run("simulate", "login.js", "--flow", "flow.yaml", "--scenario", "scenario.json")
    assert "        3 |  context.curentStep.idp; }});\n                                ^" in ran.out
    assert "login.js:3:10: warning member: the context has no curentStep, so this is undefined" in ran.out


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ({"answers": [{"step": 1, "call": "x"}]}, "an answer is to one of step, call and prompt"),
        ({"answers": [{"stpe": 1}]}, "unknown field `stpe` - at `$.answers[0]` (did you mean step?)"),
        ({"users": {"mara": {"role": []}}}, "(did you mean roles?)"),
        ({"answers": [{"step": 1, "outcome": "maybe"}]}, "Invalid enum value 'maybe'"),
        ({"answers": [{"step": 1, "outcome": "succes"}]}, "(did you mean success?)"),
        ({"now": "noon"}, "'noon' is no time"),
        ({"before": [{"now": "2027-01-01T00:00:00Z"}]}, "no login is earlier than those before it"),
        ({"before": [{"users": {}}]}, "unknown field `users` - at `$.before[0]`"),
        ({"users": {"": {}}}, "'' can be nobody's name"),
        ([], "Expected `object`"),
    ],
)
def test_a_scenario_that_cannot_be_understood_is_refused_with_its_place(
    desk: Desk, folder: Path, scenario: Any, said: str
) -> None:
    """Exit code 2."""
    desk.play("function onLoginRequest() { executeStep(1); }", {})
    (folder / "scenario.json").write_text(json.dumps(scenario), "utf-8")
    ran = desk.run("simulate", "login.js", "--flow", "flow.yaml", "--scenario", "scenario.json")
    assert (ran.code, "scenario.json: " in ran.err, said in ran.err) == (2, True, True), ran.err


# --- several logins ---------------------------------------------------------------------------------------------------

KNOWN = """
function onLoginRequest(context) {
    var known = getCookieValue(context.request, 'known', {decrypt: true, validateSignature: true});
    executeStep(1, {onSuccess: function (context) {
        var user = context.currentKnownSubject;
        Log.info(known, getUserSessions(user).length, user.localClaims['urn:seen']);
        user.localClaims['urn:seen'] = 'yes';
        setCookie(context.response, 'known', user.username, {sign: true, encrypt: true, 'max-age': 86400});
    }});
}
"""


def test_what_a_login_leaves_behind_is_there_in_the_next_one(desk: Desk) -> None:
    """Cookies and the session in the same browser, sessions and the directory in any."""
    first: dict[str, Any] = {"answers": [step(1)]}
    same, other = {**first, "now": "2026-01-01T12:00:00Z"}, {**first, "browser": "other"}
    assert desk.play(KNOWN, first)["log"] == ["null 0 null"]
    assert desk.play(KNOWN, {**other, "before": [first]})["log"] == ["null 1 yes"]
    assert desk.play(KNOWN, {**same, "before": [first]})["log"] == ["mara 0 yes"]
    again = desk.play(KNOWN, {**first, "before": [first]})
    assert (again["log"], again["unused"]) == (["mara 1 yes"], ["step 1"])
    late = {**first, "now": "2026-01-02T12:00:00Z"}
    assert desk.play(KNOWN, {**late, "before": [first]})["log"] == ["null 0 yes"]


def test_cookies_that_a_script_sets_are_told(desk: Desk) -> None:
    """Of the last login, with name, value and attributes."""
    (cookie,) = desk.play(KNOWN, {"answers": [step(1)]})["cookies"]
    assert (cookie["name"], "mara" in cookie["value"]) == ("known", False)
    assert cookie["attributes"] == "Path=/; SameSite=Lax; Max-Age=86400; Secure; HttpOnly"
    assert desk.entry("executeStep(1);", step(1))["cookies"] == []


def test_a_login_before_that_cannot_be_played_is_told(desk: Desk) -> None:
    """With its number; one that fails is a login like any other."""
    found = desk.entry("executeStep(1);", step(1), before=[{"answers": [step(1, "abort")]}, {"answers": []}])
    assert found["result"] == "pending"
    assert found["error"] == "in login 2 of `before`: the flow asks for step 1, but there is no answer left"


@pytest.mark.parametrize(("paused", "typed"), [(True, "pw"), (True, "no"), (False, "no")])
def test_a_paused_persons_password_is_not_looked_at(desk: Desk, paused: bool, typed: str) -> None:
    """The script can tell it by `paused` of that step."""
    body = """executeStep(1, {onFail: function (context) {
        Log.info(context.currentStep.paused, context.steps[2].paused);
    }});"""
    people = {"mara": {"password": "pw", "paused": paused}}
    result = desk.entry(body, {"step": 1, "username": "mara", "password": typed}, users=people)
    assert (result["reason"], result["log"]) == ("password.wrong", [f"{str(paused).lower()} false"])


# --- script tests -----------------------------------------------------------------------------------------------------

TEST = """
script: login.js
flow: flow.yaml
tests:
  - name: an admin needs both
    scenario:
      users: {mara: {roles: [admin]}}
      answers: [{step: 1, username: mara, outcome: success}, {step: 2, outcome: success}]
    expect: {result: success, steps: [{step: 1}, {step: 2, authenticator: push}]}
  - name: everybody else only the password
    scenario:
      users: {noah: {}}
      answers: [{step: 1, username: noah, outcome: success}]
    expect: {result: success, subject: noah, steps: [{outcome: success}]}
"""


def test_script_tests_pass_or_say_what_is_different(run: Run, folder: Path) -> None:
    """Each by its name; exit code 1 if one fails."""
    (folder / "login.js").write_text(STEP_UP, "utf-8")
    (folder / "flow.yaml").write_text(FLOW, "utf-8")
    file = folder / "login.test.yaml"
    file.write_text(TEST, "utf-8")
    ran = run("test", ".")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "2 passed, 0 failed")
    file.write_text(TEST.replace("subject: noah", "subject: mara"), "utf-8")
    ran = run("test", ".")
    assert ran.code == 1
    assert 'subject: expected "mara", found "noah"' in ran.out
    assert ran.out.splitlines()[-1] == "1 passed, 1 failed"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "is no script test"),
        ("script: login.js\nflow: flow.yaml\n", "has no list `tests`"),
        ("script: login.js\nflow: flow.yaml\ntests: [{name: a}]\n", "a test has name, scenario and expect"),
        ("script: none.js\nflow: flow.yaml\ntests: []\n", "none.js"),
        ("script: {template: ../x}\nflow: flow.yaml\ntests: []\n", "the script is a file, or one of"),
    ],
)
def test_a_file_that_is_no_script_test_is_refused(run: Run, folder: Path, text: str, said: str) -> None:
    """Exit code 2, and what is missing."""
    (folder / "login.js").write_text(STEP_UP, "utf-8")
    (folder / "flow.yaml").write_text(FLOW, "utf-8")
    (folder / "a.test.yaml").write_text(text, "utf-8")
    ran = run("test", ".")
    assert (ran.code, said in ran.err) == (2, True), ran.err
    assert run("test", "nowhere").code == 2


def test_a_script_test_may_hold_its_flow_and_name_a_script_that_ships(run: Run, folder: Path) -> None:
    """Nothing beside it is needed."""
    (folder / "a.test.yaml").write_text(
        "script: {template: password-then-push}\n"
        "flow: {steps: [{id: 1, options: [{authenticator: password}]}, {id: 2, options: [{authenticator: push}]}]}\n"
        "tests: [{name: both, scenario: {answers: [{step: 1, username: a, outcome: success}, {step: 2}]},"
        " expect: {result: success}}]\n",
        "utf-8",
    )
    assert run("test", "a.test.yaml").out.splitlines()[-1] == "1 passed, 0 failed"
