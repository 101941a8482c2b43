"""HTTP: sizes, encodings, smuggling, files, errors, and what a connection may do.

SESSION-12 and SESSION-13 are here too, as far as they need a plain socket.
Elsewhere: HTTP-02 in tests/commands/test_connections.py and tests/web/test_forms.py; HTTP-07 and HTTP-10 in
tests/security/test_routes.py.
"""

from __future__ import annotations

import json
import logging
import time
from contextlib import ExitStack

import httpx2
import pytest

from tests.security.town import Town, address, at_once, clean, hidden
from tests.security.wire import exchange, request, statuses
from web.static import StaticFiles
from web.streams import MOST_OF_ONE

FORM = "application/x-www-form-urlencoded"
DEVICES = "/api/users/v1/me/push/devices"
ANSWER = "/push-auth/authenticate"


def busy(call: object) -> float:
    """Seconds of processor time that a call costs this process, in which the server lives."""
    begins = time.process_time()
    call()  # type: ignore[operator]
    return time.process_time() - begins


def post(place: Town, path: str, body: bytes, content_type: str = FORM, **headers: str) -> httpx2.Response:
    """A POST of raw bytes."""
    sent = {"Content-Type": content_type, **headers}
    return httpx2.post(place.house.url + path, content=body, headers=sent, timeout=30)


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/login/FLOW", "/oauth2/token", "/oauth2/authorize", DEVICES, ANSWER, "/nothing"])
def test_http_01_a_body_of_ten_megabytes(place: Town, path: str) -> None:
    """With its length said beforehand: 413 without reading it.  In chunks without end: cut off."""
    kind = "application/json" if path in (DEVICES, ANSWER) else FORM
    told = f"Content-Type: {kind}\r\nContent-Length: 10000000\r\n".encode()
    assert statuses(exchange(place.house.url, request(place.house.url, "POST", path, headers=told))) == [413]
    chunked = f"Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n".encode()
    chunks = [b"10000\r\n" + b"x" * 65_536 + b"\r\n"] * 160
    seen = statuses(exchange(place.house.url, request(place.house.url, "POST", path, headers=chunked), *chunks))
    assert all(400 <= status < 500 for status in seen)
    assert httpx2.get(f"{place.house.url}/healthz").status_code == 200


def test_http_03_multipart(place: Town) -> None:
    """No route takes it, so nothing of it is parsed."""
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
    kind = "multipart/form-data"
    bodies = {f"{kind}; boundary=x": part * 5000, kind: part, f"{kind}; boundary={'y' * 10_000}": part}
    for path in ("/login/FLOW", "/oauth2/token", DEVICES):
        for kind, body in bodies.items():
            answer = post(place, path, body, kind)
            clean(answer)
            assert answer.status_code in (400, 403, 410, 415)


def test_http_04_a_content_type_made_to_cost(place: Town) -> None:
    """CVE-2024-24762: no pattern runs over it."""
    browser = place.at("pass")
    hostile = FORM + "; " + '!=""' + "a=\\" * 7000
    seconds = busy(lambda: clean(post(place, browser.url.removeprefix(place.house.url), b"a=b", hostile)))
    assert seconds < 1


def test_http_05_bad_encodings(place: Town) -> None:
    """Nothing that is no UTF-8 text without NUL gets past the parser; never a 500."""
    browser = place.at("pass")
    bad = [b"\xff", b"%ff", b"%c0%80", b"%ed%a0%80", b"%00", b"\x00", b"%f8%88%80%80%80", b"%", b"%zz", b"\xff\xfea\0"]
    with place.noauth():
        for octets in bad:
            body = b"username=" + octets + b"&_token=" + hidden(browser)["_token"].encode()
            answer = browser.http.post(browser.url, content=body, headers={"Content-Type": FORM})
            assert answer.status_code == 400, octets
        escaped = (b'{"a": "\\ud800"}', b'{"a": "\\u0000"}')
        for octets in (b'{"a": "\xff"}', *escaped, b"\xef\xbb\xbf{}", '{"a": 1}'.encode("utf-16")):
            answer = post(place, DEVICES, octets, "application/json")
            assert (answer.status_code, answer.json()["code"]) == (400, "PDH-15000"), octets
    for target in ("/login/%ff", "/login/%00", "/static/%ed%a0%80/x", "/login/\xff"):
        assert statuses(exchange(place.house.url, request(place.house.url, target=target)))[0] in (400, 404)


