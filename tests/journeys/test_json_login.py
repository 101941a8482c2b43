"""JSON login, member by member: the shapes that clients know, and nothing for who should have nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.devices import Phone
from tests.journeys.living import House, configuration, living
from tests.journeys.test_enrollment import enroll
from tests.journeys.test_nobody_gets_in import application, flow
from tests.json_app import JsonApp

PASSWORD = "QmFzaWNBdXRoZW50aWNhdG9yOkxPQ0FM"
"""base64url of BasicAuthenticator:LOCAL."""
ASKING = """
    function onLoginRequest(context) {
        var desk = {id: 'desk', label: 'Desk', choices: [{value: 'a', label: 'A'}, {value: 'b', label: 'B'}]};
        prompt('genericForm', {title: 'Desk', inputs: [desk, {id: 'pin', label: 'PIN', confidential: true}]}, {
            onSuccess: function () { executeStep(1); }, onCancel: function () { fail({}); }
        });
    }"""
ELSEWHERE = """
    function onLoginRequest(context) {
        prompt('externalRedirect', {redirectURL: 'https://kyc.test/?a=1'}, {onSuccess: function (context) {
            if (context.request.params.proof[0] !== 'given') { fail({}); return; }
            var wait = {waitingType: 'FIXED_DELAY', waitingConfigs: {greeting: 'Hold on', timeout: 1}};
            prompt('internalWait', wait, {onSuccess: function () { executeStep(1); }});
        }});
    }"""

OWN_CODE = "https://app.test/cb?code=its-own"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A server with numbers, and an application that may use JSON login beside one that may not."""
    document = configuration()
    document["settings"]["push"]["number_challenge"] = True
    document["applications"][0]["native_api"] = True
    document["applications"].append(application("web", "two"))
    own = {"native_api": True, "acr_values": ["1", "2"], "redirect_uris": [OWN_CODE]}
    document["applications"].append(application("own-code", "one") | own)
    document["flows"].append(flow("one", "password"))
    flows = {"two": None, "asking": ASKING, "elsewhere": ELSEWHERE}
    document["applications"] += [application(name, name, native_api=True) for name in flows]
    document["flows"] += [flow(name, "password", "push", script=script) for name, script in flows.items()]
    with living(tmp_path, document) as house:
        yield house


def at_wait(house: House) -> tuple[JsonApp, Phone]:
    """An application whose person's phone is asked."""
    phone = Phone()
    enroll(house, JsonApp(), phone)  # type: ignore[arg-type]
    return JsonApp().open(house.authorize()).submit(username="mara"), phone


def test_the_first_answer_has_the_members_that_clients_know(house: House) -> None:
    """flowId, status, one authenticator with its params, and where to post."""
    app = JsonApp().open(house.authorize("two"))
    assert app.status == 200
    assert (app.answer["flowStatus"], app.answer["flowType"]) == ("INCOMPLETE", "AUTHENTICATION")
    assert app.answer["links"] == [{"name": "authentication", "href": f"{house.url}/oauth2/authn", "method": "POST"}]
    (told,) = app.authenticators
    assert (told["authenticatorId"], told["idp"]) == (PASSWORD, "LOCAL")
    assert told["requiredParams"] == ["username", "password"]
    assert told["metadata"]["promptType"] == "USER_PROMPT"
    assert [(each["order"], each["confidential"]) for each in told["metadata"]["params"]] == [(1, False), (2, True)]


def test_a_wrong_password_may_be_tried_again(house: House) -> None:
    """200, FAIL_INCOMPLETE, and an ERROR message; after five tries 400."""
    app = JsonApp().open(house.authorize("two")).submit(username="mara", password="x")
    assert (app.status, app.answer["flowStatus"]) == (200, "FAIL_INCOMPLETE")
    (told,) = app.answer["nextStep"]["messages"]
    assert (told["type"], told["messageId"], told["i18nKey"]) == ("ERROR", "password.wrong", "message.password.wrong")
    for _ in range(4):
        app.submit(username="mara", password="x")
    assert (app.status, app.answer["code"]) == (400, "ABA-60013")
    assert {"code", "message", "description", "traceId"} <= app.answer.keys()


def test_success_gives_what_the_address_would_have_got(house: House) -> None:
    """The code, the state and the issuer; the code is redeemed as ever."""
    app, phone = at_wait(house)
    house.approve(phone)
    app.press("PROCEED_PUSH_AUTHENTICATION")
    assert app.answer["flowStatus"] == "SUCCESS_COMPLETED"
    assert app.answer["authData"].keys() == {"code", "state", "iss"}
    assert house.redeem(app, "payroll")["preferred_username"] == "mara"  # type: ignore[arg-type]


