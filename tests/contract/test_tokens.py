"""Contract, sections 3 and 3a: what an application sees."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.browser import Browser
from tests.contract.house import (
    APPLICATION,
    ENROLL,
    PASSWORD,
    PASSWORD_ONLY,
    PASSWORD_PUSH,
    House,
    application,
    crowd,
    document,
    let_in,
    person,
    segment,
)
from tests.devices import Phone


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server with two applications of one flow."""
    house = House(Path(tmp_path_factory.mktemp("tokens")))
    whole = document(
        PASSWORD_ONLY, PASSWORD_PUSH, ENROLL, people=[*crowd(40), person("mara")], push={"progressive_enrollment": True}
    )
    whole["applications"].append(application("other", "password-only"))
    house.apply(whole)
    with house.serving():
        yield house


def signed_in(house: House, client_id: str = "password-only", name: str = "mara", **more: str) -> Browser:
    """A browser that has just brought a code."""
    browser = house.begin(client_id, **more).submit(username=name, password=PASSWORD.format(name))
    assert let_in(browser)
    return browser


def tokens(house: House, client_id: str = "password-only", **more: str) -> dict[str, Any]:
    """The answer of the token endpoint for a fresh login."""
    answer = house.token(signed_in(house, client_id, **more).query["code"], client_id)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_discovery_tells_what_is_there(house: House) -> None:
    """Issuer, endpoints, what is supported."""
    found = httpx2.get(f"{house.url}/.well-known/openid-configuration").json()
    assert found["issuer"] == house.url
    assert found["authorization_endpoint"] == f"{house.url}/oauth2/authorize"
    assert found["token_endpoint"] == f"{house.url}/oauth2/token"
    assert found["userinfo_endpoint"] == f"{house.url}/oauth2/userinfo"
    assert found["jwks_uri"] == f"{house.url}/oauth2/jwks"
    assert found["response_types_supported"] == ["code"]
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert "ES256" in found["id_token_signing_alg_values_supported"]
    assert found["authorization_response_iss_parameter_supported"] is True


def test_keys_are_published_without_their_private_part(house: House) -> None:
    """EC on P-256, for signatures."""
    keys = httpx2.get(f"{house.url}/oauth2/jwks").json()["keys"]
    assert keys
    for key in keys:
        assert (key["kty"], key["crv"]) == ("EC", "P-256")
        assert "d" not in key


def test_the_id_token_is_signed_with_es256_and_verifies(house: House) -> None:
    """By the published key its header names; for this issuer, client and nonce."""
    raw = tokens(house)["id_token"]
    assert segment(raw, 0)["alg"] == "ES256"
    keys = KeySet.import_key_set(httpx2.get(f"{house.url}/oauth2/jwks").json())
    claims = jwt.decode(raw, keys, algorithms=["ES256"]).claims
    assert claims["iss"] == house.url
    assert claims["aud"] in ("password-only", ["password-only"])
    assert claims["nonce"] == "the-nonce"
    assert claims["exp"] > claims["iat"] >= claims["auth_time"]


def test_sub_is_opaque_and_stable(house: House) -> None:
    """The same for a person at each login and application; not the name; another person's is another."""
    first, again = tokens(house), tokens(house)
    elsewhere = tokens(house, "other")
    subs = {segment(answer["id_token"], 1)["sub"] for answer in (first, again, elsewhere)}
    assert len(subs) == 1
    (sub,) = subs
    assert "mara" not in sub
    other = house.claims(signed_in(house, name="person0"), "password-only")
    assert other["sub"] != sub


def test_the_name_is_in_the_token_only_with_the_scope_profile(house: House) -> None:
    """`preferred_username`."""
    assert segment(tokens(house, scope="openid profile")["id_token"], 1)["preferred_username"] == "mara"
    assert "mara" not in str(segment(tokens(house, scope="openid")["id_token"], 1))


def test_amr_says_what_was_proven(house: House) -> None:
    """Password `pwd`, push `swk`, both also `mfa`."""
    name, phone = house.someone(), Phone("ec", typed=True)
    house.with_phone(name, phone)
    assert house.claims(signed_in(house, name=name), "password-only")["amr"] == ["pwd"]
    browser = house.begin("enroll").submit(username=name)
    house.approve(phone)
    assert house.claims(browser.press("PROCEED_PUSH_AUTHENTICATION"), "enroll")["amr"] == ["swk"]
    browser = house.begin("password-push").submit(username=name, password=PASSWORD.format(name))
    house.approve(phone)
    claims = house.claims(browser.press("PROCEED_PUSH_AUTHENTICATION"), "password-push")
    assert sorted(claims["amr"]) == ["mfa", "pwd", "swk"]


