"""The Config profile: what the provider says of itself, and whether it is true."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

import httpx2

from tests.oidc.profiles.stage import Cases, Stage

CASES = Cases()
_rule = CASES.rule

NEEDED = (
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
    "response_types_supported",
    "subject_types_supported",
    "id_token_signing_alg_values_supported",
    "scopes_supported",
    "claims_supported",
)


@_rule("OIDC Discovery 4.2: the document is JSON and has all that must be and should be in it")
def _document(stage: Stage) -> None:
    answer = httpx2.get(f"{stage.url}/.well-known/openid-configuration")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert [name for name in NEEDED if not answer.json().get(name)] == []


@_rule("OIDC Discovery 4.3: the issuer is the address the document was asked at, and the iss of ID tokens")
def _issuer(stage: Stage) -> None:
    issuer = stage.discovery()["issuer"]
    assert issuer == stage.url
    assert stage.claims(stage.tokens()["id_token"])["iss"] == issuer


@_rule("OIDC Discovery 3: every list names what the provider must be able to do")
def _must(stage: Stage) -> None:
    told = stage.discovery()
    assert "code" in told["response_types_supported"]
    assert set(told["subject_types_supported"]) <= {"public", "pairwise"}
    assert "RS256" in told["id_token_signing_alg_values_supported"]
    assert "openid" in told["scopes_supported"]
    assert "authorization_code" in told["grant_types_supported"]


@_rule("OIDC Discovery 3: no value is of the wrong kind, and no list is empty")
def _kinds(stage: Stage) -> None:
    for name, value in stage.discovery().items():
        if name.endswith(("_supported", "_required")) and not isinstance(value, bool):
            assert [one for one in value if isinstance(one, str)] == value != [], name
        elif name.endswith(("_endpoint", "_uri")):
            assert (urlsplit(value).netloc != "", urlsplit(value).fragment) == (True, ""), name


@_rule("OIDC Discovery 3: every endpoint that is named is there")
def _endpoints(stage: Stage) -> None:
    named = {name: url for name, url in stage.discovery().items() if name.endswith(("_endpoint", "_uri"))}
    assert len(named) >= 8
    for name, url in named.items():
        assert {httpx2.get(url).status_code, httpx2.post(url).status_code} - {404, 405, 500}, name


@_rule("OIDC Discovery 3: request, request_uri and claims parameters are what the document says of them")
def _parameters(stage: Stage) -> None:
    told = stage.discovery()
    assert (told["request_parameter_supported"], told["request_uri_parameter_supported"]) == (False, False)
    assert stage.authorize(request="x").query["error"] == "request_not_supported"
    assert told["claims_parameter_supported"] is True


@_rule("OIDC Discovery 3: every claim that an ID token has is named in claims_supported")
def _claims(stage: Stage) -> None:
    claims = stage.claims(stage.tokens(scope="openid profile email")["id_token"])
    assert set(claims) <= set(stage.discovery()["claims_supported"])


@_rule("RFC 9207 3: iss in answers is announced, and stands there in successes and errors")
def _iss(stage: Stage) -> None:
    assert stage.discovery()["authorization_response_iss_parameter_supported"] is True
    assert stage.sign_in().query["iss"] == stage.url
    assert stage.authorize(prompt="none").query["iss"] == stage.url


@_rule("RFC 7517 4: every published key has its kind, use, algorithm and an id of its own")
def _keys(stage: Stage) -> None:
    keys = httpx2.get(stage.discovery()["jwks_uri"]).json()["keys"]
    assert all({"kty", "use", "alg", "kid"} <= set(key) for key in keys)
    assert len({key["kid"] for key in keys}) == len(keys) > 0
    assert {key["use"] for key in keys} == {"sig"}


@_rule("RFC 7518 6: no private half of a key is published")
def _no_private_half(stage: Stage) -> None:
    for key in httpx2.get(stage.discovery()["jwks_uri"]).json()["keys"]:
        assert not {"d", "p", "q", "dp", "dq", "qi", "oth", "k"} & set(key)


@_rule("RFC 7518 6: numbers of keys are base64url without padding")
def _base64url(stage: Stage) -> None:
    for key in httpx2.get(stage.discovery()["jwks_uri"]).json()["keys"]:
        for name in {"x", "y", "n", "e"} & set(key):
            assert "=" not in key[name]
            assert base64.urlsafe_b64decode(key[name] + "=" * (-len(key[name]) % 4))
