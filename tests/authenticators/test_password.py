"""The password step: the same answer and the same work for everyone, every try counted before it is made."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import argon2
import pytest

from authenticators.hashing import hash_now, normalised
from authenticators.throttle import FREE_TRIES
from engine.errors import BadAnswer
from engine.model import Argon2Settings, Subject
from engine.outcome import Challenge, Failure, Outcome, Success
from tests.authenticators.bench import CHEAP, Bench

pytestmark = pytest.mark.anyio

RIGHT, WRONG = "correct horse", "battery staple"


async def _try(bench: Bench, name: str = "mara", password: str = RIGHT, *, ip: str = "203.0.113.9") -> Outcome:
    login = await bench.login("password", ip=ip)
    return await login.post(username=name, password=password)


async def test_the_right_password_proves_the_user(bench: Bench) -> None:
    """The proof names the user, the credential and its version."""
    user = await bench.add_user("mara")
    outcome = await _try(bench, "Mara ")
    assert isinstance(outcome, Success)
    assert outcome.proof is not None
    assert (outcome.proof.user_id, outcome.proof.credential, outcome.proof.amr) == (user.id, "password:1", "pwd")


async def test_nobody_a_disabled_and_a_passwordless_user_get_the_answer_of_a_wrong_password(bench: Bench) -> None:
    """No answer tells which of them a name is."""
    await bench.add_user("mara")
    await bench.add_user("off", enabled=False)
    await bench.add_user("bare", password=None)
    seen = set()
    for name in ("mara", "off", "bare", "nobody"):
        login = await bench.login("password")
        outcome = await login.post(username=name, password=WRONG if name == "mara" else RIGHT)
        assert isinstance(outcome, Failure)
        seen.add((outcome.reason, outcome.retry, tuple(sorted(outcome.state)), (await login.show()).message))
    assert seen == {("password.wrong", True, ("name",), None)}


async def test_every_account_costs_one_hash_with_the_present_parameters(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known, unknown, disabled, passwordless, locked: one verification each, of hashes that cost the same."""
    checked: list[tuple[int, int, int]] = []
    verify = argon2.PasswordHasher.verify

    def counted(hasher: argon2.PasswordHasher, stored: str, password: bytes) -> bool:
        found = argon2.extract_parameters(stored)
        checked.append((found.memory_cost, found.time_cost, found.parallelism))
        return verify(hasher, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    await bench.add_user("mara")
    await bench.add_user("off", enabled=False)
    await bench.add_user("bare", password=None)
    for name in ("mara", "off", "bare", "nobody", *["mara"] * FREE_TRIES):
        await _try(bench, name, WRONG)
    assert len(checked) == 4 + FREE_TRIES
    assert set(checked) == {(CHEAP.memory_kib, CHEAP.time_cost, CHEAP.parallelism)}


async def test_after_five_wrong_tries_the_right_password_is_refused_with_the_same_words(bench: Bench) -> None:
    """An account pauses, and does not say so."""
    await bench.add_user("mara")
    wrong = [await _try(bench, "mara", WRONG) for _ in range(FREE_TRIES)]
    right = await _try(bench)
    assert isinstance(right, Failure)
    assert {(each.reason, each.retry) for each in (*wrong, right) if isinstance(each, Failure)} == {
        ("password.wrong", True)
    }
    assert len(await bench.events("password_locked")) == 1


async def test_the_pause_ends_and_grows(bench: Bench) -> None:
    """One try after thirty seconds, then one after a minute; a right one clears the count."""
    await bench.add_user("mara")
    for _ in range(FREE_TRIES):
        await _try(bench, "mara", WRONG)
    bench.clock.advance(30)
    assert isinstance(await _try(bench, "mara", WRONG), Failure)
    bench.clock.advance(59)
    assert isinstance(await _try(bench), Failure)
    bench.clock.advance(1)
    assert isinstance(await _try(bench), Success)
    for _ in range(FREE_TRIES - 1):
        await _try(bench, "mara", WRONG)
    assert isinstance(await _try(bench), Success)


async def test_tries_that_are_not_let_in_do_not_make_the_pause_longer(bench: Bench) -> None:
    """Whoever hammers at a locked account does not lock it further."""
    await bench.add_user("mara")
    for seconds in (30, 60):
        for _ in range(FREE_TRIES + 20):
            await _try(bench, "mara", WRONG)
        bench.clock.advance(seconds)
    assert isinstance(await _try(bench), Success)


async def test_parallel_guesses_get_no_more_tries_than_one_after_another(bench: Bench) -> None:
    """The try is reserved before the check, so that the right password among two hundred is found at most in five."""
    await bench.add_user("mara")
    bench.passwords._free = 1000
    await asyncio.gather(*(_try(bench, "mara", WRONG, ip=f"198.51.100.{n % 250}") for n in range(200)))
    assert len(await bench.events("password_wrong")) == FREE_TRIES
    assert len(await bench.events("password_locked")) == 200 - FREE_TRIES


async def test_unknown_names_are_throttled_the_same_way(bench: Bench) -> None:
    """The sixth try on a name that is nobody's is not let in either."""
    for _ in range(FREE_TRIES + 1):
        await _try(bench, "nobody", WRONG)
    assert len(await bench.events("password_locked")) == 1


async def test_look_alikes_share_one_count(bench: Bench) -> None:
    """Writing the name in other letters gives no further tries."""
    await bench.add_user("mara")
    for name in ("mara", "MARA", " mara", "ｍａｒａ", "Mara"):
        await _try(bench, name, WRONG)
    assert isinstance(await _try(bench), Failure)


async def test_a_stranger_s_guesses_do_not_keep_the_owner_out(bench: Bench) -> None:
    """An address where the account has signed in before has tries of its own."""
    await bench.add_user("mara")
    await _try(bench, ip="192.0.2.7")
    for _ in range(FREE_TRIES + 5):
        await _try(bench, "mara", WRONG, ip="198.51.100.66")
    assert isinstance(await _try(bench, ip="198.51.100.66"), Failure)
    assert isinstance(await _try(bench, ip="192.0.2.7"), Success)


async def test_one_address_cannot_try_many_accounts(bench: Bench) -> None:
    """A hundred wrong tries from one address, of whatever accounts, and it gets no more; a /64 is one address."""
    await bench.add_user("mara")
    for n in range(100):
        await _try(bench, f"someone-{n}", WRONG, ip=f"2001:db8:1:2::{n:x}")
    assert isinstance(await _try(bench, ip="2001:db8:1:2:ffff::1"), Failure)
    assert isinstance(await _try(bench, ip="2001:db8:1:3::1"), Success)
    bench.clock.advance(300)
    assert isinstance(await _try(bench, ip="2001:db8:1:2::1"), Success)


async def test_right_passwords_do_not_use_up_an_address(bench: Bench) -> None:
    """A busy office keeps signing in: what was right is given back."""
    for n in range(110):
        await bench.add_user(f"worker-{n}")
        assert isinstance(await _try(bench, f"worker-{n}", ip="192.0.2.1"), Success)


async def test_a_posted_name_is_ignored_when_the_user_is_known(bench: Bench) -> None:
    """The known user's password counts, whatever name is posted beside it."""
    mara = await bench.add_user("mara")
    await bench.add_user("mallory", password="mallory's own")
    known = Subject("mara", mara.id)
    login = await bench.login("password", subject=known)
    assert login.page.fields["ask_username"] is False
    refused = await login.post(username="mallory", password="mallory's own")
    assert isinstance(refused, Failure)
    assert refused.subject == known
    accepted = await (await bench.login("password", subject=known)).post(username="mallory", password=RIGHT)
    assert isinstance(accepted, Success)
    assert accepted.subject.user_id == mara.id


async def test_a_mistyped_name_can_be_corrected_on_the_same_page(bench: Bench) -> None:
    """The page that asked for the name keeps asking, and shows what was typed."""
    await bench.add_user("mara")
    login = await bench.login("password")
    await login.post(username="marra", password=RIGHT)
    shown = await login.show()
    assert (shown.fields["ask_username"], shown.fields["username_hint"]) == (True, "marra")
    assert isinstance(await login.post(username="mara", password=RIGHT), Success)


@pytest.mark.parametrize("password", ["x" * 1025, "ä" * 513, "\ud800"])
async def test_passwords_that_cannot_be_are_refused_before_any_work(bench: Bench, password: str) -> None:
    """Over a kilobyte, or no text: malformed, and no try."""
    await bench.add_user("mara")
    with pytest.raises(BadAnswer):
        await _try(bench, "mara", password)
    assert not await bench.events("password_wrong")


async def test_passwords_are_kept_exactly_but_for_one_normalisation(bench: Bench) -> None:
    """NFKC, and nothing else: spaces, case, NUL and length count."""
    await bench.add_user("mara", password=" Pa\u0308ss\0wörd \U0001f40e")
    for near in ("Päss\0wörd 🐎", " päss\0wörd 🐎", " Päss", " Pässwörd 🐎"):
        assert isinstance(await _try(bench, "mara", near), Failure)
    assert isinstance(await _try(bench, "mara", " Päss\0wörd 🐎"), Success)


async def test_an_old_hash_is_renewed_by_a_right_password_only(bench: Bench) -> None:
    """Other parameters: the hash is made anew, and the credential is the same one."""
    user = await bench.add_user("mara")
    old = hash_now(normalised(RIGHT), Argon2Settings(memory_kib=32, time_cost=1))
    await bench.directory.set_password(user.id, old, rehash=True)
    await _try(bench, "mara", WRONG)
    assert (await bench.directory.user(user.id)) == replace(user, password_hash=old)
    assert isinstance(await _try(bench), Success)
    renewed = await bench.directory.user(user.id)
    assert renewed is not None
    assert renewed.password_hash is not None
    assert "m=64,t=1" in renewed.password_hash
    assert renewed.credential_version == user.credential_version


async def test_renewing_a_hash_never_undoes_a_change_of_the_password(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password is changed while the new hash of the old one is computed: the change stays."""
    user = await bench.add_user("mara")
    old = hash_now(normalised(RIGHT), Argon2Settings(memory_kib=32, time_cost=1))
    changed = hash_now(normalised("another one"), CHEAP)
    await bench.directory.set_password(user.id, old, rehash=True)
    compute = argon2.PasswordHasher.hash

    def slowly(hasher: argon2.PasswordHasher, password: bytes) -> str:
        asyncio.run(bench.directory.set_password(user.id, changed))
        return compute(hasher, password)

    monkeypatch.setattr(argon2.PasswordHasher, "hash", slowly)
    await _try(bench)
    stored = await bench.directory.user(user.id)
    assert stored is not None
    assert (stored.password_hash, stored.credential_version) == (changed, 2)


async def test_a_name_that_is_nobody_s_is_not_written_down(bench: Bench) -> None:
    """It may be a password typed into the wrong field."""
    await _try(bench, "hunter2-canary", "x")
    assert "hunter2-canary" not in repr(await bench.audit.recent())
    assert "hunter2-canary" not in repr(bench.state._records) + repr(bench.state._counters)


async def test_a_missing_password_is_asked_for_again_and_counts_nothing(bench: Bench) -> None:
    """No password is not a try."""
    await bench.add_user("mara")
    for _ in range(FREE_TRIES * 2):
        outcome = await _try(bench, "mara", "")
        assert isinstance(outcome, Challenge)
        assert outcome.message == "password.missing"
    assert isinstance(await _try(bench), Success)


async def test_only_the_script_is_told_that_nothing_was_checked(bench: Bench) -> None:
    """A person gets the same answer for a wrong password and for one that was not looked at."""
    await bench.add_user("mara")
    outcomes = [await brought(bench, username="mara", password=WRONG) for _ in range(FREE_TRIES + 1)]
    assert [isinstance(one, Failure) and one.paused for one in outcomes] == [*[False] * FREE_TRIES, True]
    assert len({one.reason for one in outcomes if isinstance(one, Failure)}) == 1


# --- a password that the script brings along --------------------------------------------------------------------------


async def brought(bench: Bench, *, subject: Subject | None = None, **params: object) -> Outcome:
    """What comes of a step that begins with these parameters."""
    login = await bench.login("password", params=params, subject=subject)
    assert login.outcome is not None
    return login.outcome


@pytest.mark.parametrize(
    "params",
    [
        {"username": "Mara ", "password": RIGHT},
        {"username": ["mara"], "password": [RIGHT]},
        {"username": "DEFAULT/mara@carbon.super", "password": RIGHT},
    ],
)
async def test_a_password_that_the_script_brings_proves_without_a_page(bench: Bench, params: dict[str, object]) -> None:
    """It is checked as a posted one is; request parameters may be passed on as they are."""
    user = await bench.add_user("mara")
    outcome = await brought(bench, **params)
    assert isinstance(outcome, Success)
    assert outcome.proof is not None
    assert (outcome.proof.user_id, outcome.proof.credential) == (user.id, "password:1")


async def test_a_password_brought_for_the_known_user_needs_no_name(bench: Bench) -> None:
    """The same name in another spelling does no harm."""
    user = await bench.add_user("mara")
    for name in ({}, {"username": "MARA"}, {"username": "PRIMARY/mara"}):
        assert isinstance(await brought(bench, subject=Subject("mara", user.id), password=RIGHT, **name), Success)


@pytest.mark.parametrize(
    ("name", "password"),
    [("mara", WRONG), ("noah", RIGHT), ("nobody", RIGHT), ("mara", "x" * 1025), ("mara", "\ud800")],
)
async def test_a_wrong_password_brought_along_fails_the_step(bench: Bench, name: str, password: str) -> None:
    """As a posted one; a person may then type it."""
    await bench.add_user("mara")
    await bench.add_user("noah", password=WRONG)
    outcome = await brought(bench, username=name, password=password)
    assert isinstance(outcome, Failure)
    assert (outcome.reason, outcome.retry) == ("password.wrong", True)


async def test_another_name_than_the_known_one_is_not_even_tried(bench: Bench) -> None:
    """Though the password is that other person's."""
    user = await bench.add_user("mara")
    await bench.add_user("noah", password=WRONG)
    outcome = await brought(bench, subject=Subject("mara", user.id), username="noah", password=WRONG)
    assert isinstance(outcome, Failure)
    assert await bench.events("password_wrong") == []


async def test_a_malformed_name_brought_along_fails_the_step(bench: Bench) -> None:
    """The login goes on with the script or the page; nothing was posted, so it is no bad request."""
    outcome = await brought(bench, username="a\0b", password=RIGHT)
    assert isinstance(outcome, Failure)


@pytest.mark.parametrize("password", ["", None, 7, True, {}, [], ["a", "b"], [7]])
async def test_what_is_no_password_shows_the_page(bench: Bench, password: object) -> None:
    """With the name filled in."""
    outcome = await brought(bench, username="mara", password=password)
    assert isinstance(outcome, Challenge)
    assert outcome.fields == {"ask_username": True, "username_hint": "mara"}


async def test_a_password_without_a_name_shows_the_page_of_one_who_is_not_known(bench: Bench) -> None:
    """There is nobody to try it for."""
    assert isinstance(await brought(bench, password=RIGHT), Challenge)


async def test_passwords_brought_along_are_counted_as_tries(bench: Bench) -> None:
    """A script cannot be used to guess faster."""
    await bench.add_user("mara")
    for _ in range(FREE_TRIES):
        await brought(bench, username="mara", password=WRONG)
    assert isinstance(await brought(bench, username="mara", password=RIGHT), Failure)
    assert len(await bench.events("password_locked")) == 1
