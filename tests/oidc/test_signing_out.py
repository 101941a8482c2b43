"""Signing out, at a living server: RP-Initiated Logout 1.0, Back-Channel Logout 1.0, and consent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.browser import Browser
from tests.journeys.living import APPLICATION
from tests.oidc.told import Told
from tests.security.town import Town, document, password, town

AFTER = APPLICATION + "/bye"


@pytest.fixture
def place(tmp_path: Path, told: Told) -> Iterator[Town]:
    """A server whose application `pass` has all there is for signing out; `asks` asks for consent."""
    whole = document()
    for one in whole["applications"]:
        if one["id"] == "pass":
            one |= {
                "post_logout_redirect_uris": [AFTER],
                "backchannel_logout_uri": f"http://127.0.0.1:{told.server_port}/logout?x=1",
            }
    asks = {"id": "asks", "name": "Asks", "redirect_uris": [APPLICATION], "flow": "pass", "consent": "ask"}
    whole["applications"].append(asks)
    with town(tmp_path, whole) as made:
        yield made


def tokens(place: Town, browser: Browser, application: str = "pass") -> dict[str, Any]:
    """What the code that the browser brought gives."""
    answer = place.house.token(browser.query["code"], application)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def logout(place: Town, browser: Browser, **asked: str) -> Browser:
    """Send the browser to sign out."""
    return browser.open(f"{place.house.url}/oidc/logout?{urlencode(asked)}")


def is_signed_in(place: Town, browser: Browser) -> bool:
    """Whether the session lets the browser in without asking."""
    return "code" in place.at("pass", browser, prompt="none").query


def test_an_id_token_of_the_session_signs_out_at_once(place: Town) -> None:
    """§2, §3: back to the registered address with the state, and the session is over at the server."""
    browser = place.signed_in(place.person())
    hint = tokens(place, browser)["id_token"]
    kept = dict(browser.http.cookies)
    assert is_signed_in(place, browser)
    logout(place, browser, id_token_hint=hint, post_logout_redirect_uri=AFTER, state="s 1")
    assert browser.url == AFTER + "?state=s%201"
    assert not is_signed_in(place, browser)
    browser.http.cookies.update(kept)
    assert not is_signed_in(place, browser)


def test_session_08_without_a_hint_the_person_is_asked(place: Town) -> None:
    """Anybody's page may have sent them: an image, a form."""
    browser = place.signed_in(place.person())
    assert logout(place, browser, client_id="pass").page == "logout"
    assert is_signed_in(place, browser)
    logout(place, browser, client_id="pass", post_logout_redirect_uri=AFTER, state="x").submit()
    assert browser.url == AFTER + "?state=x"
    assert not is_signed_in(place, browser)


def test_session_08_the_question_is_answered_by_its_own_form_only(place: Town) -> None:
    """Without its token, or with another session's, nothing ends."""
    browser, other = place.signed_in(place.person()), place.signed_in(place.person())
    logout(place, other)
    for token in ("", "x", other.forms[0].fields["token"]):
        answer = browser.http.post(f"{place.house.url}/oidc/logout/confirm", data={"token": token})
        assert answer.status_code == 403
    assert is_signed_in(place, browser)


def test_a_hint_of_another_session_asks(place: Town) -> None:
    """Another person's ID token, an older session's, a forged one: none of them ends this session unasked."""
    browser, other = place.signed_in(place.person()), place.signed_in(place.person())
    foreign = tokens(place, other)["id_token"]
    for hint in (foreign, foreign[:-4] + "AAAA", "x"):
        assert logout(place, browser, id_token_hint=hint).page == "logout"
    assert is_signed_in(place, browser)


@pytest.mark.parametrize(
    "asked",
    [
        {"post_logout_redirect_uri": AFTER},
        {"post_logout_redirect_uri": AFTER, "client_id": "either"},
        {"post_logout_redirect_uri": AFTER + "/", "client_id": "pass"},
        {"post_logout_redirect_uri": "https://evil.test/", "client_id": "pass"},
        {"post_logout_redirect_uri": AFTER, "client_id": "nobody"},
    ],
)
def test_oidc_33_nobody_is_sent_to_an_address_that_is_not_registered(place: Town, asked: dict[str, str]) -> None:
    """§3: exactly, and of the application that asks; a page says so."""
    browser = place.signed_in(place.person())
    assert logout(place, browser, **asked).page == "error"
    assert browser.status == 400
    assert is_signed_in(place, browser)


