"""Calls that show who makes them: passwords, tokens, keys, and tokens fetched with client credentials."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable

import pytest

from engine.outgoing import (
    ApiKey,
    Basic,
    Bearer,
    ClientCredentials,
    Credentials,
    OutgoingFailure,
    OutgoingRequest,
    OutgoingResponse,
)
from outgoing.door import Door
from outgoing.tokens import LONGEST_TOKEN, MOST_KEPT, Token, Tokens
from tests.outgoing.servers import Answer, Received, Service, response, saying, serving

pytestmark = pytest.mark.anyio


class Clock:
    """Time that stands until it is moved."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def granting(token: str = "t-{number}", **more: object) -> Answer:
    """A token endpoint that gives a new token each time; `{number}` counts them."""
    number = 0

    async def answer(received: Received, out: asyncio.StreamWriter) -> None:
        nonlocal number
        number += 1
        body = {"access_token": token.format(number=number), "token_type": "Bearer"} | more
        out.write(response(json.dumps(body).encode()))

    return answer


def client(tokens: Service, *, key: str = "key", scope: str | None = None) -> ClientCredentials:
    """Client credentials for that endpoint."""
    return ClientCredentials(key, "s3cret", tokens.url + "token", scope)


async def call(
    door: Door, service: Service, credentials: Credentials, tokens: Service | None = None
) -> OutgoingResponse | OutgoingFailure:
    """A call with these credentials."""
    allow = service.allow + (tokens.allow if tokens else [])
    return await door.send(OutgoingRequest("POST", service.url, body=b"{}", credentials=credentials), allow=allow)


def shown(service: Service, header: str = "authorization") -> list[str]:
    """What each call to *service* had in that header."""
    return [value for received in service.received for value in received.header(header)]


@pytest.mark.parametrize(
    ("credentials", "header", "value"),
    [
        (Basic("mara", "pa:ss"), "authorization", "Basic " + base64.b64encode(b"mara:pa:ss").decode()),
        (Basic("mära", "€"), "authorization", "Basic " + base64.b64encode("mära:€".encode()).decode()),
        (Bearer("abc.def-ghi_~+/=="), "authorization", "Bearer abc.def-ghi_~+/=="),
        (ApiKey("X-API-Key", "k 1"), "x-api-key", "k 1"),
    ],
)
async def test_credentials_are_sent_as_their_scheme_says(
    door: Door, credentials: Credentials, header: str, value: str
) -> None:
    """RFC 7617, RFC 6750, and a header that the service names."""
    async with serving(saying(response())) as service:
        assert isinstance(await call(door, service, credentials), OutgoingResponse)
    assert shown(service, header) == [value]


@pytest.mark.parametrize(
    "credentials",
    [
        Basic("a:b", "SECRET"),
        Basic("a\r\nX: y", "SECRET"),
        Basic("a", "SECRET\x00"),
        Basic("a", "SECRET\ud800"),
        Bearer("SECRET token"),
        Bearer("SECRET\r\nX: y"),
        Bearer(""),
        Bearer("SECRET\u00e9"),
        ApiKey("Host", "SECRET"),
        ApiKey("X\r\nY", "SECRET"),
        ApiKey("X-Key", "SECRET\n"),
        ApiKey("X-Key", ""),
        ApiKey("", "SECRET"),
    ],
)
async def test_credentials_that_would_break_the_message_are_refused(door: Door, credentials: Credentials) -> None:
    """Nothing is sent, and the secret is in no text."""
    async with serving(saying(response())) as service:
        outcome = await call(door, service, credentials)
    assert isinstance(outcome, OutgoingFailure)
    assert outcome.kind == "refused"
    assert service.connections == 0
    assert "SECRET" not in repr(outcome) + repr(credentials)


async def test_a_header_and_credentials_of_the_same_name_are_refused(door: Door) -> None:
    """Which of two would count is not left to chance."""
    async with serving(saying(response())) as service:
        request = OutgoingRequest(
            "GET", service.url, headers=(("authorization", "Basic x"),), credentials=Bearer("token")
        )
        assert isinstance(await door.send(request, allow=service.allow), OutgoingFailure)
    assert service.connections == 0


