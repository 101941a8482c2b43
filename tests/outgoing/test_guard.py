"""Names and addresses: each connection goes to an address that was looked at, and TLS proves the name."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Semaphore

import pytest

from engine.address_kinds import Kind, kind_of
from engine.destinations import entries
from engine.outgoing import OutgoingFailure, OutgoingRequest, OutgoingResponse
from outgoing.door import Door
from outgoing.guard import MOST_LOOKUPS, Guard, Refused, SystemNames
from tests.outgoing.servers import Authority, response, saying, serving
from tests.unavailable import unavailable

pytestmark = pytest.mark.anyio


class Names:
    """Gives scripted addresses, one list for each question and the last for ever; asked: what it was asked."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.left = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, name: str, port: int) -> Sequence[str]:
        self.asked.append((name, port))
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


def kind(outcome: OutgoingResponse | OutgoingFailure) -> str:
    """The kind of failure, or `answered`."""
    return outcome.kind if isinstance(outcome, OutgoingFailure) else "answered"


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["10.0.0.1"],
        ["192.168.0.1"],
        ["100.64.0.1"],
        ["169.254.169.254"],
        ["fd00:ec2::254"],
        ["0.0.0.0"],
        ["::"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["fe80::1%eth0"],
        ["224.0.0.1"],
        ["255.255.255.255"],
        ["8.8.8.8", "127.0.0.1"],
        ["8.8.8.8", "10.0.0.1"],
        ["8.8.8.8", "::1"],
        ["2606:4700::1111", "8.8.8.8", "::ffff:10.0.0.1"],
        ["nonsense"],
        ["127.1"],
    ],
)
async def test_a_public_name_that_leads_inside_is_refused(
    door_with: Callable[..., Door], addresses: Sequence[str]
) -> None:
    """One bad address among good ones is enough."""
    door = door_with(resolve=Names(addresses))
    for allow in (["api.example.test"], ["*.example.test"]):
        outcome = await door.send(OutgoingRequest("GET", "https://api.example.test/"), allow=allow)
        assert kind(outcome) == "refused"


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["169.254.169.254"], ["::ffff:10.0.0.1"], ["0.0.0.0"]])
async def test_naming_the_port_does_not_open_this_machine_or_a_clouds_own(
    door_with: Callable[..., Door], addresses: Sequence[str]
) -> None:
    """A name with its port may lead into a private network, nowhere else."""
    door = door_with(resolve=Names(addresses))
    request = OutgoingRequest("GET", "https://api.example.test:8443/")
    assert kind(await door.send(request, allow=["api.example.test:8443"])) == "refused"


async def test_localhost_leads_to_this_machine_only(door_with: Callable[..., Door]) -> None:
    """A resolver that sends `localhost` elsewhere gets nothing, as plain HTTP is allowed to it."""
    door = door_with(resolve=Names(["8.8.8.8"]))
    request = OutgoingRequest("GET", "http://localhost:9000/")
    assert kind(await door.send(request, allow=["localhost:9000"])) == "refused"


async def test_the_connection_goes_to_the_address_that_was_checked(door_with: Callable[..., Door]) -> None:
    """The name is resolved once; what it would lead to a moment later does not matter."""
    names = Names(["127.0.0.2"], ["127.0.0.1"])
    door = door_with(resolve=names)
    async with serving(saying(response(b"two")), host="127.0.0.2") as service:
        url, allow = f"http://svc.localhost:{service.port}/", [f"svc.localhost:{service.port}"]
        outcome = await door.send(OutgoingRequest("GET", url), allow=allow)
    assert isinstance(outcome, OutgoingResponse)
    assert outcome.body == b"two"
    assert names.asked == [("svc.localhost", service.port)]
    assert service.received[0].header("host") == [f"svc.localhost:{service.port}"]


async def test_a_dead_address_does_not_hide_a_live_one(door_with: Callable[..., Door]) -> None:
    """The addresses of a name are tried in turn, all of them checked before."""
    async with serving(saying(response(b"alive")), host="127.0.0.3") as service:
        door = door_with(resolve=Names(["127.0.0.2", "127.0.0.3"]))
        url, allow = f"http://localhost:{service.port}/", [f"localhost:{service.port}"]
        assert kind(await door.send(OutgoingRequest("GET", url), allow=allow)) == "answered"


async def test_all_addresses_of_a_name_are_tried(door_with: Callable[..., Door]) -> None:
    """The one in the middle as well."""
    async with serving(saying(response(b"alive")), host="127.0.0.3") as service:
        door = door_with(resolve=Names(["127.0.0.2", "127.0.0.3", "127.0.0.4"]))
        url, allow = f"http://localhost:{service.port}/", [f"localhost:{service.port}"]
        assert kind(await door.send(OutgoingRequest("GET", url), allow=allow)) == "answered"


