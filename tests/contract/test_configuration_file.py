"""Contract, section 2: what a configuration file may say, and that it is so when somebody signs in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.contract.house import (
    APPLICATION,
    ENROLL,
    PASSWORD,
    PASSWORD_FIRST,
    PASSWORD_ONLY,
    PASSWORD_PUSH,
    PUSH,
    THEN_PASSWORD,
    House,
    application,
    crowd,
    document,
    let_in,
    person,
    scripted,
    told,
)
from tests.devices import Phone

IMPORTED_SCRIPT = """
var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            context.selectedAcr = 'imported';
        }
    });
};
"""
SEQUENCE = {
    "type": "USER_DEFINED",
    "steps": [{"id": 1, "options": [{"idp": "LOCAL", "authenticator": "BasicAuthenticator"}]}],
    "requestPathAuthenticators": [],
    "script": IMPORTED_SCRIPT,
    "subjectStepId": 1,
    "attributeStepId": 1,
}
ACR = (
    "function onLoginRequest(context) { "
    "context.selectedAcr = selectAcrFrom(context, ['urn:doorstep:2', 'urn:doorstep:1']); executeStep(1); }"
)
CLAIMS = """
function onLoginRequest(context) {
    executeStep(1, {onSuccess: function (context) {
        var user = context.currentKnownSubject;
        var mail = user.localClaims['http://wso2.org/claims/emailaddress'];
        context.selectedAcr = [user.username, mail, hasAnyOfTheRoles(user, ['clerk', 'x']), hasRole(user, 'admin'),
            isMemberOfAnyOfGroups(user, ['payroll']), isMemberOfAnyOfGroups(user, ['it'])].join(' ');
    }});
}
"""


def step(authenticator: str, number: int = 1) -> dict[str, Any]:
    """A step with one way to do it."""
    return {"id": number, "options": [{"authenticator": authenticator}]}


PASSWORD_ALIASES = ["password", "basic", "BASIC", "BasicAuthenticator", "basicauthenticator"]
IDENTIFIER_ALIASES = ["identifier", "IdentifierExecutor", "IDENTIFIEREXECUTOR"]
PUSH_ALIASES = ["push", "push-notification-authenticator", "Push-Notification-Authenticator"]
FLOWS: list[dict[str, Any]] = [
    PASSWORD_ONLY,
    PASSWORD_PUSH,
    ENROLL,
    *({"id": f"password-{name}", "steps": [step(name)]} for name in PASSWORD_ALIASES),
    *({"id": f"identifier-{name}", "steps": [step(name), THEN_PASSWORD]} for name in IDENTIFIER_ALIASES),
    *({"id": f"push-{name}", "steps": [step(name)]} for name in PUSH_ALIASES),
    {"id": "sequence", "authenticationSequence": SEQUENCE},
    {"id": "flat-sequence", **SEQUENCE},
    {"id": "default-sequence", "authenticationSequence": {"type": "DEFAULT", "steps": [], "subjectStepId": 1}},
    {"id": "from-file", "steps": [PASSWORD_FIRST], "script": {"file": "login.js"}},
    scripted("acr", [PASSWORD_FIRST], ACR),
    scripted("claims", [PASSWORD_FIRST], CLAIMS),
    scripted("nothing", [PASSWORD_FIRST], "function onLoginRequest(context) { }"),
    {"id": "template", "steps": [PUSH, THEN_PASSWORD], "script": {"template": "push-progressive-enrollment"}},
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of these."""
    house = House(Path(tmp_path_factory.mktemp("configuration")))
    house.write("login.js", IMPORTED_SCRIPT.replace("imported", "from a file"))
    rich = person(
        "rich", roles=["clerk"], groups=["payroll"], claims={"http://wso2.org/claims/emailaddress": "rich@example.test"}
    )
    whole = document(*FLOWS, people=[*crowd(40), rich], push={"progressive_enrollment": True})
    whole["applications"] += [
        application("confidential", "password-only", client_secret={"env": "PAYROLL_SECRET"}),
        application("in-words", "password-only", client_secret="a-secret-in-words-of-some-length"),
        application("required", "enroll", require=["push"]),
        application("two-required", "enroll", require=["push", "password"]),
    ]
    house.apply(whole, PAYROLL_SECRET="a-secret-from-outside-of-some-length")
    with house.serving():
        yield house


def signed_in(house: House, client_id: str, name: str | None = None, **more: str) -> Any:
    """A browser after name and password of somebody."""
    who = name or house.someone()
    return house.begin(client_id, **more).submit(username=who, password=PASSWORD.format(who))


# --- flows ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PASSWORD_ALIASES)
def test_the_password_goes_by_many_names(house: House, name: str) -> None:
    """Aliases, any case."""
    assert house.claims(signed_in(house, f"password-{name}"), f"password-{name}")["amr"] == ["pwd"]


