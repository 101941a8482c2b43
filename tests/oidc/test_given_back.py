"""Revocation and introspection (RFC 7009, RFC 7662)."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from engine.model import Application
from engine.ports import ConfigurationChange
from tests.oidc.support import CALLBACK, ISSUER, MARA, SECRET, House
from tests.oidc.test_refresh import OFFLINE, is_refused, refresh, refreshed

pytestmark = pytest.mark.anyio


async def ask(house: House, endpoint: str, token: str, *, client: str = "payroll") -> httpx2.Response:
    """A client shows a token."""
    secret = SECRET if client == "payroll" else SECRET + "2"
    return await house.http.post(f"/oauth2/{endpoint}", data={"token": token}, auth=(client, secret))


async def told(house: House, token: str, *, client: str = "payroll") -> dict[str, Any]:
    """What introspection says."""
    response = await ask(house, "introspect", token, client=client)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return dict(response.json())


async def test_a_revoked_access_token_counts_no_more(house: House) -> None:
    """RFC 7009 §2.1; what else the grant gave goes on."""
    tokens = await house.tokens(scope=OFFLINE)
    assert (await ask(house, "revoke", tokens["access_token"])).status_code == 200
    assert (await house.userinfo(tokens["access_token"])).status_code == 401
    assert (await refresh(house, tokens["refresh_token"])).status_code == 200


async def test_a_revoked_refresh_token_ends_all_its_grant_gave(house: House) -> None:
    """RFC 7009 §2.1."""
    tokens = await house.tokens(scope=OFFLINE)
    again = await refreshed(house, tokens["refresh_token"])
    assert (await ask(house, "revoke", again["refresh_token"])).status_code == 200
    assert is_refused(await refresh(house, again["refresh_token"]))
    assert (await house.userinfo(again["access_token"])).status_code == 401


async def test_an_unknown_token_is_revoked_with_success(house: House) -> None:
    """RFC 7009 §2.2: there is nothing left to do."""
    tokens = await house.tokens()
    for token in ("x", "a.b", tokens["id_token"]):
        assert (await ask(house, "revoke", token)).status_code == 200


async def test_oidc_38_another_clients_token_is_neither_revoked_nor_told(house: House) -> None:
    """RFC 7009 §2.1; RFC 7662 §4."""
    tokens = await house.tokens(scope=OFFLINE)
    for token in (tokens["access_token"], tokens["refresh_token"]):
        assert is_refused(await ask(house, "revoke", token, client="other"), "invalid_request")
        assert await told(house, token, client="other") == {"active": False}
    assert (await house.userinfo(tokens["access_token"])).status_code == 200


async def test_introspection_tells_what_a_token_allows(house: House) -> None:
    """RFC 7662 §2.2."""
    tokens = await house.tokens(scope=OFFLINE)
    now = int(house.clock.now)
    common = {"active": True, "iss": ISSUER, "sub": MARA.id, "username": "mara", "client_id": "payroll", "iat": now}
    access = await told(house, tokens["access_token"])
    assert access == common | {"scope": OFFLINE, "exp": now + 300, "token_type": "Bearer"}
    assert (await told(house, tokens["refresh_token"])).items() >= common.items()


async def test_oidc_38_what_does_not_count_is_inactive_and_nothing_else(house: House) -> None:
    """An ID token, a used refresh token, an expired one, one of a disabled person."""
    tokens = await house.tokens(scope=OFFLINE)
    again = await refreshed(house, tokens["refresh_token"])
    for token in ("x", tokens["id_token"], tokens["refresh_token"]):
        assert await told(house, token) == {"active": False}
    house.clock.now += 300
    assert await told(house, again["access_token"]) == {"active": False}
    await house.directory.set_enabled(MARA.id, False)
    assert await told(house, again["refresh_token"]) == {"active": False}


@pytest.mark.parametrize("endpoint", ["introspect", "revoke", "par"])
async def test_oidc_38_only_a_client_that_proves_itself_may_ask(house: House, endpoint: str) -> None:
    """RFC 7662 §2.1, RFC 7009 §2.1, RFC 9126 §2.1."""
    for auth in (None, ("payroll", "wrong"), ("nobody", SECRET), ("closed", SECRET)):
        response = await house.http.post(f"/oauth2/{endpoint}", data={"token": "x"}, auth=auth)
        assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


async def test_a_public_client_may_revoke_but_not_introspect(house: House) -> None:
    """Anybody could say that they are it."""
    spa = Application("spa", "Spa", (CALLBACK,), "payroll-login")
    await house.configuration.commit(ConfigurationChange(applications=(spa,)))
    form = {"token": "x", "client_id": "spa"}
    assert (await house.http.post("/oauth2/revoke", data=form)).status_code == 200
    assert (await house.http.post("/oauth2/introspect", data=form)).status_code == 401
