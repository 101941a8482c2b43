"""Whole logins: the real engine, the real authenticators, a script that ships, and a phone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest

import scripts
from engine.core import Engine, Ports
from engine.errors import BadAnswer
from engine.logins import Logins
from engine.model import Application, Flow, LoginRequest, Option, RequestFacts, Step
from engine.outcome import Answer, Granted, Page, Refused, Reply
from engine.ports import ConfigurationChange
from engine.registry import Registry
from tests.authenticators.bench import Bench
from tests.devices import Phone

pytestmark = pytest.mark.anyio

SCRIPTS = Path(scripts.__path__[0])
FACTS = RequestFacts(ip="203.0.113.9")
PROCEED = "PROCEED_PUSH_AUTHENTICATION"


class Tasks:
    """Runs effects in the test's loop."""

    def __init__(self) -> None:
        self.tasks: list[asyncio.Future[None]] = []

    def spawn(self, work: Awaitable[None]) -> None:
        """Begin *work*."""
        self.tasks.append(asyncio.ensure_future(work))


class Browser:
    """One browser in one login."""

    def __init__(self, bench: Bench) -> None:
        self._tasks = Tasks()
        self._engine = _engine(bench, self._tasks)
        self.reply: Reply

    @property
    def page(self) -> Page:
        """The page it is on."""
        assert isinstance(self.reply, Page), self.reply
        return self.reply

    async def open(self) -> None:
        """Go to the application and on to its login."""
        started = await self._engine.start(
            LoginRequest("payroll", "https://payroll.example.test/callback", facts=FACTS)
        )
        self._flow, self._secret = started.flow_id, started.secret
        await self._arrive(started.reply)

    async def post(self, **fields: str) -> None:
        """Send the page's form."""
        token = self.page.token
        await self._arrive(await self._engine.answer(self._flow, self._secret, Answer(fields, FACTS, token)))

    async def reload(self) -> None:
        """Show the page again."""
        await self._arrive(await self._engine.show(self._flow, self._secret))

    async def _arrive(self, reply: Reply) -> None:
        self.reply = reply
        await asyncio.gather(*self._tasks.tasks)


def _engine(bench: Bench, tasks: Tasks) -> Engine:
    stores = (bench.state, bench.directory, bench.configuration, bench.audit, bench.signals)
    return Engine(Ports(*stores, tasks, bench.clock, push=bench.parts.standings), Registry(bench.parts))


async def browser(
    bench: Bench, *steps: str, script: str | None = None, require: frozenset[str] = frozenset()
) -> Browser:
    """A browser at the first page of a flow of these steps."""
    bench.use_logins(Logins(bench.state, bench.clock))
    application = Application("payroll", "Payroll", ("https://payroll.example.test/callback",), "flow", require=require)
    configured = tuple(Step(number, (Option(name),)) for number, name in enumerate(steps, 1))
    shipped = script is not None and "\n" not in script
    source = (SCRIPTS / f"{script}.js").read_text() if shipped else script
    change = ConfigurationChange(applications=[application], flows=[Flow("flow", configured, script=source)])
    await bench.configuration.commit(change)
    opened = Browser(bench)
    await opened.open()
    return opened


async def approve(bench: Bench, phone: Phone) -> None:
    """The phone says yes to its oldest request."""
    [push, *_] = await bench.parts.receiver.pending(phone.device_id, phone.pull_token())
    await bench.parts.receiver.respond(phone.answer(push))


async def test_a_person_without_a_phone_registers_one_on_the_way(bench: Bench) -> None:
    """Name, consent, password, code, phone, confirm, approve: signed in by both factors."""
    await bench.set_push(progressive_enrollment=True, number_challenge=True)
    await bench.add_user("mara")
    login = await browser(bench, "push", "password", script="push-progressive-enrollment", require=frozenset({"push"}))
    assert login.page.page == "identifier"
    await login.post(username="mara")
    assert login.page.page == "push-enroll-consent"
    await login.post(scenario="INIT_PUSH_ENROLL")
    assert login.page.page == "password"
    await login.post(password="correct horse")
    assert login.page.page == "push-enroll"
    phone = bench.phone(name="Mara's phone", kind="rsa")
    await bench.parts.receiver.register(phone.register_body(login.page.fields["enrollment"]))
    await login.reload()
    assert login.page.fields["device"] == "Mara's phone"
    await login.post(scenario="PUSH_DEVICE_ENROLLMENT")
    assert login.page.page == "push-wait"
    await login.post(scenario=PROCEED)
    assert login.page.page == "push-wait"
    await approve(bench, phone)
    await login.post(scenario=PROCEED)
    assert isinstance(login.reply, Granted)
    assert {fact.authenticator for fact in login.reply.result.facts} == {"password", "push"}


