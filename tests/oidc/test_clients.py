"""Client authentication, rule by rule."""

from __future__ import annotations

import base64
from urllib.parse import quote_plus

import pytest

from engine.model import Application
from engine.ports import ConfigurationChange
from oidc.secrets import hash_secret
from tests.oidc.support import CALLBACK, SECRET, House

pytestmark = pytest.mark.anyio


def basic(client_id: str, secret: str) -> dict[str, str]:
    """An Authorization header with exactly that between the colon's sides."""
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


async def attempt(
    house: House, headers: dict[str, str] | None = None, form: dict[str, str] | None = None
) -> tuple[int, str]:
    """Status and error of a request whose code does not exist: invalid_grant means that the client was believed."""
    body = {"grant_type": "authorization_code", "code": "none", **(form or {})}
    response = await house.http.post("/oauth2/token", data=body, headers=headers)
    if response.status_code == 401:
        assert response.headers["www-authenticate"].startswith("Basic ")
    return response.status_code, str(response.json()["error"])


BELIEVED = (400, "invalid_grant")
REFUSED = (401, "invalid_client")


async def test_a_secret_may_come_as_basic_or_in_the_form(house: House) -> None:
    """RFC 6749 §2.3.1."""
    assert await attempt(house, basic("payroll", SECRET)) == BELIEVED
    assert await attempt(house, None, {"client_id": "payroll", "client_secret": SECRET}) == BELIEVED


async def test_only_one_way_may_be_used(house: House) -> None:
    """RFC 6749 §2.3: not two at once, be both right."""
    form = {"client_id": "payroll", "client_secret": SECRET}
    assert await attempt(house, basic("payroll", SECRET), form) == (400, "invalid_request")


async def test_the_client_id_of_the_form_must_be_the_one_of_the_header(house: House) -> None:
    """RFC 6749 §3.2.1: named twice, it must be the same."""
    assert await attempt(house, basic("payroll", SECRET), {"client_id": "payroll"}) == BELIEVED
    assert await attempt(house, basic("payroll", SECRET), {"client_id": "other"}) == REFUSED


async def test_a_public_client_shows_no_secret(house: House) -> None:
    """RFC 6749 §2.3: one that has none cannot be right with one."""
    assert await attempt(house, None, {"client_id": "native"}) == BELIEVED
    assert await attempt(house, None, {"client_id": "native", "client_secret": "x"}) == REFUSED
    assert await attempt(house, basic("native", "x")) == REFUSED


async def test_a_confidential_client_must_show_its_secret(house: House) -> None:
    """RFC 6749 §3.2.1."""
    assert await attempt(house, None, {"client_id": "payroll"}) == REFUSED
    assert await attempt(house, None, {"client_id": "payroll", "client_secret": ""}) == REFUSED
    assert await attempt(house, None, {}) == REFUSED


@pytest.mark.parametrize(
    "secret", ["", "wrong", SECRET + "2", SECRET.upper(), SECRET[:-1], "\u00e9", "x" * 5000, ":", "%"]
)
async def test_a_wrong_secret_is_refused(house: House, secret: str) -> None:
    """RFC 6749 §5.2: 401 and a challenge, whatever the secret holds."""
    assert await attempt(house, basic("payroll", secret)) == REFUSED


@pytest.mark.parametrize("client_id", ["nobody", "closed", "PAYROLL", "", "%00", "%zz", "\u00e9"])
async def test_an_unknown_client_is_refused_like_a_wrong_secret(house: House, client_id: str) -> None:
    """Nothing tells whether a client exists."""
    assert await attempt(house, basic(client_id, SECRET)) == REFUSED


@pytest.mark.parametrize(
    "header",
    [
        "Basic",
        "Basic ",
        "Basic !!!!",
        "Basic cGF5cm9sbA==",
        "Basic " + base64.b64encode(b"payroll:\xff").decode(),
        "Bearer x",
    ],
)
async def test_a_header_that_cannot_be_read_is_refused(house: House, header: str) -> None:
    """RFC 7617 §2; no other scheme is known here."""
    assert await attempt(house, {"Authorization": header}) == REFUSED


@pytest.mark.parametrize("secret", ["a:b%41+c d/\u00e9==", "openssl+rand/base64==", "100%sure"])
async def test_a_secret_may_hold_anything_encoded_or_not(house: House, secret: str) -> None:
    """RFC 6749 §2.3.1 encodes it first; clients that leave that out are understood too."""
    application = Application("odd:client", "Odd", (CALLBACK,), "payroll-login", secret_hash=hash_secret(secret))
    await house.configuration.commit(ConfigurationChange(applications=[application]))
    assert await attempt(house, basic(quote_plus("odd:client"), quote_plus(secret))) == BELIEVED
    assert await attempt(house, basic(quote_plus("odd:client"), secret)) == BELIEVED
    assert await attempt(house, basic(quote_plus("odd:client"), secret + "x")) == REFUSED


async def test_an_unreadable_stored_hash_fits_nothing(house: House) -> None:
    """A broken configuration lets nobody in."""
    application = Application("broken", "Broken", (CALLBACK,), "payroll-login", secret_hash="")
    await house.configuration.commit(ConfigurationChange(applications=[application]))
    assert await attempt(house, basic("broken", "x")) == REFUSED
