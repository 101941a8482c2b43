"""What leaves, for whom, and how often: budgets, providers that fail, one sending only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest

from authenticators import registry
from engine.model import Device
from engine.outcome import Effect, Success
from tests.authenticators.bench import Bench, Try
from tests.devices import Phone

pytestmark = pytest.mark.anyio

PROCEED = "PROCEED_PUSH_AUTHENTICATION"


class Provider:
    """A push provider whose behaviour a test chooses."""

    def __init__(self, name: str = "FCM", fault: Exception | None = None, *, takes: bool = True) -> None:
        self.name = name
        self.sent: list[tuple[str, Mapping[str, str], int]] = []
        self._fault = fault
        self._takes = takes

    async def send(self, device: Device, message: Mapping[str, str], *, ttl: int) -> bool:
        """Take the message, or fail."""
        if self._fault is not None:
            raise self._fault
        self.sent.append((device.push_token, message, ttl))
        return self._takes


def provide(bench: Bench, *providers: Provider) -> None:
    """Give the bench these providers."""
    wiring = bench.wiring(senders={each.name: each for each in providers}, default_provider=providers[0].name)
    bench.parts = registry(wiring, passwords=bench.passwords)


async def waiting(bench: Bench) -> Try:
    login = await bench.login("push")
    await login.post(username="mara")
    return login


async def answer(bench: Bench, phone: Phone, response: str = "APPROVED") -> None:
    [push, *_] = await bench.parts.receiver.pending(phone.device_id, phone.pull_token())
    await bench.parts.receiver.respond(phone.answer(push, response))


async def sent(bench: Bench) -> int:
    return len(await bench.events("push_sent"))


async def test_a_device_without_a_choice_gets_the_default_provider(bench: Bench) -> None:
    """The configured one; the message and its life go there."""
    provider = Provider()
    provide(bench, provider)
    user = await bench.add_user("mara")
    await bench.enroll(user, bench.phone(push_token="fcm-token"))
    assert (await bench.directory.devices(user.id))[0].provider == "FCM"
    await waiting(bench)
    [(token, message, ttl)] = provider.sent
    assert (token, message["notificationScenario"], ttl) == ("fcm-token", "AUTHENTICATION", 90)


async def test_every_device_is_asked_and_a_bad_one_stops_no_other(bench: Bench) -> None:
    """One provider down, one not taking, one fine; each can pull as well."""
    fine, down, full = Provider("fine"), Provider("down", RuntimeError("secret detail")), Provider("full", takes=False)
    provide(bench, fine, down, full)
    user = await bench.add_user("mara")
    phones = [
        await bench.enroll(user, bench.phone(provider=name, push_token=name)) for name in ("fine", "DOWN", "full")
    ]
    login = await waiting(bench)
    assert len(fine.sent) == 1
    [event] = await bench.events("push_sent")
    assert event.details == {"devices": "3", "taken": "1"}
    await answer(bench, phones[1])
    assert isinstance(await login.say(PROCEED), Success)


async def test_a_provider_that_never_answers_is_given_up(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline is the server's."""

    class Silent(Provider):
        async def send(self, device: Device, message: Mapping[str, str], *, ttl: int) -> bool:
            await asyncio.Event().wait()
            return True

    monkeypatch.setattr("authenticators.push.delivery.SLOWEST", 0.01)
    provide(bench, Silent())
    await bench.enroll(await bench.add_user("mara"))
    assert (await waiting(bench)).page.page == "push-wait"
    assert (await bench.events("push_sent"))[0].details["taken"] == "0"


async def test_the_device_s_channel_is_woken(bench: Bench) -> None:
    """A device that listens pulls at once."""
    phone = await bench.enroll(await bench.add_user("mara"))
    async with bench.signals.listen(f"device:{phone.device_id}") as wait:
        await waiting(bench)
        assert await wait(5)


