"""The signing keys and how they are published."""

from __future__ import annotations

import anyio
import pytest

from oidc.keys import SigningKeys, new_key
from tests.oidc.support import FakeClock, House, KeptKeys

pytestmark = pytest.mark.anyio


async def test_the_first_use_makes_one_key(house: House) -> None:
    """Made once, kept, and used from then on."""
    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(house.provider.keys.signer)
    assert len(house.key_store.keys) == 1


async def test_only_public_halves_are_published(house: House) -> None:
    """RFC 7517 §9.2."""
    (key,) = (await house.http.get("/oauth2/jwks")).json()["keys"]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert (key["crv"], key["use"], key["alg"]) == ("P-256", "sig", "ES256")


async def test_the_newest_key_signs_and_older_ones_stay(house: House) -> None:
    """A key that is replaced goes on verifying what it signed."""
    tokens = await house.tokens()
    await house.key_store.add(new_key())
    house.clock.now += 31
    fresh = await house.tokens()
    newest, oldest = (key["kid"] for key in (await house.http.get("/oauth2/jwks")).json()["keys"])
    assert (await house.provider.keys.signer()).kid == newest != oldest
    for token in (tokens["access_token"], fresh["access_token"]):
        assert (await house.userinfo(token)).status_code == 200


async def test_a_key_that_another_process_made_is_found() -> None:
    """Two nodes on one store verify each other's tokens."""
    store, clock = KeptKeys(), FakeClock()
    here, there = SigningKeys(store, clock), SigningKeys(store, clock)
    await here.signer()
    await store.add(new_key())
    theirs = await there.signer()
    clock.now += 2
    assert theirs.kid is not None
    assert await here.verifier(theirs.kid) is not None
    assert await here.verifier("unknown") is None


@pytest.mark.parametrize(
    "stored", [b"", b"{}", b"[]", b'{"kty":"oct","k":"AA"}', b'{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}']
)
async def test_a_stored_key_that_cannot_be_read_signs_nothing(stored: bytes) -> None:
    """Better no token than one that nobody can verify."""
    keys = SigningKeys(KeptKeys([stored]), FakeClock())
    with pytest.raises(ValueError, match="signing key"):
        await keys.signer()
