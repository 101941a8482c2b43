"""What is tried with every relying party: one function a feature, which raises if it does not work."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from oidc.keys import AHEAD, FRESH, SigningKeys, StoredKeys
from storage.open import Stores
from tests.browser import Browser
from tests.oidc.relying.parties import ModAuthOpenidc, OpenidClient, Party, WebApp
from tests.oidc.relying.registered import WAYS, document
from tests.security.town import Town, town

NAME = "mara"


class Scene:
    """A server, one relying party that uses it, and mara with her phone."""

    def __init__(self, place: Town, party: Party) -> None:
        self.place = place
        self.party = party
        self.phone = place.phone(NAME)

    def signed_in(self, client: str = "basic") -> tuple[Browser, dict[str, Any]]:
        """A browser in which mara is signed in with her password, and what the application knows."""
        browser = self.party.enter(Browser(), "plain", client=client)
        assert browser.page == "password", (browser.url, browser.status, browser.text[:500])
        browser.submit(username=NAME, password="mara-at-the-door")
        return browser, self.party.claims(browser)

    def userinfo_status(self, access_token: str) -> int:
        """What userinfo says to the bearer of that token."""
        headers = {"Authorization": f"Bearer {access_token}"}
        return httpx2.get(f"{self.place.house.url}/oauth2/userinfo", headers=headers).status_code


@contextmanager
def scene(folder: Path, kind: type[Party]) -> Iterator[Scene]:
    """Both run until the block ends.  The signing key was made long ago, so that another may follow at once."""
    party = kind()
    with town(folder, document(party.entries())) as place:
        _rotate(place, ago=3 * AHEAD)
        with party.running(place.house.url):
            yield Scene(place, party)


# --- the features -----------------------------------------------------------------------------------------------------


def _signs_in(scene: Scene) -> None:
    """Discovery, code, S256, state, nonce, ID token."""
    _, claims = scene.signed_in()
    assert (claims["preferred_username"], claims["acr"], claims["amr"]) == (NAME, "urn:doorstep:1", ["pwd"])


def _proves_itself(client: str) -> Callable[[Scene], None]:
    def signs_in(scene: Scene) -> None:
        _, claims = scene.signed_in(client)
        assert claims["aud"] in (client, [client])

    return signs_in


def _pushes_its_request(scene: Scene) -> None:
    browser, _ = scene.signed_in()
    assert isinstance(scene.party, WebApp)
    assert scene.party.claims(scene.party.push_and_enter(browser))["preferred_username"] == NAME
    assert scene.place.records("pushed-request") == 0


def _refreshes(scene: Scene) -> None:
    """Each refresh token is good once, so the next must be another."""
    browser, _ = scene.signed_in()
    before, after = scene.party.refresh(browser)
    again, last = scene.party.refresh(browser)
    assert len({before, after, last}) == 3
    assert again == after


def _asks_userinfo(scene: Scene) -> None:
    browser, claims = scene.signed_in()
    told = scene.party.userinfo(browser)
    assert (told["sub"], told["email"]) == (claims["sub"], "mara@example.test")


def _introspects(scene: Scene) -> None:
    browser, _ = scene.signed_in()
    assert scene.party.introspect(browser)


def _revokes(scene: Scene) -> None:
    browser, _ = scene.signed_in()
    before = scene.place.audited("token_revoked")
    access_token = scene.party.revoke(browser)
    assert scene.place.audited("token_revoked") > before
    assert scene.userinfo_status(access_token) == 401


def _steps_up(scene: Scene) -> None:
    """Whoever signed in with a password is asked for the phone alone, and only where that is wanted."""
    browser, claims = scene.signed_in()
    assert claims["acr"] == "urn:doorstep:1"
    assert scene.party.enter(browser, "strong").page == "push-wait"
    scene.place.house.approve(scene.phone)
    stronger = scene.party.claims(browser.press("PROCEED_PUSH_AUTHENTICATION"))
    assert (stronger["acr"], stronger["sub"]) == ("urn:doorstep:2", claims["sub"])
    assert set(stronger["amr"]) == {"pwd", "swk", "mfa"}


def _asks_for_freshness(scene: Scene) -> None:
    """With max_age=0 the password is asked again, though there is a session."""
    browser, claims = scene.signed_in()
    assert scene.party.enter(browser, "fresh").page == "password"
    browser.submit(username=NAME, password="mara-at-the-door")
    assert scene.party.claims(browser)["auth_time"] >= claims["auth_time"]


def _signs_out(scene: Scene) -> None:
    """Through us, back to the application's own page; then the password is asked again."""
    browser, _ = scene.signed_in()
    assert scene.party.leave(browser)
    assert scene.party.enter(browser, "plain").page == "password"


def _is_told_of_logouts(scene: Scene) -> None:
    """Signed out at ours, signed out there."""
    browser, _ = scene.signed_in()
    assert isinstance(scene.party, ModAuthOpenidc)
    assert scene.party.knows(browser)
    browser.open(f"{scene.place.house.url}/oidc/logout").submit()
    assert browser.page == "done"
    for _ in range(200):
        if not scene.party.knows(browser):
            return
        time.sleep(0.05)
    raise AssertionError("still signed in")


def _follows_keys(scene: Scene) -> None:
    """An ID token that a new key signed is understood by who has read the older key."""
    browser, _ = scene.signed_in()
    _rotate(scene.place, ago=AHEAD)
    scene.place.clock.ahead += FRESH
    if isinstance(scene.party, OpenidClient):
        scene.party.after_keys_grew_old(browser)
    _, claims = scene.signed_in()
    assert claims["preferred_username"] == NAME


def _rotate(place: Town, *, ago: float) -> None:
    def then() -> float:
        return place.clock() - ago

    async def work(stores: Stores) -> None:
        await SigningKeys(StoredKeys(stores.configuration, then), then).rotate()

    place.stores(work)


FEATURES: dict[str, Callable[[Scene], None]] = {
    "discovery, code, S256, nonce": _signs_in,
    **{way.replace("none", "public client"): _proves_itself(client) for client, way in WAYS.items()},
    "pushed request": _pushes_its_request,
    "userinfo": _asks_userinfo,
    "refresh with rotation": _refreshes,
    "introspection": _introspects,
    "revocation": _revokes,
    "step-up by acr": _steps_up,
    "max_age": _asks_for_freshness,
    "RP-initiated logout": _signs_out,
    "back-channel logout": _is_told_of_logouts,
    "rotation of our keys": _follows_keys,
}
"""In the order of the table."""