@pytest.mark.parametrize("name", IDENTIFIER_ALIASES)
def test_the_identifier_goes_by_many_names(house: House, name: str) -> None:
    """Aliases, any case."""
    assert house.begin(f"identifier-{name}").page == "identifier"


@pytest.mark.parametrize("name", PUSH_ALIASES)
def test_push_goes_by_many_names(house: House, name: str) -> None:
    """Aliases, any case."""
    assert house.begin(f"push-{name}").submit(username=house.someone()).page == "push-enroll-consent"


@pytest.mark.parametrize("flow", ["sequence", "flat-sequence"])
def test_an_authentication_sequence_is_a_flow(house: House, flow: str) -> None:
    """Steps, script and subject step as exported by another system."""
    assert house.claims(signed_in(house, flow), flow)["acr"] == "imported"


def test_a_default_sequence_is_name_and_password(house: House) -> None:
    """Whatever else stands there."""
    assert house.claims(signed_in(house, "default-sequence"), "default-sequence")["amr"] == ["pwd"]


def test_a_script_may_lie_in_a_file_beside_the_configuration(house: House) -> None:
    """`script: {file: login.js}`."""
    assert house.claims(signed_in(house, "from-file"), "from-file")["acr"] == "from a file"


def test_a_flow_without_a_script_runs_its_steps_in_order(house: House) -> None:
    """Password, then push: the password alone is not the end."""
    browser = signed_in(house, "password-push")
    assert not let_in(browser)
    assert browser.page.startswith("push")


def test_a_template_is_a_script(house: House) -> None:
    """`push-progressive-enrollment` offers enrollment, then asks for the password."""
    browser = house.begin("template").submit(username=house.someone())
    assert browser.page == "push-enroll-consent"
    assert browser.press("INIT_PUSH_ENROLL").page == "password"


def test_a_script_that_asks_for_nothing_lets_nobody_in(house: House) -> None:
    """The empty queue without a proven factor fails."""
    browser = house.begin("nothing")
    assert browser.page == "error"
    assert not let_in(browser)


def test_requested_acr_values_reach_the_script_and_its_choice_the_token(house: House) -> None:
    """selectAcrFrom takes the first of its own list that was requested."""
    browser = signed_in(house, "acr", acr_values="urn:doorstep:1 urn:doorstep:2")
    assert house.claims(browser, "acr")["acr"] == "urn:doorstep:2"
    browser = signed_in(house, "acr", acr_values="urn:doorstep:1")
    assert house.claims(browser, "acr")["acr"] == "urn:doorstep:1"
    browser = signed_in(house, "acr")
    assert "urn" not in str(house.claims(browser, "acr").get("acr"))


def test_roles_groups_and_claims_of_people_reach_the_script(house: House) -> None:
    """As they stand under `users:`."""
    claims = house.claims(signed_in(house, "claims", "rich"), "claims")
    assert claims["acr"] == "rich rich@example.test true false true false"


# --- applications -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client_id", "secret"),
    [("confidential", "a-secret-from-outside-of-some-length"), ("in-words", "a-secret-in-words-of-some-length")],
)
def test_a_confidential_client_needs_its_secret(house: House, client_id: str, secret: str) -> None:
    """From the environment or as a text; without it, or with another, no token."""
    for wrong in ({}, {"client_secret": "another-secret"}, {"client_secret": ""}):
        browser = signed_in(house, client_id)
        assert house.token(browser.query["code"], client_id, **wrong).status_code in (400, 401)
    browser = signed_in(house, client_id)
    assert house.token(browser.query["code"], client_id, client_secret=secret).status_code == 200


def test_a_confidential_client_may_use_basic_authentication(house: House) -> None:
    """client_secret_basic (RFC 6749 §2.3.1)."""
    browser = signed_in(house, "in-words")
    asked = {
        "grant_type": "authorization_code",
        "code": browser.query["code"],
        "redirect_uri": APPLICATION,
        "code_verifier": house.verifier,
    }
    auth = ("in-words", "a-secret-in-words-of-some-length")
    assert httpx2.post(f"{house.url}/oauth2/token", data=asked, auth=auth).status_code == 200


def test_a_public_client_that_sends_a_secret_is_refused(house: House) -> None:
    """A client without a secret cannot authenticate with one."""
    browser = signed_in(house, "password-only")
    answer = house.token(browser.query["code"], "password-only", client_secret="whatever-it-may-be")
    assert answer.status_code in (400, 401)


