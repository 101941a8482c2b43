"""Pushed authorization requests (RFC 9126)."""

from __future__ import annotations

from dataclasses import replace

import httpx2
import pytest

from engine.ports import ConfigurationChange
from oidc.pushed import LIFE, PREFIX
from tests.oidc.support import PAYROLL, SECRET, House, asked, sent

pytestmark = pytest.mark.anyio


async def push(house: House, **changes: str | None) -> httpx2.Response:
    """Push a request of payroll, right but for *changes*."""
    return await house.http.post("/oauth2/par", data=asked(**changes), auth=("payroll", SECRET))


async def pushed(house: House, **changes: str | None) -> str:
    """The reference to one that is taken."""
    response = await push(house, **changes)
    assert response.status_code == 201, response.text
    return str(response.json()["request_uri"])


async def go(house: House, reference: str, **more: str) -> httpx2.Response:
    """Send the browser with a reference."""
    return await house.http.get("/oauth2/authorize", params={"client_id": "payroll", "request_uri": reference} | more)


async def test_a_pushed_request_is_answered_as_one_from_the_browser(house: House) -> None:
    """§2.2, §4."""
    response = await push(house)
    assert (response.status_code, response.headers["cache-control"]) == (201, "no-store")
    assert response.json()["expires_in"] == LIFE
    answer = sent(await go(house, response.json()["request_uri"]))
    assert answer["state"] == "s-1"
    assert (await house.redeem(answer["code"])).status_code == 200


async def test_what_the_browser_brings_besides_counts_for_nothing(house: House) -> None:
    """§4: or else somebody could change what the client signed for."""
    reference = await pushed(house, scope="openid")
    code = sent(await go(house, reference, scope="openid roles", state="evil", redirect_uri="https://evil.test/"))["code"]
    assert (await house.redeem(code)).json()["scope"] == "openid"


async def test_a_reference_is_good_once(house: House) -> None:
    """§7.3."""
    reference = await pushed(house)
    assert (await go(house, reference)).status_code == 303
    assert (await go(house, reference)).status_code == 400


async def test_a_reference_runs_out(house: House) -> None:
    """§2.2."""
    reference = await pushed(house)
    house.clock.now += LIFE
    assert (await go(house, reference)).status_code == 400


async def test_a_reference_is_its_clients_alone(house: House) -> None:
    """§7.1; another's try does not spend it."""
    reference = await pushed(house)
    assert (await go(house, reference, client_id="other")).status_code == 400
    assert (await go(house, reference)).status_code == 303


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"redirect_uri": "https://evil.test/"}, "invalid_request"),
        ({"request_uri": PREFIX + "x"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"request": "x.y.z"}, "request_not_supported"),
        ({"claims": "{"}, "invalid_request"),
    ],
)
async def test_a_bad_request_is_refused_where_it_is_pushed(
    house: House, changes: dict[str, str | None], error: str
) -> None:
    """§2.3: before any browser is sent anywhere."""
    response = await push(house, **changes)
    assert (response.status_code, response.json()["error"]) == (400, error)


async def test_nobody_pushes_for_another_client(house: House) -> None:
    """The client that proves itself is the one that asks."""
    assert (await push(house, client_id="other")).status_code == 401


async def test_a_client_that_must_push_is_taken_at_its_word(house: House) -> None:
    """§5."""
    strict = replace(PAYROLL, pushed_requests=True)
    await house.configuration.commit(ConfigurationChange(applications=(strict,)))
    assert sent(await house.authorize())["error"] == "invalid_request"
    assert "code" in sent(await go(house, await pushed(house)))


@pytest.mark.parametrize("reference", ["https://evil.test/r", "urn:x", "http://169.254.169.254/"])
async def test_oidc_26_no_other_reference_is_followed(house: House, reference: str) -> None:
    """OpenID Connect Core §6.2: nothing is fetched."""
    response = await house.authorize(request_uri=reference)
    assert sent(response)["error"] == "request_uri_not_supported"
