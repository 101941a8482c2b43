"""`httpGet` and its kin, `callAnalytics` and its kin: through the engine and the real door, against real services."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from engine.model import OrganisationSettings, Services, ServiceSettings
from engine.ports import ConfigurationChange
from outgoing.door import Door
from tests.engine.functions.stage import HOSTILE, script
from tests.engine.world import Visit, World
from tests.outgoing.servers import Service, response, saying, serving

pytestmark = pytest.mark.anyio

GETS, POSTS = ("httpGet", "httpDelete"), ("httpPost", "httpPut", "httpPatch")
TEXT = (("Content-Type", "text/plain"),)
AT_ONCE = "fail({errorMessage: JSON.stringify({it: it})})"
"""How the stage's script tells what an expression is worth: left out where handlers tell."""
TELL = """{
    onSuccess: function (c, d) { fail({errorMessage: JSON.stringify({on: 'success', data: d})}); },
    onFail: function (c, d) { fail({errorMessage: JSON.stringify({on: 'fail', data: d})}); },
    onTimeout: function (c, d) { fail({errorMessage: JSON.stringify({on: 'timeout', data: d})}); }
}"""


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A world with a door, that does not pause before a retry."""

    async def at_once(seconds: float) -> None:
        assert seconds > 0

    door = Door(pause=at_once)
    world = World(outgoing=door)
    yield world
    await door.aclose()


async def told(world: World, call: str, *, service: Service | None = None, **settings: Any) -> dict[str, Any]:
    """What the handlers of *call* tell; `URL` is the service, `H` the handlers."""
    url = f"'{service.url}'" if service is not None else "'http://127.0.0.1:9/'"
    source = script("0", place="start", prelude=call.replace("URL", url).replace("H!", TELL))
    await world.configure(source.replace(AT_ONCE, f"if (it) {AT_ONCE}"))
    await allow(world, service, **settings)
    return read(await world.start())


async def allow(world: World, service: Service | None, **settings: Any) -> None:
    allowed = tuple(service.allow) if service is not None else ()
    changed = replace(OrganisationSettings(), **{"http_allow": allowed, **settings})
    await world.configuration.commit(ConfigurationChange(settings=changed))


def read(visit: Visit) -> dict[str, Any]:
    failed = visit.reply.failed  # type: ignore[union-attr]
    assert failed.reason == "script.fail", failed.reason
    found: dict[str, Any] = json.loads(failed.description or "")
    return found


FORMS = [
    *((name, form) for name in GETS for form in ("URL, H!", "URL, {'X-A': 'b'}, H!", "URL, {'X-A': 'b'}, null, H!")),
    *(
        (name, form)
        for name in POSTS
        for form in (
            "URL, H!",
            "URL, {a: 1}, H!",
            "URL, {a: 1}, {'X-A': 'b'}, H!",
            "URL, {a: 1}, {'X-A': 'b'}, null, H!",
        )
    ),
]


@pytest.mark.parametrize(("name", "form"), FORMS, ids=[f"{name}-does-{form}" for name, form in FORMS])
async def test_every_form_of_the_arguments_is_sent_as_it_says(world: World, name: str, form: str) -> None:
    """The method, the defaults, the headers and the body are what the arguments mean."""
    async with serving(saying(response(b'{"score": 7}'))) as service:
        assert await told(world, f"{name}({form})", service=service) == {"on": "success", "data": {"score": 7}}
        (received,) = service.received
    assert received.line.startswith(name.removeprefix("http").upper() + " / ")
    assert received.header("accept") == ["application/json"]
    assert received.header("x-a") == (["b"] if "X-A" in form else [])
    assert received.body == (b'{"a":1}' if "{a" in form else b"")
    assert received.header("content-type") == (["application/json"] if name in POSTS else [])


AUTHS = [
    ("basic", "{type: 'Basic', properties: {username: 'u', password: 'p'}}", "authorization", "Basic dTpw"),
    ("bearer", "{type: 'BEARER', properties: {token: 't0'}}", "authorization", "Bearer t0"),
    ("apikey", "{type: 'apiKey', properties: {apiKey: 'k', headerName: 'X-Key'}}", "x-key", "k"),
]


@pytest.mark.parametrize(("kind", "auth", "header", "value"), AUTHS, ids=[f"httpGet-does-{one[0]}" for one in AUTHS])
async def test_credentials_are_shown_as_their_type_says(
    world: World, kind: str, auth: str, header: str, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    """In any case of the type; and the log shows none of them."""
    caplog.set_level("DEBUG")
    async with serving(saying(response())) as service:
        assert (await told(world, f"httpGet(URL, null, {auth}, H!)", service=service))["on"] == "success"
        assert service.received[0].header(header) == [value]
    assert value not in caplog.text


@pytest.mark.parametrize("name", ["httpPost"], ids=["httpPost-does-client_credentials"])
async def test_a_token_is_fetched_for_client_credentials(world: World, name: str) -> None:
    """Through the same door."""
    token = response(b'{"access_token": "t1", "token_type": "Bearer", "expires_in": 60}')
    async with serving(saying(token, response())) as service:
        auth = "{type: 'clientcredential', properties: {consumerKey: 'k', consumerSecret: 's', tokenEndpoint: URL}}"
        assert (await told(world, f"{name}(URL, {{a: 1}}, {{}}, {auth}, H!)", service=service))["on"] == "success"
        assert service.received[0].form["grant_type"] == "client_credentials"
        assert service.received[1].header("authorization") == ["Bearer t1"]


ANSWERS = [
    ("does-an object", [response(b'{"a": [1, null, "x"]}')], {"on": "success", "data": {"a": [1, None, "x"]}}, 1),
    ("does-a list", [response(b"[1, 2]")], {"on": "success", "data": [1, 2]}, 1),
    ("does-a large one", [response(b'{"a": 1}' + b" " * 20_000)], {"on": "success", "data": {"a": 1}}, 1),
    ("fails-a large 404", [response(b'{"a": 1}' + b" " * 20_000, status=404)],
     {"on": "fail", "data": {"status": 404, "response": {"a": 1}, "reason": "status"}}, 1),
    ("fails-a large one that is none", [response(b'{"a": 1' + b" " * 20_000)],
     {"on": "fail", "data": {"status": 200, "reason": "not_json"}}, 1),
    ("does-plain text", [response(b"hi", headers=TEXT)], {"on": "success", "data": {"response": "hi"}}, 1),
    ("does-nothing", [response(b"", status=200)], {"on": "success", "data": {}}, 1),
    ("does-a half of a pair", [response(b'{"a": "\\ud800"}')], {"on": "success", "data": {"a": "\ufffd"}}, 1),
    ("does-a huge number", [response(b'{"a": 123456789012345678901234567890}')],
     {"on": "success", "data": {"a": 1.2345678901234568e29}}, 1),
    ("does-a retry after 503", [response(status=503), response(b'{"a": 1}')], {"on": "success", "data": {"a": 1}}, 2),
    ("fails-redirect", [response(b"", status=302, headers=(("Location", "/x"),))],
     {"on": "fail", "data": {"status": 302, "response": "", "reason": "status"}}, 1),
    ("fails-404 with json", [response(b'{"error": "no"}', status=404)],
     {"on": "fail", "data": {"status": 404, "response": {"error": "no"}, "reason": "status"}}, 1),
    ("fails-400 with text", [response(b"no", status=400, headers=TEXT)],
     {"on": "fail", "data": {"status": 400, "response": "no", "reason": "status"}}, 1),
    ("fails-500 three times", [response(b"{}", status=500)],
     {"on": "fail", "data": {"status": 500, "response": {}, "reason": "status"}}, 3),
    ("fails-bad json", [response(b"{nope")], {"on": "fail", "data": {"status": 200, "reason": "not_json"}}, 1),
    ("fails-NaN", [response(b"NaN")], {"on": "fail", "data": {"status": 200, "reason": "not_json"}}, 1),
    ("fails-too deep", [response(b"[" * 5000 + b"]" * 5000)],
     {"on": "fail", "data": {"status": 200, "reason": "not_json"}}, 1),
    ("fails-bytes", [response(b'"\xff"')], {"on": "fail", "data": {"status": 200, "reason": "not_json"}}, 1),
    ("fails-too large", [response(b" " * 1_200_000)], {"on": "fail", "data": {"reason": "too_large"}}, 1),
    ("fails-no HTTP", [b"hello\r\n\r\n"], {"on": "fail", "data": {"reason": "protocol"}}, 1),
]  # fmt: skip
BY_ANSWER = [(name, *rest) for name in ("httpGet", "httpPost") for rest in ANSWERS]


@pytest.mark.parametrize(
    ("name", "what", "answers", "expected", "asked"), BY_ANSWER, ids=[f"{one[0]}-{one[1]}" for one in BY_ANSWER]
)
async def test_an_answer_reaches_its_handler(
    world: World, name: str, what: str, answers: list[bytes], expected: dict[str, Any], asked: int
) -> None:
    """2xx is success, 3xx and 4xx fail at once, 5xx after retries; what cannot be read fails."""
    async with serving(saying(*answers)) as service:
        assert await told(world, f"{name}(URL, H!)", service=service) == expected
        assert len(service.received) == asked


@pytest.mark.parametrize("name", [*GETS, *POSTS], ids=[f"{name}-refuses-no allow-list" for name in (*GETS, *POSTS)])
async def test_what_is_not_allowed_is_not_called(world: World, name: str) -> None:
    """An empty list means nowhere."""
    async with serving(saying(response())) as service:
        expected = {"on": "fail", "data": {"reason": "refused"}}
        assert await told(world, f"{name}(URL, H!)", service=service, http_allow=()) == expected
        assert service.connections == 0


@pytest.mark.parametrize("name", ["httpGet", "httpPost"], ids=["httpGet-fails-no server", "httpPost-fails-no server"])
async def test_a_service_that_is_not_there_is_a_failed_call(world: World, name: str) -> None:
    """Its port is closed."""
    expected = {"on": "fail", "data": {"reason": "unreachable"}}
    assert await told(world, f"{name}(URL, H!)", http_allow=("127.0.0.1:9",)) == expected


@pytest.mark.parametrize("name", ["httpGet"], ids=["httpGet-fails-timeout"])
async def test_silence_reaches_on_timeout(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that never answers."""

    async def silent(*_: object) -> None:
        return None

    monkeypatch.setattr("engine.functions.calling.DEADLINE", 0.2)
    async with serving(silent) as service:
        expected = {"on": "timeout", "data": {"reason": "timeout"}}
        assert await told(world, f"{name}(URL, H!)", service=service) == expected