def test_a_code_in_the_registered_address_is_not_ours(house: House) -> None:
    """A login that did not reach what was asked for ends with an error, whatever else the address says."""
    essential = json.dumps({"id_token": {"acr": {"essential": True, "value": "9"}}})
    app = JsonApp().open(house.authorize("own-code", redirect_uri=OWN_CODE, claims=essential))
    app.submit(username="mara", password="mara-at-the-door")
    assert (app.status, "authData" in app.answer) == (400, False)
    assert app.answer["error"] == "unmet_authentication_requirements", app.answer


def test_the_number_and_the_times_are_there_to_be_shown(house: House) -> None:
    """And an INFO that the push was sent, as clients expect it."""
    app, _ = at_wait(house)
    assert len(app.data["number"]) == 2
    assert {"statusEndpoint", "expiresAt", "resendAt", "resendsLeft", "status"} <= app.data.keys()
    assert app.authenticators[0]["metadata"]["promptType"] == "INTERNAL_PROMPT"
    assert app.authenticators[0]["requiredParams"] == ["scenario"]
    assert [each["messageId"] for each in app.answer["nextStep"]["messages"]] == ["PushNotificationSent"]


def test_the_status_address_tells_how_it_stands_and_opens_nothing_else(house: House) -> None:
    """No cookie is needed; what it carries is no secret of the flow."""
    app, phone = at_wait(house)
    address = app.data["statusEndpoint"]
    assert httpx2.get(address).json() == {"status": "PENDING", "outcome": "pending"}
    house.approve(phone)
    assert httpx2.get(address).json() == {"status": "COMPLETED", "outcome": "approved"}
    key = address.partition("=")[2]
    assert app.answer["flowId"].split(".")[1] not in address
    app._flow_id = key
    assert app.press("PROCEED_PUSH_AUTHENTICATION").answer["code"] == "ABA-60003"


def test_a_denial_can_be_answered(house: House) -> None:
    """The application asks what the person says: send again, or it was not me; without asking, the login fails."""
    app, phone = at_wait(house)
    house.deny(phone)
    assert httpx2.get(app.data["statusEndpoint"]).json() == {"status": "COMPLETED", "outcome": "denied"}
    app.post({})
    assert app.alerts == ["push.denied"]
    scenarios = app.params["scenario"]["values"]
    assert scenarios == ["PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION", "REPORT_PUSH_AUTHENTICATION"]
    app.press("REPORT_PUSH_AUTHENTICATION")
    assert (app.status, app.answer["code"], app.answer["messageId"]) == (400, "ABA-60002", "push.not_me")


def test_a_removed_device_is_told_at_once(house: House) -> None:
    """The status says so, and the step offers what else there is."""
    app, phone = at_wait(house)
    house.remove(phone)
    assert httpx2.get(app.data["statusEndpoint"]).json() == {"status": "COMPLETED", "outcome": "revoked"}
    app.post({})
    assert app.alerts == ["push.revoked"]
    assert app.params["scenario"]["values"] == ["PROCEED_PUSH_AUTHENTICATION", "PUSH_DEVICE_ENROLLMENT"]
    app.press("PUSH_DEVICE_ENROLLMENT")
    assert app.page == "push-enroll-consent"


@pytest.mark.parametrize("change", [str.lower, lambda address: address[:-3], lambda address: address + "é"])
def test_a_changed_status_address_tells_nothing(house: House, change: Any) -> None:
    """403 with the code of somebody else's login."""
    base, _, key = at_wait(house)[0].data["statusEndpoint"].partition("=")
    answer = httpx2.get(f"{base}={change(key)}")
    assert (answer.status_code, answer.json()["code"]) == (403, "PBA-15010")


def test_the_code_is_there_as_text(house: House) -> None:
    """A phone registers with it, and the next answer names the phone."""
    app = JsonApp().open(house.authorize()).submit(username="mara").press("INIT_PUSH_ENROLL")
    app.submit(password="mara-at-the-door")
    assert house.register(Phone(), app.data["enrollmentData"]).status_code == 201
    assert app.post({}).data["device"] == "Mara's phone"
    assert httpx2.get(app.data["statusEndpoint"]).json()["outcome"] == "registered"


def test_a_scripts_form_tells_what_is_confidential_and_what_may_be_chosen(house: House) -> None:
    """And its buttons, as values of `action`."""
    app = JsonApp().open(house.authorize("asking"))
    told = app.authenticators[0]
    assert (told["idp"], told["metadata"]["promptType"], app.data["title"]) == ("SCRIPT", "USER_PROMPT", "Desk")
    assert (app.params["pin"]["confidential"], app.params["desk"]["confidential"]) == (True, False)
    assert app.params["desk"]["values"] == ["a", "b"]
    labelled = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
    assert json.loads(app.data["choices"]) == {"desk": labelled}
    assert app.params["action"]["values"] == ["success", "cancel"]
    assert app.submit(("action.success", "success"), desk="c", pin="1").page == "prompt"
    assert app.submit(("action.success", "success"), desk="a", pin="1").page == "password"


