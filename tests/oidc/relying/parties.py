"""The relying parties as a person and a test meet them: what each can be asked to do, and what it does not offer."""

from __future__ import annotations

import json
import socket
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

from tests.browser import Browser
from tests.oidc.live import serving
from tests.oidc.programs import free_port, openid_client, until_it_answers
from tests.oidc.relying.apache import BACK, apache
from tests.oidc.relying.authlib_app import AuthlibApp
from tests.oidc.relying.registered import WAYS, Client

PLACES = {"plain": {}, "strong": {"acr_values": "urn:doorstep:2"}, "fresh": {"max_age": "0"}}
"""Pages of each application, and what it asks of us before it shows them."""


class Party(ABC):
    """A relying party, not yet running.  Its methods act for whoever sits at *browser*."""

    name: ClassVar[str]
    lacks: ClassVar[frozenset[str]] = frozenset()
    """Features that it does not offer, by the names of the table."""

    def __init__(self) -> None:
        self.clients = [Client(id) for id in WAYS]

    @abstractmethod
    def entries(self) -> list[dict[str, Any]]:
        """How it stands in our configuration."""

    @abstractmethod
    def running(self, issuer: str) -> AbstractContextManager[None]:
        """It answers until the block ends."""

    @abstractmethod
    def enter(self, browser: Browser, place: str, *, client: str = "basic") -> Browser:
        """Go to a page of it: ends at our login, or there."""

    @abstractmethod
    def claims(self, browser: Browser) -> dict[str, Any]:
        """What it learnt of the person who has just entered, from the ID token; raises if it let nobody in."""

    @abstractmethod
    def userinfo(self, browser: Browser) -> dict[str, Any]:
        """What it learnt from userinfo."""

    @abstractmethod
    def refresh(self, browser: Browser) -> tuple[str, str]:
        """The refresh token it had, and the one it got for it."""

    @abstractmethod
    def introspect(self, browser: Browser) -> bool:
        """Whether it finds its access token good by asking us."""

    @abstractmethod
    def revoke(self, browser: Browser) -> str:
        """Let it give back what it has; the access token that went with it."""

    @abstractmethod
    def leave(self, browser: Browser) -> bool:
        """Sign out there; whether it led through us to its own last page."""


class WebApp(Party):
    """An application of our own making on somebody's library: a path for each thing it can do."""

    lacks = frozenset({"back-channel logout"})

    def __init__(self) -> None:
        super().__init__()
        self.port = free_port()
        self.home = f"http://localhost:{self.port}"
        self._client = "basic"

    def entries(self) -> list[dict[str, Any]]:
        made = []
        for one in self.clients:
            made.append(one.entry(self.home, callback=f"/{one.id}/callback", left=f"/{one.id}/left"))
        return made

    def enter(self, browser: Browser, place: str, *, client: str = "basic") -> Browser:
        self._client = client
        return browser.open(f"{self.home}/{client}/enter?{urlencode(PLACES[place])}")

    def push_and_enter(self, browser: Browser) -> Browser:
        """Enter by a request that was pushed before."""
        return browser.open(f"{self.home}/{self._client}/enter?push=1")

    def claims(self, browser: Browser) -> dict[str, Any]:
        assert browser.url.startswith(f"{self.home}/{self._client}/callback"), (browser.url, browser.page)
        assert browser.status == 200, browser.text
        return dict(json.loads(browser.text))

    def userinfo(self, browser: Browser) -> dict[str, Any]:
        return self._told(browser, "userinfo")

    def refresh(self, browser: Browser) -> tuple[str, str]:
        told = self._told(browser, "refresh")
        return told["before"], told["after"]

    def introspect(self, browser: Browser) -> bool:
        return bool(self._told(browser, "introspect")["active"])

    def revoke(self, browser: Browser) -> str:
        return str(self._told(browser, "revoke")["access_token"])

    def leave(self, browser: Browser) -> bool:
        return self._told(browser, "leave") == {"left": True}

    def _told(self, browser: Browser, what: str) -> dict[str, Any]:
        browser.open(f"{self.home}/{self._client}/{what}")
        assert browser.status == 200, (what, browser.text)
        return dict(json.loads(browser.text))


