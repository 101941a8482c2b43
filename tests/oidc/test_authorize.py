"""The authorization endpoint, rule by rule."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from engine.model import Application
from engine.ports import ConfigurationChange
from oidc.authorization_request import thaw
from tests.oidc.support import CALLBACK, ISSUER, House, asked, sent

pytestmark = pytest.mark.anyio


async def test_a_good_request_opens_a_login_with_all_it_asked_for(house: House) -> None:
    """OpenID Connect Core §3.1.2.1: what the application asked reaches the engine, frozen."""
    await house.authorize(login_hint="mara", max_age="60", acr_values="urn:doorstep:2 urn:doorstep:1")
    (opened,) = house.opened
    assert (opened.application_id, opened.redirect_uri) == ("payroll", CALLBACK)
    assert (opened.login_hint, opened.max_age, opened.fresh, opened.passive) == ("mara", 60, False, False)
    assert opened.acr_values == ("urn:doorstep:2", "urn:doorstep:1")
    assert opened.facts.params["scope"] == ["openid profile email"]
    assert thaw(opened.protocol).scope == ("openid", "profile", "email")


async def test_a_post_form_asks_the_same(house: House) -> None:
    """OpenID Connect Core §3.1.2.1: the endpoint takes GET and POST."""
    response = await house.http.post("/oauth2/authorize", data=asked())
    assert sent(response)["state"] == "s-1"


async def test_a_post_keeps_its_parameters_out_of_the_address(house: House) -> None:
    """ASVS 14.2.1: a POST with a query is refused, in whichever of the two places the parameters are."""
    response = await house.http.post("/oauth2/authorize?client_id=payroll", data=asked())
    assert (response.status_code, response.text) == (400, "authorize.malformed")


async def test_oidc_20_the_answer_carries_code_state_and_issuer(house: House) -> None:
    """RFC 6749 §4.1.2 and RFC 9207 §2."""
    answer = sent(await house.authorize())
    assert set(answer) == {"code", "state", "iss"}
    assert (answer["state"], answer["iss"]) == ("s-1", ISSUER)


@pytest.mark.parametrize(
    "redirect_uri",
    [
        CALLBACK + "/",
        CALLBACK.upper(),
        CALLBACK.replace("8401", "8402"),
        CALLBACK + "?x=1",
        CALLBACK + "#f",
        "http://localhost:8401/x/../callback",
        "http://localhost:8401/%63allback",
        "http://localhost@evil.test:8401/callback",
        "http://localhost:8401.evil.test/callback",
        "https://localhost:8401/callback",
        "//localhost:8401/callback",
        "javascript:alert(1)",
        " " + CALLBACK,
        CALLBACK + "\r\nSet-Cookie: a=b",
        CALLBACK + "\x00",
        "",
        None,
    ],
)
async def test_only_the_exact_registered_address_is_sent_to(house: House, redirect_uri: str | None) -> None:
    """RFC 9700 §4.1.3: anything else is an error page, never a redirect."""
    response = await house.authorize(redirect_uri=redirect_uri)
    assert response.status_code == 400
    assert "location" not in response.headers
    assert not house.opened


@pytest.mark.parametrize("redirect_uri", ["http://127.0.0.1/cb", "http://127.0.0.1:51004/cb", "com.example.app:/cb"])
async def test_a_native_application_may_use_any_port_of_the_loopback(house: House, redirect_uri: str) -> None:
    """RFC 8252 §7.3."""
    response = await house.authorize(client_id="native", redirect_uri=redirect_uri)
    assert response.headers["location"].startswith(redirect_uri + "?code=")


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "http://localhost:51004/cb",
        "http://[::1]:51004/cb",
        "http://127.0.0.1.evil.test/cb",
        "http://127.0.0.1@evil.test/cb",
        "http://127.0.0.1:51004@evil.test/cb",
        "http://127.0.0.1:51004/cb/",
        "http://127.0.0.1:/cb",
        "https://127.0.0.1:51004/cb",
    ],
)
async def test_the_loopback_rule_is_for_loopback_addresses_only(house: House, redirect_uri: str) -> None:
    """RFC 8252 §7.3 and §8.3: address literals, and the path as registered."""
    response = await house.authorize(client_id="native", redirect_uri=redirect_uri)
    assert (response.status_code, response.text) == (400, "authorize.unknown_address")


async def test_a_confidential_client_has_no_loopback_exception(house: House) -> None:
    """The exception is for applications that cannot know their port."""
    address = "http://127.0.0.1:7000/cb"
    application = Application("web", "Web", (address,), "payroll-login", secret_hash="sha256$00$00")
    await house.configuration.commit(ConfigurationChange(applications=[application]))
    response = await house.authorize(client_id="web", redirect_uri=address.replace("7000", "7001"))
    assert response.text == "authorize.unknown_address"


@pytest.mark.parametrize(
    "client_id", ["nobody", "PAYROLL", "payroll ", "*", "' OR 1=1 --", "closed", "x" * 10_000, None]
)
async def test_an_unknown_or_disabled_client_gets_one_page(house: House, client_id: str | None) -> None:
    """RFC 6749 §4.1.2.1: without a known client nobody can be told but the person."""
    response = await house.authorize(client_id=client_id)
    assert (response.status_code, response.text) == (400, "login.unknown_application")


@pytest.mark.parametrize("query", ["client_id=%ff", "client_id=%00", "client_id=%4", "a=" + "x" * 40_000, "a=1&" * 70])
async def test_a_query_that_cannot_be_read_is_a_page(house: House, query: str) -> None:
    """Bad encodings and floods are refused before anything is looked up."""
    response = await house.http.get("/oauth2/authorize?" + query)
    assert (response.status_code, response.text) == (400, "authorize.malformed")


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
async def test_a_repeated_client_or_address_is_a_page(house: House, name: str) -> None:
    """RFC 6749 §3.1: even the same value twice."""
    query = urlencode([*asked().items(), (name, asked()[name])])
    response = await house.http.get("/oauth2/authorize?" + query)
    assert (response.status_code, response.text) == (400, "authorize.repeated")


@pytest.mark.parametrize("name", ["response_type", "scope", "state", "nonce", "code_challenge", "ui_locales"])
async def test_any_other_repeated_parameter_is_invalid(house: House, name: str) -> None:
    """RFC 6749 §3.1; a repeated state is no state, so none is sent back."""
    query = urlencode([*asked(ui_locales="en").items(), (name, "x")])
    answer = sent(await house.http.get("/oauth2/authorize?" + query))
    assert answer["error"] == "invalid_request"
    assert answer.get("state") == (None if name == "state" else "s-1")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "id_token token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_type": "none"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"response_mode": "form_post"}, "invalid_request"),
        ({"response_mode": "web_message"}, "invalid_request"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "profile email"}, "invalid_scope"),
        ({"scope": "openid \u00e9"}, "invalid_scope"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "a" * 42}, "invalid_request"),
        ({"code_challenge": "a" * 129}, "invalid_request"),
        ({"code_challenge": "a" * 42 + "="}, "invalid_request"),
        ({"code_challenge": "a" * 43 + "\n"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "s256"}, "invalid_request"),
        ({"request": "eyJhbGciOiJub25lIn0.e30."}, "request_not_supported"),
        ({"request_uri": "http://169.254.169.254/"}, "request_uri_not_supported"),
        ({"registration": "{}"}, "registration_not_supported"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "create"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"max_age": "1.5"}, "invalid_request"),
        ({"max_age": "soon"}, "invalid_request"),
        ({"max_age": "9" * 20}, "invalid_request"),
        ({"max_age": "\u0661"}, "invalid_request"),
        ({"nonce": "n" * 1025}, "invalid_request"),
        ({"state": "s" * 4097}, "invalid_request"),
        ({"login_hint": "m" * 256}, "invalid_request"),
        ({"login_hint": "ma\nra"}, "invalid_request"),
        ({"acr_values": " ".join("abcdefghijk")}, "invalid_request"),
        ({"acr_values": "a" * 257}, "invalid_request"),
        ({"id_token_hint": "no.token.atall"}, "invalid_request"),
    ],
)
async def test_a_bad_request_is_told_to_the_application(
    house: House, changes: dict[str, str | None], error: str
) -> None:
    """RFC 6749 §4.1.2.1: the error, the state as sent, the issuer; no login is opened."""
    answer = sent(await house.authorize(**changes))
    assert (answer["error"], answer["iss"]) == (error, ISSUER)
    assert answer["state"] == changes.get("state", "s-1")
    assert "code" not in answer
    assert not house.opened


@pytest.mark.parametrize(
    "text",
    ['"><script>alert(1)</script>', "a\r\nSet-Cookie: a=b", "\u00e9\u4e2d\U0001f600", "a b+c&d=e%20", "s" * 4096],
)
async def test_a_state_comes_back_exactly(house: House, text: str) -> None:
    """RFC 6749 §4.1.2: whatever it holds, it is data."""
    response = await house.authorize(state=text)
    assert sent(response)["state"] == text
    assert "set-cookie" not in response.headers


async def test_without_state_none_is_made_up(house: House) -> None:
    """RFC 6749 §4.1.2: only if it was present."""
    assert "state" not in sent(await house.authorize(state=None))


async def test_unknown_scopes_are_left_out(house: House) -> None:
    """OpenID Connect Core §3.1.2.1: scopes not understood are ignored."""
    await house.authorize(scope="openid admin email")
    assert thaw(house.opened[0].protocol).scope == ("openid", "email")


async def test_prompt_none_without_a_session_is_login_required(house: House) -> None:
    """OpenID Connect Core §3.1.2.6: nobody is asked anything."""
    assert sent(await house.authorize(prompt="none"))["error"] == "login_required"
    assert not house.opened


async def test_prompt_none_with_a_session_opens_a_login_that_must_not_ask(house: House) -> None:
    """OpenID Connect Core §3.1.2.1: the engine decides whether the session suffices."""
    house.http.cookies.set("session", "abc")
    await house.authorize(prompt="none")
    assert house.opened[0].passive


@pytest.mark.parametrize(
    "changes", [{"prompt": "login"}, {"prompt": "select_account"}, {"max_age": "0"}, {"max_age": "00"}]
)
async def test_login_and_select_account_ask_anew(house: House, changes: dict[str, str | None]) -> None:
    """OpenID Connect Core §3.1.2.1: an old session does not do."""
    await house.authorize(**changes)
    assert house.opened[0].fresh


async def test_prompt_consent_needs_nothing_more(house: House) -> None:
    """OpenID Connect Core §3.1.2.4: the admin has consented for the organisation."""
    assert "code" in sent(await house.authorize(prompt="consent"))


async def test_an_id_token_hint_must_name_the_user_who_signs_in(house: House) -> None:
    """OpenID Connect Core §3.1.2.1: a positive answer about that user, or an error."""
    hint = (await house.tokens())["id_token"]
    house.clock.now += 10_000
    assert "code" in sent(await house.authorize(id_token_hint=hint))
    assert sent(await house.authorize(id_token_hint=hint, login_hint="omar"))["error"] == "login_required"


async def test_a_hint_of_another_client_or_kind_is_invalid(house: House) -> None:
    """RFC 8725 §3.12: an access token, or somebody else's ID token, is no hint."""
    tokens = await house.tokens()
    for changes in (
        {"id_token_hint": tokens["access_token"]},
        {"id_token_hint": tokens["id_token"], "client_id": "other"},
    ):
        assert sent(await house.authorize(**changes))["error"] == "invalid_request"


async def test_a_refused_login_is_told_with_its_reason(house: House) -> None:
    """RFC 6749 §4.1.2.1."""
    answer = sent(await house.authorize(login_hint="stranger"))
    assert answer == {"error": "access_denied", "error_description": "no entry", "state": "s-1", "iss": ISSUER}