THROWN = [
    *((name, what, call, kind)
      for name in (*GETS, *POSTS)
      for what, call, kind in (
        ("no handlers", f"{name}(URL)", "Error"),
        ("too many arguments", f"{name}(URL, 1, 2, 3, 4, H!)", "Error"),
        ("no address", f"{name}(null, H!)", "TypeError"),
        ("a number as header", f"{name}(URL, {'{}, ' if name in POSTS else ''}{{'X-A': 1}}, H!)", "TypeError"),
      )),
    *(("httpGet", what, f"httpGet(URL, {{}}, {auth}, H!)", "TypeError")
      for what, auth in (
        ("an unknown type", "{type: 'digest', properties: {}}"),
        ("no type", "{}"),
        ("no properties", "{type: 'basic'}"),
        ("an undefined password", "{type: 'basic', properties: {username: 'u', password: secrets.NOPE}}"),
        ("an empty token", "{type: 'bearer', properties: {token: ''}}"),
        ("a text for auth", "'basic'"),
      )),
    ("httpPost", "a huge body", "httpPost(URL, {a: 'x'.repeat(300000)}, H!)", "RangeError"),
    ("httpPost", "a nested form", "httpPost(URL, {a: {}}, {'Content-Type': 'application/x-www-form-urlencoded'}, H!)",
     "TypeError"),
    ("httpPost", "a cyclic body", "var o = {}; o.o = o; httpPost(URL, o, H!)", "TypeError"),
    *(("httpGet", f"{kind} for handlers", f"httpGet(URL, {HOSTILE[kind]})", "TypeError")
      for kind in ("null", "undefined", "a number", "a text", "a function", "a host function")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "what", "call", "kind"), THROWN, ids=[f"{one[0]}-refuses-{one[1]}" for one in THROWN]
)
async def test_arguments_that_are_none_throw_and_nothing_leaves(
    world: World, name: str, what: str, call: str, kind: str
) -> None:
    """An Error of the script, before anything is called."""
    async with serving(saying(response())) as service:
        assert await told(world, call, service=service) == {"it": f"throws {kind}"}
        assert not service.received


