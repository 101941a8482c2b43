"""OIDC: addresses, codes, clients, tokens, as an application and whoever passes for one meets them.

Elsewhere, on the face alone: OIDC-09, 16, 17, 20, 28, 29, 32, 33 and 38 in tests/oidc, 39 there in test_profiles.
"""

from __future__ import annotations

import base64
import json
import socket
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from configuration.problems import ConfigurationErrors
from tests.browser import Browser
from tests.journeys.living import APPLICATION
from tests.security.town import Town, at_once, clean, password

SECRET = "a-secret-that-a-machine-has-made-0123456789"


@pytest.fixture(scope="module", autouse=True)
def more_applications(whole_place: Town) -> None:
    """One with a secret, and a native one."""
    app = {"name": "App", "redirect_uris": [APPLICATION], "flow": "pass"}
    whole_place.house.apply(
        {
            "applications": [
                app | {"id": "closed", "client_secret": SECRET},
                app | {"id": "native", "redirect_uris": ["http://127.0.0.1/cb"]},
            ]
        }
    )
    whole_place.until_authorize_answers("closed", 303)


def authorize(place: Town, **more: str) -> httpx2.Response:
    """The answer to an authorization request of `pass`."""
    return httpx2.get(place.house.authorize("pass", **more))


def told(answer: httpx2.Response) -> dict[str, str]:
    """What the application is told."""
    assert answer.status_code == 303, answer.text[:200]
    assert answer.headers["location"].startswith(APPLICATION + "?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def code(place: Town, application: str = "pass") -> str:
    """A fresh code."""
    return place.signed_in(place.person(), application=application).query["code"]


def redeem(place: Town, changes: dict[str, str | None], **sent: Any) -> httpx2.Response:
    """A token request of `pass`.  changes: in place of what it has; None leaves out."""
    fields: dict[str, str | None] = {
        "grant_type": "authorization_code",
        "client_id": "pass",
        "redirect_uri": APPLICATION,
        "code_verifier": place.house.verifier,
    }
    data = {name: value for name, value in (fields | changes).items() if value is not None}
    return httpx2.post(f"{place.house.url}/oauth2/token", data=data, **sent)


def refused(answer: httpx2.Response, *errors: str) -> None:
    """An error in the words of RFC 6749, and no token."""
    clean(answer)
    assert answer.json()["error"] in errors
    assert "token" not in answer.json().keys() & {"access_token", "id_token"}


@pytest.mark.parametrize(
    "address",
    [
        APPLICATION + "/",
        APPLICATION + "?x=1",
        APPLICATION + "#x",
        APPLICATION.upper(),
        APPLICATION.replace("callback", "Callback"),
        APPLICATION.replace("test/", "test:443/"),
        APPLICATION.replace("callback", "callback/../callback"),
        APPLICATION.replace("callback", "c%61llback"),
        APPLICATION.replace("https://", "https://x@"),
        APPLICATION.replace("https", "http"),
        APPLICATION.replace("payroll.example", "payroll-example"),
        APPLICATION.replace("payroll.example.test", "payroll.example.test.evil.test"),
        APPLICATION.replace("payroll", "раyroll"),
        APPLICATION + " ",
        "\t" + APPLICATION,
        "*",
    ],
)
def test_oidc_01_redirect_uri_matrix(place: Town, address: str) -> None:
    """Only the exact string passes; otherwise a page of ours, and nobody is sent anywhere."""
    answer = authorize(place, redirect_uri=address)
    clean(answer)
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("client", "address"),
    [
        ("native", "http://127.0.0.1.evil.test/cb"),
        ("native", "http://127.0.0.1@evil.test/cb"),
        ("native", "http://127.0.0.1:80@evil.test/cb"),
        ("native", "http://127.0.0.1:1:2/cb"),
        ("native", "http://localhost:5000/cb"),
        ("native", "http://127.0.0.2:5000/cb"),
        ("native", "http://127.0.0.1:5000/cb/x"),
        ("native", "https://127.0.0.1:5000/cb"),
        ("closed", "http://127.0.0.1:5000/cb"),
    ],
)
def test_oidc_02_loopback_rule(place: Town, client: str, address: str) -> None:
    """Any port of the literal loopback address, for native applications, and nothing that resembles it."""
    good = httpx2.get(place.house.authorize("native", redirect_uri="http://127.0.0.1:5000/cb"))
    assert good.status_code == 303
    clean(httpx2.get(place.house.authorize(client, redirect_uri=address)))