def test_http_06_header_floods(place: Town) -> None:
    """Too many, too long, too many cookies: refused before anything reads them."""
    url = place.house.url
    floods = {
        "many": b"".join(b"X-%d: y\r\n" % n for n in range(1000)),
        "long": b"X-Long: " + b"y" * 60_000 + b"\r\n",
        "cookies": b"Cookie: a=" + b"b" * 8200 + b"\r\n",
    }
    for kind, headers in floods.items():
        seen = statuses(exchange(url, request(url, target="/login/FLOW", headers=headers)))
        assert seen in ([400], [431]), kind


def test_http_16_a_compressed_body(place: Town) -> None:
    """No content coding is undone."""
    browser = place.at("pass")
    fields = {**browser.forms[0].fields, "username": "x", "password": "y"}
    for coding in ("gzip", "deflate", "br", "identity, gzip"):
        headers = {"Content-Encoding": coding, "Origin": place.house.url}
        assert browser.http.post(browser.url, data=fields, headers=headers).status_code == 415


def test_http_11_json_made_to_cost(place: Town) -> None:
    """Depth, digits, duplicate names, words that are no JSON."""
    bombs = [
        b"[" * 30_000, b'{"a":' * 10_000, b'{"a": ' + b"9" * 60_000 + b"}", b'{"a": 1, "a": 2}', b'{"a": NaN}',
        b'{"a": Infinity}', b'{"a": 1e999999}', b"[]", b'"x"', b"null", b"", b"{}x",
    ]  # fmt: skip
    for path in (DEVICES, ANSWER):
        for bomb in bombs:
            answers: list[httpx2.Response] = []
            assert busy(lambda: answers.append(post(place, path, bomb, "application/json"))) < 1, bomb[:20]  # noqa: B023
            assert answers[0].status_code == 400, bomb[:20]
            clean(answers[0])


# --- one reading of a request -----------------------------------------------------------------------------------------

SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: evil.test\r\n\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n",
        b"Content-Length: 6\r\nContent-Length: 7\r\n",
        b"Content-Length: 6, 7\r\n",
        b"Content-Length: +6\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 0x6\r\n",
        b"Content-Length: 6 6\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding:\x0bchunked\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b" Transfer-Encoding: chunked\r\n",
        b"X: y\rTransfer-Encoding: chunked\r\n",
        b"X: y\nTransfer-Encoding: chunked\r\n",
    ],
)
def test_http_12_two_readings_of_one_length(place: Town, headers: bytes) -> None:
    """One reading, or 400 and the end of the connection: what stands in a body is never a request."""
    url = place.house.url
    kept = request(url, "POST", "/oauth2/token", headers=headers + b"Content-Type: " + FORM.encode() + b"\r\n")
    kept = kept.replace(b"Connection: close\r\n", b"")
    answer = exchange(url, kept + b"0\r\n\r\n" + SMUGGLED, seconds=3)
    assert b"smuggled" not in answer
    assert 404 not in statuses(answer)
    assert 200 not in statuses(answer)


@pytest.mark.parametrize(
    "chunk",
    [
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"5\nhello\n0\n\n",
        b"-5\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloXX0\r\n\r\n",
        b"fffffffffffffffff\r\nx",
    ],
)
def test_http_12_malformed_chunks(place: Town, chunk: bytes) -> None:
    """400 or silence, and the end of the connection."""
    url = place.house.url
    headers = b"Transfer-Encoding: chunked\r\nContent-Type: " + FORM.encode() + b"\r\n"
    head = request(url, "POST", "/oauth2/token", headers=headers).replace(b"Connection: close\r\n", b"")
    seen = statuses(exchange(url, head + chunk + SMUGGLED, seconds=3))
    assert set(seen) <= {400}
    assert len(seen) <= 1