FORM = "{'content-type': 'application/x-www-form-urlencoded'}"
BODIES = [
    ("a form", "{a: 'x y', b: 1.5, c: true}", FORM, b"a=x+y&b=1.5&c=true"),
    ("another type", "{a: 1}", "{'Content-Type': 'application/scim+json'}", b'{"a":1}'),
    ("an empty object", "{}", "{}", b""),
    ("a list", "[1, undefined]", "{}", b"[1,null]"),
    ("a text", "'as it is'", "{'Content-Type': 'text/plain'}", b"as it is"),
    ("letters", "{a: '\\u00e4\\ud83d\\ude00'}", "{}", '{"a":"ä😀"}'.encode()),
]


@pytest.mark.parametrize(("what", "body", "headers", "sent"), BODIES, ids=[f"httpPost-does-{one[0]}" for one in BODIES])
async def test_a_body_is_written_as_its_content_type_says(
    world: World, what: str, body: str, headers: str, sent: bytes
) -> None:
    """A form as a form, an object as JSON, a text as it is, an empty one not at all."""
    async with serving(saying(response())) as service:
        await told(world, f"httpPost(URL, {body}, {headers}, H!)", service=service)
        assert service.received[0].body == sent


@pytest.mark.parametrize("name", ["httpPost"], ids=["httpPost-refuses-no handler"])
async def test_an_outcome_without_its_handler_ends_the_login(world: World, name: str) -> None:
    """Nothing goes on as if nothing had happened."""
    async with serving(saying(response(status=404))) as service:
        call = f"{name}('{service.url}', {{}}, {{onSuccess: function () {{}}}});"
        await world.configure(f"function onLoginRequest(c) {{ {call} }}")
        await allow(world, service)
        assert (await world.start()).page == "out: script.no_handler"