def test_the_way_elsewhere_and_a_pause_are_told(house: House) -> None:
    """An address to open, and when to ask again; what is brought back reaches the script."""
    app = JsonApp().open(house.authorize("elsewhere"))
    assert app.authenticators[0]["metadata"]["promptType"] == "REDIRECTION_PROMPT"
    assert app.data["redirectUrl"] == "https://kyc.test/?a=1"
    app.submit(proof="given")
    assert app.authenticators[0]["metadata"]["promptType"] == "INTERNAL_PROMPT"
    assert app.data["askAgainIn"] == "1"
    while app.submit().page == "prompt":
        time.sleep(0.3)
    assert app.page == "password"


def test_only_an_application_that_may_use_it_can(house: House) -> None:
    """ABA-60007, at the beginning and later."""
    assert JsonApp().open(house.authorize("web")).answer["code"] == "ABA-60007"
    app = JsonApp().open(house.authorize("two"))
    house.apply({"applications": [application("two", "two", native_api=False)]})
    while app.post({}).status == 200:  # the server looks at its configuration twice a second
        time.sleep(0.1)
    assert (app.status, app.answer["code"]) == (400, "ABA-60007")


def test_a_wrong_request_is_refused_in_json(house: House) -> None:
    """What a browser would be told on a page or by a redirect."""
    for asked in ({"code_challenge": ""}, {"redirect_uri": "https://elsewhere.test/"}, {"prompt": "none"}):
        app = JsonApp().open(house.authorize("two", **asked))
        assert (app.status, app.answer["code"]) == (400, "ABA-60001"), asked


def test_direct_is_for_posts_only(house: House) -> None:
    """An address may be logged, and whoever follows a link wants a page."""
    answer = httpx2.get(house.authorize("two", response_mode="direct"))
    assert answer.status_code == 303
    assert "error=invalid_request" in answer.headers["location"]


def test_no_cookie_is_set_and_none_is_read(house: House) -> None:
    """The browser's session lets nobody in here, and the secret is in bodies only."""
    browser, phone = house.browser(), Phone()
    enroll(house, browser, phone)
    app = JsonApp()
    app.http.cookies = browser.http.cookies
    app.open(house.authorize())
    assert app.page == "identifier"
    assert not app.http.cookies.keys() - browser.http.cookies.keys()


@pytest.mark.parametrize(
    "body",
    [
        {"flowId": "x"},
        {"flowId": 1},
        {"flowId": "aaaaaaaaaaaaaaaaaaaaaa.secret", "selectedAuthenticator": {"authenticatorId": PASSWORD}},
        {},
    ],
)
def test_an_unknown_flow_is_400(house: House, body: dict[str, Any]) -> None:
    """With the code that says to start again, or that the request is malformed."""
    answer = httpx2.post(f"{house.url}/oauth2/authn", json=body)
    assert answer.status_code == 400
    assert answer.json()["code"] in ("ABA-60001", "ABA-60003")


@pytest.mark.parametrize(
    "body",
    [
        {"surprise": 1},
        {"action": "win"},
        {"selectedAuthenticator": []},
        {"selectedAuthenticator": {"authenticatorId": "x"}},
        {"selectedAuthenticator": {"authenticatorId": PASSWORD, "more": 1}},
        {"selectedAuthenticator": {"authenticatorId": PASSWORD, "params": {"password": ["a", "b"]}}},
        {"selectedAuthenticator": {"authenticatorId": PASSWORD, "params": {"password": None}}},
        {"selectedAuthenticator": {"authenticatorId": PASSWORD, "params": {"_token": "x"}}},
        {"selectedAuthenticator": {"authenticatorId": PASSWORD, "params": {"a": "b" * 5000}}},
        {"selectedAuthenticator": {"authenticatorId": PASSWORD, "params": {str(n): "" for n in range(99)}}},
    ],
    ids=str,
)
def test_what_is_not_offered_is_400_and_changes_nothing(house: House, body: dict[str, Any]) -> None:
    """The login goes on as if nothing had come."""
    app = JsonApp().open(house.authorize("two"))
    assert (app.post(body).status, app.answer["code"]) == (400, "ABA-60001")
    assert app.post({}).page == "password"
    assert app.submit(username="mara", password="mara-at-the-door").page == "push-enroll"


def test_a_finished_flow_is_over(house: House) -> None:
    """The same answer again gives no second code."""
    app = JsonApp().open(house.authorize("two")).submit(("_action", "abort"))
    assert (app.status, app.alerts) == (400, ["login.cancelled"])
    assert app.post({}).answer["code"] == "ABA-60003"


def test_nothing_secret_is_in_an_address(house: House) -> None:
    """What an application is told to fetch has no query but the status key."""
    app, _ = at_wait(house)
    (link,) = app.answer["links"]
    assert not urlsplit(link["href"]).query
    assert app.answer["flowId"].split(".")[1] not in str(app.answer["nextStep"])