async def test_an_address_that_never_answers_does_not_use_up_the_time(door_with: Callable[..., Door]) -> None:
    """Each address has its share of the time for connecting."""
    async with serving(saying(response(b"alive")), host="127.0.0.3") as service:
        with _full(("127.0.0.2", service.port)):
            door = door_with(resolve=Names(["127.0.0.2", "127.0.0.3"]))
            request = OutgoingRequest("GET", f"http://localhost:{service.port}/", connect_timeout=0.4)
            assert kind(await door.send(request, allow=[f"localhost:{service.port}"])) == "answered"


@contextmanager
def _full(address: tuple[str, int]) -> Iterator[None]:
    """A place whose queue of connections is full, so that a further one gets no answer at all."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind(address)
        listening.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        yield


async def test_a_private_address_is_reached_by_an_entry_with_its_port(door_with: Callable[..., Door]) -> None:
    """`risk.internal:9000` may be in the admin's own network; without the port it may not."""
    address = _own_private_address()
    if address is None:
        unavailable("this machine has no private address")
    async with serving(saying(response(b"inside")), host=address) as service:
        door = door_with(resolve=Names([address]))
        request = OutgoingRequest("GET", f"http://risk.internal:{service.port}/")
        outcome = await door.send(request, allow=[f"http://risk.internal:{service.port}"])
        refused = await door.send(request, allow=["http://risk.internal", f"http://*.internal.test:{service.port}"])
    assert isinstance(outcome, OutgoingResponse)
    assert outcome.body == b"inside"
    assert kind(refused) == "refused"


def _own_private_address() -> str | None:
    for family, target in ((socket.AF_INET, ("10.255.255.255", 1)), (socket.AF_INET6, ("fd00::1:1", 1))):
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(target)  # sends nothing; tells which address would be used
                address = probe.getsockname()[0]
                if kind_of(ip_address(address)) is Kind.INSIDE:
                    return str(address)
            except OSError:
                continue
    return None


async def test_the_guard_refuses_what_the_door_above_would_have_let_pass() -> None:
    """The check at the connection stands by itself."""
    names = Names(["127.0.0.1"])
    guard = Guard(entries(["localhost:9000"]), names)
    for host, port in (("localhost", 9001), ("127.0.0.1", 9000), ("api.example.test", 443), ("::1", 9000)):
        with pytest.raises(Refused, match=r"^not in the allow-list$"):
            await guard.connect_tcp(host, port)
    with pytest.raises(Refused, match=r"^a socket file is not a place to call$"):
        await guard.connect_unix_socket("/run/docker.sock")
    assert names.asked == []


async def test_an_address_is_not_looked_up() -> None:
    """It is what is connected to, whatever a resolver would make of it."""
    names = Names(["127.0.0.9"])
    async with serving(saying(response()), host="127.0.0.2") as service:
        guard = Guard(entries([f"127.0.0.2:{service.port}"]), names)
        stream = await guard.connect_tcp("127.0.0.2", service.port)
        await service.connected(1)
        await stream.aclose()
    assert names.asked == []


async def test_a_connection_without_a_time_limit_tries_all_addresses() -> None:
    """There is no time to share, and still one after the other."""
    async with serving(saying(response()), host="127.0.0.3") as service:
        guard = Guard(entries([f"localhost:{service.port}"]), Names(["127.0.0.2", "127.0.0.3"]))
        stream = await guard.connect_tcp("localhost", service.port)
        await service.connected(1)
        await stream.aclose()


@pytest.mark.parametrize(
    ("addresses", "told"),
    [
        (["8.8.8.8", "127.0.0.1"], "the name leads to an address that may not be called"),
        (["8.8.8.8", "nonsense"], "the name leads to something that is no address"),
        ([], "the name has no address"),
    ],
)
async def test_a_refusal_says_why_and_names_no_address(
    door_with: Callable[..., Door], addresses: Sequence[str], told: str
) -> None:
    """The author of a script learns what to do, and nothing of the network."""
    door = door_with(resolve=Names(addresses))
    outcome = await door.send(OutgoingRequest("GET", "https://api.example.test/"), allow=["api.example.test"])
    assert isinstance(outcome, OutgoingFailure)
    assert outcome.detail == f"api.example.test:443: {told}"


@pytest.mark.parametrize("problem", [socket.gaierror(-2, "no such name"), UnicodeError("label too long"), OSError("x")])
async def test_a_name_without_an_address_is_unreachable(door_with: Callable[..., Door], problem: Exception) -> None:
    """Whatever the resolver raises."""

    async def resolve(name: str, port: int) -> Sequence[str]:
        raise problem

    for names in (resolve, Names([])):
        door = door_with(resolve=names)
        outcome = await door.send(OutgoingRequest("GET", "https://api.example.test/"), allow=["api.example.test"])
        assert kind(outcome) == "unreachable"


