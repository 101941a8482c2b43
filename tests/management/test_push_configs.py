"""Push settings as consoles of other servers have them: the shapes, the codes, who may, and that people feel them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from engine.admin_scopes import CONFIGS, SCOPES
from management.push_configs import DEVICES, PROPERTY_BASE
from tests.journeys.living import House
from tests.management.callers import Caller

SENT = {
    "enableMultipleDeviceEnrollment": True,
    "maximumDeviceLimit": 5,
    "enableDeviceRegistrationNotifications": True,
    "deviceRegistrationNotificationChannels": ["EMAIL"],
}
"""What a console puts."""


@pytest.fixture
def console(house: House, admin: Caller) -> Iterator[Caller]:
    """A console's program, at these addresses; afterwards the settings are as they were."""
    before = admin("GET", "/settings").json()
    yield Caller(house, *CONFIGS, base="")
    assert admin.change("/settings", before).status_code == 200


def refused(answer: httpx2.Response, code: str, status: int = 400) -> bool:
    """Whether it is that refusal, in the shape of errors."""
    body = answer.json()
    assert body.keys() == {"code", "message", "traceId"}, body
    return (answer.status_code, body["code"]) == (status, code)


def update(**properties: Any) -> dict[str, Any]:
    """A change of properties of the connector."""
    listed = [{"name": f"PUSH.{name}", "value": value} for name, value in properties.items()]
    return {"operation": "UPDATE", "properties": listed}


def values(answer: httpx2.Response) -> dict[str, str]:
    """The connector's properties by name."""
    assert answer.status_code == 200, answer.text
    return {one["name"].removeprefix("PUSH."): one["value"] for one in answer.json()["properties"]}


def test_the_limits_of_devices_are_put_and_read_back(console: Caller, admin: Caller) -> None:
    """They are the settings that a configuration file names; under each prefix, and for no other tenant."""
    assert console("PUT", DEVICES, SENT).json() == SENT == console("GET", f"/t/carbon.super{DEVICES}").json()
    push = admin("GET", "/settings").json()["push"]
    assert (push["max_devices"], push["registration_notices"]) == (5, ["EMAIL"])
    single = {"enableMultipleDeviceEnrollment": False, "maximumDeviceLimit": 1}
    off = {"enableDeviceRegistrationNotifications": False, "deviceRegistrationNotificationChannels": []}
    assert console("PUT", DEVICES, single).json() == single | off
    assert console("GET", f"/t/other{DEVICES}").status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"enableMultipleDeviceEnrollment": False}, "PDH-15017"),
        ({"enableMultipleDeviceEnrollment": False, "maximumDeviceLimit": 2}, "PDH-15017"),
        ({"maximumDeviceLimit": 11}, "PDH-15018"),
        ({"maximumDeviceLimit": 10**20}, "PDH-15018"),
        ({"maximumDeviceLimit": 0}, "PDH-15021"),
        ({"maximumDeviceLimit": -1}, "PDH-15021"),
        ({"maximumDeviceLimit": None}, "PDH-15021"),
        ({"maximumDeviceLimit": "3"}, "PDH-15021"),
        ({"maximumDeviceLimit": True}, "PDH-15021"),
        ({"maximumDeviceLimit": 2.5}, "PDH-15021"),
        ({"enableMultipleDeviceEnrollment": "true"}, "PSC-60001"),
        ({"enableDeviceRegistrationNotifications": 1}, "PSC-60001"),
        ({"deviceRegistrationNotificationChannels": "EMAIL"}, "PSC-60001"),
        ({"deviceRegistrationNotificationChannels": []}, "PSC-60001"),
        ({"deviceRegistrationNotificationChannels": ["SMS"]}, "PSC-60001"),
        ({"deviceRegistrationNotificationChannels": ["EMAIL", "EMAIL"]}, "PSC-60001"),
        ({"number_challenge": True}, "PSC-60001"),
    ],
    ids=range(17),
)
def test_limits_that_cannot_be_change_nothing(change: dict[str, Any], code: str, console: Caller) -> None:
    """400 with the code of the protocol."""
    before = console("GET", DEVICES).json()
    assert refused(console("PUT", DEVICES, SENT | change), code)
    assert console("GET", DEVICES).json() == before


def test_properties_of_the_connector_are_changed_one_by_one(console: Caller, admin: Caller) -> None:
    """Those that are not sent stay, and so does what has no name here."""
    before = admin("GET", "/settings").json()["push"]
    changed = update(EnableNumberChallenge="true", ResendNotificationTime="120", ResendNotificationMaxAttempts="0")
    told = values(console("PATCH", PROPERTY_BASE, changed))
    assert told == values(console("GET", PROPERTY_BASE))
    assert (told["EnableNumberChallenge"], told["ResendNotificationTime"]) == ("true", "120")
    assert (told["EnableProgressiveEnrollment"], told["ResendNotificationMaxAttempts"]) == ("true", "0")
    asked = {"number_challenge": True, "resend_interval": 120, "resend_attempts": 0}
    assert admin("GET", "/settings").json()["push"] == before | asked


