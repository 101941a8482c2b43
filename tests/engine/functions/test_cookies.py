"""`setCookie` and `getCookieValue`: through the engine, and back from a browser that may have changed them."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import pytest

from engine.functions import cookies
from engine.model import RequestFacts
from engine.outcome import Page
from engine.seals import Seals
from tests.engine.functions.stage import HOSTILE, PLACES, each, hostile, read, refuses, script, worth
from tests.engine.world import Visit, World
from web.cookies import OURS

pytestmark = pytest.mark.anyio

SEALED = "{sign: true, encrypt: true}"
OPENED = "{validateSignature: true, decrypt: true}"


async def written(world: World, call: str, *, place: str = "start") -> tuple[str, ...]:
    """What the next answer sets after *call*."""
    body = f"{call}; executeStep(2);"
    inner = body if place == "start" else f"executeStep(1, {{onSuccess: function (context) {{ {body} }}}});"
    await world.configure(f"function onLoginRequest(context) {{ {inner} }}")
    visit = await world.start()
    if place != "start":
        await visit.prove("mara")
    assert isinstance(visit.reply, Page), visit.page
    return visit.reply.cookies


async def value_of(world: World, sent: Mapping[str, str], options: str = "", *, name: str = "device") -> Any:
    """What the script reads when the browser sends these."""
    source = script(f"getCookieValue(context.request, '{name}'{options and ', ' + options})", place="start")
    await world.configure(source)
    visit: Visit = await world.start(facts=RequestFacts(ip="203.0.113.9", cookies=dict(sent)))
    return read(visit)


def kept(cookie: str) -> str:
    """The value as the browser keeps it."""
    return cookie.partition(";")[0].partition("=")[2]


def content(value: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(b64decode(value))
    return found


def packed(**parts: str) -> str:
    return b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize("place", PLACES, ids=[f"setCookie-does-{place}" for place in PLACES])
async def test_a_cookie_is_set_safely_unless_the_script_says_otherwise(world: World, place: str) -> None:
    """Not for scripts of pages, not without TLS, not for other sites."""
    (cookie,) = await written(world, "setCookie(context.response, 'device', 'abc')", place=place)
    assert cookie.partition(";")[2] == " Path=/; SameSite=Lax; Secure; HttpOnly"
    assert content(kept(cookie)) == {"value": "abc"}


ATTRIBUTES = [
    ("{'max-age': 60}", "Path=/; SameSite=Lax; Max-Age=60; Secure; HttpOnly"),
    ("{'max-age': 0}", "Path=/; SameSite=Lax; Max-Age=0; Secure; HttpOnly"),
    ("{'max-age': -1}", "Path=/; SameSite=Lax; Secure; HttpOnly"),
    ("{'max-age': 1e9}", f"Path=/; SameSite=Lax; Max-Age={cookies.LONGEST_LIFE}; Secure; HttpOnly"),
    ("{domain: 'example.test', path: '/login'}", "Path=/login; SameSite=Lax; Domain=example.test; Secure; HttpOnly"),
    ("{sameSite: 'STRICT', httpOnly: false}", "Path=/; SameSite=Strict; Secure"),
    ("{sameSite: 'none'}", "Path=/; SameSite=None; Secure; HttpOnly"),
    ("{secure: false}", "Path=/; SameSite=Lax; HttpOnly"),
    ("{comment: 'x', version: 1, other: 3}", "Path=/; SameSite=Lax; Secure; HttpOnly"),
]


@pytest.mark.parametrize(("properties", "said"), ATTRIBUTES, ids=[f"setCookie-does-{one[0]}" for one in ATTRIBUTES])
async def test_properties_become_attributes(world: World, properties: str, said: str) -> None:
    """As RFC 6265 writes them."""
    (cookie,) = await written(world, f"setCookie(context.response, 'device', 'a', {properties})")
    assert cookie.partition("; ")[2] == said


SET = "setCookie(context.response, "
WRONG = [
    ("two arguments", "setCookie(context.response, 'a')", "Error"),
    ("five arguments", f"{SET}'a', 'b', {{}}, 1)", "Error"),
    ("a name of ours", f"{SET}'doorstep-session', 'x')", "TypeError"),
    ("a name of ours in capitals", f"{SET}'Doorstep-session', 'x')", "TypeError"),
    ("a name of ours with a prefix", f"{SET}'__Host-doorstep-session', 'x')", "TypeError"),
    ("a name with a break", f"{SET}'a\\r\\nX', 'x')", "TypeError"),
    ("a name with a semicolon", f"{SET}'a;b', 'x')", "TypeError"),
    ("__Host- with a domain", f"{SET}'__Host-a', 'x', {{domain: 'a.test'}})", "TypeError"),
    ("__Host- with a path", f"{SET}'__Host-a', 'x', {{path: '/a'}})", "TypeError"),
    ("__Host- without secure", f"{SET}'__Host-a', 'x', {{secure: false}})", "TypeError"),
    ("__Secure- without secure", f"{SET}'__Secure-a', 'x', {{secure: false}})", "TypeError"),
    ("NONE without secure", f"{SET}'a', 'x', {{sameSite: 'NONE', secure: false}})", "TypeError"),
    ("an unknown sameSite", f"{SET}'a', 'x', {{sameSite: 'maybe'}})", "TypeError"),
    ("a path with a semicolon", f"{SET}'a', 'x', {{path: '/; Domain=test'}})", "TypeError"),
    ("a domain with a break", f"{SET}'a', 'x', {{domain: 'a.test\\n'}})", "TypeError"),
    ("a text as sign", f"{SET}'a', 'x', {{sign: 'yes'}})", "TypeError"),
    ("a yes as max-age", f"{SET}'a', 'x', {{'max-age': true}})", "TypeError"),
    ("a long value", f"{SET}'a', 'x'.repeat(1000))", "RangeError"),
    ("an eleventh", f"for (var i = 0; i < 11; i++) {SET}'a' + i, 'x')", "RangeError"),
    ("properties that are a text", f"{SET}'a', 'x', 'sign')", "TypeError"),
]


@pytest.mark.parametrize(("what", "call", "kind"), WRONG, ids=[f"setCookie-refuses-{one[0]}" for one in WRONG])
async def test_what_is_no_cookie_throws(world: World, what: str, call: str, kind: str) -> None:
    """And is not set."""
    assert await worth(world, "0", place="start", prelude=call) == f"throws {kind}"


FIRST = "setCookie($, 'a', 'b')"
CASES = [
    *hostile("setCookie", FIRST, "throws TypeError"),
    *hostile("setCookie", "setCookie(context.response, 'a', $)", "throws TypeError",
             but=("a text", "a long text", "a lone surrogate", "an empty text")),
    refuses("setCookie", "a very long text", f"{SET}'a', 'x'.repeat(100000))", "throws RangeError"),
    *hostile("getCookieValue", "getCookieValue($, 'device')", None, but=("a part of the context",)),
    *hostile("getCookieValue", "getCookieValue(context.request, $)", None),
]  # fmt: skip


@each(CASES)
async def test_hostile_arguments_are_refused(world: World, case: Any) -> None:
    """No value, no cookie, no harm."""
    assert await worth(world, case.expression, place="start") == case.expected


TRIPS = [("plain", "{}", ""), ("signed", "{sign: true}", "{validateSignature: true}"),
         ("encrypted", "{encrypt: true}", "{decrypt: true}"), ("both", SEALED, OPENED)]  # fmt: skip


@pytest.mark.parametrize(("what", "sealed", "opened"), TRIPS, ids=[f"getCookieValue-does-{one[0]}" for one in TRIPS])
async def test_what_was_set_comes_back(world: World, what: str, sealed: str, opened: str) -> None:
    """The same text, also beyond ASCII; encrypted, nothing of it can be seen."""
    (cookie,) = await written(world, f"setCookie(context.response, 'device', 'mära\\ud83d\\ude00', {sealed})")
    assert await value_of(world, {"device": kept(cookie)}, opened) == "mära😀"
    if "encrypt" in sealed:
        assert "m" + "\u00e4" not in content(kept(cookie))["value"]


async def test_a_changed_or_borrowed_cookie_is_none(world: World) -> None:
    """A signature and an encryption hold for their own name and value only."""
    (cookie,) = await written(world, f"setCookie(context.response, 'device', 'abc', {SEALED})")
    sealed = content(kept(cookie))
    other = Seals()
    forged = {
        "no signature": packed(value=sealed["value"]),
        "another's signature": packed(value="abc", signature=other.signature("device", "abc")),
        "another value": packed(value=sealed["value"][:-4] + "AAA=", signature=sealed["signature"]),
        "no text": packed(value="abc", signature="\ud800"),
    }
    for what, value in forged.items():
        assert await value_of(world, {"device": value}, OPENED) is None, what
        assert await value_of(world, {"device": value}, "{validateSignature: true}") is None, what
    assert await value_of(world, {"trusted": kept(cookie)}, OPENED, name="trusted") is None
    assert await value_of(world, {"trusted": kept(cookie)}, "{decrypt: true}", name="trusted") is None


UNREAD = {
    "no base64": "%%%",
    "no json": b64encode(b"hello").decode(),
    "a list": b64encode(b"[1]").decode(),
    "a number as value": b64encode(b'{"value": 1}').decode(),
    "half of a pair": b64encode(b'{"value": "\\ud800"}').decode(),
    "deep": b64encode(b"[" * 700).decode(),
    "long": packed(value="x" * 2000),
}


@pytest.mark.parametrize("what", UNREAD, ids=[f"getCookieValue-refuses-{what}" for what in UNREAD])
async def test_what_cannot_be_read_is_null(world: World, what: str) -> None:
    """A browser may send anything."""
    for options in ("", OPENED, "{decrypt: true}"):
        assert await value_of(world, {"device": UNREAD[what]}, options) is None


@pytest.mark.parametrize("option", ["'no'", "1", "{}"], ids=lambda option: f"getCookieValue-refuses-option {option}")
async def test_an_option_that_is_no_yes_or_no_reads_nothing(world: World, option: str) -> None:
    """Nothing is taken for checked that was not."""
    assert await value_of(world, {"device": packed(value="a")}, f"{{validateSignature: {option}}}") is None


async def test_a_cookie_set_by_a_run_that_starts_again_is_set_once(world: World) -> None:
    """Reading the world after setting it changes nothing."""
    found = "getUniqueUserWithClaimValues({'urn:color': 'blue'}, context)"
    assert len(await written(world, f"setCookie(context.response, 'a', 'b', {SEALED}); hasRole({found}, 'x')")) == 1


def test_the_servers_own_names_are_those_that_scripts_cannot_set() -> None:
    """Both sides mean the same beginning."""
    assert OURS.match(cookies.OURS + "x")
    assert OURS.match("__Host-" + cookies.OURS)
    assert "a part of the context" in HOSTILE
