"""New passwords: set for a user who exists, if they may be one; what the old one proved is void."""

from __future__ import annotations

import pytest

from authenticators import registry
from authenticators.hashing import LONGEST
from authenticators.throttle import FREE_TRIES
from engine.model import User
from engine.outcome import Failure, Success
from storage.memory import MemoryDirectory
from tests.authenticators.bench import Bench

pytestmark = pytest.mark.anyio


async def signs_in(bench: Bench, password: str) -> bool:
    """Whether mara does, with that password."""
    login = await bench.login("password")
    return isinstance(await login.post(username="mara", password=password), Success)


async def test_a_new_password_is_the_only_one_and_voids_what_the_old_one_proved(bench: Bench) -> None:
    """The credential version grows."""
    user = await bench.add_user("mara")
    assert await bench.parts.new_passwords.set(user.id, "another horse")
    assert await signs_in(bench, "another horse")
    assert not await signs_in(bench, "correct horse")
    stored = await bench.directory.user(user.id)
    assert stored is not None
    assert stored.credential_version == 2


async def test_a_new_password_ends_a_pause(bench: Bench) -> None:
    """The wrong tries were with the old one."""
    user = await bench.add_user("mara")
    for _ in range(FREE_TRIES):
        assert isinstance(await (await bench.login("password")).post(username="mara", password="no"), Failure)
    assert await bench.parts.new_passwords.set(user.id, "another horse")
    assert await signs_in(bench, "another horse")


@pytest.mark.parametrize("password", ["", "x" * (LONGEST + 1), "\ud800"])
async def test_what_can_be_no_password_changes_nothing(bench: Bench, password: str) -> None:
    """The one there was still holds."""
    user = await bench.add_user("mara")
    assert not await bench.parts.new_passwords.set(user.id, password)
    assert await signs_in(bench, "correct horse")


@pytest.mark.parametrize("password", ["short77", "Password2026!", "mara-2026", "87654321"])
async def test_the_policy_holds_whoever_sets_a_password(bench: Bench, password: str) -> None:
    """Unless it is to be taken as it is: a person may have it elsewhere."""
    user = await bench.add_user("mara")
    assert not await bench.parts.new_passwords.set(user.id, password)
    assert await signs_in(bench, "correct horse")
    assert await bench.parts.new_passwords.set(user.id, password, as_it_is=True)
    assert await signs_in(bench, password)


@pytest.mark.parametrize("user_id", ["nobody", "", "\ud800"])
async def test_nobody_gets_no_password(bench: Bench, user_id: str) -> None:
    """There is nothing to change."""
    assert not await bench.parts.new_passwords.set(user_id, "another horse")


class Vanishing(MemoryDirectory):
    """Loses everybody after they were looked at."""

    async def user(self, user_id: str) -> User | None:
        user = await super().user(user_id)
        self.apply([], removed=["mara"])
        return user


async def test_a_user_who_goes_meanwhile_gets_no_password(bench: Bench) -> None:
    """No error either."""
    people = Vanishing()
    await people.add_user(User("u-mara", "mara", "mara"))
    parts = registry(bench.wiring(directory=people), passwords=bench.passwords)
    assert not await parts.new_passwords.set("u-mara", "another horse")
