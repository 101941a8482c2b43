"""private_key_jwt (RFC 7523 §3; OpenID Connect Core §9)."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from engine.model import Application
from engine.ports import ConfigurationChange
from oidc.assertions import ASSERTION_TYPE
from oidc.encoding import base64url
from tests.oidc.support import CALLBACK, ISSUER, SECRET, VERIFIER, House

pytestmark = pytest.mark.anyio

EC = ECKey.generate_key("P-256", {"kid": "ec"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
ED = OKPKey.generate_key("Ed25519", {"kid": "ed"})
ALL = {"ES256": EC, "RS256": RSA, "PS256": RSA, "EdDSA": ED}


@pytest.fixture
async def keyed(house: House) -> House:
    """A house with an application that has keys."""
    keys = tuple(json.dumps(key.as_dict(private=False)) for key in (EC, RSA, ED))
    application = Application("keyed", "Keyed", (CALLBACK,), "payroll-login", keys=keys)
    await house.configuration.commit(ConfigurationChange(applications=(application,)))
    return house


def assertion(house: House, claims: Mapping[str, Any] = {}, *, alg: str = "ES256", **header: Any) -> str:
    """A good assertion, but for what is given; None leaves out."""
    now = int(house.clock.now)
    good = {"iss": "keyed", "sub": "keyed", "aud": ISSUER, "exp": now + 60, "iat": now, "jti": f"j-{now}-{id(claims)}"}
    whole = {name: value for name, value in (good | dict(claims)).items() if value is not None}
    key: Key = ALL[alg]
    return jwt.encode({"alg": alg, "kid": key.kid} | header, whole, key, algorithms=[alg])


async def redeem(house: House, shown: str, **more: str) -> httpx2.Response:
    """Redeem a code with an assertion."""
    form = {
        "grant_type": "authorization_code",
        "code": await house.code(client_id="keyed"),
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": shown,
    }
    return await house.http.post("/oauth2/token", data=form | more)


@pytest.mark.parametrize("alg", ALL)
async def test_a_client_proves_itself_by_its_own_key(keyed: House, alg: str) -> None:
    """With each kind of key."""
    assert (await redeem(keyed, assertion(keyed, alg=alg))).status_code == 200


async def test_the_token_endpoint_may_be_the_audience(keyed: House) -> None:
    """OpenID Connect Core §9."""
    assert (await redeem(keyed, assertion(keyed, {"aud": ISSUER + "/oauth2/token"}))).status_code == 200


async def test_oidc_17_an_assertion_is_good_once(keyed: House) -> None:
    """RFC 7523 §3, jti."""
    shown = assertion(keyed, {"jti": "once"})
    assert (await redeem(keyed, shown)).status_code == 200
    assert (await redeem(keyed, shown)).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "payroll"},
        {"sub": "payroll"},
        {"aud": "https://other.test"},
        {"aud": [ISSUER]},
        {"aud": [ISSUER, "https://other.test"]},
        {"aud": None},
        {"exp": None},
        {"exp": 1_800_000_000 - 60},
        {"exp": 1_800_000_000 + 7200},
        {"exp": "1800000060"},
        {"exp": True},
        {"exp": 1e300},
        {"nbf": 1_800_000_000 + 120},
        {"iat": 1_800_000_000 + 120},
        {"iat": "now"},
        {"jti": None},
        {"jti": ""},
        {"jti": 1},
    ],
)
async def test_oidc_17_claims_that_do_not_fit_are_refused(keyed: House, claims: dict[str, Any]) -> None:
    """RFC 7523 §3: each is typed, for us, and short-lived."""
    response = await redeem(keyed, assertion(keyed, claims))
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "header",
    [{"jku": "https://evil.test/"}, {"jwk": {"kty": "oct"}}, {"x5c": ["x"]}, {"typ": "at+jwt"}, {"kid": "rsa"}],
)
async def test_another_header_is_refused(keyed: House, header: dict[str, Any]) -> None:
    """R6: the registered key decides, nothing in the token."""
    from joserfc.jws import JWSRegistry

    now = int(keyed.clock.now)
    claims = {"iss": "keyed", "sub": "keyed", "aud": ISSUER, "exp": now + 60, "jti": "h"}
    registry = JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    shown = jwt.encode({"alg": "ES256", "kid": "ec"} | header, claims, EC, algorithms=["ES256"], registry=registry)
    assert (await redeem(keyed, shown)).status_code == 401


async def test_oidc_17_neither_none_nor_a_shared_secret_signs(keyed: House) -> None:
    """RFC 8725 §3.1: not with the public key as a secret either."""
    now = int(keyed.clock.now)
    claims = {"iss": "keyed", "sub": "keyed", "aud": ISSUER, "exp": now + 60, "jti": "n"}
    header, payload = (base64url(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": "ec"}, claims))
    mac = hmac.digest(EC.as_pem(private=False), f"{header}.{payload}".encode(), "sha256")
    signed, unsigned = f"{header}.{payload}.{base64url(mac)}", f"eyJhbGciOiJub25lIn0.{payload}."
    for shown in (signed, unsigned, "x", "a.b.c", "é.b.c", "." * 20, "a" * 9000):
        assert (await redeem(keyed, shown)).status_code == 401, shown[:40]


async def test_a_client_with_keys_has_no_other_way(keyed: House) -> None:
    """Neither a secret nor nothing; and no second way besides."""
    form = {"grant_type": "authorization_code", "code": "x", "client_id": "keyed"}
    assert (await keyed.http.post("/oauth2/token", data=form)).status_code == 401
    assert (await keyed.http.post("/oauth2/token", data=form, auth=("keyed", SECRET))).status_code == 401
    both = await redeem(keyed, assertion(keyed), client_secret=SECRET)
    assert (both.status_code, both.json()["error"]) == (400, "invalid_request")
    assert (await redeem(keyed, assertion(keyed), client_assertion_type="x")).status_code == 400


async def test_a_client_with_a_secret_cannot_use_anothers_assertion(keyed: House) -> None:
    """The name in the form and the name in the assertion are one."""
    assert (await redeem(keyed, assertion(keyed), client_id="payroll")).status_code == 401
