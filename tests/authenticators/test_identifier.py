"""The identifier step: who are you?"""

from __future__ import annotations

import pytest

from engine.errors import BadAnswer
from engine.model import Subject
from engine.outcome import Challenge, Success
from tests.authenticators.bench import Bench

pytestmark = pytest.mark.anyio


async def test_a_name_is_taken_whether_or_not_it_exists(bench: Bench) -> None:
    """A known and an unknown name end the step alike, and prove nothing."""
    user = await bench.add_user("mara")
    for name, user_id in (("mara", user.id), ("nobody", None)):
        login = await bench.login("identifier")
        assert await login.post(username=name) == Success(Subject(name, user_id), None)


@pytest.mark.parametrize("name", ["Mara", " mara ", "ｍａｒａ", "MARA"])
async def test_look_alikes_of_a_name_are_that_name(bench: Bench, name: str) -> None:
    """One canonical form decides who it is (NFKC, case folded)."""
    user = await bench.add_user("mara")
    outcome = await (await bench.login("identifier")).post(username=name)
    assert isinstance(outcome, Success)
    assert outcome.subject.user_id == user.id


@pytest.mark.parametrize("name", ["ma\u200bra", "mаra", "mara\u202e"])
async def test_deceptive_names_are_nobodys(bench: Bench, name: str) -> None:
    """Invisible and foreign letters make another name, not the user's."""
    await bench.add_user("mara")
    outcome = await (await bench.login("identifier")).post(username=name)
    assert isinstance(outcome, Success)
    assert outcome.subject.user_id is None


@pytest.mark.parametrize("name", ["ma\0ra", "mara\n", "m" * 256, "\ud800"])
async def test_malformed_names_are_refused(bench: Bench, name: str) -> None:
    """Control characters, lone surrogates and endless names are no answer."""
    login = await bench.login("identifier")
    with pytest.raises(BadAnswer):
        await login.post(username=name)


async def test_a_subject_that_is_known_is_not_asked_again(bench: Bench) -> None:
    """A step that runs when the user is known ends at once, and a posted name changes nothing."""
    mara = Subject("mara", "u-mara")
    login = await bench.login("identifier", subject=mara)
    assert login.outcome == Success(mara, None)
    assert await login.post(username="other") == Success(mara, None)


async def test_a_blank_name_shows_the_page_again(bench: Bench) -> None:
    """Spaces are no name."""
    outcome = await (await bench.login("identifier")).post(username="   ")
    assert isinstance(outcome, Challenge)
    assert outcome.message == "identifier.missing"
