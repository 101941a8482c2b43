"""Whatever is sent, the answer is one of the protocol: never an exception, never a code or a token."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oidc.support import CALLBACK, ISSUER, VERIFIER, House, asked

pytestmark = pytest.mark.anyio

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
relaxed = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def without(values: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in values.items() if key != name}


@relaxed
@given(name=st.sampled_from([*asked(), "prompt", "max_age", "acr_values", "login_hint", "id_token_hint"]), value=texts)
async def test_any_value_of_a_parameter_has_an_answer(house: House, name: str, value: str) -> None:
    """A redirect to the registered address, or a page."""
    pairs = [*without(asked(), name).items(), (name, value)]
    response = await house.http.get("/oauth2/authorize?" + urlencode(pairs))
    assert response.status_code in (303, 400)
    assert response.status_code == 400 or response.headers["location"].startswith(CALLBACK + "?")


@relaxed
@given(body=st.binary(max_size=300), header=st.binary(max_size=60))
async def test_any_bytes_at_the_token_endpoint_are_refused(house: House, body: bytes, header: bytes) -> None:
    """With an error of RFC 6749 §5.2."""
    printable = bytes(byte for byte in header if 0x20 <= byte < 0x7F)
    headers = [(b"content-type", b"application/x-www-form-urlencoded"), (b"authorization", b"Basic " + printable)]
    response = await house.http.post("/oauth2/token", content=body, headers=headers)
    assert response.status_code in (400, 401)
    assert response.json()["error"] in ("invalid_request", "invalid_client")


@relaxed
@given(name=st.sampled_from(["grant_type", "code", "redirect_uri", "code_verifier", "client_id", "scope"]), value=texts)
async def test_any_value_in_a_token_request_is_refused(house: House, name: str, value: str) -> None:
    """Where a right code is not there, nothing else helps."""
    good = {"grant_type": "authorization_code", "code": "x", "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    form = {"client_id": "native", **good, name: value}
    response = await house.http.post("/oauth2/token", data=form)
    assert response.status_code in (400, 401)
    assert "error" in response.json()


@relaxed
@given(token=st.one_of(texts, st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}", fullmatch=True)))
async def test_any_text_as_an_access_token_is_refused(house: House, token: str) -> None:
    """RFC 6750 §3.1."""
    headers = [(b"authorization", b"Bearer " + token.encode())]
    response = await house.http.get(ISSUER + "/oauth2/userinfo", headers=headers)
    assert response.status_code == 401


async def test_any_change_of_an_access_token_is_refused(house: House) -> None:
    """One character anywhere, but for bits that base64 does not use."""
    token = (await house.tokens())["access_token"]
    for at in range(0, len(token), 7):
        other = "A" if token[at] != "A" else "B"
        response = await house.userinfo(token[:at] + other + token[at + 1 :])
        assert response.status_code == 401, at