# --- client credentials -----------------------------------------------------------------------------------------------


async def test_a_token_is_fetched_and_shown_to_the_service(door: Door) -> None:
    """The request of RFC 6749 §4.4.2, the client's secret as basic credentials (§2.3.1)."""
    async with serving(granting()) as tokens, serving(saying(response())) as service:
        credentials = ClientCredentials("k+1", "s/2", tokens.url + "token", "read write")
        assert isinstance(await call(door, service, credentials, tokens), OutgoingResponse)
    asked = tokens.received[0]
    assert asked.line == "POST /token HTTP/1.1"
    assert asked.form == {"grant_type": "client_credentials", "scope": "read write"}
    assert asked.header("authorization") == ["Basic " + base64.b64encode(b"k%2B1:s%2F2").decode()]
    assert asked.header("content-type") == ["application/x-www-form-urlencoded"]
    assert asked.header("accept") == ["application/json"]
    assert shown(service) == ["Bearer t-1"]


async def test_a_token_is_used_again_until_it_ends(door_with: Callable[..., Door]) -> None:
    """`expires_in` seconds, less a margin."""
    clock = Clock()
    door = door_with(clock=clock)
    async with serving(granting(expires_in=60)) as tokens, serving(saying(response())) as service:
        for later in (0, 30, 19, 5):
            clock.now += later
            await call(door, service, client(tokens), tokens)
    assert shown(service) == ["Bearer t-1", "Bearer t-1", "Bearer t-1", "Bearer t-2"]


def jwt(claims: object) -> str:
    """A JWT that nobody has signed."""
    return f"e30.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.c2ln"


@pytest.mark.parametrize("subject", ["", "a", "ab", "abc"])
async def test_a_jwt_is_not_used_past_its_exp(door_with: Callable[..., Door], subject: str) -> None:
    """Where the endpoint tells no lifetime, or a longer one, the token's own end counts; of any length."""
    clock = Clock()
    for more in ({}, {"expires_in": 3600}):
        door = door_with(clock=clock)
        token = jwt({"exp": clock.now + 60, "sub": subject})
        async with serving(granting(token, **more)) as tokens, serving(saying(response())) as service:
            for later in (0, 30, 25):
                clock.now += later
                await call(door, service, client(tokens), tokens)
        assert len(tokens.received) == 2


@pytest.mark.parametrize(
    "token", [jwt({}), jwt({"exp": None}), jwt({"exp": "soon"}), jwt([]), "e30.~~.x", f"e30.{'WzAs' * 2000}.x", "a.b"]
)
async def test_a_token_that_only_looks_like_a_jwt_lasts_as_long_as_the_endpoint_says(door: Door, token: str) -> None:
    """Nothing in it can break the call."""
    async with serving(granting(token, expires_in=600)) as tokens, serving(saying(response())) as service:
        for _ in range(2):
            assert isinstance(await call(door, service, client(tokens), tokens), OutgoingResponse)
    assert len(tokens.received) == 1


async def test_a_jwt_that_never_ends_is_used_once(door: Door) -> None:
    """A number beyond all bounds is no time."""
    payload = base64.urlsafe_b64encode(b'{"exp":1e999}').decode().rstrip("=")
    token = f"e30.{payload}.c2ln"
    async with serving(granting(token)) as tokens, serving(saying(response())) as service:
        for _ in range(2):
            assert isinstance(await call(door, service, client(tokens), tokens), OutgoingResponse)
    assert len(tokens.received) == 2


async def test_a_token_is_not_used_in_the_moment_of_its_end(door_with: Callable[..., Door]) -> None:
    """Ten seconds before it ends it counts as over."""
    clock = Clock()
    door = door_with(clock=clock)
    async with serving(granting(expires_in=60)) as tokens, serving(saying(response())) as service:
        for later in (0, 50):
            clock.now += later
            await call(door, service, client(tokens), tokens)
    assert len(tokens.received) == 2


