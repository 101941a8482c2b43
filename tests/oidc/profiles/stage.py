"""A living provider, an application and a person, for cases of the profiles: they speak the protocol by hand."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
from joserfc import jwt
from joserfc.jwk import KeySet

from oidc.encoding import s256
from tests.browser import Browser
from tests.security.town import Clock, Town, town

BACK = "https://shop.example.test/back"
BACK_WITH_QUERY = "https://shop.example.test/back?page=1"
LEFT = "https://shop.example.test/left"
LEFT_WITH_QUERY = "https://shop.example.test/left?page=1"
SECRET = "the-secret-of-the-shop-0123456789"
PASSWORD = "mara-at-the-door"
CLAIMS = {"emailaddress": "mara@example.test", "givenname": "Mara", "lastname": "Marsh", "fullname": "Mara Marsh"}


def document() -> dict[str, Any]:
    """Two confidential applications whose login is a password, and mara."""
    shop = {
        "redirect_uris": [BACK, BACK_WITH_QUERY],
        "post_logout_redirect_uris": [LEFT, LEFT_WITH_QUERY],
        "client_secret": SECRET,
        "flow": "password",
    }
    return {
        "applications": [
            {"id": "shop"} | shop,
            {"id": "bank", "id_token_signed_response_alg": "RS256"} | shop,
            {"id": "club", "consent": "ask"} | shop,
        ],
        "flows": [{"id": "password", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]}],
        "users": [
            {
                "username": "mara",
                "password": PASSWORD,
                "claims": {f"http://wso2.org/claims/{name}": value for name, value in CLAIMS.items()},
            }
        ],
        "settings": {"password": {"argon2": {"memory_kib": 64, "time_cost": 1, "parallelism": 1}}},
    }


@dataclass
class Stage:
    """Speaks the protocol as an application does."""

    place: Town
    verifier: str = "v" * 43

    @property
    def url(self) -> str:
        """The issuer."""
        return self.place.house.url

    @property
    def clock(self) -> Clock:
        """The server's."""
        return self.place.clock

    def asked(self, **changes: str | None) -> dict[str, str]:
        """A good authorization request, but for *changes*."""
        good: dict[str, str | None] = {
            "client_id": "shop",
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "openid",
            "state": secrets.token_urlsafe(8),
            "nonce": secrets.token_urlsafe(8),
            "code_challenge": s256(self.verifier),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in {**good, **changes}.items() if value is not None}

    def authorize(self, browser: Browser | None = None, **changes: str | None) -> Browser:
        """Where the browser is after the request: at our page, or back at the application."""
        browser = browser or Browser(foreign=(BACK, LEFT))
        return browser.open(f"{self.url}/oauth2/authorize?{urlencode(self.asked(**changes))}")

    def sign_in(self, browser: Browser | None = None, **changes: str | None) -> Browser:
        """The same, and the person types the password."""
        return self.type_password(self.authorize(browser, **changes))

    def type_password(self, browser: Browser) -> Browser:
        """On to the application."""
        assert browser.page == "password", (browser.url, browser.page, browser.alerts)
        browser.submit(username="mara", password=PASSWORD)
        assert "code" in browser.query, (browser.url, browser.page, browser.alerts)
        return browser

    def redeem(self, browser: Browser, *, auth: tuple[str, str] = ("shop", SECRET), **changes: str) -> httpx2.Response:
        """The answer of the token endpoint to the code that the browser brought."""
        form = {
            "grant_type": "authorization_code",
            "code": browser.query["code"],
            "redirect_uri": BACK,
            "code_verifier": self.verifier,
        }
        return self.token({**form, **changes}, auth=auth)

    def token(self, form: dict[str, str], *, auth: tuple[str, str] | None = ("shop", SECRET)) -> httpx2.Response:
        """The token endpoint's answer."""
        return httpx2.post(f"{self.url}/oauth2/token", data=form, auth=auth)

    def tokens(self, browser: Browser | None = None, **changes: str | None) -> dict[str, Any]:
        """What the application has after a login."""
        answer = self.redeem(self.sign_in(browser, **changes))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def claims(self, id_token: str, *, algorithm: str = "ES256") -> dict[str, Any]:
        """What an ID token says, verified by the published keys."""
        return dict(self.verified(id_token, algorithm=algorithm).claims)

    def verified(self, id_token: str, *, algorithm: str = "ES256") -> jwt.Token:
        """An ID token, header and claims."""
        keys = KeySet.import_key_set(httpx2.get(f"{self.url}/oauth2/jwks").json())
        return jwt.decode(id_token, keys, algorithms=[algorithm])

    def signed_in(self, **changes: str | None) -> tuple[Browser, dict[str, Any]]:
        """A browser with a session, and the ID token's claims."""
        browser = self.sign_in(None, **changes)
        return browser, self.claims(self.redeem(browser).json()["id_token"])

    def userinfo(self, access_token: str) -> httpx2.Response:
        """What the bearer is told."""
        return httpx2.get(f"{self.url}/oauth2/userinfo", headers={"Authorization": f"Bearer {access_token}"})

    def discovery(self) -> dict[str, Any]:
        """The provider's metadata."""
        return dict(httpx2.get(f"{self.url}/.well-known/openid-configuration").json())

    def leave(self, browser: Browser, **asked: str) -> Browser:
        """The logout endpoint, as an application sends a browser there."""
        return browser.open(f"{self.url}/oidc/logout?{urlencode(asked)}")


Case = Callable[[Stage], None]


class Cases(dict[str, Case]):
    """The cases of a profile, in order, each under its rule."""

    def rule(self, text: str) -> Callable[[Case], Case]:
        """Enter a case.  text: the paragraph, and what it says."""

        def enter(case: Case) -> Case:
            assert text not in self, text
            self[text] = case
            return case

        return enter


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """The provider answers until the block ends."""
    with town(folder, document()) as place:
        yield Stage(place)