MARKUP = [
    '"><script>alert(1)</script>',
    "</title><svg onload=alert(1)>",
    "{{7*7}}",
    "javascript:alert(1)",
    "%3Cscript%3E",
]


@pytest.mark.parametrize("markup", MARKUP)
@pytest.mark.parametrize(
    "name", ["client_id", "redirect_uri", "error", "error_description", "error_hint", "ui_locales"]
)
def test_oidc_03_error_page_has_no_markup_of_others(place: Town, name: str, markup: str) -> None:
    """Nothing of the request stands in the page."""
    answer = httpx2.get(f"{place.house.url}/oauth2/authorize", params={name: markup})
    clean(answer)
    assert markup not in answer.text
    assert "alert(1)" not in answer.text
    assert "49" not in answer.text.split("data-reference")[0].split("<main")[1]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://*.example.test/cb",
        "https://app.example.test/cb#x",
        "/callback",
        "http://app.example.test/cb",
        "https://user@app.example.test/cb",
        "vbscript:x",
    ],
)
def test_oidc_04_a_dangerous_address_is_not_registered(place: Town, address: str) -> None:
    """The configuration that names one is refused as a whole."""
    wanted = {"id": "danger", "name": "Danger", "redirect_uris": [address], "flow": "pass"}
    with pytest.raises(ConfigurationErrors):
        place.house.apply({"applications": [wanted]})
    assert place.count("SELECT count(*) FROM configuration WHERE name = 'danger'") == 0


def test_oidc_05_code_replay(place: Town) -> None:
    """The second redemption gets nothing and takes the first one's token with it."""
    used = code(place)
    first = redeem(place, {"code": used})
    bearer = {"Authorization": f"Bearer {first.json()['access_token']}"}
    assert httpx2.get(f"{place.house.url}/oauth2/userinfo", headers=bearer).status_code == 200
    refused(redeem(place, {"code": used}), "invalid_grant")
    assert httpx2.get(f"{place.house.url}/oauth2/userinfo", headers=bearer).status_code == 401
    assert place.audited("code_used_again") >= 1


def test_oidc_06_code_race(place: Town) -> None:
    """Of fifty at once at most one gets tokens."""
    used = code(place)
    issued = place.audited("tokens_issued")
    answers = at_once(50, lambda _: redeem(place, {"code": used}))
    good = [answer for answer in answers if answer.status_code == 200]
    assert len(good) == 1
    assert place.audited("tokens_issued") == issued + 1
    for answer in answers:
        if answer is not good[0]:
            refused(answer, "invalid_grant")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"client_id": "must-push"}, "invalid_grant", id="07 another client"),
        pytest.param({"redirect_uri": None}, "invalid_grant", id="08 no address"),
        pytest.param({"redirect_uri": APPLICATION + "/"}, "invalid_grant", id="08 another address"),
        pytest.param({"code_verifier": None}, "invalid_grant", id="11 downgrade"),
        pytest.param({"code_verifier": ""}, "invalid_grant", id="13 empty"),
        pytest.param({"code_verifier": "a" * 42}, "invalid_grant", id="13 short"),
        pytest.param({"code_verifier": "a" * 129}, "invalid_grant", id="13 long"),
        pytest.param({"code_verifier": "ä" * 64}, "invalid_grant", id="13 alphabet"),
        pytest.param({"scope": "openid profile email admin"}, "invalid_scope", id="28 wider scope"),
    ],
)
def test_oidc_07_08_11_13_28_a_code_is_bound(place: Town, changes: dict[str, str | None], error: str) -> None:
    """To its client, address, verifier and scope; and a try with the wrong one spends it."""
    used = code(place)
    refused(redeem(place, {"code": used} | changes), error)
    refused(redeem(place, {"code": used}), "invalid_grant")


@pytest.mark.parametrize("how", ["disabled", "removed"])
def test_oidc_10_a_code_of_a_person_who_is_gone(place: Town, how: str) -> None:
    """Between the end of the login and the redemption."""
    name = place.person()
    used = place.signed_in(name).query["code"]
    if how == "disabled":
        place.set_enabled(name, False)
    else:
        place.remove(name)
    refused(redeem(place, {"code": used}), "invalid_grant")


