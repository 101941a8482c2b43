"""A directory that speaks LDAP, asked over real connections: slapd, and servers that are slow or dead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from configuration.document import UserStoreEntry
from configuration.user_stores import store_of
from engine.errors import StoreUnavailable
from outgoing import ldap, ldap_connections
from outgoing.ldap import FAILURES, REST, LdapStore
from tests.outgoing.servers import Authority
from tests.slapd import BASE, MAIL, NAME, READERS_PASSWORD, Slapd, free_port, silent, slapd

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def authority() -> Authority:
    """Who signs the directory's certificate."""
    return Authority.new()


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Iterator[Slapd]:
    """One for the module; nobody changes it."""
    with slapd(tmp_path_factory.mktemp("slapd"), authority) as running:
        yield running


class Monotonic:
    """A clock that obeys."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def store(directory: Slapd, clock: Monotonic | None = None, password: str = READERS_PASSWORD, **more: Any) -> LdapStore:
    """The store as the settings would make it."""
    entry = UserStoreEntry.model_validate(directory.store(**more))

    async def secret() -> str:
        return password

    return LdapStore(store_of(entry).ldap, secret, monotonic=clock or Monotonic())


@pytest.fixture
async def corp(directory: Slapd) -> AsyncIterator[LdapStore]:
    """The store, as it should be."""
    made = store(directory)
    yield made
    made.close()


async def test_a_person_is_found_with_all_that_is_mapped(corp: LdapStore) -> None:
    """Claims, groups, whether they may sign in; by an id that does not change."""
    mara = await corp.find("mara")
    assert mara is not None
    assert mara.name == "mara"
    assert mara.claims == {MAIL: "mara@example.test", NAME: "Mara"}
    assert (mara.groups, mara.enabled) == (("staff",), True)
    assert len(mara.id) == 36
    assert await corp.find("MARA") == mara
    left = await corp.find("left")
    assert left is not None
    assert not left.enabled


async def test_the_right_password_proves_and_no_other_does(corp: LdapStore) -> None:
    """A bind as the person decides."""
    mara = await corp.find("mara")
    assert await corp.proves(mara, b"mara-at-the-desk")
    for wrong in (b"zoe-at-the-desk", b"MARA-at-the-desk", b"mara-at-the-desk ", b"\0", b"x" * 1024):
        assert not await corp.proves(mara, wrong)
    assert not await corp.proves(None, b"mara-at-the-desk")


async def test_an_empty_password_is_no_password(corp: LdapStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 4513 §5.1.2: this server lets such a bind succeed, so it is never made."""
    mara = await corp.find("mara")
    monkeypatch.setattr(ldap_connections.Connections, "binds", lambda *_: pytest.fail("it was tried"))
    assert not await corp.proves(mara, b"")


@pytest.mark.parametrize(
    "name",
    ["*", "m*", "mara)(uid=*", "mara)(|(uid=*", "*)(objectClass=*", "\\2a", "mara\0", "(", ")", "&", "", "x" * 255,
     "mara,ou=people", "uid=mara", "mara)(employeeType=left)(uid=mara", "\u202emara", "twin", "nobody", "{name}", "é"],
)  # fmt: skip
async def test_a_hostile_name_finds_nobody(corp: LdapStore, name: str) -> None:
    """RFC 4515 §3: what was typed is a value in the filter and nothing more.  Two of one name are nobody."""
    assert await corp.find(name) is None


async def test_a_filter_finds_people_by_more_than_one_attribute(directory: Slapd) -> None:
    """Whichever is typed, it is one person with one name."""
    corp = store(directory, filter="(|(uid={name})(mail={name}))")
    assert await corp.find("mara@example.test") == await corp.find("mara")


async def test_tls_from_the_beginning_and_by_starttls(
    directory: Slapd, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a certificate of an authority that is trusted, for that very name."""
    trust(authority, tmp_path, monkeypatch)
    by_name = {"url": f"ldap://localhost:{directory.port}", "tls": "starttls"}
    for more in ({"url": f"ldaps://localhost:{directory.secure}"}, by_name):
        corp = store(directory, **more)
        assert await corp.proves(await corp.find("mara"), b"mara-at-the-desk")


@pytest.mark.parametrize("how", ["another authority", "another name", "starttls for another name"])
async def test_a_certificate_that_is_not_the_servers_is_refused(
    how: str, directory: Slapd, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is sent, and nobody gets in."""
    trust(Authority.new() if how == "another authority" else authority, tmp_path, monkeypatch)
    host = "localhost" if how == "another authority" else "127.0.0.1"
    more = {"url": f"ldaps://{host}:{directory.secure}"}
    if how.startswith("starttls"):
        more = {"url": f"ldap://127.0.0.1:{directory.port}", "tls": "starttls"}
    with pytest.raises(StoreUnavailable):
        await store(directory, **more).find("mara")


def trust(authority: Authority, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That authority is the only one this process trusts."""
    from cryptography.hazmat.primitives.serialization import Encoding

    file = folder / "authority.pem"
    file.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


@pytest.mark.parametrize(
    ("password", "more"), [("wrong", {}), ("", {}), (READERS_PASSWORD, {"base": "dc=nowhere"}),
                           (READERS_PASSWORD, {"tls": "starttls", "url": "ldap://localhost:1"})]
)  # fmt: skip
async def test_a_store_that_is_set_up_wrongly_lets_nobody_in(
    directory: Slapd, password: str, more: dict[str, Any]
) -> None:
    """The reader's password, a base that is not there: unavailable, not nobody."""
    with pytest.raises(StoreUnavailable):
        await store(directory, password=password, **more).find("mara")


async def test_a_dead_directory_rests_and_comes_back(directory: Slapd) -> None:
    """After some failures nobody waits for it; then one question shows whether it is back."""
    clock, port = Monotonic(), free_port()
    corp = store(directory, clock, url=f"ldap://127.0.0.1:{port}")
    for _ in range(FAILURES):
        with pytest.raises(StoreUnavailable, match="Error"):
            await corp.find("mara")
    with pytest.raises(StoreUnavailable, match="resting"):
        await corp.find("mara")
    clock.now += REST + 1
    corp._connections = store(directory)._connections  # it is up again
    assert await corp.find("mara") is not None
    assert await corp.find("zoe") is not None


async def test_a_silent_directory_is_given_up(directory: Slapd, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the deadline, however many ask; others of this process go on meanwhile."""
    monkeypatch.setattr(ldap, "DEADLINE", 0.3)
    monkeypatch.setattr(ldap_connections, "STEP", 1)
    with silent() as port:
        corp, alive = store(directory, url=f"ldap://127.0.0.1:{port}"), store(directory)
        asked = [asyncio.ensure_future(corp.find("mara")) for _ in range(20)]
        await asyncio.sleep(0)
        monkeypatch.setattr(ldap, "DEADLINE", 5.0)
        assert await alive.find("mara") is not None
        ended = await asyncio.gather(*asked, return_exceptions=True)
        assert all(isinstance(one, StoreUnavailable) for one in ended)


async def test_an_idle_connection_that_died_is_replaced(directory: Slapd) -> None:
    """The server closed it; the person notices nothing."""
    corp = store(directory)
    assert await corp.find("mara") is not None
    for _, connection in corp._connections._idle:
        connection.socket.close()
    assert await corp.find("mara") is not None


async def test_many_at_once_share_the_places(directory: Slapd) -> None:
    """More than there are threads: they wait their turn."""
    corp = store(directory)
    found = await asyncio.gather(*(corp.find("mara") for _ in range(40)))
    assert all(found)
    assert BASE in found[0].place if found[0] else False