def test_who_is_not_signed_in_is_told_so(place: Town) -> None:
    """And sent on, if the application is known."""
    browser = place.browser()
    assert logout(place, browser).page == "done"
    logout(place, browser, client_id="pass", post_logout_redirect_uri=AFTER)
    assert browser.url == AFTER


def test_applications_are_told_by_the_back_channel(place: Town, told: Told) -> None:
    """Back-Channel Logout §2.4: who, which session, and that it is a logout."""
    browser = place.signed_in(place.person())
    hint = tokens(place, browser)["id_token"]
    logout(place, browser, id_token_hint=hint)
    assert told.heard.wait(10)
    keys = KeySet.import_key_set(httpx2.get(f"{place.house.url}/oauth2/jwks").json())
    read = jwt.decode(told.tokens[0], keys, algorithms=["ES256"])
    of_login = jwt.decode(hint, keys, algorithms=["ES256"]).claims
    assert read.header["typ"] == "logout+jwt"
    assert read.claims["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}
    assert {name: read.claims[name] for name in ("iss", "aud", "sub", "sid")} == {
        name: of_login[name] for name in ("iss", "aud", "sub", "sid")
    }
    assert "nonce" not in read.claims


def test_a_logout_token_is_no_other_token(place: Town, told: Told) -> None:
    """OIDC-30: neither a hint nor an access token."""
    browser = place.signed_in(place.person())
    logout(place, browser, id_token_hint=tokens(place, browser)["id_token"])
    assert told.heard.wait(10)
    other = place.signed_in(place.person())
    assert logout(place, other, id_token_hint=told.tokens[0]).page == "logout"
    header = {"Authorization": f"Bearer {told.tokens[0]}"}
    assert httpx2.get(f"{place.house.url}/oauth2/userinfo", headers=header).status_code == 401


# --- consent ----------------------------------------------------------------------------------------------------------


def consenting(place: Town, name: str, browser: Browser | None = None, **more: str) -> Browser:
    """A person who has signed in to the application that asks, before the question."""
    browser = place.at("asks", browser, **more)
    return browser.submit(username=name, password=password(name)) if browser.page == "password" else browser


def test_a_person_is_asked_once_what_an_application_may_know(place: Town) -> None:
    """OpenID Connect Core §3.1.2.4: remembered for what was allowed, asked again for more."""
    name = place.person()
    browser = consenting(place, name)
    assert browser.page == "consent"
    assert tokens(place, browser.submit(("answer", "allow")), "asks")["scope"] == "openid profile"
    assert "code" in consenting(place, name, browser).query
    browser = consenting(place, name, browser, scope="openid email")
    assert browser.page == "consent"
    assert "code" in browser.submit(("answer", "allow")).query
    assert "code" in consenting(place, name, browser).query
    assert consenting(place, name, browser, prompt="consent").page == "consent"


def test_who_declines_is_sent_back_without_a_code(place: Town) -> None:
    """access_denied, and asked again the next time."""
    name = place.person()
    browser = consenting(place, name).submit(("answer", "decline"))
    assert (browser.query["error"], "code" in browser.query) == ("access_denied", False)
    assert consenting(place, name, browser).page == "consent"


def test_prompt_none_asks_nobody(place: Town) -> None:
    """OIDC-21: consent_required instead."""
    browser = place.signed_in(place.person())
    assert place.at("asks", browser, prompt="none").query["error"] == "consent_required"


def test_a_question_is_its_browsers_alone_and_answered_once(place: Town) -> None:
    """R1, R2: another browser, a forged form, a second answer."""
    browser = consenting(place, place.person())
    url, fields = browser.url, browser.forms[0].fields
    other = place.signed_in(place.person())
    assert other.http.get(url).status_code == 410
    assert other.http.post(url, data=fields | {"answer": "allow"}).status_code == 410
    for forged in (fields | {"token": "x", "answer": "allow"}, fields | {"answer": "yes"}, fields):
        assert browser.http.post(url, data=forged).status_code in (400, 403)
    browser.submit(("answer", "allow"))
    assert "code" in browser.query
    assert browser.http.post(url, data=fields | {"answer": "allow"}).status_code == 410


def test_the_question_names_what_is_asked_for(place: Town) -> None:
    """Single claims count as the scope that opens them."""
    asked = json.dumps({"userinfo": {"email": None}})
    browser = consenting(place, place.person(), scope="openid roles", claims=asked)
    assert "Your mail address" in browser.response.text
    assert "Your roles" in browser.response.text
    assert "Your groups" not in browser.response.text