@pytest.mark.parametrize("name", ["httpPost"], ids=["httpPost-does-once"])
async def test_a_call_in_a_callback_leaves_once(world: World, name: str) -> None:
    """After the password, however often the script runs again because it reads the world."""
    async with serving(saying(response(b'{"a": 1}'))) as service:
        call = f"{name}('{service.url}', {{a: 1}}, {TELL}); hasRole(u, 'x'); n.roles"
        await world.configure(script("null", place="callback", prelude=call).replace(AT_ONCE, ""))
        await allow(world, service)
        visit = await world.start()
        await visit.prove("mara")
        assert read(visit) == {"on": "success", "data": {"a": 1}}
        assert len(service.received) == 1


# --- configured services ----------------------------------------------------------------------------------------------

EVENT = "{Application: 'app one', InputStream: 'in'}"
CALLED = {
    "callAnalytics": f"callAnalytics({EVENT}, {{user: 'mara'}}, H!)",
    "callElastic": "callElastic({username: 'mara', index: 'x'}, H!)",
    "callChoreo": "callChoreo({url: URL, consumerKeyAlias: 'key', consumerSecretAlias: 'pass'}, {a: 1}, H!)",
}


def services(service: Service, *, secret: str | None = "pass", username: str | None = "u") -> Services:
    one = ServiceSettings(service.url, username, secret)
    return Services(one, one, one)


@pytest.mark.parametrize("name", CALLED, ids=[f"{name}-refuses-not_configured" for name in CALLED])
async def test_a_service_that_is_not_configured_is_a_failed_call(world: World, name: str) -> None:
    """And nothing leaves."""
    expected = {"on": "fail", "data": {"reason": "not_configured"}}
    assert await told(world, CALLED[name]) == expected


@pytest.mark.parametrize("name", CALLED, ids=[f"{name}-refuses-secret not stored" for name in CALLED])
async def test_a_secret_that_is_not_stored_is_a_failed_call(world: World, name: str) -> None:
    """A service is not called without what it must be shown."""
    async with serving(saying(response())) as service:
        expected = {"on": "fail", "data": {"reason": "not_configured"}}
        assert await told(world, CALLED[name], service=service, services=services(service)) == expected
        assert not service.received


async def store_secrets(world: World) -> None:
    await world.configuration.commit(ConfigurationChange(secrets={"key": "k", "pass": "p"}))


DONE = {
    "callAnalytics": (b'{"event": {"riskScore": 3}}', {"event": {"riskScore": 3}}, b'{"event":{"user":"mara"}}'),
    "callElastic": (b'{"risk_score": 2}', {"risk_score": 2}, b'{"username":"mara","index":"x"}'),
}


