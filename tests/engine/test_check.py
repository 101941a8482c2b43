"""What a check says of a script: certain errors, and hints for what may be meant otherwise."""

from __future__ import annotations

import pytest

from engine.check import check
from engine.model import Flow, Option, Step

FLOW = Flow("flow", (Step(1, (Option("password"), Option("totp"))), Step(2, (Option("push", "LOCAL"),))))
ALIASES = {"basic": "password", "password": "password", "push": "push", "totp": "totp"}


def entry(body: str) -> str:
    """A script whose entry point has this body, on line 2."""
    return f"var onLoginRequest = function (context) {{\n{body}\n}};"


def errors(source: str, flow: Flow | None = FLOW) -> list[tuple[int, int, str]]:
    """Place and code of each error."""
    return [(e.line, e.column, e.code) for e in check(source, flow, resolve=ALIASES.get).errors]


def warnings(source: str) -> list[str]:
    """Codes of the warnings."""
    return [warning.code for warning in check(source, FLOW, resolve=ALIASES.get).warnings]


@pytest.mark.parametrize(
    "body",
    [
        "executeStep(1);",
        "executeStep(1, {onSuccess: function () { executeStep(2); }});",
        "executeStep(1, {authenticationOptions: [{authenticator: 'basic'}]}, {});",
        "executeStep(1, {authenticationOptions: [{idp: 'local'}]}, {});",
        "executeStep(1, {authenticationOptions: chosen()}, {}); function chosen() { return []; }",
        "executeStep(1, {authenticationOptions: [one, {authenticator: two}]}, {}); var one = {}; var two = 'x';",
        "prompt('genericForm', {}, given()); function given() { return {}; } executeStep(1, {stepOptions: {}}, {});",
        "var n = parseInt('1', 10); Math.max(n, 1); new Date(); JSON.stringify([undefined, NaN]); executeStep(n);",
        "if (typeof neverDefined === 'undefined') { made = 1; executeStep(made); }",
        "Log.info(context.request.ip + globalThis.made); executeStep(1);",
        "try { executeStep(1); } catch (error) { Log.error(error); }",
        "executeStep(1); var Log = {warn: 1}; Log.warn(); function hasRole() {} hasRole();",
        "executeStep(1, {onSuccess: function (c) { c.currentKnownSubject.hasOwnProperty('roles'); }});",
        "executeStep(1, {onSuccess: f}); function f(context) { [context].map(function (c) { return c.name; }); }",
        "executeStep(1, {onSuccess: function (c) { x(c); }}); function x(c) { return c.anything; } x({});",
        "executeStep(1); var user = context.currentKnownSubject; user = {name: 1}; Log.info(user.name);",
        "executeStep(1); var context = {a: 1}; Log.info(context.a);",
        "executeStep(1, {onSuccess: function (context) { var step = context.steps[n()]; Log.info(step.subject); }});"
        "function n() { return 1; }",
        "executeStep(1); Log.info(context.steps['2'].subject, context.steps.length);",
        "executeStep(1); var m; while (m = /a/.exec('a')) { m = 1; }",
        "executeStep(1); prompt('genericForm', {}, {onLater: function () {}}); hasRole(...[1, 2]);",
    ],
)
def test_a_good_script_has_nothing_against_it(body: str) -> None:
    """Names of the language, of ours, of the script itself; steps that exist; filters that leave something."""
    found = check(entry(body), FLOW, resolve=ALIASES.get)
    assert (found.errors, found.warnings) == ([], [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("var a = ;", [(1, 9, "syntax")]),
        ("let a; let a;", [(1, 12, "early")]),
        (entry("executStep(1); executeStep(1);"), [(2, 1, "name")]),
        (entry("executeStep(1); Promise.resolve();"), [(2, 17, "name")]),
        ("function onLogin(context) { executeStep(1); }", [(1, 1, "entry")]),
        ("", [(1, 1, "entry")]),
        (entry("executeStep(3);"), [(2, 13, "step")]),
        (entry("executeStep(-1);"), [(2, 13, "step")]),
        (entry("executeStep(1.5);"), [(2, 13, "step")]),
        (entry("executeStep('1');"), [(2, 13, "step")]),
        (entry("executeStep();"), [(2, 1, "step")]),
        (entry("executeStep(1, {authenticationOptions: []}, {});"), [(2, 40, "options")]),
        (entry("executeStep(1, {authenticationOptions: [{authenticator: 'push'}]}, {});"), [(2, 40, "options")]),
        (entry("executeStep(1, {authenticationOptions: [{idp: 'elsewhere'}]}, {});"), [(2, 40, "options")]),
        (entry("executeStep(1, {authenticationOptions: [{}]}, {});"), [(2, 40, "options")]),
    ],
)
def test_an_error_names_its_place_and_kind(source: str, expected: list[tuple[int, int, str]]) -> None:
    """Line and column, 1-based."""
    assert errors(source) == expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("executeStep(1, {onSucess: function () {}});", "handler"),
        ("executeStep(1, {'onSuccess': 'not a function'});", "handler"),
        ("executeStep(1, {stepOptions: {forceAuth: 'true'}});", "options"),
        ("executeStep(1, {stepOptions: {}, onFail: function () {}});", "options"),
        ("executeStep(1, {onFail: function () {}}, {});", "options"),
        ("executeStep(1); prompt('genericForm', {});", "handler"),
        ("executeStep(1); prompt('genericForm');", "handler"),
        ("fail();", "entry"),
        ("executeStep(1, function () {});", "handler"),
        ("executeStep(1, {onsuccess: function () {}});", "handler"),
        ("executeStep(1); prompt('genericForm', {}, {onsuccess: function () {}});", "handler"),
        ("executeStep(1); prompt('genericForm', {}, {onSuccess: 'x'});", "handler"),
        ("executeStep(1); prompt('genericForm', function () {});", "handler"),
        ("executeStep(1); httpGet('x', function () {});", "handler"),
        (
            "executeStep(1); updateUserPassword(1, 'x', {onSuccess: f, onFail: f, onDone: f}); function f() {}",
            "handler",
        ),
        ("executeStep(1); hasRole('x');", "arguments"),
        ("executeStep(1); getUserSessions(1, 2);", "arguments"),
        ("executeStep(1); if (context.tenantDomain = 'x') { fail(); }", "condition"),
        ("executeStep(1); Log.info(context.tenant);", "member"),
        ("executeStep(1); Log.info(context['tenant']);", "member"),
        ("executeStep(1); Log.info(context.steps['2'].user);", "member"),
        ("executeStep(1); Log.info(context.steps.last);", "member"),
        ("executeStep(1); context.getTenantDomain();", "member"),
        ("executeStep(1); Log.info(context.request.header);", "member"),
        ("executeStep(1, {onSuccess: function (c) { Log.info(c.steps[1].user); }});", "member"),
        ("executeStep(1); var s = context.steps; var u = s[1].subject; Log.info(u.name);", "member"),
    ],
)
def test_a_hint_where_something_else_may_be_meant(body: str, code: str) -> None:
    """No error: the script runs, but perhaps not as its writer thinks."""
    assert errors(entry(body)) == []
    assert warnings(entry(body)) == [code]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("executeStep(1); Log.warn('x');", "Log has no warn (it has info, debug, error, log)"),
        ("executeStep(1); console.log('x');", "console is not defined (use Log.info)"),
        ("executeStep(1); fetch('x');", "fetch is not defined (use httpGet or httpPost)"),
    ],
)
def test_what_scripts_elsewhere_have_is_told_with_what_to_use(body: str, text: str) -> None:
    """An error, for it throws."""
    (error,) = check(entry(body), FLOW).errors
    assert (error.code, error.text) == ("name", text)


