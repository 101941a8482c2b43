"""Signed tokens that come back."""

from __future__ import annotations

from typing import Any

import pytest
from joserfc import jwt
from joserfc.jws import JWSRegistry

from oidc.errors import TokenRefused
from oidc.keys import SigningKeys
from oidc.tokens import Tokens
from tests.oidc.support import ISSUER, FakeClock, KeptKeys

pytestmark = pytest.mark.anyio


class Signing:
    """Our own keys, and tokens signed by them as we would not."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.keys = SigningKeys(KeptKeys(), self.clock)
        self.tokens = Tokens(ISSUER, self.keys, clock=self.clock)

    async def sign(self, header: dict[str, Any], **claims: object) -> str:
        key = await self.keys.signer()
        good = {"iss": ISSUER, "aud": ISSUER, "exp": int(self.clock.now) + 60, "jti": "t-1", "sub": "u-mara"}
        whole = {"alg": "ES256", "kid": key.kid, "typ": "at+jwt", **header}
        registry = JWSRegistry(algorithms=["ES256"], strict_check_header=False)
        return jwt.encode(whole, {**good, **claims}, key.key, algorithms=["ES256"], registry=registry)


@pytest.fixture
def signing() -> Signing:
    """Fresh keys."""
    return Signing()


async def test_a_token_as_we_write_it_is_read(signing: Signing) -> None:
    """The bench for the refusals below."""
    assert await signing.tokens.read_access_token(await signing.sign({})) == "t-1"
    assert await signing.tokens.read_access_token(await signing.tokens.access_token("t-2", {"sub": "u"})) == "t-2"


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "JWT"},
        {"typ": "AT+JWT"},
        {"cty": "x"},
        {"jku": "http://evil.test/"},
        {"jwk": {"kty": "EC"}},
        {"x5c": ["x"]},
    ],
)
async def test_another_header_than_ours_is_refused(signing: Signing, header: dict[str, Any]) -> None:
    """RFC 8725 §3.11: the type tells the purpose; R6: nothing else may be in the header."""
    with pytest.raises(TokenRefused):
        await signing.tokens.read_access_token(await signing.sign(header))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://evil.test"},
        {"aud": "payroll"},
        {"aud": [ISSUER, "x"]},
        {"exp": 1},
        {"exp": "9999999999"},
        {"exp": 9999999999.5},
        {"exp": None},
        {"jti": None},
        {"jti": 7},
    ],
)
async def test_claims_of_another_kind_are_refused(signing: Signing, claims: dict[str, object]) -> None:
    """RFC 9068 §4: issuer, audience, time, each of its type."""
    with pytest.raises(TokenRefused):
        await signing.tokens.read_access_token(await signing.sign({}, **claims))


async def test_a_token_ends_with_its_second(signing: Signing) -> None:
    """RFC 7519 §4.1.4: on or after exp it must not be accepted."""
    token = await signing.sign({})
    signing.clock.now += 59
    assert await signing.tokens.read_access_token(token)
    signing.clock.now += 1
    with pytest.raises(TokenRefused):
        await signing.tokens.read_access_token(token)


async def test_a_hint_needs_a_subject(signing: Signing) -> None:
    """An ID token without one is none of ours."""
    with pytest.raises(TokenRefused):
        await signing.tokens.read_hint(await signing.sign({"typ": "JWT"}, sub=None))
