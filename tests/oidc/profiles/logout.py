"""The RP-Initiated Logout profile."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from tests.browser import Browser
from tests.oidc.profiles.stage import LEFT, LEFT_WITH_QUERY, Cases, Stage

CASES = Cases()
_rule = CASES.rule


def _inside(stage: Stage) -> tuple[Browser, str]:
    """A browser with a session, and the ID token that goes with it."""
    browser = stage.sign_in()
    return browser, stage.redeem(browser).json()["id_token"]


def _is_out(stage: Stage, browser: Browser) -> bool:
    return stage.authorize(browser, prompt="none").query.get("error") == "login_required"


@_rule("RP-Initiated Logout 2.1: the endpoint is announced")
def _announced(stage: Stage) -> None:
    assert stage.discovery()["end_session_endpoint"] == f"{stage.url}/oidc/logout"


@_rule("RP-Initiated Logout 2: with hint, address and state the person is signed out and sent there with the state")
def _whole(stage: Stage) -> None:
    browser, hint = _inside(stage)
    stage.leave(browser, id_token_hint=hint, post_logout_redirect_uri=LEFT, state="as sent: ä&=")
    assert (browser.url.partition("?")[0], browser.query) == (LEFT, {"state": "as sent: ä&="})
    assert _is_out(stage, browser)


@_rule("RP-Initiated Logout 2: a POST does the same")
def _post(stage: Stage) -> None:
    browser, hint = _inside(stage)
    browser.post(f"{stage.url}/oidc/logout", {"id_token_hint": hint, "post_logout_redirect_uri": LEFT})
    assert browser.url == LEFT
    assert _is_out(stage, browser)


@_rule("RP-Initiated Logout 3: without a state none is sent")
def _no_state(stage: Stage) -> None:
    browser, hint = _inside(stage)
    assert stage.leave(browser, id_token_hint=hint, post_logout_redirect_uri=LEFT).query == {}


@_rule("RP-Initiated Logout 3: the query of the registered address is kept")
def _query(stage: Stage) -> None:
    browser, hint = _inside(stage)
    stage.leave(browser, id_token_hint=hint, post_logout_redirect_uri=LEFT_WITH_QUERY, state="s")
    assert parse_qs(urlsplit(browser.url).query) == {"page": ["1"], "state": ["s"]}


@_rule("RP-Initiated Logout 3: an address that is not registered is not gone to, and the session goes on")
def _unregistered(stage: Stage) -> None:
    for address in (LEFT + "/more", LEFT + "?more=1", "https://other.example.test/"):
        browser, hint = _inside(stage)
        stage.leave(browser, id_token_hint=hint, post_logout_redirect_uri=address)
        assert (browser.status, browser.page) == (400, "error")
        assert not _is_out(stage, browser)


@_rule("RP-Initiated Logout 2: without an address our own page says that it is done")
def _no_address(stage: Stage) -> None:
    browser, hint = _inside(stage)
    assert stage.leave(browser, id_token_hint=hint).page == "done"
    assert _is_out(stage, browser)


@_rule("RP-Initiated Logout 2: without a hint the person is asked first, and sent on after the yes")
def _asked_first(stage: Stage) -> None:
    browser, _ = _inside(stage)
    stage.leave(browser, client_id="shop", post_logout_redirect_uri=LEFT, state="s")
    assert (browser.status, browser.page) == (200, "logout")
    browser.submit()
    assert (browser.url.partition("?")[0], browser.query) == (LEFT, {"state": "s"})
    assert _is_out(stage, browser)


@_rule("RP-Initiated Logout 3: without hint and client_id no address is gone to")
def _whose_address(stage: Stage) -> None:
    browser, _ = _inside(stage)
    assert stage.leave(browser, post_logout_redirect_uri=LEFT).page == "error"


@_rule("RP-Initiated Logout 2: with no parameter at all the person is asked, then told")
def _nothing(stage: Stage) -> None:
    browser, _ = _inside(stage)
    assert stage.leave(browser).page == "logout"
    assert browser.submit().page == "done"
    assert _is_out(stage, browser)


@_rule("RP-Initiated Logout 2: with nothing but a state the person is asked, and the state goes nowhere")
def _only_state(stage: Stage) -> None:
    browser, _ = _inside(stage)
    assert stage.leave(browser, state="s").page == "logout"
    assert browser.submit().page == "done"


@_rule("RP-Initiated Logout 2: a hint that was changed signs nobody out unasked")
def _changed_hint(stage: Stage) -> None:
    browser, hint = _inside(stage)
    assert stage.leave(browser, id_token_hint=hint[:-8] + "AAAAAAAA").page == "logout"
    assert not _is_out(stage, browser)


@_rule("RP-Initiated Logout 2: a hint that somebody else signed signs nobody out unasked")
def _forged_hint(stage: Stage) -> None:
    browser, hint = _inside(stage)
    real, own = stage.verified(hint), ECKey.generate_key("P-256")
    assert stage.leave(browser, id_token_hint=jwt.encode(real.header, real.claims, own)).page == "logout"
    assert not _is_out(stage, browser)


@_rule("RP-Initiated Logout 4: a hint whose time has passed still serves")
def _expired_hint(stage: Stage) -> None:
    browser, hint = _inside(stage)
    stage.clock.ahead += 660
    assert stage.leave(browser, id_token_hint=hint, post_logout_redirect_uri=LEFT).url == LEFT


@_rule("RP-Initiated Logout 2: client_id must be the one the hint was made for")
def _whose_hint(stage: Stage) -> None:
    browser, hint = _inside(stage)
    asked = {"id_token_hint": hint, "post_logout_redirect_uri": LEFT}
    assert stage.leave(browser, client_id="bank", **asked).page == "error"
    assert not _is_out(stage, browser)
    assert stage.leave(browser, client_id="shop", **asked).url == LEFT


@_rule("RP-Initiated Logout 2: a hint of an earlier session asks before it ends a later one")
def _older_hint(stage: Stage) -> None:
    browser, hint = _inside(stage)
    stage.leave(browser, id_token_hint=hint)
    stage.sign_in(browser)
    assert stage.leave(browser, id_token_hint=hint).page == "logout"
    assert not _is_out(stage, browser)


@_rule("RP-Initiated Logout 2: whoever has no session is sent on at once")
def _nobody_inside(stage: Stage) -> None:
    _, hint = _inside(stage)
    other = Browser(foreign=(LEFT,))
    assert stage.leave(other, id_token_hint=hint, post_logout_redirect_uri=LEFT).url == LEFT


@_rule("RP-Initiated Logout 2: logout_hint and ui_locales stop nothing")
def _further_parameters(stage: Stage) -> None:
    browser, hint = _inside(stage)
    asked = {"id_token_hint": hint, "post_logout_redirect_uri": LEFT}
    assert stage.leave(browser, logout_hint="mara", ui_locales="de", **asked).url == LEFT


@_rule("RP-Initiated Logout 1: one application's logout signs the person out for all of them")
def _all_of_them(stage: Stage) -> None:
    browser, hint = _inside(stage)
    assert "code" in stage.authorize(browser, client_id="bank").query
    stage.leave(browser, id_token_hint=hint, post_logout_redirect_uri=LEFT)
    assert stage.authorize(browser, client_id="bank", prompt="none").query["error"] == "login_required"
