"""Push fatigue: what strangers can have sent, what they cannot take from the person, and what denials lead to."""

from __future__ import annotations

from typing import Any

import pytest

from authenticators import registry
from engine.errors import DeviceError
from engine.outcome import Success
from tests.authenticators.bench import Bench, Try
from tests.devices import Phone

pytestmark = pytest.mark.anyio

PROCEED = "PROCEED_PUSH_AUTHENTICATION"
OWN, OTHER = "a" * 64, "b" * 64
"""Keys of browsers."""


@pytest.fixture
async def phone(bench: Bench) -> Phone:
    """Mara's enrolled phone."""
    return await bench.enroll(await bench.add_user("mara"))


async def tried(bench: Bench, name: str = "mara", **how: Any) -> Try:
    """A login for *name* that waits for a phone."""
    login = await bench.login("push", **how)
    await login.post(username=name)
    return login


async def arrived(bench: Bench, phone: Phone) -> int:
    """How many requests wait at the phone."""
    return len(await bench.parts.receiver.pending(phone.device_id, phone.pull_token()))


async def respond(bench: Bench, phone: Phone, response: str = "APPROVED", **claims: Any) -> None:
    """Answer the newest request."""
    *_, push = await bench.parts.receiver.pending(phone.device_id, phone.pull_token())
    whole = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": response}
    await bench.parts.receiver.respond(phone.token({**whole, "exp": phone.expiry(60), **claims}))


async def known_browser(bench: Bench, phone: Phone) -> None:
    """Mara signs in once with her own browser."""
    login = await tried(bench, browser=OWN)
    await respond(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)
    login.end()


async def bombed(bench: Bench, phone: Phone, times: int = 20) -> int:
    """Strangers try from many addresses; gives what arrived."""
    before = await arrived(bench, phone)
    for n in range(times):
        await tried(bench, ip=f"198.51.100.{n}", browser=OTHER)
    return await arrived(bench, phone) - before


async def test_strangers_do_not_keep_the_person_out(bench: Bench, phone: Phone) -> None:
    """Five of strangers arrive and no more; her own browser still gets through, and signs in."""
    await known_browser(bench, phone)
    assert await bombed(bench, phone) == 5
    login = await tried(bench, browser=OWN)
    assert await arrived(bench, phone) == 6
    await respond(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)


async def test_the_purse_of_a_known_browser_is_small(bench: Bench, phone: Phone) -> None:
    """Three in ten minutes beside what strangers used; ten minutes later three more."""
    await known_browser(bench, phone)
    await bombed(bench, phone)
    for _ in range(8):
        await tried(bench, browser=OWN)
    assert await arrived(bench, phone) == 8
    bench.clock.advance(601)
    await bombed(bench, phone)
    for _ in range(8):
        await tried(bench, browser=OWN)
    assert await arrived(bench, phone) == 8


async def test_a_known_browser_alone_gets_nothing_on_top(bench: Bench, phone: Phone) -> None:
    """What it sends counts in both purses."""
    await known_browser(bench, phone)
    for _ in range(12):
        await tried(bench, browser=OWN)
    assert await arrived(bench, phone) == 5


async def test_a_browser_that_never_signed_in_by_push_is_a_stranger(bench: Bench, phone: Phone) -> None:
    """Nor is it known to anybody else, after a change of the password, or to one who has no cookie."""
    await known_browser(bench, phone)
    ben = await bench.enroll(await bench.add_user("ben"), bench.phone(push_token="bens"))
    for n in range(8):
        await tried(bench, "ben", browser=OWN, ip=f"198.51.100.{n}")
    assert await arrived(bench, ben) == 5
    await bench.directory.set_password("u-mara", "another hash")
    await bombed(bench, phone)
    for browser in (OWN, OTHER, ""):
        await tried(bench, browser=browser)
    assert await arrived(bench, phone) == 5


async def test_the_phone_is_told_whether_the_browser_is_known(bench: Bench, phone: Phone) -> None:
    """After a success, and only for that browser."""
    await known_browser(bench, phone)
    await tried(bench, browser=OWN)
    await tried(bench, browser=OTHER)
    pushes = await bench.parts.receiver.pending(phone.device_id, phone.pull_token())
    assert [push["browserKnown"] for push in pushes] == ["true", "false"]


async def test_every_node_counts_on_where_another_stopped(bench: Bench, phone: Phone) -> None:
    """A restart gives nothing back, and forgets no browser."""
    await known_browser(bench, phone)
    assert await bombed(bench, phone) == 5
    bench.parts = registry(bench.wiring(), passwords=bench.passwords)
    assert await bombed(bench, phone) == 0
    await tried(bench, browser=OWN)
    assert await arrived(bench, phone) == 6


async def test_denying_a_stranger_quietens_strangers_only(bench: Bench, phone: Phone) -> None:
    """The person's own browser may ask at once; a stranger's may not for a minute."""
    await known_browser(bench, phone)
    await tried(bench)
    await respond(bench, phone, "DENIED")
    assert await bombed(bench, phone) == 0
    await tried(bench, browser=OWN)
    assert await arrived(bench, phone) == 1
    bench.clock.advance(61)
    assert await bombed(bench, phone) > 0