@pytest.mark.parametrize(("length", "fits"), [(LONGEST_TOKEN, True), (LONGEST_TOKEN + 1, False)])
async def test_a_token_has_a_bounded_length(door: Door, length: int, fits: bool) -> None:
    """The longest that fits is shown whole."""
    async with serving(granting("t" * length)) as tokens, serving(saying(response())) as service:
        outcome = await call(door, service, client(tokens), tokens)
    assert isinstance(outcome, OutgoingResponse) is fits
    assert shown(service) == (["Bearer " + "t" * length] if fits else [])


@pytest.mark.parametrize("lifetime", [None, 0, -5, 5, "nonsense", "NaN", "Infinity", "-1e999"])
async def test_a_token_without_a_sensible_lifetime_is_used_once(door: Door, lifetime: object) -> None:
    """What ends at an unknown time is fetched anew for each call."""
    async with serving(granting(expires_in=lifetime)) as tokens, serving(saying(response())) as service:
        for _ in range(2):
            await call(door, service, client(tokens), tokens)
    assert shown(service) == ["Bearer t-1", "Bearer t-2"]


async def test_no_token_is_kept_longer_than_an_hour(door_with: Callable[..., Door]) -> None:
    """However long the endpoint says it lasts."""
    clock = Clock()
    door = door_with(clock=clock)
    async with serving(granting(expires_in="1e15")) as tokens, serving(saying(response())) as service:
        await call(door, service, client(tokens), tokens)
        clock.now += 3601
        await call(door, service, client(tokens), tokens)
    assert len(tokens.received) == 2


async def test_other_credentials_get_other_tokens(door: Door) -> None:
    """Key, scope and endpoint are part of what a token is for."""
    async with serving(granting(expires_in=600)) as tokens, serving(saying(response())) as service:
        for one in (client(tokens), client(tokens, key="key2"), client(tokens, scope="x"), client(tokens, scope="")):
            await call(door, service, one, tokens)
    assert len(set(shown(service))) == 4


async def test_a_token_that_the_service_refuses_is_renewed_once(door: Door) -> None:
    """A kept token may have been revoked; a new one that is refused too is the answer."""
    refusing = saying(response(), response(status=401), response(b"again"), response(status=401))
    async with serving(granting(expires_in=600)) as tokens, serving(refusing) as service:
        for status in (200, 200, 401):
            outcome = await call(door, service, client(tokens), tokens)
            assert isinstance(outcome, OutgoingResponse)
            assert outcome.status == status
    assert shown(service) == ["Bearer t-1", "Bearer t-1", "Bearer t-2", "Bearer t-2", "Bearer t-3"]


async def test_a_fresh_token_that_is_refused_is_not_renewed(door: Door) -> None:
    """Asking for another at once would not help, and it is not kept."""
    refusing = saying(response(status=401))
    async with serving(granting(expires_in=600)) as tokens, serving(refusing) as service:
        for _ in range(2):
            await call(door, service, client(tokens), tokens)
    assert shown(service) == ["Bearer t-1", "Bearer t-2"]


async def test_a_token_that_was_not_kept_and_is_refused_is_just_refused(door: Door) -> None:
    """The service's 401 is the answer."""
    async with serving(granting()) as tokens, serving(saying(response(status=401))) as service:
        outcome = await call(door, service, client(tokens), tokens)
    assert isinstance(outcome, OutgoingResponse)
    assert outcome.status == 401


async def test_a_late_refusal_of_an_old_token_does_not_drop_the_new_one() -> None:
    """Of two calls with the same old token the second finds that the first has renewed it."""
    number = 0

    async def send(request: OutgoingRequest) -> OutgoingResponse:
        nonlocal number
        number += 1
        return OutgoingResponse(200, body=b'{"access_token":"t-%d","expires_in":600}' % number)

    tokens, credentials = Tokens(Clock()), ClientCredentials("k", "s", "https://api.example.test/token")
    old = await tokens.token(credentials, send)
    assert isinstance(old, Token)
    tokens.forget(credentials, old)
    assert await tokens.token(credentials, send) == Token("t-2", reused=False)
    tokens.forget(credentials, old)
    assert await tokens.token(credentials, send) == Token("t-2", reused=True)


