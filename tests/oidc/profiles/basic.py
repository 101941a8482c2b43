"""The Basic profile: the code flow with all that goes with it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.browser import Browser
from tests.oidc.profiles.stage import BACK, BACK_WITH_QUERY, CLAIMS, PASSWORD, SECRET, Cases, Stage

CASES = Cases()
_rule = CASES.rule


# --- the request ------------------------------------------------------------------------------------------------------


@_rule("OIDC Core 3.1.2.5: the answer has the code and the state as sent")
def _code_and_state(stage: Stage) -> None:
    browser = stage.sign_in(state="as sent: ä&=")
    assert browser.query["state"] == "as sent: ä&="
    assert set(browser.query) == {"code", "state", "iss"}


@_rule("RFC 6749 4.1.2: without a state none comes back")
def _no_state(stage: Stage) -> None:
    assert set(stage.sign_in(state=None).query) == {"code", "iss"}


@_rule("OIDC Core 3.1.2.1: a POST asks the same as a GET")
def _post(stage: Stage) -> None:
    asked = stage.asked()
    browser = Browser(foreign=(BACK,)).post(f"{stage.url}/oauth2/authorize", asked)
    assert stage.type_password(browser).query["state"] == asked["state"]


@_rule("RFC 6749 3.1.1: a request without response_type is refused at the application's address")
def _no_response_type(stage: Stage) -> None:
    query = stage.authorize(response_type=None, state="kept").query
    assert (query["error"], query["state"]) == ("invalid_request", "kept")


@_rule("OIDC Core 3.1.2.1: a scope without openid gives no ID token: here it is refused")
def _no_openid(stage: Stage) -> None:
    assert stage.authorize(scope="profile").query["error"] == "invalid_scope"


@_rule("OIDC Core 3.1.2.1: without a nonce there is none in the ID token")
def _no_nonce(stage: Stage) -> None:
    assert "nonce" not in stage.claims(stage.tokens(nonce=None)["id_token"])


@_rule("OIDC Core 3.1.2.1: unknown parameters are ignored")
def _unknown_parameter(stage: Stage) -> None:
    assert "code" in stage.sign_in(extra="foobar").query


@_rule("OIDC Core 3.1.2.1: the order of scopes does not count, and unknown ones are ignored")
def _scopes_in_any_order(stage: Stage) -> None:
    claims = stage.claims(stage.tokens(scope="address email phone openid")["id_token"])
    assert claims["sub"]


@_rule("OIDC Core 3.1.2.1: display does not stop a login")
def _display(stage: Stage) -> None:
    for value in ("page", "popup", "touch", "wap"):
        assert "code" in stage.sign_in(display=value).query


@_rule("OIDC Core 3.1.2.1: ui_locales does not stop a login")
def _ui_locales(stage: Stage) -> None:
    assert "code" in stage.sign_in(ui_locales="se fr-CA").query


@_rule("OIDC Core 5.2: claims_locales does not stop a login")
def _claims_locales(stage: Stage) -> None:
    assert "code" in stage.sign_in(claims_locales="se").query


@_rule("OIDC Core 3.1.2.1: acr_values that are not reached do not stop a login")
def _acr_values(stage: Stage) -> None:
    assert "code" in stage.sign_in(acr_values="1 urn:doorstep:9").query


@_rule("OIDC Core 3.1.2.1: the name in login_hint stands in the form")
def _login_hint(stage: Stage) -> None:
    assert stage.authorize(login_hint="mara").forms[0].fields["username"] == "mara"


@_rule("OIDC Core 6: a request object is refused with request_not_supported")
def _request_object(stage: Stage) -> None:
    assert stage.authorize(request="eyJhbGciOiJub25lIn0.e30.").query["error"] == "request_not_supported"


@_rule("OIDC Core 6.2: a request_uri is refused with request_uri_not_supported, and nobody fetches it")
def _request_uri(stage: Stage) -> None:
    assert stage.authorize(request_uri="https://shop.example.test/r").query["error"] == "request_uri_not_supported"


@_rule("RFC 7636 4.6: a wrong code_verifier is invalid_grant")
def _wrong_verifier(stage: Stage) -> None:
    answer = stage.redeem(stage.sign_in(), code_verifier="w" * 43)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


# --- the address ------------------------------------------------------------------------------------------------------


@_rule("OIDC Core 3.1.2.1: an address that is not registered is refused on our page")
def _unregistered_address(stage: Stage) -> None:
    browser = stage.authorize(redirect_uri=BACK.replace("back", "other"))
    assert (browser.status, browser.page) == (400, "error")


@_rule("RFC 6749 4.1.2.1: an unknown client is refused on our page")
def _unknown_client(stage: Stage) -> None:
    browser = stage.authorize(client_id="nobody")
    assert (browser.status, browser.page) == (400, "error")


@_rule("OIDC Core 3.1.2.1: without redirect_uri the request is refused on our page")
def _no_address(stage: Stage) -> None:
    browser = stage.authorize(redirect_uri=None)
    assert (browser.status, browser.page) == (400, "error")


@_rule("RFC 6749 3.1.2: a registered query is kept, and another is no registered address")
def _query_of_the_address(stage: Stage) -> None:
    query = parse_qs(urlsplit(stage.sign_in(redirect_uri=BACK_WITH_QUERY).url).query)
    assert (query["page"], len(query["code"])) == (["1"], 1)
    for other in (BACK + "?page=2", BACK_WITH_QUERY + "&more=1"):
        assert stage.authorize(redirect_uri=other).page == "error"


# --- who has a session ------------------------------------------------------------------------------------------------


@_rule("OIDC Core 3.1.2.1: prompt=none without a session gives login_required")
def _none_without_session(stage: Stage) -> None:
    assert stage.authorize(prompt="none").query["error"] == "login_required"


@_rule("OIDC Core 3.1.2.1: prompt=none with a session gives a code at once, for the same person and auth_time")
def _none_with_session(stage: Stage) -> None:
    browser, before = stage.signed_in()
    after = stage.claims(stage.redeem(stage.authorize(browser, prompt="none")).json()["id_token"])
    assert (after["sub"], after["auth_time"]) == (before["sub"], before["auth_time"])


@_rule("OIDC Core 3.1.2.1: prompt=none with another word is refused")
def _none_with_another(stage: Stage) -> None:
    assert stage.authorize(prompt="none login").query["error"] == "invalid_request"


@_rule("OIDC Core 3.1.2.6: prompt=none where consent is wanting gives consent_required")
def _none_without_consent(stage: Stage) -> None:
    browser, _ = stage.signed_in()
    assert stage.authorize(browser, client_id="club", prompt="none").query["error"] == "consent_required"


@_rule("OIDC Core 3.1.2.1: prompt=login asks again, and auth_time is later")
def _login_again(stage: Stage) -> None:
    browser, before = stage.signed_in()
    stage.clock.ahead += 2
    after = stage.claims(stage.tokens(browser, prompt="login")["id_token"])
    assert after["sub"] == before["sub"]
    assert after["auth_time"] > before["auth_time"]


@_rule("OIDC Core 3.1.2.1: prompt=select_account asks who it is")
def _select_account(stage: Stage) -> None:
    browser, _ = stage.signed_in()
    assert stage.authorize(browser, prompt="select_account").page == "password"


@_rule("OIDC Core 3.1.2.1: prompt=consent asks for consent, given before or not")
def _consent_again(stage: Stage) -> None:
    browser, _ = stage.signed_in()
    allow = stage.authorize(browser, client_id="club").forms[0].buttons[0]
    assert "code" in browser.submit(allow).query
    assert "code" in stage.authorize(browser, client_id="club").query
    assert stage.authorize(browser, client_id="club", prompt="consent").page == "consent"


@_rule("OIDC Core 3.1.2.1: max_age that has passed asks again, and auth_time tells when")
def _old_proof(stage: Stage) -> None:
    browser, before = stage.signed_in()
    stage.clock.ahead += 2
    after = stage.claims(stage.tokens(browser, max_age="1")["id_token"])
    assert after["auth_time"] >= before["auth_time"] + 2


@_rule("OIDC Core 3.1.2.1: max_age that has not passed asks nothing, and auth_time is kept")
def _young_proof(stage: Stage) -> None:
    browser, before = stage.signed_in()
    after = stage.claims(stage.redeem(stage.authorize(browser, max_age="10000")).json()["id_token"])
    assert after["auth_time"] == before["auth_time"]


@_rule("OIDC Core 3.1.2.1: id_token_hint of whoever has the session gives a code with prompt=none")
def _id_token_hint(stage: Stage) -> None:
    browser = stage.sign_in()
    hint = stage.redeem(browser).json()["id_token"]
    assert "code" in stage.authorize(browser, prompt="none", id_token_hint=hint).query


# --- codes and tokens -------------------------------------------------------------------------------------------------


@_rule("OIDC Core 3.1.3.3: the token answer has its type, its life, and is not kept by caches")
def _token_answer(stage: Stage) -> None:
    answer = stage.redeem(stage.sign_in())
    told = answer.json()
    assert (told["token_type"], told["expires_in"] > 0) == ("Bearer", True)
    assert answer.headers["cache-control"] == "no-store"


@_rule("OIDC Core 2: the ID token names issuer, person, application, times and nonce")
def _id_token(stage: Stage) -> None:
    claims = stage.claims(stage.tokens(nonce="as sent")["id_token"])
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (stage.url, "shop", "as sent")
    assert claims["iat"] <= stage.clock() + 1 < claims["exp"]
    assert 0 < len(claims["sub"]) <= 255


@_rule("OIDC Core 10.1: the ID token's header names the key that signed it")
def _kid(stage: Stage) -> None:
    header = stage.verified(stage.tokens()["id_token"]).header
    published = [key["kid"] for key in httpx2.get(f"{stage.url}/oauth2/jwks").json()["keys"]]
    assert header["kid"] in published


@_rule("OIDC Core 15.1: an ID token is signed with RS256 for an application that wants it")
def _rs256(stage: Stage) -> None:
    browser = stage.sign_in(client_id="bank")
    id_token = stage.redeem(browser, auth=("bank", SECRET)).json()["id_token"]
    assert stage.claims(id_token, algorithm="RS256")["aud"] == "bank"


@_rule("OIDC Core 9: client_secret_basic proves the client, a wrong secret does not")
def _basic(stage: Stage) -> None:
    browser = stage.sign_in()
    refused = stage.redeem(browser, auth=("shop", "wrong"))
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    assert "Basic" in refused.headers["www-authenticate"]
    assert stage.redeem(browser).status_code == 200


@_rule("OIDC Core 9: client_secret_post proves the client")
def _in_the_form(stage: Stage) -> None:
    browser = stage.sign_in()
    form = {
        "grant_type": "authorization_code",
        "code": browser.query["code"],
        "redirect_uri": BACK,
        "code_verifier": stage.verifier,
        "client_id": "shop",
        "client_secret": SECRET,
    }
    assert stage.token(form, auth=None).status_code == 200


@_rule("OIDC Core 3.1.3.2: a code that is used again is invalid_grant")
def _code_again(stage: Stage) -> None:
    browser = stage.sign_in()
    assert stage.redeem(browser).status_code == 200
    answer = stage.redeem(browser)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@_rule("RFC 6749 4.1.2: a code that is used again half a minute later ends the access token it gave")
def _code_again_later(stage: Stage) -> None:
    browser = stage.sign_in()
    access_token = stage.redeem(browser).json()["access_token"]
    assert stage.userinfo(access_token).status_code == 200
    stage.clock.ahead += 30
    assert stage.redeem(browser).json()["error"] == "invalid_grant"
    assert stage.userinfo(access_token).status_code == 401


@_rule("RFC 6749 5.2: a grant type that is not offered is unsupported_grant_type")
def _grant_type(stage: Stage) -> None:
    answer = stage.token({"grant_type": "password", "username": "mara", "password": PASSWORD})
    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


@_rule("OIDC Core 12: a refresh gives new tokens for the same person and application")
def _refresh(stage: Stage) -> None:
    before = stage.tokens(scope="openid offline_access")
    answer = stage.token({"grant_type": "refresh_token", "refresh_token": before["refresh_token"]})
    old, new = stage.claims(before["id_token"]), stage.claims(answer.json()["id_token"])
    assert all(new[name] == old[name] for name in ("iss", "sub", "aud", "auth_time"))
    assert answer.json()["access_token"] != before["access_token"]


@_rule("RFC 6749 6: a refresh token serves no other client")
def _refresh_of_another(stage: Stage) -> None:
    tokens = stage.tokens(scope="openid offline_access")
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert stage.token(form, auth=("bank", SECRET)).json()["error"] == "invalid_grant"


# --- userinfo ---------------------------------------------------------------------------------------------------------


@_rule("OIDC Core 5.3.1: userinfo answers a GET with the token in the header")
def _userinfo_by_get(stage: Stage) -> None:
    tokens = stage.tokens()
    answer = stage.userinfo(tokens["access_token"])
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["sub"] == stage.claims(tokens["id_token"])["sub"]


@_rule("OIDC Core 5.3.1: userinfo answers a POST with the token in the header")
def _userinfo_by_post(stage: Stage) -> None:
    headers = {"Authorization": f"Bearer {stage.tokens()['access_token']}"}
    assert httpx2.post(f"{stage.url}/oauth2/userinfo", headers=headers).json()["sub"]


@_rule("RFC 6750 2.2: userinfo answers a POST with the token in the form")
def _userinfo_by_form(stage: Stage) -> None:
    form = {"access_token": stage.tokens()["access_token"]}
    assert httpx2.post(f"{stage.url}/oauth2/userinfo", data=form).json()["sub"]


@_rule("RFC 6750 3: userinfo refuses a token it does not know with invalid_token")
def _userinfo_of_nobody(stage: Stage) -> None:
    answer = stage.userinfo("nobody")
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


@_rule("OIDC Core 5.4: profile opens name, given_name, family_name and preferred_username at userinfo")
def _scope_profile(stage: Stage) -> None:
    told = stage.userinfo(stage.tokens(scope="openid profile")["access_token"]).json()
    assert (told["given_name"], told["family_name"], told["name"]) == ("Mara", "Marsh", "Mara Marsh")
    assert told["preferred_username"] == "mara"
    assert "email" not in told


@_rule("OIDC Core 5.4: email opens email at userinfo")
def _scope_email(stage: Stage) -> None:
    told = stage.userinfo(stage.tokens(scope="openid email")["access_token"]).json()
    assert told["email"] == CLAIMS["emailaddress"]
    assert "name" not in told


@_rule("OIDC Core 5.4: all scopes at once open all their claims")
def _all_scopes(stage: Stage) -> None:
    tokens = stage.tokens(scope="openid profile email address phone offline_access")
    assert set(stage.userinfo(tokens["access_token"]).json()) == {
        "sub", "name", "given_name", "family_name", "preferred_username", "email",
    }  # fmt: skip


@_rule("OIDC Core 5.5: an essential claim that is asked for by name comes from userinfo")
def _claims(stage: Stage) -> None:
    asked = '{"userinfo":{"name":{"essential":true}}}'
    assert stage.userinfo(stage.tokens(claims=asked)["access_token"]).json()["name"] == "Mara Marsh"


@_rule("OIDC Core 5.5.1.1: an essential acr that is not reached fails the login")
def _essential_acr(stage: Stage) -> None:
    asked = '{"id_token":{"acr":{"essential":true,"values":["urn:doorstep:9"]}}}'
    browser = stage.authorize(claims=asked)
    browser.submit(username="mara", password=PASSWORD)
    assert browser.query["error"] == "unmet_authentication_requirements"


@_rule("OIDC Core 3.1.2.1: max_age or no max_age, auth_time is in the ID token")
def _auth_time(stage: Stage) -> None:
    for max_age in (None, "300"):
        assert stage.claims(stage.tokens(max_age=max_age)["id_token"])["auth_time"] <= stage.clock() + 1