def test_session_13_targets_of_odd_forms(place: Town) -> None:
    """SESSION-13: absolute, with a user, with two slashes, without a slash; the host is never read from them."""
    url = place.house.url
    for target in ("//evil.test/x", "@evil.test/x", "\\evil.test", "/\\evil.test", "*", "x", "http:evil.test", "/a b"):
        answer = exchange(url, request(url, target=target), seconds=3)
        assert statuses(answer)[:1] in ([400], [404]), target
        assert b"evil.test" not in answer.replace(b"GET", b"")
    absolute = exchange(url, request(url, target="http://evil.test/.well-known/openid-configuration"))
    assert statuses(absolute) in ([200], [400])
    assert b"evil.test" not in absolute


def test_session_12_two_hosts(place: Town) -> None:
    """SESSION-12: exactly one Host, and it is ours."""
    url = place.house.url
    doubled = request(url, target="/login/FLOW", headers=b"Host: evil.test\r\n")
    assert statuses(exchange(url, doubled)) == [400]
    for host in (b"", b"evil.test", b"localhost", b"localhost:1", b"localhost.evil.test:80", b"localhost:80@evil.test"):
        plain = b"GET /login/FLOW HTTP/1.1\r\nConnection: close\r\nHost: " + host + b"\r\n\r\n"
        assert statuses(exchange(url, plain)) == [400], host
    assert statuses(exchange(url, b"GET /login/FLOW HTTP/1.1\r\nConnection: close\r\n\r\n")) == [400]


def test_http_13_line_breaks_into_headers(place: Town) -> None:
    """State and the address that carries it, cookies, names of files: encoded or refused, never a header."""
    evil = "x\r\nSet-Cookie: evil=1\r\n\r\n<script>"
    browser = place.at("pass", state=evil)
    name = place.person()
    answer = browser.http.post(
        address(browser), data={**browser.forms[0].fields, "username": name, "password": f"{name}-at-the-door"},
        headers={"Origin": place.house.url},
    )  # fmt: skip
    assert answer.status_code == 303
    assert "evil" not in answer.headers.get("set-cookie", "")
    assert "%0D%0A" in answer.headers["location"]
    assert "\r" not in answer.headers["location"]
    for path in ("/static/x%0d%0aSet-Cookie:%20evil=1/y", "/login/x%0d%0aSet-Cookie:%20evil=1"):
        refused = httpx2.get(place.house.url + path)
        assert refused.status_code == 400
        assert "set-cookie" not in refused.headers


# --- files and pages --------------------------------------------------------------------------------------------------


def test_http_08_no_way_out_of_the_static_folder(place: Town) -> None:
    """Names are looked up in a table, not in a file system."""
    url = place.house.url
    ways = [
        "../../server.py", "..%2f..%2fserver.py", "%2e%2e/%2e%2e/server.py", "..\\..\\server.py", "//etc/passwd",
        "..;/server.py", "%252e%252e/server.py", "./../x", "....//server.py", "\0", "messages.en.json", "base.html",
    ]  # fmt: skip
    for version in ("x", "..", "%2e%2e", "."):
        for way in ways:
            answer = exchange(url, request(url, target=f"/static/{version}/{way}"), seconds=3)
            assert statuses(answer)[:1] in ([400], [404]), way
            assert b"import" not in answer


def test_http_09_ranges(place: Town) -> None:
    """Ranges are not served, so ten thousand of them cost what none costs."""
    page = place.at("pass").response
    assert page is not None
    path = page.text.split('href="/static/')[1].split('"')[0]
    ranges = "bytes=" + ",".join(f"{n}-{n + 1}" for n in range(3000))
    answers = [httpx2.get(f"{place.house.url}/static/{path}", headers=h) for h in ({}, {"Range": ranges})]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content


def test_http_18_nothing_is_open_that_need_not_be(place: Town) -> None:
    """No documentation, no debugger, no source, no metrics, and a health page that says one word."""
    for path in (
        "/docs", "/redoc", "/openapi.json", "/metrics", "/debug", "/admin", "/.git/config", "/.env",
        "/server.py", "/static", "/static/", "/api", "/api/admin/v1", "/server-status", "/robots.txt~", "/favicon.ico",
    ):  # fmt: skip
        assert httpx2.get(place.house.url + path).status_code == 404, path
    assert httpx2.get(f"{place.house.url}/healthz").text == "ok\n"
    assert httpx2.get(f"{place.house.url}/readyz").json() == {"stores": "reachable"}