async def test_many_calls_at_once_fetch_one_token(door: Door) -> None:
    """A token that ends does not send every login to the endpoint."""
    async with serving(granting(expires_in=600)) as tokens, serving(saying(response())) as service:
        await asyncio.gather(*(call(door, service, client(tokens), tokens) for _ in range(10)))
    assert len(tokens.received) == 1
    assert shown(service) == ["Bearer t-1"] * 10


async def test_the_number_of_kept_tokens_is_bounded(door: Door) -> None:
    """Scripts may make up as many clients as they like."""
    async with serving(granting(expires_in=600)) as tokens, serving(saying(response())) as service:
        for number in range(MOST_KEPT + 5):
            await call(door, service, client(tokens, key=f"k{number}"), tokens)
    assert len(door._tokens._kept) == MOST_KEPT
    assert door._tokens._fetching == {}


async def test_the_token_endpoint_is_bound_by_the_allow_list(door: Door) -> None:
    """It is called through the same door; neither it nor the service is reached otherwise."""
    async with serving(granting()) as tokens, serving(saying(response())) as service:
        for allow in (service.allow, tokens.allow):
            request = OutgoingRequest("GET", service.url, credentials=client(tokens))
            outcome = await door.send(request, allow=allow)
            assert isinstance(outcome, OutgoingFailure)
            assert outcome.kind == "refused"
    assert (tokens.connections, service.connections) == (0, 0)


async def test_no_token_is_fetched_for_a_call_that_must_not_leave(door: Door) -> None:
    """The request is looked at before the endpoint is asked."""
    async with serving(granting()) as tokens, serving(saying(response())) as service:
        request = OutgoingRequest("GET", service.url, headers=(("Host", "x"),), credentials=client(tokens))
        assert isinstance(await door.send(request, allow=service.allow + tokens.allow), OutgoingFailure)
    assert (tokens.connections, service.connections) == (0, 0)


@pytest.mark.parametrize(
    "reply",
    [
        response(b'{"error":"invalid_client","secret":"SECRET"}', status=401),
        response(b'{"access_token":"t","token_type":"Bearer"}', status=400),
        response(b"", status=302, headers=(("Location", "http://localhost/"),)),
        response(b"not json SECRET"),
        response(b"[]"),
        response(b'{"token_type":"Bearer"}'),
        response(b'{"access_token":"","token_type":"Bearer"}'),
        response(b'{"access_token":5,"token_type":"Bearer"}'),
        response(b'{"access_token":"SECRET","token_type":"mac"}'),
        response(b'{"access_token":"SECRET\\r\\nX: y","token_type":"Bearer"}'),
        response(b'{"access_token":"%s"}' % (b"S" * 9000)),
        response(b'{"x":' + b"[" * 100_000),
        response(b"\xff\xfe"),
    ],
)
async def test_a_token_endpoint_that_gives_no_token_ends_the_call(door: Door, reply: bytes) -> None:
    """The service is not called, and nothing of the endpoint's answer is repeated."""
    async with serving(saying(reply)) as tokens, serving(saying(response())) as service:
        outcome = await call(door, service, client(tokens), tokens)
    assert isinstance(outcome, OutgoingFailure)
    assert outcome.kind in ("protocol", "refused")
    assert "SECRET" not in outcome.detail
    assert "broke with" not in outcome.detail
    assert service.connections == 0


async def test_a_token_endpoint_that_is_down_is_tried_again(door: Door) -> None:
    """Fetching a token changes nothing, so it may always be repeated."""
    good = response(b'{"access_token":"t","token_type":"bearer"}')
    async with serving(saying(response(status=503), good)) as tokens, serving(saying(response())) as service:
        assert isinstance(await call(door, service, client(tokens), tokens), OutgoingResponse)
    assert shown(service) == ["Bearer t"]