async def test_a_push_leaves_once_however_often_its_effect_comes(bench: Bench) -> None:
    """And not at all before the login is stored: beginning alone sends nothing."""
    await bench.enroll(await bench.add_user("mara"))
    login = await waiting(bench)
    push = bench.parts.by_id["push"]
    [effect] = login.page.effects
    for _ in range(3):
        await push.deliver(effect)  # type: ignore[attr-defined]
    await push.deliver(Effect("push", "unknown"))  # type: ignore[attr-defined]
    assert await sent(bench) == 1
    for _ in range(4):
        await waiting(bench)
    assert await sent(bench) == 5


async def test_a_lost_race_of_two_browsers_tabs_sends_and_replaces_nothing(bench: Bench) -> None:
    """The step of the request that lost is never let out, and the one that won is answerable."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting(bench)
    await login.authenticator.begin(login.step)
    assert await sent(bench) == 1
    await answer(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)


async def test_five_pushes_in_ten_minutes_and_the_page_does_not_tell(bench: Bench) -> None:
    """Over all logins of one person; the sixth looks the same and nothing is sent."""
    await bench.enroll(await bench.add_user("mara"))
    pages = [(await waiting(bench)).page for _ in range(7)]
    assert await sent(bench) == 5
    assert len(await bench.events("push_suppressed")) == 2
    assert len({(page.page, page.message, *sorted(page.fields)) for page in pages}) == 1
    bench.clock.advance(600)
    await waiting(bench)
    assert await sent(bench) == 6


async def test_twenty_pushes_a_day(bench: Bench) -> None:
    """However patiently they are asked for."""
    await bench.enroll(await bench.add_user("mara"))
    for _ in range(30):
        await waiting(bench)
        bench.clock.advance(601)
    assert await sent(bench) == 20


async def test_a_success_opens_the_budget_again(bench: Bench) -> None:
    """It counts pushes since then."""
    phone = await bench.enroll(await bench.add_user("mara"))
    for _ in range(4):
        await waiting(bench)
    login = await waiting(bench)
    pushes = await bench.parts.receiver.pending(phone.device_id, phone.pull_token())
    await bench.parts.receiver.respond(phone.answer(pushes[-1]))
    assert isinstance(await login.say(PROCEED), Success)
    for _ in range(5):
        await waiting(bench)
    assert await sent(bench) == 10


async def test_after_a_denial_nothing_is_sent_for_a_while(bench: Bench) -> None:
    """The page looks the same; a minute later it goes on."""
    phone = await bench.enroll(await bench.add_user("mara"))
    await waiting(bench)
    await answer(bench, phone, "DENIED")
    assert (await waiting(bench)).page.page == "push-wait"
    bench.clock.advance(59)
    await waiting(bench)
    assert await sent(bench) == 1
    bench.clock.advance(1)
    await waiting(bench)
    assert await sent(bench) == 2


async def test_the_pause_can_be_switched_off(bench: Bench) -> None:
    """Zero seconds."""
    await bench.set_push(budget={"cooldown_after_denial": 0})
    phone = await bench.enroll(await bench.add_user("mara"))
    await waiting(bench)
    await answer(bench, phone, "DENIED")
    await waiting(bench)
    assert await sent(bench) == 2


async def test_denying_never_locks_the_account(bench: Bench) -> None:
    """Neither for a password nor for a push after the pause."""
    await bench.set_push(budget={"per_10_minutes": 100, "per_day": 100, "cooldown_after_denial": 0})
    phone = await bench.enroll(await bench.add_user("mara"))
    for _ in range(10):
        await waiting(bench)
        await answer(bench, phone, "DENIED")
    outcome = await (await bench.login("password")).post(username="mara", password="correct horse")
    assert isinstance(outcome, Success)


async def test_a_push_that_was_not_let_out_cannot_be_answered_or_pulled(bench: Bench) -> None:
    """Whoever is over the budget waits for an answer that cannot come."""
    phone = await bench.enroll(await bench.add_user("mara"))
    for _ in range(6):
        await waiting(bench)
    assert len(await bench.parts.receiver.pending(phone.device_id, phone.pull_token())) == 5