@pytest.mark.parametrize(
    "more",
    [
        {"code_challenge_method": "plain"},
        {"code_challenge_method": "s256"},
        {"code_challenge_method": ""},
        {"code_challenge": ""},
        {"code_challenge": "short"},
        {"code_challenge": "a" * 129},
        {"code_challenge": "+" * 43},
    ],
)
def test_oidc_13_pkce_strength(place: Town, more: dict[str, str]) -> None:
    """S256 of a good length, for everybody."""
    assert told(authorize(place, **more))["error"] == "invalid_request"


def test_oidc_14_code_injection(place: Town) -> None:
    """A code of one browser fails with the verifier of another's request."""
    refused(redeem(place, {"code": code(place), "code_verifier": "b" * 43}), "invalid_grant")


def basic(client: str, secret: str) -> dict[str, str]:
    """A Basic header."""
    return {"Authorization": "Basic " + base64.b64encode(f"{client}:{secret}".encode()).decode()}


@pytest.mark.parametrize(
    ("changes", "headers"),
    [
        ({"client_secret": SECRET}, basic("closed", SECRET)),
        ({"client_id": "pass"}, basic("closed", SECRET)),
        ({"client_secret": None}, {}),
        ({"client_secret": ""}, {}),
        ({"client_secret": SECRET + " "}, {}),
        ({"client_secret": SECRET[:-1]}, {}),
        ({"client_secret": "x" * 2000}, {}),
        ({"client_id": "pass", "client_secret": SECRET}, {}),
        ({"client_id": None}, basic("closed", "")),
        ({"client_id": None}, basic("", SECRET)),
        ({"client_id": None}, basic("closed%00", SECRET)),
        ({"client_id": None}, {"Authorization": "Basic !!!"}),
        ({"client_id": None}, {"Authorization": f"Bearer {SECRET}"}),
        ({"client_id": None}, {}),
    ],
)
def test_oidc_15_client_authentication_confusion(
    place: Town, changes: dict[str, str | None], headers: dict[str, str]
) -> None:
    """Exactly one way, the registered one; and the code stays good for its own client."""
    used = code(place, "closed")
    right: dict[str, str | None] = {"client_id": "closed", "code": used}
    refused(redeem(place, right | changes, headers=headers), "invalid_client", "invalid_request")
    assert redeem(place, right | {"client_secret": SECRET}).status_code == 200


