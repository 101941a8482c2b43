"""What leaves, for whom, and how often: budgets, providers that fail, one sending only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import pytest

from authenticators import registry
from engine.errors import DeviceError
from engine.model import Device, PushProvider, Subject
from engine.outcome import Answer, Challenge, Effect, Success
from engine.ports import ConfigurationChange, DeadToken, Delivering, Handed, NotNow, PushMessage, Taken
from tests.authenticators.bench import Bench, Mortal, Try
from tests.devices import Phone

pytestmark = pytest.mark.anyio

PROCEED = "PROCEED_PUSH_AUTHENTICATION"


class Provider:
    """A push provider whose behaviour a test chooses."""

    has_trouble = False

    def __init__(self, name: str = "FCM", *, says: Handed | Exception = Taken()) -> None:
        self.name = name
        self.sent: list[tuple[str, PushMessage, int]] = []
        self.says = says

    def refusal(self, push_token: str, metadata: Mapping[str, str]) -> str | None:
        """Nothing but one token is refused."""
        return "no token of ours" if push_token == "foreign" else None

    async def send(self, device: Device, message: PushMessage, *, ttl: int) -> Handed:
        """Take the message, or fail."""
        self.sent.append((device.push_token, message, ttl))
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    async def test(self) -> Handed:
        """As a message."""
        return Taken()

    def retire(self) -> None:
        """There is nothing to let go of."""


async def provide(bench: Bench, *providers: Provider) -> None:
    """Give the bench these providers."""
    by_name = {each.name: each for each in providers}

    async def make(configured: PushProvider, _: str | None) -> Provider:
        return by_name[configured.name]

    change = ConfigurationChange(push_providers=[PushProvider(name, "fcm") for name in by_name])
    await bench.configuration.commit(change)
    bench.parts = registry(bench.wiring(makers={"fcm": make}), passwords=bench.passwords)


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
    await provide(bench, provider)
    user = await bench.add_user("mara")
    await bench.enroll(user, bench.phone(push_token="fcm-token"))
    assert (await bench.directory.devices(user.id))[0].provider == "FCM"
    await waiting(bench)
    [(token, message, ttl)] = provider.sent
    assert (token, message.data["notificationScenario"], ttl) == ("fcm-token", "AUTHENTICATION", 90)
    assert message.body == "mara is signing in to Payroll. Was it you?"


async def test_every_device_is_asked_and_a_bad_one_stops_no_other(bench: Bench) -> None:
    """One provider broken, one not taking, one fine; each can pull as well."""
    fine, down = Provider("fine"), Provider("down", says=RuntimeError("secret detail"))
    full = Provider("full", says=NotNow("provider.quota"))
    await provide(bench, fine, down, full)
    await bench.set_push(registration_notices=())
    user = await bench.add_user("mara")
    phones = [
        await bench.enroll(user, bench.phone(provider=name, push_token=name)) for name in ("fine", "DOWN", "full")
    ]
    login = await waiting(bench)
    assert len(fine.sent) == 1
    [event] = await bench.events("push_sent")
    assert event.details == {"devices": "3", "taken": "1", "not_taken": "provider.broken, provider.quota"}
    await answer(bench, phones[1])
    assert isinstance(await login.say(PROCEED), Success)


async def test_a_dead_token_is_marked_and_its_device_lives(bench: Bench) -> None:
    """Nothing is sent to it any more, an admin can see it, the others are asked, and it can still pull and answer."""
    gone = Provider(says=DeadToken("token.unregistered"))
    await provide(bench, gone)
    user = await bench.add_user("mara")
    phone = await bench.enroll(user)
    login = await waiting(bench)
    [device] = await bench.directory.devices(user.id)
    [event] = await bench.events("push_token_dead")
    assert (device.unreachable_since, event.why) == (bench.clock(), "token.unregistered")
    await waiting(bench)
    assert len(gone.sent) == 1
    await answer(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)


async def test_a_device_that_tells_its_token_is_reachable_again(bench: Bench) -> None:
    """Even the same token: the app runs, so it has looked."""
    provider = Provider(says=DeadToken("token.unregistered"))
    await provide(bench, provider)
    user = await bench.add_user("mara")
    phone = await bench.enroll(user)
    await waiting(bench)
    provider.says = Taken()
    await bench.parts.receiver.update(phone.device_id, phone.update_token(push_token=phone.push_token))
    assert (await bench.directory.devices(user.id))[0].unreachable_since is None
    await waiting(bench)
    assert len(provider.sent) == 2


async def test_a_token_changed_meanwhile_is_not_marked_dead(bench: Bench) -> None:
    """What the provider said was about the older one."""
    user = await bench.add_user("mara")
    phone = await bench.enroll(user)
    await bench.directory.change_device(phone.device_id, push_token="newer")
    dead = {"push_token": phone.push_token, "since": bench.clock()}
    assert not await bench.directory.mark_unreachable(phone.device_id, **dead)
    assert (await bench.directory.devices(user.id))[0].unreachable_since is None


async def test_a_token_that_its_provider_cannot_use_is_refused(bench: Bench) -> None:
    """At registration and at an update; nothing is changed."""
    await provide(bench, Provider())
    user = await bench.add_user("mara")
    with pytest.raises(DeviceError, match="deviceToken is malformed: no token of ours"):
        await bench.enroll(user, bench.phone(push_token="foreign"))
    phone = await bench.enroll(user)
    with pytest.raises(DeviceError, match="no token of ours"):
        await bench.parts.receiver.update(phone.device_id, phone.update_token(push_token="foreign"))
    assert [device.push_token for device in await bench.directory.devices(user.id)] == [phone.push_token]


async def test_trouble_is_told_to_admins_now_and_then(bench: Bench) -> None:
    """Once in ten minutes for each trouble, not with every push."""
    await provide(bench, Provider(says=NotNow("provider.credentials", alert=True)))
    await bench.enroll(await bench.add_user("mara"))
    for _ in range(3):
        await waiting(bench)
    [event] = await bench.events("push_provider_trouble")
    assert (event.why, event.details) == ("provider.credentials", {"provider": "FCM"})
    bench.clock.advance(601)
    await waiting(bench)
    assert len(await bench.events("push_provider_trouble")) == 2


async def test_who_proved_something_is_told_that_the_phone_was_not_reached(bench: Bench) -> None:
    """Anybody else sees the page that a name of nobody's sees."""
    await provide(bench, Provider(says=NotNow("provider.unavailable")))
    user = await bench.add_user("mara")
    await bench.enroll(user)
    stranger = await waiting(bench)
    assert (await stranger.show()).fields["reach"] == "unknown"
    known = await bench.login("push", subject=Subject("mara", user.id), proven=frozenset({"password"}))
    assert (await known.show()).fields["reach"] == "not_reached"