async def test_a_person_with_a_phone_needs_nothing_else(bench: Bench) -> None:
    """Name, approve."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await browser(bench, "push", "password", script="push-progressive-enrollment")
    await login.post(username="Mara")
    assert login.page.page == "push-wait"
    await approve(bench, phone)
    await login.post(scenario=PROCEED)
    assert isinstance(login.reply, Granted)
    assert login.reply.result.user_id == "u-mara"


async def test_a_forged_enrollment_word_does_not_reach_the_script(bench: Bench) -> None:
    """Where it is not offered it is refused, and the login stays where it was."""
    await bench.enroll(await bench.add_user("mara"))
    login = await browser(bench, "push", "password", script="push-progressive-enrollment")
    await login.post(username="mara")
    for scenario in ("INIT_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT", "CANCEL_PUSH_ENROLL"):
        with pytest.raises(BadAnswer):
            await login.post(scenario=scenario)
    await login.reload()
    assert login.page.page == "push-wait"


async def test_who_declines_to_enroll_is_not_signed_in(bench: Bench) -> None:
    """The script has no other way."""
    await bench.set_push(progressive_enrollment=True)
    await bench.add_user("mara")
    login = await browser(bench, "push", "password", script="push-progressive-enrollment")
    await login.post(username="mara")
    await login.post(scenario="CANCEL_PUSH_ENROLL")
    assert isinstance(login.reply, Refused)


async def test_five_wrong_passwords_end_the_step(bench: Bench) -> None:
    """Four times the page again, then the login fails."""
    await bench.add_user("mara")
    login = await browser(bench, "password")
    for _ in range(4):
        await login.post(username="mara", password="wrong")
        assert (login.page.page, login.page.message) == ("password", "password.wrong")
        assert login.page.fields["username_hint"] == "mara"
    await login.post(username="mara", password="wrong")
    assert isinstance(login.reply, Refused)
    assert login.reply.failed.reason == "password.wrong"


async def test_parallel_posts_of_a_right_password_make_one_step_and_one_push(bench: Bench) -> None:
    """Fifty at once: one transition, one push that can be answered, and no try is left counted."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await browser(bench, "password", "push")
    answer = Answer({"username": "mara", "password": "correct horse"}, FACTS, login.page.token)
    engines = [_engine(bench, login._tasks) for _ in range(50)]
    replies = await asyncio.gather(
        *(engine.answer(login._flow, login._secret, answer) for engine in engines), return_exceptions=True
    )
    await asyncio.gather(*login._tasks.tasks)
    assert sum(isinstance(reply, Page) and not reply.out_of_date for reply in replies) == 1
    assert len(await bench.events("push_sent")) == 1
    await login.reload()
    await approve(bench, phone)
    await login.post(scenario=PROCEED)
    assert isinstance(login.reply, Granted)


SEES_PUSH = """function onLoginRequest(context) {
    function tell(context) {
        var push = context.push, last = push.lastDenial;
        fail({errorMessage: [
            last && [last.at, last.notMe, last.application, last.ip].join(), push.budgetLeft,
            push.devices.map(function (one) { return [one.name, one.lastUsedAt]; })
        ].join('|')});
    }
    executeStep(1, {onSuccess: tell, onFail: tell});
}
"""


@pytest.mark.parametrize(
    ("response", "told"),
    [
        ("APPROVED", "|5|Mara's phone,1800000000000"),
        ("DENIED", "1800000000000,true,Payroll,203.0.113.9|0|Mara's phone,"),
    ],
)
async def test_a_script_reads_how_push_stands(bench: Bench, response: str, told: str) -> None:
    """The last denial, the budget left, the devices with their last use."""
    phone = await bench.enroll(await bench.add_user("mara"))
    there = await browser(bench, "push", script=SEES_PUSH)
    await there.post(username="mara")
    [push] = await bench.parts.receiver.pending(phone.device_id, phone.pull_token())
    claims = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": response}
    claims |= {"notMe": True} if response == "DENIED" else {}
    await bench.parts.receiver.respond(phone.token({**claims, "exp": phone.expiry(60)}))
    await there.post(scenario=PROCEED)
    assert isinstance(there.reply, Refused)
    assert there.reply.failed.description == told


async def test_a_script_sees_no_push_of_a_name_that_is_nobody_s(bench: Bench) -> None:
    """Null: nothing is known, and nothing breaks."""
    source = """function onLoginRequest(context) {
        executeStep(1, {onFail: function (context) { fail({errorMessage: String(context.push)}); }});
    }"""
    there = await browser(bench, "push", script=source)
    await there.post(username="nobody")
    for _ in range(4):
        bench.clock.advance(61)
        await there.post(scenario="RESEND_PUSH_NOTIFICATION")
    assert isinstance(there.reply, Refused)
    assert there.reply.failed.description == "null"
