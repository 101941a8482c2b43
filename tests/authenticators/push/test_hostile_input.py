"""Whatever arrives is refused with a device's error, never with another: random and nearly right input."""

from __future__ import annotations

from base64 import b64encode

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authenticators.push.keys import KeyRefused, PublicKey
from authenticators.push.tokens import Malformed, NotAuthentic, parse
from engine.errors import DeviceError
from tests.authenticators.bench import START, Bench
from tests.devices import Phone

PHONE = Phone("ec", clock=lambda: START)
KEY = PublicKey.offered(PHONE.public_key)
TOKEN = PHONE.token({"exp": START + 60, "pushAuthId": "p", "challenge": "c", "response": "APPROVED"})

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(["deviceId", "name", "model", "deviceToken", "publicKey", "signature", "provider", "x"])


@st.composite
def damaged_tokens(draw: st.DrawFn) -> str:
    """A good token with a piece replaced."""
    start = draw(st.integers(0, len(TOKEN)))
    end = draw(st.integers(start, min(len(TOKEN), start + 8)))
    return TOKEN[:start] + draw(st.text(max_size=8)) + TOKEN[end:]


@given(damaged_tokens() | st.text(max_size=200))
@settings(max_examples=300)
def test_a_damaged_token_is_refused_and_nothing_else_happens(text: str) -> None:
    """Either it is the very token, or it is malformed or not authentic."""
    try:
        claims = parse(text).claims(KEY, START)
    except (Malformed, NotAuthentic):
        return
    assert text == TOKEN
    assert claims["pushAuthId"] == "p"


@given(st.dictionaries(st.text(max_size=10) | st.sampled_from(["exp", "nbf", "iat"]), json_values, max_size=4))
@settings(max_examples=200)
def test_claims_of_any_shape_are_read_or_refused(claims: dict[str, object]) -> None:
    """Signed nonsense is still nonsense."""
    try:
        read = parse(PHONE.token(claims)).claims(KEY, START)
    except (Malformed, NotAuthentic):
        return
    assert isinstance(read["exp"], int | float)


@given(st.binary(max_size=600) | st.text(max_size=600))
@settings(max_examples=200)
def test_a_key_of_any_bytes_is_refused(raw: bytes | str) -> None:
    """No text is a key by accident."""
    text = b64encode(raw).decode() if isinstance(raw, bytes) else raw
    with pytest.raises(KeyRefused):
        PublicKey.offered(text)


@given(st.dictionaries(names, json_values, max_size=8), st.booleans())
@settings(max_examples=200)
def test_a_registration_of_any_shape_is_refused_with_a_code(body: dict[str, object], known: bool) -> None:
    """Also when the code in it is a good one."""

    async def register() -> None:
        bench = Bench()
        try:
            discovery = await bench.parts.receiver.discovery(await bench.add_user("mara"))
            await bench.parts.receiver.register(body | ({"deviceId": discovery["deviceId"]} if known else {}))
        finally:
            bench.passwords.close()

    with pytest.raises(DeviceError) as refused:
        anyio.run(register)
    assert (refused.value.status, refused.value.code[:4]) == (400, "PDH-")