@pytest.mark.parametrize("nonce", ["n", "\"><script>", "\u00e9\u4e2d\U0001f600", "a b+c&d=e%20", "n" * 1024, None])
def test_oidc_18_a_nonce_comes_back_as_sent(place: Town, nonce: str | None) -> None:
    """Every character of it in the ID token, or none at all."""
    browser = place.at("pass", nonce=nonce or "")
    name = place.person()
    browser.submit(username=name, password=password(name))
    payload = place.tokens(browser, "pass")["id_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert claims.get("nonce") == nonce


def test_oidc_18_a_nonce_has_an_end(place: Town) -> None:
    """10,000 characters are refused at the application's address."""
    assert told(authorize(place, nonce="n" * 10_000))["error"] == "invalid_request"


@pytest.mark.parametrize(
    "state", ['"><script>alert(1)</script>', "a\r\nSet-Cookie: x=y", "é€😀", "a&code=evil&iss=evil", "x" * 4000]
)
def test_oidc_19_state_comes_back_encoded(place: Town, state: str) -> None:
    """Byte for byte, and as a value only."""
    answer = authorize(place, state=state, response_type="token")
    assert told(answer)["state"] == state
    assert told(answer)["iss"] == place.house.url
    assert "set-cookie" not in answer.headers
    name = place.person()
    browser = place.at("pass", state=state).submit(username=name, password=password(name))
    assert browser.query["state"] == state
    assert browser.query["iss"] == place.house.url


def without_asking(place: Town, browser: Browser, application: str = "pass", **more: str) -> dict[str, str]:
    """What prompt=none is told."""
    return told(browser.http.get(place.house.authorize(application, prompt="none", **more)))


def test_oidc_21_prompt_none(place: Town) -> None:
    """Without a session, with a weaker or an older one: an error, never a page, never a push."""
    pushes = place.records("push")
    assert without_asking(place, place.browser())["error"] == "login_required"
    name = place.person()
    phone = place.phone(name)
    browser = place.signed_in(name)
    with place.noauth():
        assert without_asking(place, browser, "pass-push")["error"] in ("login_required", "interaction_required")
        assert without_asking(place, browser, "must-push")["error"] in ("login_required", "access_denied")
    assert "code" in without_asking(place, browser)
    place.clock.ahead = 10
    with place.noauth():
        assert without_asking(place, browser, max_age="5")["error"] == "login_required"
    place.clock.ahead = 3700
    with place.noauth():
        assert without_asking(place, browser)["error"] == "login_required"
    place.clock.ahead = 0
    assert place.house.pending(phone) == []
    assert place.records("push") == pushes


@pytest.mark.parametrize("more", [{"prompt": "login"}, {"max_age": "0"}, {"prompt": "select_account"}])
def test_oidc_22_prompt_login(place: Town, more: dict[str, str]) -> None:
    """A fresh factor is proven, and the tokens say when."""
    name = place.person()
    browser = place.signed_in(name)
    before = place.house.redeem(browser, "pass")["auth_time"]
    place.clock.ahead = 30
    with place.noauth(browser):
        place.at("pass", browser, **more)
        assert browser.page == "password"
    browser.submit(username=name, password=password(name))
    payload = place.house.token(browser.query["code"], "pass").json()["id_token"].split(".")[1]
    assert json.loads(base64.urlsafe_b64decode(payload + "=="))["auth_time"] >= before + 30


@pytest.mark.parametrize("max_age", ["-1", "text", "1e3", "9" * 20, "+1", "0x1", "1 "])
def test_oidc_23_max_age(place: Town, max_age: str) -> None:
    """A whole number of seconds."""
    assert told(authorize(place, max_age=max_age))["error"] == "invalid_request"


@pytest.mark.parametrize("alg", ["none", "HS256", "ES256"])
def test_oidc_25_forged_id_token_hint(place: Town, alg: str) -> None:
    """It signs nobody in and is refused."""
    browser = place.signed_in(place.person())
    real = place.house.token(browser.query["code"], "pass").json()["id_token"]
    header, payload, signature = real.split(".")
    forged = base64.urlsafe_b64encode(json.dumps({"alg": alg, "typ": "JWT"}).encode()).rstrip(b"=").decode()
    for hint in (
        f"{forged}.{payload}.",
        f"{forged}.{payload}.{signature}",
        f"{header}.{payload}.",
        "x",
        real[:-4] + "AAAA",
    ):
        with place.noauth():
            assert told(authorize(place, id_token_hint=hint, prompt="none"))["error"] in (
                "invalid_request",
                "login_required",
            )
    assert told(authorize(place, id_token_hint=real, prompt="none"))["error"] == "login_required"


@pytest.mark.parametrize("where", ["http://127.0.0.1:{port}/x", "http://169.254.169.254/latest", "file:///etc/passwd"])
@pytest.mark.parametrize("name", ["request_uri", "request", "registration"])
def test_oidc_26_request_objects_are_not_fetched(place: Town, name: str, where: str) -> None:
    """Refused by name; whoever listens there hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.05)
        asked = where.format(port=canary.getsockname()[1])
        assert told(authorize(place, **{name: asked}))["error"] == f"{name}_not_supported"
        with pytest.raises(TimeoutError):
            canary.accept()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "id_token token"}, "unsupported_response_type"),
        ({"response_type": "none"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_type": "code code"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"response_mode": "web_message"}, "invalid_request"),
        ({"response_mode": "form_post"}, "invalid_request"),
    ],
)
def test_oidc_27_other_responses(place: Town, more: dict[str, str], error: str) -> None:
    """Only the code flow, in the query."""
    assert told(authorize(place, **more))["error"] == error


def test_oidc_30_token_substitution(place: Town) -> None:
    """No token passes for another kind."""
    browser = place.signed_in(place.person())
    used = browser.query["code"]
    tokens = place.house.token(used, "pass").json()
    for token in (
        tokens["id_token"],
        used,
        "x.y.z",
        tokens["access_token"][:-3] + "AAA",
        f"{tokens['access_token']} x",
    ):
        bearer = {"Authorization": f"Bearer {token}"}
        assert httpx2.get(f"{place.house.url}/oauth2/userinfo", headers=bearer).status_code == 401
    for token in (tokens["id_token"], tokens["access_token"]):
        refused(redeem(place, {"code": token}), "invalid_grant")
    assert told(authorize(place, id_token_hint=tokens["access_token"]))["error"] == "invalid_request"
    answer = httpx2.get(f"{place.house.url}/oauth2/userinfo", params={"access_token": tokens["access_token"]})
    assert answer.status_code == 401


def test_oidc_31_keys_are_public_halves(place: Town) -> None:
    """And nothing else, whatever is asked."""
    for path in ("/oauth2/jwks", "/oauth2/jwks?private=true"):
        for key in httpx2.get(place.house.url + path).json()["keys"]:
            assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}


@pytest.mark.parametrize("origin", ["https://evil.example.test", "null", "https://payroll.example.test.evil.test"])
def test_oidc_34_no_origin_is_reflected(place: Town, origin: str) -> None:
    """No other site's script reads an answer."""
    for method, path in (
        ("GET", "/oauth2/userinfo"),
        ("POST", "/oauth2/token"),
        ("OPTIONS", "/oauth2/token"),
    ):
        answer = httpx2.request(method, place.house.url + path, headers={"Origin": origin})
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    answer = httpx2.get(place.house.url + "/oauth2/jwks", headers={"Origin": origin})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


def test_oidc_34_pages_of_a_public_client_may_read_their_tokens(place: Town) -> None:
    """The origin that it comes back to, and without credentials."""
    for method in ("POST", "OPTIONS"):
        answer = httpx2.request(method, place.house.url + "/oauth2/token", headers={"Origin": APPLICATION[:-9]})
        assert answer.headers["access-control-allow-origin"] == APPLICATION[:-9]
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    "name", ["client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge"]
)
def test_oidc_35_duplicate_parameters(place: Town, name: str) -> None:
    """Neither the first nor the last counts."""
    answer = httpx2.get(f"{place.house.authorize('pass')}&{name}=x")
    if name in ("client_id", "redirect_uri"):
        clean(answer)
    else:
        assert told(answer)["error"] == "invalid_request"