async def test_denying_one_s_own_browser_quietens_it_too(bench: Bench, phone: Phone) -> None:
    """It may be in other hands."""
    await known_browser(bench, phone)
    await tried(bench, browser=OWN)
    await respond(bench, phone, "DENIED")
    await tried(bench, browser=OWN)
    assert await arrived(bench, phone) == 0


@pytest.mark.parametrize("denials", [[{}, {}, {}], [{"notMe": True}]])
async def test_the_third_denial_and_not_me_are_followed_by_a_longer_quiet(
    bench: Bench, phone: Phone, denials: list[dict[str, Any]]
) -> None:
    """Ten minutes instead of one; it stands in the audit, and nothing is locked."""
    for claims in denials:
        bench.clock.advance(61)
        await tried(bench)
        await respond(bench, phone, "DENIED", **claims)
    bench.clock.advance(590)
    assert await bombed(bench, phone) == 0
    bench.clock.advance(11)
    assert await bombed(bench, phone) == 5
    assert await bench.events("push_alert" if len(denials) == 3 else "push_not_me")
    assert (await bench.directory.user("u-mara")) is not None


@pytest.mark.parametrize("claims", [{"notMe": "true"}, {"notMe": 1}, {"notMe": None}, {"response": "APPROVED"}])
async def test_not_me_is_true_and_said_with_a_denial(bench: Bench, phone: Phone, claims: dict[str, Any]) -> None:
    """Anything else is 400 and changes nothing."""
    login = await tried(bench)
    with pytest.raises(DeviceError, match="notMe"):
        await respond(bench, phone, **({"response": "DENIED", "notMe": True} | claims))
    await respond(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)


async def test_wrong_numbers_are_counted(bench: Bench, phone: Phone) -> None:
    """The third in an hour is followed by a long quiet."""
    await bench.set_push(number_challenge=True)
    for _ in range(3):
        await tried(bench)
        with pytest.raises(DeviceError, match="number"):
            await respond(bench, phone, numberChallenge="none")
    assert await bombed(bench, phone) == 0
    assert await bench.events("push_alert")


@pytest.mark.parametrize("together", ["198.51.100.7", "2001:db8:7::"])
async def test_an_address_has_a_limit_over_all_people(bench: Bench, phone: Phone, together: str) -> None:
    """An IPv6 address by its /64; what ends in a success is given back, another address is not concerned."""
    await bench.set_push(budget={"per_address": 2})
    for n in range(2):
        await bench.enroll(await bench.add_user(f"p{n}"), bench.phone(push_token=f"p{n}"))
        await tried(bench, f"p{n}", ip=f"{together}{n}" if ":" in together else together)
    login = await tried(bench, ip=f"{together}9" if ":" in together else together)
    assert await arrived(bench, phone) == 0
    login = await tried(bench, ip="203.0.113.1")
    await respond(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)
    bench.clock.advance(601)
    await tried(bench, ip=together + ("1" if ":" in together else ""))
    assert await arrived(bench, phone) == 1


async def test_a_crowd_behind_one_address_that_signs_in_is_let_through(bench: Bench, phone: Phone) -> None:
    """An office: each success makes room for the next."""
    await bench.set_push(budget={"per_address": 1})
    for _ in range(5):
        login = await tried(bench)
        await respond(bench, phone)
        assert isinstance(await login.say(PROCEED), Success)


async def test_denials_count_against_the_address_that_asked(bench: Bench, phone: Phone) -> None:
    """After ten in an hour nothing is sent for it, to nobody."""
    await bench.set_push(budget={"per_10_minutes": 100, "per_day": 100, "cooldown_after_denial": 1})
    for _ in range(10):
        await tried(bench, ip="198.51.100.7")
        await respond(bench, phone, "DENIED")
        bench.clock.advance(11)
    await tried(bench, ip="198.51.100.7")
    assert await arrived(bench, phone) == 0
    await tried(bench, ip="198.51.100.8")
    assert await arrived(bench, phone) == 1


async def test_one_login_has_a_limit_of_its_own(bench: Bench, phone: Phone) -> None:
    """However often its script runs the step again."""
    await bench.set_push(budget={"per_10_minutes": 100, "per_day": 100, "per_flow": 4})
    login = await tried(bench)
    for _ in range(9):
        await login.again(proven=frozenset())
    assert len(await bench.events("push_sent")) == 4


async def test_a_person_s_known_browsers_are_twenty_at_most(bench: Bench, phone: Phone) -> None:
    """The oldest is forgotten."""
    for n in range(22):
        login = await tried(bench, browser=f"{n:064}")
        await respond(bench, phone)
        assert isinstance(await login.say(PROCEED), Success)
    assert len(await bench.state.owned("push-browser", "u-mara")) == 20


async def test_six_digits_where_the_organisation_wants_them(bench: Bench, phone: Phone) -> None:
    """The page shows six, and only these six let in."""
    await bench.set_push(number_challenge=True, number_digits=6)
    login = await tried(bench)
    number = login.page.fields["number"]
    assert len(number) == 6
    await respond(bench, phone, numberChallenge=number)
    assert isinstance(await login.say(PROCEED), Success)
