"""The rules that every authenticator keeps, in every state a page can be in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from engine.outcome import Challenge
from engine.registry import Registry
from tests.authenticators.bench import Bench, Try

pytestmark = pytest.mark.anyio

Begin = Callable[[Bench], Awaitable[Try]]


async def _identifier(bench: Bench) -> Try:
    return await bench.login("identifier")


async def _password(bench: Bench) -> Try:
    return await bench.login("password")


async def _password_of_a_known_user(bench: Bench) -> Try:
    login = await bench.login("identifier")
    await login.post(username="mara")
    return await bench.login("password", subject=login.subject)


async def _push_name(bench: Bench) -> Try:
    return await bench.login("push")


async def _push_wait(bench: Bench) -> Try:
    login = await bench.login("push")
    await login.post(username="nobody")
    return login


async def _push_consent(bench: Bench) -> Try:
    await bench.set_push(progressive_enrollment=True)
    login = await bench.login("push")
    await login.post(username="mara")
    return login


async def _push_code(bench: Bench) -> Try:
    login = await _push_consent(bench)
    await login.say("INIT_PUSH_ENROLL")
    await login.again(proven=frozenset({"password"}))
    return login


STATES: list[tuple[str, Begin]] = [
    ("identifier", _identifier),
    ("password", _password),
    ("password", _password_of_a_known_user),
    ("identifier", _push_name),
    ("push-wait", _push_wait),
    ("push-enroll-consent", _push_consent),
    ("push-enroll", _push_code),
]


@pytest.fixture(params=STATES, ids=lambda state: state[1].__name__.strip("_"))
async def login(request: pytest.FixtureRequest, bench: Bench) -> Try:
    """A login in one of the states."""
    await bench.add_user("mara")
    page, begin = request.param
    login: Try = await begin(bench)
    assert login.page.page == page
    return login


@pytest.mark.parametrize(
    "fields", [{}, {"scenario": ""}, {"username": ""}, {"username": "", "password": "", "scenario": ""}]
)
async def test_an_empty_answer_never_advances(login: Try, fields: dict[str, str]) -> None:
    """Nothing posted is nothing done: the same page of the same thing."""
    before = login.page
    after = await login.post(**fields)
    assert isinstance(after, Challenge)
    assert (after.page, after.channel, after.effects) == (before.page, before.channel, ())


async def test_fields_that_are_not_declared_change_nothing(login: Try) -> None:
    """A posted field that the authenticator does not declare reaches nothing."""
    undeclared = {"status": "COMPLETED", "authenticated": "true", "user_id": "u-mara", "pushAuthId": "x", "step": "2"}
    assert not undeclared.keys() & login.authenticator.fields
    before = login.page
    after = await login.post(**undeclared)
    assert isinstance(after, Challenge)
    assert (after.page, after.channel) == (before.page, before.channel)


async def test_showing_a_page_changes_and_sends_nothing(login: Try, bench: Bench) -> None:
    """A reload shows what is there: no store, no counter, no message is touched."""
    records, counters = dict(bench.state._records), dict(bench.state._counters)
    first, second = await login.show(), await login.show()
    assert first == second
    assert (first.page, first.effects, first.state) == (login.page.page, (), login.page.state)
    assert (bench.state._records, bench.state._counters) == (records, counters)


async def test_a_page_of_another_step_is_no_answer_here(login: Try) -> None:
    """A word that belongs to no page is refused wherever it is posted."""
    if "scenario" in login.authenticator.fields:
        with pytest.raises(Exception, match="unknown scenario"):
            await login.say("APPROVED")


async def test_every_authenticator_says_what_it_is(bench: Bench) -> None:
    """Ids, aliases in lower case, declared fields."""
    for authenticator in bench.parts:
        assert isinstance(authenticator.id, str)
        assert all(alias == alias.lower() for alias in authenticator.aliases)
        assert authenticator.fields


async def test_aliases_are_found_in_any_case(bench: Bench) -> None:
    """Imported configurations name authenticators as they are used to."""
    registry = Registry(bench.parts)
    for name, id in (
        ("IdentifierExecutor", "identifier"),
        ("BasicAuthenticator", "password"),
        ("BASIC", "password"),
        ("push-notification-authenticator", "push"),
        ("totp", None),
    ):
        assert registry.resolve(name) == id