@pytest.mark.parametrize(
    "body",
    [
        update(ResendNotificationTime="59"),
        update(ResendNotificationTime="601"),
        update(ResendNotificationTime="1e2"),
        update(ResendNotificationTime="true"),
        update(ResendNotificationTime=120),
        update(ResendNotificationMaxAttempts="11"),
        update(ResendNotificationMaxAttempts="-1"),
        update(EnableNumberChallenge="yes"),
        update(EnableNumberChallenge="1"),
        update(EnableNumberChallenge=None),
        update(EnableEverything="true"),
        update(EnableNumberChallenge="true") | {"operation": "REMOVE"},
        update(EnableNumberChallenge="true") | {"more": 1},
        {"operation": "UPDATE", "properties": {}},
        {"operation": "UPDATE", "properties": [{"name": ["PUSH.EnableNumberChallenge"], "value": "true"}]},
        {"operation": "UPDATE", "properties": update(EnableNumberChallenge="true")["properties"] * 2},
    ],
    ids=range(16),
)
def test_properties_that_cannot_be_change_nothing(body: dict[str, Any], console: Caller) -> None:
    """400: ranges, kinds, unknown names, one that stands twice."""
    before = values(console("GET", PROPERTY_BASE))
    assert refused(console("PATCH", PROPERTY_BASE, body), "PSC-60001")
    assert values(console("GET", PROPERTY_BASE)) == before


@pytest.mark.parametrize("parent", ["progressive", "several"])
def test_further_devices_go_off_with_what_they_rest_on(parent: str, console: Caller) -> None:
    """Turned off with either parent, and not on again with it; it may be asked for before the parents are on."""
    wanted = update(EnableProgressiveEnrollment="true", EnableMultipleDeviceProgressiveEnrollment="true")
    assert values(console("PATCH", PROPERTY_BASE, wanted))["EnableMultipleDeviceProgressiveEnrollment"] == "true"
    for is_on in (False, True):
        if parent == "progressive":
            console("PATCH", PROPERTY_BASE, update(EnableProgressiveEnrollment=str(is_on).lower()))
        else:
            limit = {"enableMultipleDeviceEnrollment": is_on, "maximumDeviceLimit": 2 if is_on else 1}
            assert console("PUT", DEVICES, SENT | limit).status_code == 200
        assert values(console("GET", PROPERTY_BASE))["EnableMultipleDeviceProgressiveEnrollment"] == "false"
    assert values(console("PATCH", PROPERTY_BASE, wanted))["EnableMultipleDeviceProgressiveEnrollment"] == "true"


def test_admin_01_each_call_wants_its_scope(console: Caller, house: House) -> None:
    """401 without a token, 403 with all other scopes; nothing is changed."""
    view, change = CONFIGS
    calls = (("GET", DEVICES, view), ("PUT", DEVICES, change), ("GET", PROPERTY_BASE, view))
    for method, path, scope in (*calls, ("PATCH", PROPERTY_BASE, change)):
        assert httpx2.request(method, house.url + path).status_code == 401
        others = Caller(house, *(one for one in SCOPES if one != scope), base="")
        answer = others(method, path, None if method == "GET" else SENT)
        assert answer.status_code == 403
        assert f'scope="{scope}"' in answer.headers["www-authenticate"]


def test_a_change_says_who_and_what(console: Caller, admin: Caller) -> None:
    """In the audit; what changes nothing leaves no line."""
    newest = "/audit?event=resource_changed&limit=1"
    assert console("PUT", DEVICES, SENT).status_code == 200
    [event] = admin("GET", newest).json()["items"]
    assert (event["ip"], event["details"]["token_name"]) == ("127.0.0.1", "test")
    assert event["details"]["fields"] == "push.registration_notices push.max_devices"
    assert console("PUT", DEVICES, SENT).status_code == 200
    assert admin("GET", newest).json()["items"] == [event]


def test_a_person_feels_the_change_at_once(console: Caller, house: House) -> None:
    """Progressive enrollment off: nobody is offered to register any more, whoever they are."""
    for is_on, page in (("true", "push-enroll-consent"), ("false", "push-wait")):
        assert console("PATCH", PROPERTY_BASE, update(EnableProgressiveEnrollment=is_on)).status_code == 200
        browser = house.browser().open(house.authorize())
        assert browser.submit(username="mara").page == page


def test_all_four_calls_are_described(console: Caller, house: House) -> None:
    """In the one OpenAPI document, with the scopes; what is read has the shape that is told."""
    paths = httpx2.get(f"{house.url}/api/admin/v1/openapi.json").json()["paths"]
    view, change = CONFIGS
    for path, method in ((DEVICES, "put"), (PROPERTY_BASE, "patch")):
        assert paths[path].keys() == {"get", method}
        assert (paths[path]["get"]["security"], paths[path][method]["security"]) == (
            [{"token": [view]}],
            [{"token": [change]}],
        )
        schema = paths[path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["properties"].keys() == console("GET", path).json().keys() == set(schema["required"])
    takes = paths[DEVICES]["put"]["requestBody"]["content"]["application/json"]["schema"]
    assert takes["properties"].keys() == SENT.keys()


def test_bodies_that_are_none_are_refused(console: Caller, house: House) -> None:
    """Never a 500."""
    for content in (b"", b"[]", b"null", b"{", b'{"operation":"UPDATE","operation":"UPDATE"}', b"\xff"):
        for method, path in (("PUT", DEVICES), ("PATCH", PROPERTY_BASE)):
            headers = {**console.headers, "Content-Type": "application/json"}
            answer = httpx2.request(method, house.url + path, headers=headers, content=content)
            assert answer.status_code == 400, (path, content)