async def test_a_resolver_that_hangs_ends_in_a_timeout(door_with: Callable[..., Door]) -> None:
    """Looking a name up is part of connecting."""

    async def resolve(name: str, port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    door = door_with(resolve=resolve)
    request = OutgoingRequest("GET", "https://api.example.test/", connect_timeout=0.05)
    assert kind(await door.send(request, allow=["api.example.test"])) == "timeout"


async def test_the_systems_resolver_knows_this_machine() -> None:
    """Its answers are addresses, and a closed one answers no more."""
    names = SystemNames()
    first, second = await asyncio.gather(names("localhost", 80), names("localhost", 80))
    assert first == second
    assert set(first) <= {"127.0.0.1", "::1"}
    names.close()
    with pytest.raises(RuntimeError):
        await names("localhost", 80)


async def test_a_closed_resolver_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lookups that hang are left alone, those that wait their turn are never made."""
    let_go, begun, asked = Event(), Semaphore(0), list[str]()

    def hanging(name: str, *_: object, **__: object) -> list[object]:
        asked.append(name)
        begun.release()
        let_go.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    names = SystemNames()
    running = [asyncio.ensure_future(names(f"host-{number}", 80)) for number in range(MOST_LOOKUPS + 1)]
    for _ in range(MOST_LOOKUPS):
        await asyncio.to_thread(begun.acquire)
    names.close()
    let_go.set()
    await asyncio.gather(*running, return_exceptions=True)
    assert len(asked) == MOST_LOOKUPS


# --- TLS --------------------------------------------------------------------------------------------------------------


async def tls_call(door: Door, port: int, host: str = "svc.localhost") -> OutgoingResponse | OutgoingFailure:
    """A call by https."""
    return await door.send(OutgoingRequest("GET", f"https://{host}:{port}/"), allow=[f"{host}:{port}"])


async def test_tls_proves_the_name_although_the_address_is_pinned(
    door_with: Callable[..., Door], authority: Authority, tmp_path: Path
) -> None:
    """The certificate is for the name in the address, not for the number the connection goes to."""
    door = door_with(resolve=Names(["127.0.0.1"]), tls=authority.client_side())
    async with serving(saying(response(b"safe")), tls=authority.server_side(tmp_path, "svc.localhost")) as service:
        outcome = await tls_call(door, service.port)
    assert isinstance(outcome, OutgoingResponse)
    assert outcome.body == b"safe"


@pytest.mark.parametrize(("names", "days"), [(["127.0.0.1"], 1), (["other.localhost"], 1), (["svc.localhost"], -1)])
async def test_a_certificate_for_another_name_or_time_is_refused(
    door_with: Callable[..., Door], authority: Authority, tmp_path: Path, names: list[str], days: int
) -> None:
    """Wrong host or expired: no answer, and the call never goes on without TLS."""
    door = door_with(resolve=Names(["127.0.0.1"]), tls=authority.client_side())
    tls = authority.server_side(tmp_path, *names, days=days)
    async with serving(saying(response()), tls=tls) as service:
        outcome = await tls_call(door, service.port)
    assert kind(outcome) == "unreachable"
    assert "TLS: " in repr(outcome)
    assert service.received == []


async def test_a_certificate_of_a_stranger_is_refused(
    door_with: Callable[..., Door], authority: Authority, tmp_path: Path
) -> None:
    """By default only the system's authorities are trusted."""
    door = door_with(resolve=Names(["127.0.0.1"]))
    async with serving(saying(response()), tls=authority.server_side(tmp_path, "svc.localhost")) as service:
        assert kind(await tls_call(door, service.port)) == "unreachable"
    assert service.received == []


async def test_an_address_as_host_is_proven_as_an_address(
    door_with: Callable[..., Door], authority: Authority, tmp_path: Path
) -> None:
    """A certificate may name an address; then that is what is compared."""
    door = door_with(tls=authority.client_side())
    async with serving(saying(response()), tls=authority.server_side(tmp_path, "127.0.0.1")) as service:
        assert kind(await tls_call(door, service.port, host="127.0.0.1")) == "answered"


async def test_a_server_without_tls_is_not_spoken_to_by_https(
    door_with: Callable[..., Door], authority: Authority
) -> None:
    """There is no way down to plain HTTP."""
    door = door_with(resolve=Names(["127.0.0.1"]), tls=authority.client_side())

    async with serving(saying(response())) as service:
        request = OutgoingRequest("GET", f"https://svc.localhost:{service.port}/", connect_timeout=0.3)
        outcome = await door.send(request, allow=[f"svc.localhost:{service.port}"])
    assert kind(outcome) in ("unreachable", "timeout")
    assert service.received == []