def test_oidc_36_token_misuse(place: Town) -> None:
    """By POST, in one form, never in the address."""
    used = code(place, "closed")
    fields = {
        "grant_type": "authorization_code",
        "code": used,
        "client_id": "closed",
        "client_secret": SECRET,
        "redirect_uri": APPLICATION,
        "code_verifier": place.house.verifier,
    }
    url = f"{place.house.url}/oauth2/token"
    for answer in (
        httpx2.get(url, params=fields),
        httpx2.post(url, params=fields),
        httpx2.post(url, params={"client_secret": SECRET}, data=fields),
        httpx2.post(url, json=fields),
        httpx2.post(url, data=fields, files={"x": b"y"}),
        httpx2.post(url, data=fields | {"grant_type": "password", "username": "x", "password": "y"}),
        httpx2.post(url, data=fields | {"grant_type": "refresh_token"}),
    ):
        clean(answer)
        assert "access_token" not in answer.text
    assert httpx2.post(url, data=fields).status_code == 200


@pytest.mark.parametrize("client", ["' OR 1=1 --", "*", "PASS", "pass\0", "x" * 10_000, "pass ", "../pass", "%"])
def test_oidc_37_unknown_client(place: Town, client: str) -> None:
    """One page for all of them."""
    answer = httpx2.get(
        f"{place.house.url}/oauth2/authorize", params={"client_id": client, "redirect_uri": APPLICATION}
    )
    clean(answer)
    assert "location" not in answer.headers


def test_oidc_40_discovery_is_the_same_for_everybody(place: Town) -> None:
    """No header of a request is in it, so no cache can be poisoned."""
    url = f"{place.house.url}/.well-known/openid-configuration"
    plain = httpx2.get(url)
    more = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil", "Forwarded": "host=evil", "Accept-Language": "de"}
    assert httpx2.get(url, headers=more).content == plain.content
    assert plain.json()["issuer"] == place.house.url