class OpenidClient(WebApp):
    """openid-client on Node."""

    name = "openid-client"

    @contextmanager
    def running(self, issuer: str) -> Iterator[None]:
        clients = {one.id: {"auth": one.auth, "secret": one.secret, "jwk": one.jwk} for one in self.clients}
        program = openid_client(Path(__file__).with_name("openid_client.mjs"))
        command = [*program, issuer, str(self.port), json.dumps(clients)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            try:
                yield
            finally:
                process.terminate()

    def after_keys_grew_old(self, browser: Browser) -> None:
        """It reads our keys again only if it has had them for a minute."""
        self._told(browser, "start_again_with_old_keys")


class Authlib(WebApp):
    """Authlib's client for Starlette."""

    name = "Authlib"
    lacks = frozenset({"pushed request", "back-channel logout"})

    @contextmanager
    def running(self, issuer: str) -> Iterator[None]:
        listening = socket.create_server(("127.0.0.1", self.port))
        with serving(AuthlibApp(issuer, self.home, self.clients).app, listening):
            yield


class ModAuthOpenidc(Party):
    """Apache's module, in front of pages that know nothing of us."""

    name = "mod_auth_openidc"
    lacks = frozenset({"pushed request"})

    def __init__(self) -> None:
        super().__init__()
        self._homes = {one.id: free_port() for one in self.clients}
        self._home = ""

    def entries(self) -> list[dict[str, Any]]:
        made = []
        for one in self.clients:
            home = f"http://localhost:{self._homes[one.id]}"
            told = {"backchannel_logout_uri": f"{home}{BACK}?logout=backchannel"}
            made.append(one.entry(home, callback=BACK, left="/left", **told))
        return made

    @contextmanager
    def running(self, issuer: str) -> Iterator[None]:
        with apache(issuer, {one: self._homes[one.id] for one in self.clients}):
            until_it_answers(f"http://localhost:{self._homes['basic']}/left")
            yield

    def enter(self, browser: Browser, place: str, *, client: str = "basic") -> Browser:
        self._home = f"http://localhost:{self._homes[client]}"
        if place == "fresh":  # who is inside is not asked anew; a visitor is
            browser.http.cookies.delete("mod_auth_openidc_session")
        return browser.open(f"{self._home}/{place}")

    def claims(self, browser: Browser) -> dict[str, Any]:
        assert browser.text.startswith("the page"), (browser.url, browser.page, browser.text)
        return dict(self._info(browser)["id_token"])

    def userinfo(self, browser: Browser) -> dict[str, Any]:
        return dict(self._info(browser)["userinfo"])

    def refresh(self, browser: Browser) -> tuple[str, str]:
        had = self._info(browser)
        asked = {"refresh": f"{self._home}/plain", "access_token": had["access_token"]}
        browser.open(f"{self._home}{BACK}?{urlencode(asked)}")
        return had["refresh_token"], self._info(browser)["refresh_token"]

    def introspect(self, browser: Browser) -> bool:
        bearer = {"Authorization": f"Bearer {self._info(browser)['access_token']}"}
        return browser.http.get(f"{self._home}/service", headers=bearer).text == "the page service"

    def revoke(self, browser: Browser) -> str:
        access_token = str(self._info(browser)["access_token"])
        assert self.leave(browser)
        return access_token

    def leave(self, browser: Browser) -> bool:
        browser.open(f"{self._home}{BACK}?{urlencode({'logout': f'{self._home}/left'})}")
        return browser.text == "the page left"

    def knows(self, browser: Browser) -> bool:
        """Whether somebody is signed in there."""
        return browser.http.get(f"{self._home}{BACK}?info=json").status_code == 200

    def _info(self, browser: Browser) -> dict[str, Any]:
        answer = browser.http.get(f"{self._home}{BACK}?info=json")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


PARTIES: Sequence[type[Party]] = (OpenidClient, Authlib, ModAuthOpenidc)
