"""Calls through the door: what comes back, what is refused, what a bad server or network can do."""

from __future__ import annotations

import asyncio
import gzip
import logging
import random
from collections.abc import Callable

import pytest

from engine.outgoing import OutgoingFailure, OutgoingRequest, OutgoingResponse
from outgoing.answers import LARGEST_ANSWER, MOST_PIECES
from outgoing.door import Door
from outgoing.shares import MOST_OF_ONE, MOST_WAITING
from tests.outgoing.servers import Received, Service, response, saying, serving

pytestmark = pytest.mark.anyio


def get(service: Service, path: str = "", *, read_timeout: float = 5.0, retryable: bool = False) -> OutgoingRequest:
    """A plain call to *service*."""
    return OutgoingRequest("GET", service.url + path, read_timeout=read_timeout, retryable=retryable)


def failed(outcome: OutgoingResponse | OutgoingFailure) -> str:
    """The kind of failure."""
    assert isinstance(outcome, OutgoingFailure), outcome
    return outcome.kind


def answered(outcome: OutgoingResponse | OutgoingFailure) -> OutgoingResponse:
    """The answer."""
    assert isinstance(outcome, OutgoingResponse), outcome
    return outcome


# --- what goes and comes ----------------------------------------------------------------------------------------------


async def test_a_call_carries_method_headers_and_body_and_brings_the_answer_back(door: Door) -> None:
    """What the caller gave is what the service gets, and the other way round."""
    reply = response(b'{"score":3}', headers=(("Content-Type", 'Application/JSON; Charset="UTF-8"'), ("X-Id", "7")))
    async with serving(saying(reply)) as service:
        request = OutgoingRequest("POST", service.url + "score?u=1", headers=(("X-Flow", "a b"),), body=b'{"a":1}')
        outcome = answered(await door.send(request, allow=service.allow))
    got = service.received[0]
    assert (got.line, got.body) == ("POST /score?u=1 HTTP/1.1", b'{"a":1}')
    assert got.header("host") == [f"127.0.0.1:{service.port}"]
    assert (got.header("x-flow"), got.header("content-length")) == (["a b"], ["7"])
    assert (outcome.status, outcome.ok, outcome.body) == (200, True, b'{"score":3}')
    assert (outcome.content_type, outcome.charset) == ("application/json", "utf-8")
    assert ("x-id", "7") in outcome.headers


@pytest.mark.parametrize(
    ("values", "content_type", "charset"),
    [
        (["text/plain"], "text/plain", ""),
        (["Text/PLAIN ; x=y;CHARSET=Latin-1"], "text/plain", "latin-1"),
        (["application/problem+json;charset="], "application/problem+json", ""),
        (['text/plain;charset="a b"'], "text/plain", ""),
        (["text"], "", ""),
        (["text/plain text/html"], "", ""),
        (["text/plain,text/html"], "", ""),
        ([";charset=utf-8"], "", ""),
        (["text/plain", "text/html"], "", ""),
        ([], "", ""),
    ],
)
async def test_a_media_type_is_told_only_where_it_is_clear(
    door: Door, values: list[str], content_type: str, charset: str
) -> None:
    """RFC 9110 §8.3; of two types, or half a one, none."""
    reply = response(b"x", headers=[("Content-Type", value) for value in values])
    async with serving(saying(reply)) as service:
        outcome = answered(await door.send(get(service), allow=service.allow))
    assert (outcome.content_type, outcome.charset) == (content_type, charset)


@pytest.mark.parametrize(
    ("method", "length"),
    [("GET", []), ("HEAD", []), ("POST", ["0"]), ("PUT", ["0"]), ("PATCH", ["0"]), ("DELETE", [])],
)
async def test_every_method_of_the_contract_is_sent(door: Door, method: str, length: list[str]) -> None:
    """Six methods; without a body, a length is told where one is expected (RFC 9110 §8.6)."""
    async with serving(saying(response(b"", headers=()))) as service:
        answered(await door.send(OutgoingRequest(method, service.url), allow=service.allow))
    got = service.received[0]
    assert (got.line, got.header("content-length")) == (f"{method} / HTTP/1.1", length)
    assert (got.header("user-agent"), got.header("accept")) == (["Doorstep"], ["*/*"])