def test_http_17_an_error_tells_nothing(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is a 500 with a number for support; its cause is in the log only."""

    def broken(*_: object) -> None:
        raise RuntimeError("/secret/path of sqlite 3.45")

    monkeypatch.setattr(StaticFiles, "file", broken)
    answer = httpx2.get(f"{place.house.url}/phone-worker.js")
    assert answer.status_code == 500
    assert "data-reference" in answer.text
    for word in ("secret", "sqlite", "RuntimeError", "Traceback", ".py"):
        assert word not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_http_14_nobody_writes_records_of_their_own(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Line breaks and escapes in path, browser and name; tests/commands/test_logs.py has the formats."""
    with caplog.at_level(logging.INFO):
        url = place.house.url
        for target in ("/x%0a2026%20forged", "/x%1b%5b2J", "/\u2028x".encode().decode("latin-1")):
            exchange(url, request(url, target=target, headers=b"User-Agent: \x1b[2Jforged\r\n"), seconds=3)
        browser = place.at("pass")
        browser.submit(username="a\u202eb", password="x")
        browser.post(address(browser), {**hidden(browser), "username": "a\nforged", "password": "x"})
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("doorstep")]
    assert all(line.isprintable() for line in lines)
    details = "".join(place.house.events())
    assert details.isprintable()


# --- connections ------------------------------------------------------------------------------------------------------


def test_http_19_listening_pages_are_bounded(place: Town) -> None:
    """A login has a few streams; the next is told to ask later, and other requests are answered."""
    name = place.person()
    place.phone(name)
    browser = place.waiting(name)
    events = f"{browser.url}/events"
    with httpx2.Client(cookies=dict(browser.http.cookies), timeout=10) as client, ExitStack() as stack:
        lines = []
        for _ in range(MOST_OF_ONE):
            answer = stack.enter_context(client.stream("GET", events))
            lines.append(answer.iter_text())
            assert next(lines[-1]).startswith("retry:")
        refused = client.get(events)
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        assert httpx2.get(f"{place.house.url}/healthz").status_code == 200
    assert httpx2.get(events).status_code == 403


def test_http_20_oddities_of_the_protocol(place: Town) -> None:
    """An expectation, a pipeline, an upgrade, old versions: answered or refused, and never a 5xx."""
    url = place.house.url
    host = b"Host: " + url.split("//")[1].encode() + b"\r\n"
    one = b"GET /healthz HTTP/1.1\r\n" + host + b"\r\n"
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert statuses(exchange(url, one * 200 + last)) == [200] * 201
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    key = b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    answer = exchange(url, b"GET /login/FLOW HTTP/1.1\r\n" + host + upgrade + key, seconds=3)
    assert 101 not in statuses(answer)
    assert all(status < 500 for status in statuses(answer))
    connect = b"CONNECT evil.test:443 HTTP/1.1\r\n" + host + b"\r\n"
    versions = [b"GET /healthz HTTP/%b\r\n\r\n" % version for version in (b"0.9", b"3.0", b"1.1.1")]
    for odd in (b"GET /healthz\r\n", *versions, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00", connect):
        assert all(status < 500 for status in statuses(exchange(url, odd, seconds=0.5))), odd
    headers = b"Expect: 100-continue\r\nContent-Length: 3\r\nContent-Type: " + FORM.encode() + b"\r\n"
    expect = request(url, "POST", "/oauth2/token", headers=headers, body=b"a=b")
    assert statuses(exchange(url, expect))[-1] in (400, 401)


def test_a_healthy_server_after_all_of_it(place: Town) -> None:
    """ALIVE: many hands at once, and each is answered."""
    answers = at_once(50, lambda _: httpx2.get(f"{place.house.url}/readyz", timeout=30).status_code)
    assert answers == [200] * 50
    assert json.loads(httpx2.get(f"{place.house.url}/oauth2/jwks").text)["keys"]