async def test_trouble_of_the_provider_is_told_to_everybody_alike(bench: Bench) -> None:
    """It says nothing about a name: nobody's name sees the same."""
    provider = Provider(says=NotNow("provider.resting"))
    await provide(bench, provider)
    await bench.enroll(await bench.add_user("mara"))
    mara, nobody = await waiting(bench), await bench.login("push")
    await nobody.post(username="nobody")
    provider.has_trouble = True
    assert [(await login.show()).fields["reach"] for login in (mara, nobody)] == ["not_reached", "not_reached"]


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


@pytest.mark.parametrize("lives", range(24))
async def test_a_push_outlives_a_process_that_ends_while_it_leaves(bench: Bench, lives: int) -> None:
    """Before whichever call of the store it ends: what the next process delivers once more, the phone finds."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await bench.login("push")
    delivering = registry(bench.wiring(state=Mortal(bench.state, lives)), passwords=bench.passwords)
    outcome = await login.authenticator.submit(login.step, Answer({"username": "mara"}, login.step.request))
    assert isinstance(outcome, Challenge)
    for parts in (delivering, bench.parts):
        push = parts.by_id["push"]
        assert isinstance(push, Delivering)
        with suppress(asyncio.CancelledError):
            await push.deliver(outcome.effects[0])
    assert len(await bench.parts.receiver.pending(phone.device_id, phone.pull_token())) == 1


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
