"""The end of a login as an application sees it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from engine.errors import LoginGone, UnknownApplication
from engine.model import Application, Failed, LoginRequest, LoginResult
from engine.ports import ConfigurationChange
from oidc.codes import code_of
from oidc.encoding import base64url
from tests.oidc.support import CALLBACK, PAYROLL, House

pytestmark = pytest.mark.anyio


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


async def a_result(house: House) -> LoginResult:
    """A login that succeeded and was answered once."""
    await house.authorize()
    return house.results[-1]


async def test_the_same_result_gives_the_same_code(house: House) -> None:
    """A repeated last step leads where the first one led."""
    result = await a_result(house)
    first, second = await house.answers.granted(result), await house.answers.granted(result)
    assert first == second


async def test_a_repeated_result_does_not_bring_a_spent_code_back(house: House) -> None:
    """Neither at once nor when the store has long forgotten it."""
    result = await a_result(house)
    code = query_of(await house.answers.granted(result))["code"][0]
    assert (await house.redeem(code)).status_code == 200
    for seconds in (0, 61, 10_000):
        house.clock.now += seconds
        await house.answers.granted(result)
        assert (await house.redeem(code)).status_code == 400


async def test_the_store_never_sees_the_code(house: House) -> None:
    """ASVS 11.4: a copy of the store gives nobody a code."""
    result = await a_result(house)
    code = query_of(await house.answers.granted(result))["code"][0]
    assert await house.state.read("code", code) is None
    assert result.ticket not in code


def test_a_code_has_256_bits_and_hides_its_ticket() -> None:
    """43 characters of base64url; other tickets give other codes."""
    assert len(code_of("ticket")) == 43
    assert code_of("ticket") not in (code_of("ticket2"), base64url(hashlib.sha256(b"ticket").digest()))


async def test_the_query_of_the_registered_address_stays(house: House) -> None:
    """RFC 6749 §3.1.2."""
    address = CALLBACK + "?tenant=1"
    await house.configuration.commit(ConfigurationChange(applications=[replace(PAYROLL, redirect_uris=(address,))]))
    response = await house.authorize(redirect_uri=address)
    assert response.headers["location"].startswith(address + "&code=")


@pytest.mark.parametrize(
    "changed",
    [replace(PAYROLL, enabled=False), replace(PAYROLL, redirect_uris=("http://localhost:8401/other",)), None],
)
async def test_an_address_withdrawn_during_the_login_is_not_sent_to(house: House, changed: Application | None) -> None:
    """Neither with a code nor with an error."""
    result = await a_result(house)
    refusal = await house.refusal(result.request)
    change = (
        ConfigurationChange(applications=[changed])
        if changed
        else ConfigurationChange(removed_applications=["payroll"])
    )
    await house.configuration.commit(change)
    with pytest.raises(UnknownApplication):
        await house.answers.granted(result)
    with pytest.raises(UnknownApplication):
        await house.answers.refused(refusal)


async def test_a_scripts_error_is_told_as_the_protocol_allows(house: House) -> None:
    """RFC 6749 §4.1.2.1: plain ASCII in the text, a web address or none."""
    request = (await a_result(house)).request
    failed = Failed("x", error="risk", description='Zu "heiß"\n', error_uri="https://help.example.test/risk")
    query = query_of(await house.answers.refused(await house.refusal(request, failed)))
    assert query["error"] == ["risk"]
    assert query["error_description"] == ["Zu ?hei???"]
    assert query["error_uri"] == ["https://help.example.test/risk"]


@pytest.mark.parametrize("error", ["", 'a"b', "caf\u00e9", "x" * 101, "a\nb"])
async def test_what_is_no_error_code_is_access_denied(house: House, error: str) -> None:
    """RFC 6749 §4.1.2.1."""
    request = (await a_result(house)).request
    failed = Failed("x", error=error, error_uri="javascript:alert(1)")
    query = query_of(await house.answers.refused(await house.refusal(request, failed)))
    assert query["error"] == ["access_denied"]
    assert "error_uri" not in query


@pytest.mark.parametrize("protocol", [b"", b"\x80", b"junk", msgspec.msgpack.encode({"format": 2})])
async def test_a_request_of_another_format_starts_again(house: House, protocol: bytes) -> None:
    """R12: what cannot be read is gone."""
    result = await a_result(house)
    other = LoginRequest("payroll", CALLBACK, protocol=protocol)
    with pytest.raises(LoginGone):
        await house.answers.granted(msgspec.structs.replace(result, request=other))
