"""What a person hears of their devices: by mail from a real mail server, and on the other devices."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from authenticators import registry
from engine.errors import DeviceError, TooManyRequests
from engine.model import EMAIL, Device, MailSettings
from engine.ports import ConfigurationChange
from outgoing.mail import SmtpMailer
from tests.authenticators.bench import Bench
from tests.devices import Phone
from tests.outgoing.mail_server import Mailbox, mailbox

pytestmark = pytest.mark.anyio


async def _no_password() -> None:
    return None


@pytest.fixture
async def mail(bench: Bench) -> AsyncIterator[Mailbox]:
    """A mail server that the organisation uses."""
    async with mailbox() as box:
        settings = await bench.configuration.settings()
        change = replace(settings, mail=MailSettings("127.0.0.1", box.port, "login@example.test"))
        await bench.configuration.commit(ConfigurationChange(settings=change))
        bench.mailer = SmtpMailer(_no_password)
        bench.parts = registry(bench.wiring(), passwords=bench.passwords)
        yield box


async def mara(bench: Bench, phones: int = 1) -> list[Phone]:
    """Mara, who has an address, and her enrolled phones."""
    user = await bench.add_user("mara")
    await bench.directory.set_claims(user.id, {EMAIL: "mara@example.test"})
    found = []
    for n in range(phones):
        found.append(await bench.enroll(user, bench.phone(name=f"Phone {n}", push_token=f"t{n}")))
        await bench.spawned.finish()
    return found


async def notices(bench: Bench, phone: Phone) -> list[dict[str, str]]:
    """What a phone hears that asks for notices."""
    return await bench.parts.receiver.pending(phone.device_id, phone.pull_token(notices=True))


async def device_of(bench: Bench, phone: Phone) -> Device:
    """The phone as it is enrolled."""
    device = await bench.parts.devices.named(phone.device_id, user_id="u-mara")
    assert device is not None
    return device


async def denied(bench: Bench, phone: Phone, **claims: Any) -> None:
    """Somebody tries; the phone denies."""
    await (await bench.login("push")).post(username="mara")
    [push] = await bench.parts.receiver.pending(phone.device_id, phone.pull_token())
    whole = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": "DENIED"}
    await bench.parts.receiver.respond(phone.token({**whole, "exp": phone.expiry(60), **claims}))
    await bench.spawned.finish()


async def test_a_new_device_is_told_by_mail(bench: Bench, mail: Mailbox) -> None:
    """To the person's address, with its name and the time."""
    await mara(bench)
    message = mail.message()
    assert message["To"] == "mara@example.test"
    text = message.get_body(("plain",))
    assert text is not None
    assert "Phone 0 (Pixel 9)" in text.get_content()
    assert "2027-01-15 08:00:00 UTC" in text.get_content()


async def test_a_new_device_is_told_to_the_others(bench: Bench) -> None:
    """Scenario DEVICE_REGISTRATION without a push id, once, and not to itself."""
    first, second = await mara(bench, 2)
    [told] = await notices(bench, first)
    assert told["notificationScenario"] == "DEVICE_REGISTRATION"
    assert (told["deviceName"], told["deviceId"]) == ("Phone 1", first.device_id)
    assert "pushId" not in told
    assert await notices(bench, first) == []
    assert await notices(bench, second) == []


async def test_an_app_that_does_not_ask_hears_requests_only(bench: Bench) -> None:
    """Apps of today count what they pull; nothing is lost for one that asks later."""
    first, _ = await mara(bench, 2)
    assert await bench.parts.receiver.pending(first.device_id, first.pull_token()) == []
    assert len(await notices(bench, first)) == 1


async def test_the_organisation_chooses_how_people_hear_of_devices(bench: Bench, mail: Mailbox) -> None:
    """Not at all, here."""
    settings = await bench.configuration.settings()
    quiet = replace(settings, push=replace(settings.push, registration_notices=()))
    await bench.configuration.commit(ConfigurationChange(settings=quiet))
    first, _ = await mara(bench, 2)
    assert mail.taken == []
    assert await notices(bench, first) == []


async def test_not_me_is_told_by_mail_and_to_the_other_devices(bench: Bench, mail: Mailbox) -> None:
    """A plain denial is not: the person knows."""
    first, second = await mara(bench, 2)
    mail.taken.clear()
    await notices(bench, first)
    await denied(bench, first)
    assert (mail.taken, await notices(bench, second)) == ([], [])
    bench.clock.advance(61)
    await denied(bench, first, notMe=True)
    assert mail.message()["Subject"] == "A sign-in to your account was denied"
    [told] = await notices(bench, second)
    assert (told["notificationScenario"], told["applicationName"]) == ("LOGIN_DENIED", "Payroll")


async def test_a_mail_server_that_is_away_stops_nothing(bench: Bench, mail: Mailbox) -> None:
    """The device is enrolled all the same."""
    settings = await bench.configuration.settings()
    change = replace(settings, mail=MailSettings("127.0.0.1", 9, "login@example.test"))
    await bench.configuration.commit(ConfigurationChange(settings=change))
    assert len(await mara(bench)) == 1


# --- what is done with devices ----------------------------------------------------------------------------------------


async def test_a_test_arrives_and_asks_nothing(bench: Bench) -> None:
    """Scenario TEST, at most five in ten minutes."""
    [phone] = await mara(bench)
    device = await device_of(bench, phone)
    for _ in range(5):
        await bench.parts.devices.test(device)
    with pytest.raises(TooManyRequests):
        await bench.parts.devices.test(device)
    told = await notices(bench, phone)
    assert {one["notificationScenario"] for one in told} == {"TEST"}
    assert len(told) == 5


async def test_a_device_gets_another_name(bench: Bench) -> None:
    """Cleaned of what is not seen; an empty one is none."""
    [phone] = await mara(bench)
    device = await device_of(bench, phone)
    assert await bench.parts.devices.rename(device, " Work\u202e\n phone ")
    assert not await bench.parts.devices.rename(device, "\u202e ")
    assert (await device_of(bench, phone)).name == "Work phone"
    assert await bench.parts.devices.named(phone.device_id, user_id="u-ben") is None


async def test_a_removed_device_counts_no_more_at_once(bench: Bench) -> None:
    """Neither its answer to a request that waits nor an approval that was given just before."""
    first, second = await mara(bench, 2)
    login = await bench.login("push")
    await login.post(username="mara")
    [push] = await bench.parts.receiver.pending(first.device_id, first.pull_token())
    await bench.parts.receiver.respond(first.answer(push))
    for phone in (first, second):
        assert await bench.parts.devices.remove(await device_of(bench, phone))
    assert await bench.events("device_removed")
    await login.say("PROCEED_PUSH_AUTHENTICATION")
    assert login.reason == "push.denied"
    with pytest.raises(DeviceError, match="unknown device"):
        await bench.parts.receiver.respond(second.answer(push, "DENIED"))
