"""Contract, section 3a, and adaptive-scripts.md i.3: however a script goes wrong, nobody gets in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.contract.house import (
    PASSWORD,
    PASSWORD_FIRST,
    PASSWORD_ONLY,
    THEN_PUSH,
    House,
    crowd,
    document,
    let_in,
    scripted,
    told_by,
)

AT_ONCE = {
    "throws": "throw new Error('no');",
    "throws-nothing": "throw undefined;",
    "throws-late": "executeStep(1); throw 'no';",
    "unknown-member": "context.no.such.member();",
    "loops": "while (true) { }",
    "loops-with-catch": "for (;;) { try { for (;;) { } } catch (e) { } finally { continue; } }",
    "recurses": "(function f() { f(); })();",
    "recurses-with-catch": "function f() { try { f(); } catch (e) { f(); } finally { f(); } } f();",
    "grows-a-text": "var s = 'x'; for (;;) { s += s; }",
    "grows-a-list": "var a = []; for (;;) { a.push(a.slice()); }",
    "grows-a-global": "big = 'x'; while (big.length < 8e6) { big += big; } executeStep(1, {onFail: function () {}});",
    "pads": "'x'.padStart(1e9); executeStep(1);",
    "repeats": "'x'.repeat(2e9).length; executeStep(1);",
    "fills": "new Array(1e9).fill(0); executeStep(1);",
    "evil-expression": "/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'); throw 1;",
    "sorts-forever": "[3, 2, 1].sort(function () { for (;;) { } });",
    "converts-forever": "'' + {toString: function () { for (;;) { } }};",
    "parses-deep": "JSON.parse(new Array(100000).join('[')); executeStep(1);",
    "asks-too-much": "for (var i = 0; i < 100000; i++) { executeStep(1); }",
    "asks-nothing": "Log.info('nothing');",
    "unknown-step": "var n = 40 + 2; executeStep(n);",
    "no-number": "executeStep('one' + '');",
    "half-a-step": "executeStep(1 + 0.5);",
    "step-of-nan": "executeStep(0 / 0);",
    "an-object-as-step": "executeStep({valueOf: function () { return 1; }});",
    "fails": "fail();",
    "sends-error": "sendError('', {});",
    "logs-forever": "for (;;) { Log.info('again'); }",
    "replaces-execute-step": "executeStep = function () { return true; }; executeStep(1);",
    "replaces-promise": "context.steps = [{subject: context.currentKnownSubject}]; Object.prototype.subject = 'mara';",
    "writes-the-context": "context.currentKnownSubject = {username: 'mara'}; context.authenticated = true;",
}
"""What `onLoginRequest` does.  None of these may end in a code, whatever is posted."""

AFTER_PASSWORD = {
    "throws": "throw new Error('no');",
    "loops": "while (true) { }",
    "recurses": "(function f() { f(); })();",
    "grows": "var s = 'x'; for (;;) { s += s; }",
    "keeps-too-much": "kept = []; for (var i = 0; i < 60000; i++) { kept.push('text ' + i); } executeStep(2);",
    "unknown-step": "var n = 40 + 2; executeStep(n);",
    "unknown-member": "context.steps[9].subject.username;",
    "fails": "fail();",
    "sends-error": "sendError(null, {status: 'no'});",
    "filters-all": "var o = [{authenticator: 'tot' + 'p'}]; executeStep(2, {authenticationOptions: o}, {});",
    "fails-then-asks": "fail(); executeStep(1);",
    "prompts-without-handlers": "prompt('genericForm', {inputs: [{id: 'a', label: 'b'}]}, {});",
    "a-template-nobody-has": "prompt('no-such-' + 'template', {}, {onSuccess: function () { }});",
}
"""What `onSuccess` of the password does.  The password was right; still nobody gets in."""

AFTER_FAILURE = {
    "does-nothing": "",
    "throws": "throw 1;",
    "loops": "for (;;) { }",
    "claims-success": "context.steps[1].subject = {username: 'mara'}; context.selectedAcr = 'high'; return true;",
    "fails": "fail({errorCode: 'x y', errorMessage: 'm'});",
}
"""What `onFail` of the password does."""


def name_of(kind: str, case: str) -> str:
    """The flow's id."""
    return f"{kind}-{case}"


def flows() -> list[dict[str, object]]:
    """A flow for each."""
    steps = [PASSWORD_FIRST, THEN_PUSH]
    found = [
        scripted(name_of("entry", case), steps, f"function onLoginRequest(context) {{ {body} }}")
        for case, body in AT_ONCE.items()
    ]
    for kind, event, cases in (("success", "onSuccess", AFTER_PASSWORD), ("failure", "onFail", AFTER_FAILURE)):
        for case, body in cases.items():
            handler = f"function onLoginRequest(c) {{ executeStep(1, {{{event}: function (context) {{ {body} }}}}); }}"
            found.append(scripted(name_of(kind, case), steps, handler))
    top = "var x = null; x.y; function onLoginRequest(context) { executeStep(1); }"
    return [*found, scripted("top-throws", steps, top)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server with all of these bad scripts at once, and a good flow."""
    house = House(Path(tmp_path_factory.mktemp("closed")))
    house.apply(document(PASSWORD_ONLY, *flows(), people=crowd(80)))
    with house.serving():
        yield house


def tries_everything(browser: Browser, name: str) -> Browser:
    """A person who is willing: answers what is asked, rightly, up to some pages."""
    for _ in range(4):
        if browser.page != "password":
            break
        browser.submit(username=name, password=PASSWORD.format(name))
    return browser


def ended_well(house: House, browser: Browser) -> bool:
    """No code, no fault of the server; and the server is alive."""
    alive = house.begin("password-only")
    assert alive.page == "password"
    assert browser.status < 500 or browser.page == "error", told_by(browser)
    return not let_in(browser)


@pytest.mark.parametrize("case", list(AT_ONCE))
def test_a_script_that_goes_wrong_at_the_start_lets_nobody_in(house: House, case: str) -> None:
    """An error page or an error at the application, in time; never a code, never a 500."""
    began = time.monotonic()
    browser = tries_everything(house.begin(name_of("entry", case)), house.someone())
    assert ended_well(house, browser), told_by(browser)
    assert browser.status != 500
    assert time.monotonic() - began < 30


def test_a_script_whose_top_throws_lets_nobody_in(house: House) -> None:
    """Although its entry point is fine."""
    browser = tries_everything(house.begin("top-throws"), house.someone())
    assert ended_well(house, browser)
    assert browser.page == "error"


@pytest.mark.parametrize("case", list(AFTER_PASSWORD))
def test_a_handler_that_goes_wrong_lets_nobody_in(house: House, case: str) -> None:
    """The password was right, and would have sufficed."""
    name = house.someone()
    browser = house.begin(name_of("success", case)).submit(username=name, password=PASSWORD.format(name))
    if browser.page == "prompt":
        browser.submit(a="b")
    assert ended_well(house, browser), told_by(browser)
    assert browser.status != 500


@pytest.mark.parametrize("case", list(AFTER_FAILURE))
def test_a_wrong_password_is_never_made_right_by_a_handler(house: House, case: str) -> None:
    """Whatever `onFail` does or leaves undone."""
    browser = house.begin(name_of("failure", case)).submit(username=house.someone(), password="wrong-at-the-door")
    assert ended_well(house, browser), told_by(browser)
    assert browser.status != 500


def test_others_sign_in_while_scripts_go_wrong(house: House) -> None:
    """A good flow works after all of that."""
    name = house.someone()
    assert let_in(house.begin("password-only").submit(username=name, password=PASSWORD.format(name)))
