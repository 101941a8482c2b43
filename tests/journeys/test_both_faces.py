"""Every story is told twice, to pages and to JSON: the same happens, step by step, and the same comes of it."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.stores import opened
from tests.browser import Browser
from tests.devices import Phone
from tests.journeys import test_devices, test_enrollment, test_users_in_scripts
from tests.journeys.living import APPLICATION, House, configuration, living
from tests.journeys.test_nobody_gets_in import application, flow
from tests.json_app import JsonApp

ASKING = """
    function onLoginRequest(context) {
        prompt('genericForm', {title: 'Desk', inputs: [{id: 'desk', label: 'Desk number'}]}, {
            onSuccess: function (context) {
                if (context.request.params.desk[0] !== '7') { sendError(null, {status: 'No'}); return; }
                executeStep(1);
            },
            onCancel: function () { fail({errorCode: 'access_denied', errorMessage: 'cancelled'}); }
        });
    }"""
RETRYING = """
    function onLoginRequest(context) {
        executeStep(1, {onFail: function () { executeStep(1); }, onUserAbort: function () { fail({}); }});
    }"""


class Clock:
    """The server's seconds; time passes when a story says so."""

    def __init__(self) -> None:
        self.now = float(int(time.time()))

    def __call__(self) -> float:
        return self.now


class Told(House):
    """A server whose visitors come through one face."""

    face: Callable[[], Any]
    clock: Clock

    def browser(self) -> Any:
        """A new visitor."""
        return self.face()

    def phone(self, kind: Any = "rsa", *, typed: bool = False) -> Phone:
        """A phone that has the server's time."""
        return Phone(kind, typed=typed, clock=self.clock)

    def at_wait(self, phone: Phone, application: str = "payroll") -> Any:
        """A visitor whose phone is registered and asked."""
        test_enrollment.enroll(self, self.browser(), phone)
        return self.browser().open(self.authorize(application)).submit(username="mara")


def document() -> dict[str, Any]:
    """Flows of every kind, for applications that may use either face."""
    whole = configuration()
    whole["settings"]["push"] |= {"number_challenge": True}
    either = flow("either", "identifier", "password")
    either["steps"][1]["options"].append({"authenticator": "push"})
    whole["flows"] += [
        flow("asking", "password", script=ASKING),
        flow("retrying", "password", script=RETRYING),
        flow("moving", "password", script=test_users_in_scripts.MOVING),
        flow("plain", "password"),
        flow("two", "password", "push"),
        either,
    ]
    whole["applications"] += [application(each["id"], each["id"]) for each in whole["flows"][1:]]
    for each in whole["applications"]:
        each["native_api"] = True
    return whole


# --- the stories ------------------------------------------------------------------------------------------------------


def enroll_and_log_in_again(house: Told) -> Any:
    """The main story."""
    phone = house.phone()
    visitor = house.at_wait(phone)
    house.approve(phone)
    return visitor.press("PROCEED_PUSH_AUTHENTICATION")


def deny(house: Told) -> Any:
    """It was somebody else."""
    phone = house.phone()
    visitor = house.at_wait(phone)
    (push,) = house.pending(phone, wait=10)
    house.respond(phone.answer(push, "DENIED"))
    return visitor.press("PROCEED_PUSH_AUTHENTICATION")


def type_the_number(house: Told) -> Any:
    """The number that the visitor is shown."""
    phone = house.phone("ec", typed=True)
    test_devices.typed_in(house, house.browser(), phone)
    visitor = house.browser().open(house.authorize()).submit(username="mara")
    (push,) = house.pending(phone, wait=10)
    house.respond(phone.answer(push, number=visitor.marked["data-number"]))
    return visitor.press("PROCEED_PUSH_AUTHENTICATION")


def type_a_wrong_number(house: Told) -> Any:
    """Another than the visitor is shown."""
    phone = house.phone("ec", typed=True)
    test_devices.typed_in(house, house.browser(), phone)
    visitor = house.browser().open(house.authorize()).submit(username="mara")
    (push,) = house.pending(phone, wait=10)
    wrong = f"{(int(visitor.marked['data-number']) + 1) % 100:02d}"
    assert house.respond(phone.answer(push, number=wrong)).status_code == 400
    return visitor.press("PROCEED_PUSH_AUTHENTICATION")


def be_impatient(house: Told) -> Any:
    """Continue without an answer, send again too early, then wait and send again."""
    phone = house.phone()
    visitor = house.at_wait(phone)
    assert visitor.press("PROCEED_PUSH_AUTHENTICATION").page == "push-wait"
    assert visitor.press("RESEND_PUSH_NOTIFICATION").alerts == ["push.resend_too_early"]
    house.pending(phone, wait=10)
    house.clock.now += 61
    assert (visitor.press("RESEND_PUSH_NOTIFICATION").page, visitor.alerts) == ("push-wait", [])
    house.approve(phone)
    return visitor.press("PROCEED_PUSH_AUTHENTICATION")


def answer_too_late(house: Told) -> Any:
    """The request has run out as often as it may be sent."""
    phone = house.phone()
    visitor = house.at_wait(phone)
    for _ in range(3):
        house.pending(phone, wait=10)
        house.clock.now += 91
        assert visitor.press("PROCEED_PUSH_AUTHENTICATION").alerts == ["push.expired"]
        visitor.press("RESEND_PUSH_NOTIFICATION")
    house.clock.now += 91
    return visitor.press("PROCEED_PUSH_AUTHENTICATION")