@pytest.mark.parametrize("client_id", ["password-only", "confidential"])
@pytest.mark.parametrize(
    "more",
    [
        {"code_challenge": "", "code_challenge_method": ""},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": ""},
        {"code_challenge": "short"},
    ],
)
def test_pkce_with_s256_is_required_of_all(house: House, client_id: str, more: dict[str, str]) -> None:
    """Also of clients with a secret: invalid_request at the application, no login page."""
    browser = house.begin(client_id, **more)
    assert browser.url.startswith(APPLICATION)
    assert browser.query["error"] == "invalid_request"


@pytest.mark.parametrize(
    "uri",
    [
        f"{APPLICATION}/",
        f"{APPLICATION}?a=b",
        f"{APPLICATION}#a",
        APPLICATION.replace("https", "http"),
        APPLICATION.upper(),
        "https://payroll.example.test.evil.test/callback",
        "https://payroll.example.test:444/callback",
        "",
    ],
)
def test_a_redirect_uri_must_be_exactly_a_registered_one(house: House, uri: str) -> None:
    """Otherwise a page of ours, never a redirect."""
    browser = house.browser()
    answer = browser.http.get(house.authorize("password-only", redirect_uri=uri))
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert 'data-page="error"' in answer.text


@pytest.mark.parametrize("client_id", ["nobody", "", "PASSWORD-ONLY", "password-only "])
def test_an_unknown_application_is_told_on_a_page_of_ours(house: House, client_id: str) -> None:
    """Never a redirect."""
    answer = house.browser().http.get(house.authorize(client_id))
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_what_an_application_requires_holds_whatever_the_script_does(house: House) -> None:
    """`require: [push]`: enrollment ends with push and is enough; with `password` too, both are in it."""
    for client_id in ("required", "two-required"):
        name, phone = house.someone(), Phone("ec", typed=True)
        house.with_phone(name, phone)
        browser = house.begin(client_id).submit(username=name)
        house.approve(phone)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert let_in(browser) is (client_id == "required"), client_id


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"push": {"number_challenge": True}},
        {"push": {"progressive_enrollment": True}},
        {"progressive_enrollment": True},
        {"number_challenge": True},
        {"resend_interval": 90},
        {"resend_attempts": 1},
        {"max_devices": 1},
    ],
)
def test_push_settings_under_an_application_are_an_error_that_says_so(house: House, wrong: dict[str, Any]) -> None:
    """They are the organisation's, and the message tells it."""
    done = house.try_apply({"applications": [application("mine", "password-only", **wrong)]})
    assert done.returncode != 0
    assert "organisation" in told(done).lower() or "organization" in told(done).lower()
    assert "mine" not in {app["id"] for app in house.exported()["applications"]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"applications": [application("mine", "password-only", client_secret={"env": "NOT_SET_ANYWHERE"})]},
        {"settings": {"secrets": {"riskKey": {"env": "NOT_SET_ANYWHERE"}}}},
        {"users": [{"username": "mine", "password": {"env": "NOT_SET_ANYWHERE"}}]},
    ],
)
def test_a_secret_from_a_variable_that_is_not_set_is_an_error(house: House, wrong: dict[str, Any]) -> None:
    """The variable is named; nothing is applied."""
    before = house.exported()
    done = house.try_apply(wrong)
    assert done.returncode != 0
    assert "NOT_SET_ANYWHERE" in told(done)
    assert house.exported() == before


def test_a_script_file_outside_the_folder_is_refused(house: House) -> None:
    """A configuration cannot read the machine's files into the database."""
    outside = house.folder.parent / "outside.js"
    outside.write_text("function onLoginRequest(context) { executeStep(1); }")
    for name in (str(outside), "../outside.js"):
        flow = {"id": "outside", "steps": [PASSWORD_FIRST], "script": {"file": name}}
        assert house.try_apply({"flows": [flow]}).returncode != 0, name


def test_a_script_of_a_running_login_is_the_one_it_began_with(house: House) -> None:
    """A flow applied meanwhile holds for later logins."""
    name = house.someone()
    old, new = (scripted("moving", [PASSWORD_FIRST], moving(acr)) for acr in ("old", "new"))
    house.apply({"flows": [old], "applications": [application("moving", "moving")]})
    browser = house.begin("moving")
    while browser.page != "password":
        browser = house.begin("moving")
    house.apply({"flows": [new]})
    browser.submit(username=name, password=PASSWORD.format(name))
    assert house.claims(browser, "moving")["acr"] == "old"


def moving(acr: str) -> str:
    """A script that selects this acr when the password is right."""
    return (
        f"function onLoginRequest(c) {{ executeStep(1, {{onSuccess: function (c) {{ c.selectedAcr = '{acr}'; }}}}); }}"
    )


def test_a_user_without_a_password_cannot_sign_in_with_one(house: House) -> None:
    """An absent password is no empty password."""
    house.apply({"users": [{"username": "bare"}]})
    for password in ("", "bare", "null", "None"):
        assert not let_in(house.begin("password-only").submit(username="bare", password=password))
