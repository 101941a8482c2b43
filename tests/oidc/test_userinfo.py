"""The userinfo endpoint, rule by rule."""

from __future__ import annotations

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from engine.model import Application
from engine.ports import ConfigurationChange
from tests.oidc.support import CALLBACK, MARA, OMAR, House

pytestmark = pytest.mark.anyio


def refused(response: httpx2.Response, error: str = "invalid_token", *, status: int = 401) -> bool:
    """Whether that is the refusal, in header and body (RFC 6750 §3)."""
    assert f'error="{error}"' in response.headers["www-authenticate"]
    return (response.status_code, response.json()["error"]) == (status, error)


async def test_the_claims_are_those_of_the_scope_as_they_are_now(house: House) -> None:
    """OpenID Connect Core §5.3.2: the same subject as in the ID token, the present values."""
    tokens = await house.tokens(scope="openid email")
    await house.directory.set_claims(MARA.id, {"http://wso2.org/claims/emailaddress": "new@example.test"})
    response = await house.userinfo(tokens["access_token"])
    assert response.json() == {"sub": "u-mara", "email": "new@example.test"}
    assert response.headers["cache-control"] == "no-store"


async def test_the_token_may_come_in_a_form(house: House) -> None:
    """RFC 6750 §2.2; OpenID Connect Core §5.3.1 asks for GET and POST."""
    token = (await house.tokens())["access_token"]
    assert (await house.http.post("/oauth2/userinfo", data={"access_token": token})).status_code == 200
    header = {"Authorization": f"bearer {token}"}
    assert (await house.http.post("/oauth2/userinfo", headers=header)).status_code == 200


async def test_two_tokens_at_once_are_refused(house: House) -> None:
    """RFC 6750 §2: one method, one token."""
    token = (await house.tokens())["access_token"]
    header = {"Authorization": f"Bearer {token}"}
    response = await house.http.post("/oauth2/userinfo", data={"access_token": token}, headers=header)
    assert refused(response, "invalid_request", status=400)
    body = f"access_token={token}&access_token={token}"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert refused(await house.http.post("/oauth2/userinfo", content=body, headers=form), "invalid_request", status=400)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}])
async def test_without_a_token_there_is_a_challenge_and_no_error(house: House, headers: dict[str, str]) -> None:
    """RFC 6750 §3.1: nothing was tried yet."""
    response = await house.http.get("/oauth2/userinfo", headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="userinfo"'


async def test_a_token_in_the_address_is_not_looked_at(house: House) -> None:
    """RFC 9700 §4.3.2."""
    token = (await house.tokens())["access_token"]
    assert (await house.http.get("/oauth2/userinfo", params={"access_token": token})).status_code == 401


@pytest.mark.parametrize("token", ["x", "a.b.c", "....", "e30.e30.", "\u00e9".encode(), "x" * 20_000])
async def test_what_is_no_token_is_refused(house: House, token: str | bytes) -> None:
    """RFC 6750 §3.1."""
    sent = token.encode() if isinstance(token, str) else token
    response = await house.http.get("/oauth2/userinfo", headers=[(b"authorization", b"Bearer " + sent)])
    assert refused(response)


async def test_an_id_token_or_a_code_is_no_access_token(house: House) -> None:
    """RFC 8725 §3.12."""
    code = await house.code()
    tokens = (await house.redeem(code)).json()
    assert refused(await house.userinfo(tokens["id_token"]))
    assert refused(await house.userinfo(code))


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "ES256", "typ": "at+jwt"},
        {"alg": "ES256", "typ": "JWT"},
        {"alg": "ES256", "typ": "at+jwt", "kid": "../../dev/null"},
        {"alg": "HS256", "typ": "at+jwt"},
    ],
)
async def test_a_token_of_another_key_is_refused(house: House, header: dict[str, str]) -> None:
    """RFC 8725 §3.1: our key, our algorithm, our header."""
    await house.tokens()
    key = ECKey.generate_key("P-256")
    ours = (await house.http.get("/oauth2/jwks")).json()["keys"][0]["kid"]
    claims = {"iss": house.provider.issuer, "aud": house.provider.issuer, "exp": 2**31, "jti": "x", "sub": "u-mara"}
    signed = jwt.encode({"kid": ours, **header, "alg": "ES256"}, claims, key)
    assert refused(await house.userinfo(signed))


async def test_an_expired_token_is_refused(house: House) -> None:
    """RFC 6750 §3.1."""
    token = (await house.tokens())["access_token"]
    house.clock.now += 300
    assert refused(await house.userinfo(token))


async def test_a_token_the_store_does_not_know_is_refused(house: House) -> None:
    """Losing the store means signing in again, never going on."""
    token = (await house.tokens())["access_token"]
    for stored in await house.state.owned("access-token", MARA.id):
        await house.state.forget("access-token", stored.key)
    assert refused(await house.userinfo(token))


async def test_a_disabled_users_token_is_refused(house: House) -> None:
    """At once."""
    token = (await house.tokens())["access_token"]
    await house.directory.set_enabled(MARA.id, False)
    assert refused(await house.userinfo(token))


async def test_a_changed_password_ends_the_tokens(house: House) -> None:
    """Whoever took the account over is out."""
    token = (await house.tokens())["access_token"]
    await house.directory.set_password(MARA.id, "new hash")
    assert refused(await house.userinfo(token))


async def test_oidc_32_a_name_used_again_is_another_person(house: House) -> None:
    """OpenID Connect Core §8: a subject is never reassigned, nor are the tokens about it."""
    token = (await house.tokens(login_hint="omar"))["access_token"]
    await house.configuration.commit(ConfigurationChange(removed_users=["omar"]))
    again = type(OMAR)("u-omar-2", "omar", "omar")
    await house.configuration.commit(ConfigurationChange(users=[again]))
    assert refused(await house.userinfo(token))


async def test_a_disabled_applications_token_is_refused(house: House) -> None:
    """At once."""
    token = (await house.tokens())["access_token"]
    closed = Application("payroll", "Payroll", (CALLBACK,), "payroll-login", enabled=False)
    await house.configuration.commit(ConfigurationChange(applications=[closed]))
    assert refused(await house.userinfo(token))
