"""Forward auth behind real proxies, with the configurations that the document gives."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from tests.browser import Browser
from tests.docs.documents import DOCS, blocks
from tests.oidc.programs import free_port, running, until_it_answers
from tests.security.town import Town, document, password, town

IDENTITY = ("remote-user", "remote-groups", "remote-roles", "remote-subject", "remote-email", "remote-acr")


class _Wiki(BaseHTTPRequestHandler):
    """The application: says which identity headers it was given."""

    def do_GET(self) -> None:
        said = "".join(f"{name}={self.headers[name]}\n" for name in IDENTITY if self.headers.get(name))
        body = f"path={self.path}\n{said}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def wiki() -> Iterator[int]:
    """The port of the application."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Wiki)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def told(language: str, *, own: int, ours: str, wiki: int) -> str:
    """The document's configuration for a proxy, with the ports of this test."""
    (block,) = blocks(DOCS / "applications.md", language)
    port = ours.rpartition(":")[2]
    return block.text.replace("8500", str(own)).replace("8400", port).replace("8501", str(wiki))


@contextmanager
def nginx(folder: Path, configuration: str) -> Iterator[None]:
    """nginx in the foreground."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    whole = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
    (folder / "nginx.conf").write_text(f"{whole}http {{ access_log off; {temporary}\n{configuration} }}\n", "utf-8")
    with running("nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"):
        yield


@contextmanager
def caddy(folder: Path, configuration: str) -> Iterator[None]:
    """Caddy in the foreground."""
    (folder / "Caddyfile").write_text("{\n admin off\n auto_https off\n}\n" + configuration, "utf-8")
    with running("caddy", "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile", home=folder):
        yield


Proxy = Callable[[Path, str], "contextmanager[None]"]


@pytest.fixture(params=[("nginx", nginx), ("caddy", caddy)], ids=lambda pair: pair[0])
def proxied(request: pytest.FixtureRequest, tmp_path: Path, wiki: int) -> Iterator[tuple[Town, str]]:
    """A server, and the application's address behind a proxy of each kind."""
    language, proxy = request.param
    own = free_port()
    whole = document()
    callback = f"http://localhost:{own}/.doorstep/callback"
    whole["applications"].append(
        {"id": "wiki", "name": "Wiki", "redirect_uris": [callback], "flow": "pass", "forward_auth": True}
    )
    whole["users"][0] |= {"groups": ["staff", "a, b"], "roles": ["clérk"]}
    with town(tmp_path / "house", whole) as place:
        folder = tmp_path / language
        folder.mkdir()
        with proxy(folder, told(language, own=own, ours=place.house.url, wiki=wiki)):
            address = f"http://localhost:{own}"
            until_it_answers(address)
            yield place, address


def sign_in(address: str, name: str, path: str = "/page?a=1&b=%2F") -> Browser:
    """A browser that asks for a page and signs in."""
    browser = Browser().open(address + path)
    assert browser.page == "password", browser.status
    return browser.submit(username=name, password=password(name))


def test_who_signs_in_reaches_the_page_they_asked_for(proxied: tuple[Town, str]) -> None:
    """With the identity in headers, whatever the browser itself said in them."""
    _, address = proxied
    browser = sign_in(address, "p000")
    assert browser.url == address + "/page?a=1&b=%2F"
    lies = {"Remote-User": "admin", "Remote-Groups": "root", "Remote-Acr": "high", "Remote-Roles": "admin"}
    answer = browser.http.get(address + "/again", headers=lies)
    said = dict(line.split("=", 1) for line in answer.text.splitlines())
    assert (said["path"], said["remote-user"]) == ("/again", "p000")
    assert said["remote-groups"] == "staff,a%2C b"
    assert said.get("remote-roles") in (None, "cl%C3%A9rk")
    assert "remote-acr" not in said


def test_without_a_visit_nothing_reaches_the_application(proxied: tuple[Town, str]) -> None:
    """No cookie, a made-up one, our own host's session cookie, another method."""
    place, address = proxied
    session = place.signed_in(place.person()).http.cookies["doorstep-session"]
    for cookies in ({}, {"doorstep-visit": "x"}, {"doorstep-session": session}, {"doorstep-visit": session}):
        for method in ("GET", "POST", "DELETE", "HEAD"):
            answer = httpx2.request(method, address + "/secret", cookies=cookies)
            assert answer.status_code in (302, 303), (method, answer.status_code)
            assert "path=" not in answer.text
            assert "/.doorstep/start?to=/secret" in answer.headers["location"]


def test_a_visit_ends_with_its_session_and_its_person(proxied: tuple[Town, str]) -> None:
    """Signed out, disabled: at the next request."""
    place, address = proxied
    browser = sign_in(address, "p001")
    assert browser.http.get(address + "/").status_code == 200
    browser.open(f"{place.house.url}/oidc/logout").submit()
    assert browser.http.get(address + "/").status_code in (302, 303)
    other = sign_in(address, "p002")
    place.set_enabled("p002", False)
    assert other.http.get(address + "/").status_code in (302, 303)


def test_a_callback_serves_only_the_browser_that_set_out(proxied: tuple[Town, str]) -> None:
    """Nobody is signed in as somebody else by a link; a code is good once; no other place is gone to."""
    _, address = proxied
    attacker = Browser(foreign=(address + "/.doorstep/callback",)).open(address + "/")
    attacker.submit(username="p003", password=password("p003"))
    assert httpx2.get(attacker.url).status_code == 403
    assert attacker.http.get(attacker.url).headers["location"] == "/"
    for path in ("//evil.test/", "/\\evil.test", "https://evil.test/", "/%0d%0aX: y", ""):
        begun = httpx2.get(f"{address}/.doorstep/start?to={path}")
        assert re.match(r"http://localhost:\d+/oauth2/authorize\?", begun.headers["location"])


def test_only_applications_behind_a_proxy_are_asked_about(proxied: tuple[Town, str]) -> None:
    """Any other id is 404, at each of the three."""
    place, _ = proxied
    for name in ("pass", "nobody"):
        for what in ("check", "start", "callback"):
            assert httpx2.get(f"{place.house.url}/forward-auth/{name}/{what}").status_code == 404
