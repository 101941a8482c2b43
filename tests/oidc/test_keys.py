"""The signing keys and how they are published."""

from __future__ import annotations

from dataclasses import replace

import anyio
import pytest
from joserfc import jws, jwt
from joserfc.jwk import KeySet

from engine.ports import ConfigurationChange
from oidc.keys import AGE, AHEAD, KEPT, SigningKeys, new_key
from tests.oidc.support import PAYROLL, FakeClock, House, KeptKeys

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


async def test_a_new_key_is_published_before_it_signs(house: House) -> None:
    """Whoever has cached the key set would not know it yet."""
    first = (await house.provider.keys.signer()).kid
    made = await house.provider.keys.rotate()
    assert (await house.provider.keys.signer()).kid == first
    newest, oldest = (key["kid"] for key in (await house.http.get("/oauth2/jwks")).json()["keys"])
    assert (newest, oldest) == (made, first)
    house.clock.now += AHEAD
    assert (await house.provider.keys.signer()).kid == made


async def test_a_key_that_was_followed_goes_on_verifying(house: House) -> None:
    """What it signed still counts."""
    before = await house.tokens()
    made = await house.provider.keys.rotate()
    house.clock.now += 299
    assert (await house.userinfo(before["access_token"])).status_code == 200
    house.clock.now += AHEAD
    assert made in jws.extract_compact((await house.tokens())["id_token"].encode()).headers()["kid"]


async def test_keys_follow_one_another_by_themselves(house: House) -> None:
    """A key is followed after its time, and dropped once nothing that it signed can come back."""
    keys = house.provider.keys
    first = (await keys.signer()).kid
    house.clock.now += AGE
    await keys.tend()
    await keys.tend()
    assert len(await keys.published()) == 2
    house.clock.now += AHEAD + KEPT
    await keys.tend()
    assert first not in {key["kid"] for key in await keys.published()}
    assert await keys.verifier(first) is None


async def test_an_application_may_have_its_id_tokens_signed_by_rsa(house: House) -> None:
    """OpenID Connect Core §15.1; access tokens stay as they are, for they are read by us."""
    rsa = replace(PAYROLL, signing_algorithm="RS256")
    await house.configuration.commit(ConfigurationChange(applications=(rsa,)))
    tokens = await house.tokens()
    headers = {name: jws.extract_compact(tokens[name].encode()).headers() for name in ("id_token", "access_token")}
    assert {name: header["alg"] for name, header in headers.items()} == {"id_token": "RS256", "access_token": "ES256"}
    published = KeySet.import_key_set((await house.http.get("/oauth2/jwks")).json())
    assert jwt.decode(tokens["id_token"], published, algorithms=["RS256"]).claims["sub"] == "u-mara"


async def test_a_key_that_another_process_made_is_found() -> None:
    """Two nodes on one store verify each other's tokens."""
    store, clock = KeptKeys(), FakeClock()
    here, there = SigningKeys(store, clock), SigningKeys(store, clock)
    await here.signer()
    await store.add(new_key("ES256", clock.now))
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
