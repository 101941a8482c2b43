"""The rules about answers, on one stored request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from authenticators.push.purposes import LoginAnswer
from authenticators.push.requests import PushRequest, PushRequests
from engine.errors import DeviceError
from engine.model import Device, Subject
from tests.authenticators.bench import Bench

pytestmark = pytest.mark.anyio

DEVICE = Device("d-1", "u-mara", "Phone", "Pixel", "builtin", "t", b"", ("ES256",))
MARA = Subject("mara", "u-mara")


class Asked:
    """One request to DEVICE, and the store it is in."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.requests = PushRequests(bench.state, bench.clock)

    async def open(self, *, active: bool = True) -> PushRequest:
        """Store it, and let it out."""
        self.login = await self.bench.login("push", subject=MARA)
        request = await self.requests.open(self.login.step, MARA, account="u-mara", devices=[DEVICE], supersedes=None)
        if active:
            await self.requests.let_out(request.id)
        return request

    async def say(self, request: PushRequest, *, approved: bool, device: Device = DEVICE) -> PushRequest:
        """An authentic answer."""
        said = LoginAnswer(request.id, request.occasion.challenge, approved, None)
        return await self.requests.answer(device, said, still_wanted=True)

    async def refused(self, request: PushRequest, *, approved: bool, device: Device = DEVICE) -> int:
        """The status of the refusal of an answer."""
        with pytest.raises(DeviceError) as refused:
            await self.say(request, approved=approved, device=device)
        return refused.value.status


async def test_an_approval_that_was_used_cannot_be_denied_any_more(bench: Bench) -> None:
    """The browser has gone on."""
    asked = Asked(bench)
    request = await asked.open()
    await asked.say(request, approved=True)
    assert await asked.requests.consume(request.id, asked.login.step)
    assert await asked.refused(request, approved=False) == 410


async def test_another_flow_or_execution_does_not_use_up_an_approval(bench: Bench) -> None:
    """It gets nothing, and takes nothing away: the owner's device may still say no."""
    asked = Asked(bench)
    request = await asked.open()
    await asked.say(request, approved=True)
    step = asked.login.step
    for other in (replace(step, flow_id="other"), replace(step, execution=2)):
        assert await asked.requests.consume(request.id, other) is None
    assert (await asked.say(request, approved=False)).word == "denied"


async def test_a_pending_or_denied_request_cannot_be_used(bench: Bench) -> None:
    """Only an approval."""
    asked = Asked(bench)
    request = await asked.open()
    assert await asked.requests.consume(request.id, asked.login.step) is None
    await asked.say(request, approved=False)
    assert await asked.requests.consume(request.id, asked.login.step) is None


async def test_a_request_that_was_not_let_out_takes_no_answer(bench: Bench) -> None:
    """Even from a device that would be asked and knows everything about it."""
    asked = Asked(bench)
    request = await asked.open(active=False)
    assert await asked.refused(request, approved=True) == 400


async def test_a_device_that_changed_hands_is_not_heard(bench: Bench) -> None:
    """The id was asked, but it is another person's now."""
    asked = Asked(bench)
    request = await asked.open()
    assert await asked.refused(request, approved=True, device=replace(DEVICE, user_id="u-mallory")) == 400


async def test_a_request_is_let_out_once_and_not_after_its_deadline(bench: Bench) -> None:
    """Whoever asks second, or late, sends nothing."""
    asked = Asked(bench)
    request = await asked.open()
    assert await asked.requests.let_out(request.id) is None
    late = await asked.open(active=False)
    bench.clock.advance(90)
    assert await asked.requests.let_out(late.id) is None


async def test_numbers_are_two_digits_evenly_drawn(bench: Bench) -> None:
    """From 00 to 99, leading zero and all (chi-square over ten bins, far from any doubt)."""
    await bench.set_push(number_challenge=True)
    asked = Asked(bench)
    login = await bench.login("push", subject=MARA)
    numbers = [
        (await asked.requests.open(login.step, MARA, account="a", devices=[], supersedes=None)).occasion.number
        for _ in range(1000)
    ]
    assert all(number is not None and len(number) == 2 and number.isdigit() for number in numbers)
    bins = [sum(number is not None and number[0] == str(digit) for number in numbers) for digit in range(10)]
    assert sum((count - 100) ** 2 / 100 for count in bins) < 50


async def test_a_record_of_another_format_does_not_exist(bench: Bench) -> None:
    """What an older or newer release wrote means: send again."""
    asked = Asked(bench)
    for value in (b"", b"\x81\xa1a\x01", b"garbage"):
        await bench.state.forget("push", "p")
        await bench.state.create("push", "p", value, expires_at=bench.clock() + 60)
        assert await asked.requests.read("p") is None


async def test_the_flow_of_a_push_is_told_to_whoever_knows_its_id(bench: Bench) -> None:
    """And nothing for any other text."""
    asked = Asked(bench)
    request = await asked.open()
    assert await bench.parts.flow_of_push(request.id) == asked.login.flow_id
    for other in ("unknown", "", "../x", "x" * 1000):
        assert await bench.parts.flow_of_push(other) is None