def test_a_code_is_redeemed_once_and_a_second_time_revokes(house: House) -> None:
    """RFC 6749 §4.1.2: the second use is refused, and the tokens of the first are void."""
    browser = signed_in(house)
    first = house.token(browser.query["code"], "password-only")
    assert first.status_code == 200
    access = {"Authorization": f"Bearer {first.json()['access_token']}"}
    assert httpx2.get(f"{house.url}/oauth2/userinfo", headers=access).status_code == 200
    again = house.token(browser.query["code"], "password-only")
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert httpx2.get(f"{house.url}/oauth2/userinfo", headers=access).status_code == 401


@pytest.mark.parametrize(
    "more",
    [
        {"code_verifier": "x" * 43},
        {"code_verifier": ""},
        {"redirect_uri": "https://payroll.example.test/elsewhere"},
        {"client_id": "other"},
        {"code": "x" * 43},
        {"grant_type": "password"},
        {"grant_type": "client_credentials"},
    ],
)
def test_a_code_needs_its_verifier_address_and_client(house: House, more: dict[str, str]) -> None:
    """Anything else is 400."""
    more = dict(more)
    browser = signed_in(house)
    code, client_id = more.pop("code", browser.query["code"]), more.pop("client_id", "password-only")
    answer = house.token(code, client_id, **more)
    assert answer.status_code in (400, 401)
    assert answer.json()["error"]
    assert "no-store" in answer.headers["cache-control"]


def test_a_code_is_short_lived(house: House) -> None:
    """Ten minutes at the very most."""
    browser = signed_in(house)
    house.pass_time(601)
    assert house.token(browser.query["code"], "password-only").json()["error"] == "invalid_grant"


def test_userinfo_is_for_the_bearer_of_an_access_token(house: House) -> None:
    """The same sub; without or with another token 401; the ID token is none."""
    answer = tokens(house)
    url = f"{house.url}/oauth2/userinfo"
    found = httpx2.get(url, headers={"Authorization": f"Bearer {answer['access_token']}"})
    assert found.json()["sub"] == segment(answer["id_token"], 1)["sub"]
    assert found.json()["preferred_username"] == "mara"
    for wrong in ("", "Bearer", "Bearer x", f"Bearer {answer['id_token']}", f"Basic {answer['access_token']}"):
        refused = httpx2.get(url, headers={"Authorization": wrong} if wrong else {})
        assert refused.status_code in (400, 401)
        assert "www-authenticate" in refused.headers


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_type": ""}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"request": "a.b.c"}, "request_not_supported"),
        ({"request_uri": "https://a.example.test/"}, "request_uri_not_supported"),
    ],
)
def test_what_is_wrong_in_a_request_is_told_the_application(house: House, more: dict[str, str], error: str) -> None:
    """With state and iss, at its own address."""
    browser = house.begin("password-only", **more)
    assert browser.url.startswith(APPLICATION)
    assert browser.query["error"] == error
    assert browser.query["state"] == "the-state"
    assert browser.query["iss"] == house.url


def test_parameters_twice_are_refused(house: House) -> None:
    """RFC 6749 §3.1."""
    for name in ("client_id", "redirect_uri", "state", "scope"):
        answer = house.browser().http.get(house.authorize("password-only") + f"&{name}=a")
        assert answer.status_code == 400 or "error=invalid_request" in answer.headers.get("location", ""), name
        assert "code=" not in answer.headers.get("location", "")


def test_a_request_may_be_posted(house: House) -> None:
    """OpenID Connect Core §3.1.2.1: GET and POST."""
    browser = house.browser()
    query = dict(httpx2.QueryParams(house.authorize("password-only").split("?", 1)[1]))
    browser.post(f"{house.url}/oauth2/authorize", query)
    assert browser.page == "password"


def test_health_and_readiness(house: House) -> None:
    """Process alive; stores reachable."""
    assert httpx2.get(f"{house.url}/healthz").status_code == 200
    assert httpx2.get(f"{house.url}/readyz").status_code == 200


@pytest.mark.parametrize(
    "path", ["/metrics", "/api/admin/v2/users", "/.env", "/static/../server.py", "/docs"]
)
def test_what_is_not_there_is_404_and_tells_nothing(house: House, path: str) -> None:
    """Routes deny by default."""
    answer = httpx2.get(f"{house.url}{path}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/oauth2/authorize", "/oauth2/token", "/login/x", "/healthz", "/push-auth/authenticate"]
)
def test_methods_that_are_not_meant_are_refused(house: House, method: str, path: str) -> None:
    """405 (or 404, 410), never a fault."""
    answer = httpx2.request(method, f"{house.url}{path}")
    assert answer.status_code in (200, 204, 400, 403, 404, 405, 410)
    assert method == "OPTIONS" or answer.status_code >= 400


def test_a_host_that_is_not_ours_is_refused(house: House) -> None:
    """The issuer's name only; no page carries another."""
    answer = httpx2.get(house.authorize("password-only"), headers={"Host": "evil.example.test"})
    assert answer.status_code in (400, 421)
    assert "evil.example.test" not in answer.text
