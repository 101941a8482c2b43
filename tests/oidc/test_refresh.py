"""Refresh tokens: rotation, reuse, and what ends them (RFC 6749 §6; RFC 9700 §4.14)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import anyio
import httpx2
import pytest

from engine.model import Application
from engine.ports import ConfigurationChange
from oidc.grants import ABSOLUTE, IDLE
from tests.oidc.support import CALLBACK, MARA, PAYROLL, SECRET, VERIFIER, House

pytestmark = pytest.mark.anyio

OFFLINE = "openid profile email offline_access"


async def refresh(house: House, token: str, *, client: str = "payroll", **more: str) -> httpx2.Response:
    """A refresh by a client with its own secret."""
    form = {"grant_type": "refresh_token", "refresh_token": token, **more}
    secret = SECRET if client == "payroll" else SECRET + "2"
    return await house.http.post("/oauth2/token", data=form, auth=(client, secret))


async def refreshed(house: House, token: str, **more: str) -> dict[str, Any]:
    """The tokens of a refresh that succeeds."""
    response = await refresh(house, token, **more)
    assert response.status_code == 200, response.text
    return dict(response.json())


def is_refused(response: httpx2.Response, error: str = "invalid_grant") -> bool:
    """Whether it is that refusal, with no token in it."""
    return (response.status_code, response.json()["error"], "access_token" in response.text) == (400, error, False)


async def test_without_the_scope_there_is_no_refresh_token(house: House) -> None:
    """OpenID Connect Core §11."""
    assert "refresh_token" not in await house.tokens()


async def test_a_refresh_gives_new_tokens_and_the_next_refresh_token(house: House) -> None:
    """About the same person, authenticated when they were."""
    first = await house.tokens(scope=OFFLINE)
    house.clock.now += 3600
    second = await refreshed(house, first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert (await house.userinfo(second["access_token"])).json()["sub"] == MARA.id
    third = await refreshed(house, second["refresh_token"])
    assert third["scope"] == OFFLINE


async def test_a_refreshed_id_token_keeps_the_time_and_has_no_nonce(house: House) -> None:
    """OpenID Connect Core §12.2: same issuer, subject, audience and auth_time."""
    from tests.oidc.test_token import claims_of

    first = await house.tokens(scope=OFFLINE)
    _, before = await claims_of(house, first["id_token"])
    house.clock.now += 60
    _, after = await claims_of(house, (await refreshed(house, first["refresh_token"]))["id_token"])
    assert "nonce" not in after
    assert {name: after[name] for name in ("iss", "sub", "aud", "auth_time", "acr")} == {
        name: before[name] for name in ("iss", "sub", "aud", "auth_time", "acr")
    }


async def test_oidc_29_a_refresh_token_that_comes_twice_ends_the_family(house: House) -> None:
    """Nobody can tell the thief from the client, so neither goes on; access tokens end too."""
    first = await house.tokens(scope=OFFLINE)
    second = await refreshed(house, first["refresh_token"])
    assert is_refused(await refresh(house, first["refresh_token"]))
    assert is_refused(await refresh(house, second["refresh_token"]))
    for tokens in (first, second):
        assert (await house.userinfo(tokens["access_token"])).status_code == 401


async def test_oidc_29_of_parallel_refreshes_one_succeeds_at_most(house: House) -> None:
    """Twenty at once: one gets tokens, and the family is over."""
    token = (await house.tokens(scope=OFFLINE))["refresh_token"]
    answers: list[httpx2.Response] = []

    async def go() -> None:
        answers.append(await refresh(house, token))

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(go)
    given = [answer.json() for answer in answers if answer.status_code == 200]
    assert len(given) == 1
    assert is_refused(await refresh(house, given[0]["refresh_token"]))


async def test_a_refresh_token_serves_only_its_client(house: House) -> None:
    """What another client shows was stolen: the family ends."""
    token = (await house.tokens(scope=OFFLINE))["refresh_token"]
    assert is_refused(await refresh(house, token, client="other"))
    assert is_refused(await refresh(house, token))


async def test_oidc_28_a_refresh_may_narrow_the_scope_but_not_widen_it(house: House) -> None:
    """RFC 6749 §6; a refused scope costs the grant nothing."""
    token = (await house.tokens(scope=OFFLINE))["refresh_token"]
    assert is_refused(await refresh(house, token, scope="openid roles"), "invalid_scope")
    narrow = await refreshed(house, token, scope="openid")
    assert narrow["scope"] == "openid"
    assert set((await house.userinfo(narrow["access_token"])).json()) == {"sub"}
    assert (await refreshed(house, narrow["refresh_token"]))["scope"] == OFFLINE


@pytest.mark.parametrize("change", [{"enabled": False}, {"credential_version": 2}])
async def test_a_person_who_changed_ends_the_grant(house: House, change: dict[str, Any]) -> None:
    """Disabled, or with another password: at once, with nothing to search for."""
    token = (await house.tokens(scope=OFFLINE))["refresh_token"]
    if "enabled" in change:
        await house.directory.set_enabled(MARA.id, False)
    else:
        await house.directory.set_password(MARA.id, "another")
    assert is_refused(await refresh(house, token))


async def test_a_grant_ends_when_it_is_not_used_and_when_it_is_old(house: House) -> None:
    """Idle and absolute, by the server's clock."""
    idle = (await house.tokens(scope=OFFLINE))["refresh_token"]
    house.clock.now += IDLE + 1
    assert is_refused(await refresh(house, idle))
    token, began = (await house.tokens(scope=OFFLINE))["refresh_token"], house.clock.now
    while house.clock.now + IDLE - 1 < began + ABSOLUTE:
        house.clock.now += IDLE - 1
        token = (await refreshed(house, token))["refresh_token"]
    house.clock.now = began + ABSOLUTE
    assert is_refused(await refresh(house, token))


async def test_a_code_that_comes_twice_ends_the_grant_it_gave(house: House) -> None:
    """RFC 6749 §4.1.2."""
    code = await house.code(scope=OFFLINE)
    token = (await house.redeem(code)).json()["refresh_token"]
    assert is_refused(await house.redeem(code))
    assert is_refused(await refresh(house, token))


async def test_a_disabled_application_refreshes_nothing(house: House) -> None:
    """As if it were none."""
    token = (await house.tokens(scope=OFFLINE))["refresh_token"]
    await house.configuration.commit(ConfigurationChange(applications=(replace(PAYROLL, enabled=False),)))
    assert (await refresh(house, token)).status_code == 401


async def test_a_public_client_refreshes_by_rotation_alone(house: House) -> None:
    """RFC 9700 §2.2.2."""
    spa = Application("spa", "Spa", (CALLBACK,), "payroll-login")
    await house.configuration.commit(ConfigurationChange(applications=(spa,)))
    form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK, "code_verifier": VERIFIER, "client_id": "spa"}
    code = await house.code(client_id="spa", scope=OFFLINE)
    first = (await house.http.post("/oauth2/token", data=form | {"code": code})).json()
    form = {"grant_type": "refresh_token", "client_id": "spa", "refresh_token": first["refresh_token"]}
    assert (await house.http.post("/oauth2/token", data=form)).status_code == 200
    assert is_refused(await house.http.post("/oauth2/token", data=form))


@pytest.mark.parametrize("token", ["", ".", "x", "a.b", "é.x", "a" * 5000, "a.b.c"])
async def test_what_is_no_refresh_token_is_refused(house: House, token: str) -> None:
    """Whatever it is."""
    response = await refresh(house, token)
    assert is_refused(response, "invalid_request" if token == "" else "invalid_grant")