@pytest.mark.parametrize("name", DONE, ids=[f"{name}-does-ask" for name in DONE])
async def test_a_configured_service_is_asked(world: World, name: str) -> None:
    """With the stored secret, and the body that it expects."""
    answer, data, body = DONE[name]
    await store_secrets(world)
    async with serving(saying(response(answer))) as service:
        found = await told(world, CALLED[name], service=service, services=services(service))
        assert found == {"on": "success", "data": data}
        (received,) = service.received
    assert received.body == body
    assert received.header("authorization") == ["Basic dTpw"]
    if name == "callAnalytics":
        assert received.line.startswith("POST /app%20one/in ")


@pytest.mark.parametrize("name", ["callChoreo"], ids=["callChoreo-does-ask"])
async def test_choreo_is_called_with_a_token(world: World, name: str) -> None:
    """Of the keys that the script names."""
    await store_secrets(world)
    token = response(b'{"access_token": "t1", "token_type": "Bearer", "expires_in": 60}')
    async with serving(saying(token, response(b'{"b": 2}'))) as service:
        found = await told(world, CALLED[name], service=service, services=services(service))
        assert found == {"on": "success", "data": {"b": 2}}
        assert service.received[0].header("authorization") == ["Basic azpw"]
        assert service.received[1].header("authorization") == ["Bearer t1"]


FAILING = [
    ("callElastic", "no score", response(b"{}"), {"reason": "no_score"}),
    ("callElastic", "a text for score", response(b'{"risk_score": "2"}'), {"reason": "no_score"}),
    *((name, "500", response(b"{}", status=500), {"status": 500, "response": {}, "reason": "status"}) for name in DONE),
]


@pytest.mark.parametrize(
    ("name", "what", "answer", "data"), FAILING, ids=[f"{one[0]}-fails-{one[1]}" for one in FAILING]
)
async def test_what_a_service_answers_wrongly_is_a_failed_call(
    world: World, name: str, what: str, answer: bytes, data: dict[str, Any]
) -> None:
    """Not a score of nothing."""
    async with serving(saying(answer)) as service:
        found = await told(world, CALLED[name], service=service, services=services(service, secret=None))
        assert found == {"on": "fail", "data": data}


@pytest.mark.parametrize(
    "path",
    ["http://elsewhere.test/x", "//elsewhere.test/x", "/../x", "x"],
    ids=lambda path: f"callAnalytics-refuses-{path}",
)
async def test_analytics_goes_nowhere_but_below_its_address(world: World, path: str) -> None:
    """The secret is not shown to anybody else."""
    async with serving(saying(response())) as service:
        call = f"callAnalytics({{ReceiverUrl: '{path}'}}, {{}}, H!)"
        found = await told(world, call, service=service, services=services(service, secret=None))
        assert found == {"on": "fail", "data": {"reason": "refused"}}
        assert not service.received


WRONG = [
    ("callAnalytics", "callAnalytics($, {}, H!)"),
    ("callAnalytics", f"callAnalytics({EVENT}, $, H!)"),
    ("publishToAnalytics", "publishToAnalytics($, {}, context)"),
    ("callElastic", "callElastic($, H!)"),
    ("callChoreo", "callChoreo($, {}, H!)"),
]
NO_OBJECTS = ("null", "undefined", "a number", "a text", "a long list", "a cyclic list", "a function")
HOSTILE_CALLS = [
    (name, f"{kind} ({at})", call.replace("$", f"({HOSTILE[kind]})"))
    for at, (name, call) in enumerate(WRONG)
    for kind in NO_OBJECTS
]


@pytest.mark.parametrize(
    ("name", "what", "call"), HOSTILE_CALLS, ids=[f"{one[0]}-refuses-{one[1]}" for one in HOSTILE_CALLS]
)
async def test_what_is_no_plain_object_throws(world: World, name: str, what: str, call: str) -> None:
    """A TypeError of the script."""
    assert await told(world, call) == {"it": "throws TypeError"}


@pytest.mark.parametrize("name", ["publishToAnalytics"], ids=["publishToAnalytics-does-tell"])
async def test_an_event_is_published_once_the_login_is_stored(world: World, name: str) -> None:
    """And the login does not wait for it."""
    async with serving(saying(response())) as service:
        await world.configure(f"function onLoginRequest(c) {{ {name}({EVENT}, {{a: 1}}, c); executeStep(1); }}")
        await allow(world, service, services=services(service, secret=None))
        assert (await world.start()).page == "password"
        await service.connected(1)
        await world.spawned.finish()
        assert [one.body for one in service.received] == [b'{"event":{"a":1}}']