async def test_a_delete_may_have_a_body_and_a_caller_a_name_and_a_taste(door: Door) -> None:
    """What the caller gives stands instead of what the door would say."""
    async with serving(saying(response())) as service:
        headers = (("USER-AGENT", "script"), ("accept", "application/json"))
        request = OutgoingRequest("DELETE", service.url, headers=headers, body=b"{}")
        answered(await door.send(request, allow=service.allow))
    got = service.received[0]
    assert (got.body, got.header("user-agent"), got.header("accept")) == (b"{}", ["script"], ["application/json"])


@pytest.mark.parametrize("status", [204, 301, 302, 303, 307, 308, 400, 401, 404, 500])
async def test_an_answer_of_any_status_is_given_as_it_is_and_no_redirect_is_followed(door: Door, status: int) -> None:
    """A redirect is an answer like others; nobody calls the place it names."""
    async with serving(saying(response())) as other:
        reply = response(b"", status=status, headers=(("Location", other.url),))
        async with serving(saying(reply)) as service:
            outcome = answered(await door.send(get(service), allow=service.allow + other.allow))
    assert (outcome.status, outcome.ok) == (status, status == 204)
    assert (len(service.received), other.connections) == (1, 0)


async def test_no_proxy_and_no_password_file_of_the_environment_is_used(
    door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """A proxy in the environment would see every call, a netrc file would add a password."""
    async with serving(saying(response(b"proxy"))) as proxy, serving(saying(response(b"service"))) as service:
        for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        netrc = f"{tmp_path}/netrc"
        with open(netrc, "w") as file:  # noqa: ASYNC230
            file.write("machine 127.0.0.1 login mara password secret\n")
        monkeypatch.setenv("NETRC", netrc)
        outcome = answered(await door.send(get(service), allow=service.allow))
    assert (outcome.body, proxy.connections) == (b"service", 0)
    assert service.received[0].header("authorization") == []


async def test_connections_are_kept_for_the_next_call_under_the_same_list_only(door: Door) -> None:
    """What one allow-list let in is not reached through a connection made under another."""
    async with serving(saying(response())) as service:
        for allow in (service.allow, service.allow, [*service.allow, "api.example.test"]):
            answered(await door.send(get(service), allow=allow))
    assert (len(service.received), service.connections) == (3, 2)


# --- what does not go -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header",
    [
        ("Host", "evil.test"),
        ("content-length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("Connection", "close"),
        ("Proxy-Authorization", "Basic x"),
        ("Proxy-Anything", "x"),
        ("Cookie", "a=b"),
        ("Accept-Encoding", "br"),
        ("Upgrade", "websocket"),
        ("Expect", "100-continue"),
        ("TE", "trailers"),
        ("X-A", "1\r\nX-B: 2"),
        ("X-A", "1\n"),
        ("X-A", "1\x00"),
        ("X-A", "é"),
        ("X-A", " 1"),
        ("X-A", "1 "),
        ("X-A\r\nX-B", "1"),
        ("X-A:", "1"),
        ("X A", "1"),
        ("", "1"),
        ("Ünder", "1"),
        ("X-A", "1" * 20_000),
    ],
)
async def test_a_header_that_steers_or_splits_the_message_is_refused(door: Door, header: tuple[str, str]) -> None:
    """Nothing is sent, and the refusal does not repeat the value."""
    async with serving(saying(response())) as service:
        outcome = await door.send(OutgoingRequest("GET", service.url, headers=(header,)), allow=service.allow)
    assert failed(outcome) == "refused"
    assert service.connections == 0
    assert "X-B" not in repr(outcome)


@pytest.mark.parametrize(
    ("method", "headers", "body"),
    [
        ("TRACE", (), None),
        ("CONNECT", (), None),
        ("get", (), None),
        ("GET / HTTP/1.1\r\nX: ", (), None),
        ("GET", (), b"body"),
        ("POST", (), b"x" * 1_048_577),
        ("GET", (("X-A", "1"), ("x-a", "2")), None),
        ("GET", tuple((f"X-{n}", "1") for n in range(60)), None),
    ],
)
async def test_a_request_out_of_bounds_is_refused(
    door: Door, method: str, headers: tuple[tuple[str, str], ...], body: bytes | None
) -> None:
    """Methods, bodies and numbers of headers have limits; nothing is sent."""
    async with serving(saying(response())) as service:
        request = OutgoingRequest(method, service.url, headers=headers, body=body)
        assert failed(await door.send(request, allow=service.allow)) == "refused"
    assert service.connections == 0


async def test_a_place_that_the_list_does_not_name_gets_no_connection(door: Door) -> None:
    """Not with an empty list, not with another port, not with another spelling of the same machine."""
    async with serving(saying(response())) as service:
        for allow in ([], [f"127.0.0.1:{service.port + 1}"], [f"localhost:{service.port}"], ["api.example.test"]):
            assert failed(await door.send(get(service), allow=allow)) == "refused"
    assert service.connections == 0


SPELLINGS = (
    "127.1 2130706433 0x7f000001 0177.0.0.1 [::ffff:127.0.0.1] [::ffff:7f00:1] 0.0.0.0 [::] localhost. ①②⑦.0.0.1"
    " user@127.0.0.1 127.0.0.1:80@127.0.0.1 LOCALHOST%00 127.0.0.1%2f"
)


@pytest.mark.parametrize(
    "host",
    SPELLINGS.split(),
)
async def test_this_machine_is_reached_by_no_other_spelling(door: Door, host: str) -> None:
    """Whatever spelling of the address somebody finds, the list does not name it."""
    async with serving(saying(response())) as service:
        request = OutgoingRequest("GET", f"http://{host}:{service.port}/")
        allow = [*service.allow, f"localhost:{service.port}", f"{host}:{service.port}", host]
        assert failed(await door.send(request, allow=allow)) == "refused"
    assert service.connections == 0


async def test_a_closed_door_lets_nothing_out(door: Door) -> None:
    """After shutdown calls are refused, not sent."""
    async with serving(saying(response())) as service:
        answered(await door.send(get(service), allow=service.allow))
        await door.aclose()
        assert failed(await door.send(get(service), allow=service.allow)) == "refused"
        await service.left(1)
    assert len(service.received) == 1
    with pytest.raises(RuntimeError):
        await door._names("localhost", 80)


async def test_a_refusal_says_what_is_missing_in_the_list(door: Door) -> None:
    """Plain HTTP to a place that is allowed by https is told apart from a place that is not."""
    for url, allow, told in (
        ("http://api.example.test/", ["api.example.test:80"], "http://api.example.test:80 must stand in"),
        ("http://api.example.test/", ["api.example.test"], "not in"),
        ("https://api.example.test/", ["http://api.example.test:443"], "not in"),
    ):
        outcome = await door.send(OutgoingRequest("GET", url), allow=allow)
        assert isinstance(outcome, OutgoingFailure)
        assert f": {told} the allow-list" in outcome.detail


# --- servers that misbehave -------------------------------------------------------------------------------------------


async def silence(received: Received, out: asyncio.StreamWriter) -> None:
    """Never answers."""
    await asyncio.Event().wait()


async def test_a_silent_server_ends_in_a_timeout(door: Door) -> None:
    """The wait for the next bytes has an end."""
    async with serving(silence) as service:
        assert failed(await door.send(get(service, read_timeout=0.05), allow=service.allow)) == "timeout"


async def test_a_server_that_drips_is_stopped_by_the_total_deadline(door: Door) -> None:
    """Each byte comes in time, all of them do not."""

    async def drip(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            out.write(b"x")
            await out.drain()
            await asyncio.sleep(0.01)

    async with serving(drip) as service:
        assert failed(await door.send(get(service), allow=service.allow, deadline=0.15)) == "timeout"


async def test_headers_that_never_end_are_stopped(door: Door) -> None:
    """A head has a size, whatever it is made of."""

    async def endless(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            out.write(b"X-Same: x\r\n" * 1000)
            await out.drain()

    async with serving(endless) as service:
        assert failed(await door.send(get(service), allow=service.allow)) == "protocol"


async def test_early_answers_that_never_end_are_stopped(door: Door) -> None:
    """A server may send any number of 1xx answers; the deadline ends it."""

    async def early(received: Received, out: asyncio.StreamWriter) -> None:
        while True:
            out.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            await out.drain()
            await asyncio.sleep(0.001)

    async with serving(early) as service:
        assert failed(await door.send(get(service), allow=service.allow, deadline=0.15)) == "timeout"


async def test_a_body_without_end_is_cut_at_the_cap(door: Door) -> None:
    """A stream of chunks is read up to the cap and no further."""

    async def endless(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            out.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
            await out.drain()

    async with serving(endless) as service:
        assert failed(await door.send(get(service), allow=service.allow)) == "too_large"


async def test_a_packed_body_that_never_holds_anything_is_cut(door: Door) -> None:
    """Empty blocks of gzip unpack to nothing, however many they are."""
    empty = b"\x00\x00\x00\xff\xff" * 10_000

    async def nothing(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
        out.write(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
        while True:
            out.write(empty)
            await out.drain()

    async with serving(nothing) as service:
        assert failed(await door.send(get(service), allow=service.allow)) == "too_large"


async def test_a_body_of_crumbs_is_cut(door: Door) -> None:
    """A megabyte of single bytes costs too much to read."""

    async def crumbs(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        out.write(b"1\r\nx\r\n" * (MOST_PIECES + 1))
        await out.drain()

    async with serving(crumbs) as service:
        assert failed(await door.send(get(service), allow=service.allow)) == "protocol"


BOMB = gzip.compress(bytes(50_000_000), 1, mtime=0)


@pytest.mark.parametrize(
    ("body", "coding", "kind"),
    [
        (BOMB, "gzip", "too_large"),
        (gzip.compress(BOMB, mtime=0), "gzip, gzip", "protocol"),
        (BOMB, "identity, x-gzip", "too_large"),
        (b"x", "br", "protocol"),
        (b"x", "deflate", "protocol"),
        (b"x", "nonsense", "protocol"),
        (b"no gzip", "gzip", "protocol"),
        (gzip.compress(b"x" * 1000, mtime=0)[:-10], "gzip", "protocol"),
        (gzip.compress(b"x", mtime=0) + b"more", "gzip", "protocol"),
        (b"x" * (LARGEST_ANSWER + 1), "identity", "too_large"),
    ],
)
async def test_a_body_is_measured_after_unpacking(door: Door, body: bytes, coding: str, kind: str) -> None:
    """A small body that unpacks to a big one, or to nothing sensible, is no answer."""
    async with serving(saying(response(body, headers=(("Content-Encoding", coding),)))) as service:
        assert failed(await door.send(get(service), allow=service.allow)) == kind


@pytest.mark.parametrize("size", [0, 1, LARGEST_ANSWER])
async def test_a_packed_body_within_the_cap_arrives_whole(door: Door, size: int) -> None:
    """The cap itself is still allowed."""
    body = bytes(size)
    async with serving(saying(response(gzip.compress(body), headers=(("Content-Encoding", "gzip"),)))) as service:
        assert answered(await door.send(get(service), allow=service.allow)).body == body


@pytest.mark.parametrize(
    "reply",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nBad Header: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
        b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(300)) + b"Content-Length: 0\r\n\r\n",
    ],
)
async def test_what_is_not_the_http_we_speak_is_no_answer(door: Door, reply: bytes) -> None:
    """A malformed answer is a failure of its own kind, and its text is not repeated."""
    async with serving(saying(reply)) as service:
        outcome = await door.send(get(service, read_timeout=0.5), allow=service.allow)
    assert failed(outcome) == "protocol"
    assert "OpenSSH" not in repr(outcome)


async def test_an_answer_that_ends_with_its_connection_is_read(door: Door) -> None:
    """HTTP/1.0 has no other end (RFC 9112 §6.3)."""

    async def old(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nwhole")
        await out.drain()
        out.close()

    async with serving(old) as service:
        assert answered(await door.send(get(service), allow=service.allow)).body == b"whole"


async def test_any_bytes_of_a_server_are_an_answer_or_a_failure(door: Door) -> None:
    """A good answer with bytes changed, dropped and doubled, 300 times: nothing else ever comes out."""
    chance = random.Random(20261124)
    good = response(gzip.compress(b'{"score":3}'), headers=(("Content-Encoding", "gzip"), ("Set-Cookie", "a=b")))
    good += b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n"

    async def damaged(received: Received, out: asyncio.StreamWriter) -> None:
        reply = bytearray(good[chance.choice((0, len(good) // 2)) :])
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(reply))
            reply[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3)) + reply[at : at + 1]
        out.write(reply)
        await out.drain()
        out.close()

    async with serving(damaged) as service:
        outcomes = [await door.send(get(service), allow=service.allow) for _ in range(300)]
    assert {type(outcome) for outcome in outcomes} == {OutgoingResponse, OutgoingFailure}
    assert not any("broke with" in outcome.detail for outcome in outcomes if isinstance(outcome, OutgoingFailure))


async def test_an_answer_that_breaks_off_is_no_answer(door: Door) -> None:
    """Half a body is not taken for a whole one."""

    async def half(received: Received, out: asyncio.StreamWriter) -> None:
        out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        await out.drain()
        out.close()

    async with serving(half) as service:
        assert failed(await door.send(get(service), allow=service.allow)) in ("protocol", "unreachable")


async def test_a_port_where_nobody_listens_is_unreachable(door: Door) -> None:
    """No connection, no answer."""
    async with serving(silence) as service:
        pass
    assert failed(await door.send(get(service), allow=service.allow)) == "unreachable"


# --- again ------------------------------------------------------------------------------------------------------------


async def test_a_5xx_is_tried_again_where_the_request_may_be(door: Door) -> None:
    """Twice more by default, and the first good answer counts."""
    async with serving(saying(response(status=503), response(status=500), response(b"ok"))) as service:
        assert answered(await door.send(get(service, retryable=True), allow=service.allow)).body == b"ok"
    assert len(service.received) == 3


async def test_retries_pause_a_little_longer_each_time(door_with: Callable[..., Door]) -> None:
    """A tenth of a second, then two, four; at most five retries whatever is asked for."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    door = door_with(pause=pause)
    async with serving(saying(response(status=503))) as service:
        request = OutgoingRequest("GET", service.url, retryable=True, retries=100)
        answered(await door.send(request, allow=service.allow))
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.6]
    assert len(service.received) == 6


async def test_after_the_last_retry_the_5xx_is_the_answer(door: Door) -> None:
    """Three tries, then the caller sees what the service said."""
    async with serving(saying(response(b"down", status=503))) as service:
        outcome = answered(await door.send(get(service, retryable=True), allow=service.allow))
    assert (outcome.status, outcome.body, len(service.received)) == (503, b"down", 3)


@pytest.mark.parametrize(("status", "retryable"), [(503, False), (404, True), (302, True), (429, True)])
async def test_other_answers_are_not_tried_again(door: Door, status: int, retryable: bool) -> None:
    """A call that must not be repeated is not, nor one whose answer will be the same."""
    async with serving(saying(response(status=status))) as service:
        answered(await door.send(get(service, retryable=retryable), allow=service.allow))
    assert len(service.received) == 1


async def test_a_timeout_is_tried_again(door: Door) -> None:
    """A service that was silent once may speak the second time."""
    silent = [True]

    async def answer(received: Received, out: asyncio.StreamWriter) -> None:
        if silent:
            silent.clear()
            await silence(received, out)
        out.write(response(b"ok"))

    async with serving(answer) as service:
        outcome = await door.send(get(service, read_timeout=0.05, retryable=True), allow=service.allow)
    assert answered(outcome).body == b"ok"


async def test_retries_end_with_the_total_deadline(door: Door) -> None:
    """However often a call may be tried, its time is one."""
    async with serving(silence) as service:
        request = OutgoingRequest("GET", service.url, retryable=True, retries=5, read_timeout=0.06)
        assert failed(await door.send(request, allow=service.allow, deadline=0.1)) == "timeout"
    assert len(service.received) <= 2


# --- crowds -----------------------------------------------------------------------------------------------------------


async def test_one_owner_has_a_bounded_share_and_others_go_on(door: Door) -> None:
    """A service that never answers holds its own application's calls, nobody else's."""
    async with serving(silence) as slow, serving(saying(response())) as quick:
        calls = [
            asyncio.create_task(door.send(OutgoingRequest("GET", slow.url, owner="a"), allow=slow.allow))
            for _ in range(MOST_OF_ONE + MOST_WAITING)
        ]
        await slow.connected(MOST_OF_ONE)
        other = await door.send(OutgoingRequest("GET", quick.url, owner="b"), allow=quick.allow)
        one_more = await door.send(OutgoingRequest("GET", slow.url, owner="a"), allow=slow.allow)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        assert slow.connections == MOST_OF_ONE
    assert answered(other).ok
    assert failed(one_more) == "unreachable"


async def test_a_call_that_is_cancelled_gives_its_turn_back(door: Door) -> None:
    """Logins that are given up do not use up the connections."""
    async with serving(silence) as slow:
        for _ in range(3):
            calls = [asyncio.create_task(door.send(get(slow), allow=slow.allow)) for _ in range(MOST_OF_ONE)]
            await slow.connected(slow.connections + MOST_OF_ONE)
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
        async with serving(saying(response())) as quick:
            assert answered(await door.send(get(quick), allow=quick.allow)).ok


async def test_many_lists_do_not_keep_connections_for_ever(door: Door) -> None:
    """Of lists that are used no more only a few are remembered."""
    async with serving(saying(response())) as service:
        for number in range(30):
            answered(await door.send(get(service), allow=[*service.allow, f"api{number}.example.test"]))
        assert len(door._lines._lines) <= 9


# --- logs -------------------------------------------------------------------------------------------------------------


async def test_no_log_at_any_level_holds_a_secret(
    door: Door, caplog: pytest.LogCaptureFixture, door_with: Callable[..., Door]
) -> None:
    """Path, query, headers and bodies of both sides stay out of the log, of failures and of reprs."""
    caplog.set_level(logging.DEBUG)
    reply = response(b'{"token":"SECRET-5"}', headers=(("Set-Cookie", "a=SECRET-6"), ("X-Bad\x7f", "SECRET-7")))
    good = response(b'{"token":"SECRET-5"}', headers=(("Set-Cookie", "a=SECRET-6"),))
    async with serving(saying(good, reply)) as service:
        request = OutgoingRequest(
            "POST", service.url + "SECRET-1?key=SECRET-2", headers=(("Authorization", "SECRET-3"),), body=b"SECRET-4"
        )
        outcomes = [await door.send(request, allow=service.allow), await door.send(request, allow=service.allow)]
        outcomes.append(await door.send(request, allow=[]))
    shown = caplog.text + repr(outcomes) + repr(request)
    assert [type(one) for one in outcomes] == [OutgoingResponse, OutgoingFailure, OutgoingFailure]
    assert "SECRET" not in shown
    assert f"call to 127.0.0.1:{service.port}: 200" in caplog.text
