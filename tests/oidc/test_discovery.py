"""The discovery document."""

from __future__ import annotations

import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata  # type: ignore[import-untyped]

from oidc.discovery import document
from tests.oidc.support import ISSUER, House

pytestmark = pytest.mark.anyio


async def test_it_names_the_issuer_and_where_everything_is(house: House) -> None:
    """OpenID Connect Discovery §3 and §4.3."""
    found = (await house.http.get("/.well-known/openid-configuration")).json()
    assert found["issuer"] == ISSUER
    for name, path in [
        ("authorization_endpoint", "/oauth2/authorize"),
        ("token_endpoint", "/oauth2/token"),
        ("userinfo_endpoint", "/oauth2/userinfo"),
        ("jwks_uri", "/oauth2/jwks"),
    ]:
        assert found[name] == ISSUER + path
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert found["authorization_response_iss_parameter_supported"] is True


async def test_it_names_only_what_is_there(house: House) -> None:
    """Every address in it answers, and what is not built is not in it."""
    found = (await house.http.get("/.well-known/openid-configuration")).json()
    for name in (name for name in found if name.endswith("_endpoint") or name.endswith("_uri")):
        assert (await house.http.get(found[name])).status_code != 404
    assert found["request_uri_parameter_supported"] is False


async def test_nothing_of_the_request_is_in_it(house: House) -> None:
    """R11: whatever host or proxy a request names."""
    plain = await house.http.get("/.well-known/openid-configuration")
    headers = {"Host": "evil.test", "X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https"}
    poisoned = await house.http.get("/.well-known/openid-configuration", headers=headers)
    assert poisoned.content == plain.content


def test_it_is_valid_authorization_server_metadata() -> None:
    """RFC 8414 §2, as another implementation reads it."""
    AuthorizationServerMetadata(document("https://id.example.test")).validate()