def test_an_entry_point_of_nearly_the_right_name_is_told() -> None:
    """Names are case-sensitive."""
    (error,) = check("function onloginrequest(c) { executeStep(1); }", FLOW).errors
    assert error.text.endswith("a login begins there, and onloginrequest is another name")


def test_a_misspelt_name_is_told_with_what_was_perhaps_meant() -> None:
    """Did you mean?"""
    (error,) = check(entry("executStep(1);\nexecuteStep(1);"), FLOW).errors
    assert error.text == "executStep is not defined (did you mean executeStep?)"


@pytest.mark.parametrize(
    "head", ["function onLoginRequest(c)", "onLoginRequest = function (c)", "const onLoginRequest = (c) =>"]
)
def test_the_entry_point_in_every_form(head: str) -> None:
    """A declaration, an assignment, a constant."""
    assert errors(f"{head} {{ executeStep(1); }}") == []


def test_without_a_flow_steps_are_not_judged() -> None:
    """Only what is known is used."""
    assert errors(entry("executeStep(99);"), None) == []


def test_a_call_without_a_handler_for_an_outcome_is_told() -> None:
    """It would end the login there; whoever writes no onTimeout may not know that there is one."""
    source = "function onLoginRequest(c) { executeStep(1); httpGet('https://a.test', {onSuccess: function () {}}); }"
    found = check(source)
    assert [one.text for one in found.warnings] == [
        "httpGet has no onFail and no onTimeout: that outcome ends the login as failed"
    ]
    all_of_them = "{onSuccess: f, onFail: f, onTimeout: f}"
    source = f"function f() {{}} function onLoginRequest(c) {{ executeStep(1); httpGet('x', {all_of_them}); }}"
    assert check(source).warnings == []


def test_a_misspelt_entry_to_a_step_is_told_once() -> None:
    """Not also as a script that asks for no step."""
    assert check("function onLoginRequest(c) { executStep(1); }").warnings == []