def decline_to_enroll(house: Told) -> Any:
    """Not now."""
    return house.browser().open(house.authorize()).submit(username="mara").press("CANCEL_PUSH_ENROLL")


def continue_too_early(house: Told) -> Any:
    """No phone has used the code; then it runs out and there is a new one."""
    visitor = house.browser().open(house.authorize()).submit(username="mara")
    visitor.press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
    first = visitor.marked["data-enrollment"]
    assert visitor.press("PUSH_DEVICE_ENROLLMENT").alerts == ["push.not_registered"]
    house.clock.now += 200
    assert visitor.press("PUSH_DEVICE_ENROLLMENT").alerts == ["push.code_expired"]
    assert visitor.marked["data-enrollment"] != first
    return visitor.submit(("_action", "abort"))


def nobodys_name(house: Told) -> Any:
    """A name that is nobody's gets no further than a password."""
    visitor = house.browser().open(house.authorize("two")).submit(username="nobody", password="x")
    for _ in range(4):
        assert (visitor.page, visitor.alerts) == ("password", ["password.wrong"])
        visitor.submit(username="nobody", password="x")
    return visitor


def wrong_once(house: Told) -> Any:
    """The script runs the step again."""
    visitor = house.browser().open(house.authorize("retrying")).submit(username="mara", password="x")
    assert (visitor.page, visitor.alerts) == ("password", ["password.wrong"])
    return visitor.submit(password="mara-at-the-door")


def give_up(house: Told) -> Any:
    """The script hears of it, and fails."""
    return house.browser().open(house.authorize("retrying")).submit(("_action", "abort"))


def choose(house: Told) -> Any:
    """One of two ways, and then the other."""
    visitor = house.browser().open(house.authorize("either")).submit(username="noah")
    assert visitor.page == "choose"
    visitor.submit(authenticator="password").submit(("_action", "choose")).submit(authenticator="password")
    return visitor.submit(password="noah-at-the-door")


def answer_a_question(house: Told) -> Any:
    """A script asks, and goes on."""
    visitor = house.browser().open(house.authorize("asking"))
    assert visitor.page == "prompt"
    return visitor.submit(("action.success", "success"), desk="7").submit(username="mara", password="mara-at-the-door")


def answer_it_wrongly(house: Told) -> Any:
    """`sendError`."""
    return house.browser().open(house.authorize("asking")).submit(("action.success", "success"), desk="8")


def cancel_a_question(house: Told) -> Any:
    """`fail` goes to the application at once."""
    return house.browser().open(house.authorize("asking")).submit(("action.cancel", "cancel"), desk="")


def move_a_password(house: Told) -> Any:
    """A script asks the old one, and sets it here."""
    visitor = house.browser().open(house.authorize("moving"))
    visitor.submit(username="mara", password="the old system knows")
    return visitor.submit(("action.success", "success"), old="the old system knows")


STORIES: tuple[Callable[[Told], Any], ...] = (
    enroll_and_log_in_again,
    deny,
    type_the_number,
    type_a_wrong_number,
    be_impatient,
    answer_too_late,
    decline_to_enroll,
    continue_too_early,
    nobodys_name,
    wrong_once,
    give_up,
    choose,
    answer_a_question,
    answer_it_wrongly,
    cancel_a_question,
    move_a_password,
)


# --- telling them -----------------------------------------------------------------------------------------------------


def outcome(house: Told, visitor: Any, client_id: str) -> dict[str, Any]:
    """What came of a login, whichever way it was told."""
    if "code" in visitor.query:
        claims = house.redeem(visitor, client_id)
        return {name: claims.get(name) for name in ("preferred_username", "amr", "acr", "given_name")}
    if visitor.url.startswith(APPLICATION):
        return {"error": visitor.query["error"], "description": visitor.query.get("error_description")}
    answer = getattr(visitor, "answer", {})
    if answer.get("messageId") == "script.fail":  # a browser would have been sent to the application at once
        said = answer["description"] if answer["description"] != answer["message"] else None
        return {"error": answer["error"], "description": said}
    return {"error": visitor.alerts}


def ledger(house: Told) -> list[tuple[object, ...]]:
    """What was audited, oldest first, without what is random."""

    async def read() -> list[Any]:
        async with opened(house.settings) as stores:
            return list(await stores.audit.recent(limit=1000))

    def plain(text: str | None) -> str:
        return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{22,}", "ID", text or "")

    return [
        (event.name, event.username, event.why, event.application_id, plain(str(dict(event.details))))
        for event in reversed(asyncio.run(read()))
        if event.name != "push_sent"  # leaves beside the login, sooner or later
    ]


def tell(story: Callable[[Told], Any], face: Callable[[], Any], folder: Path) -> tuple[object, object]:
    """The story's ledger and outcome, in a house of its own."""
    folder.mkdir()
    clock = Clock()
    with living(folder, document(), clock=clock) as house:
        told = Told(house.url, house.settings, leeway=600)
        told.face, told.clock = face, clock
        visitor = story(told)
        client_id = next((row[3] for row in reversed(ledger(told)) if row[3]), "")
        return outcome(told, visitor, str(client_id)), ledger(told)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_flow_37_a_story_goes_the_same_way_over_both_faces(story: Callable[[Told], Any], tmp_path: Path) -> None:
    """The same ledger, the same end."""
    pages = tell(story, lambda: Browser(foreign=(APPLICATION,)), tmp_path / "pages")
    assert tell(story, JsonApp, tmp_path / "json") == pages
