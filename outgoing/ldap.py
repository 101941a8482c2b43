"""A directory that speaks LDAP (RFC 4511) as a user store: people are found by a search and proven by a bind.

The library is synchronous, so each store has threads of its own; a store that is slow or dead takes no others'.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Literal, TypeVar

from ldap3 import BASE, DEREF_NEVER, SUBTREE, Connection
from ldap3.core.exceptions import LDAPException
from ldap3.utils.conv import escape_filter_chars
from ldap3.utils.dn import escape_rdn

from engine.errors import StoreUnavailable
from engine.model import LdapSettings
from engine.ports import StorePerson
from outgoing.ldap_connections import Connections, Entry, attribute, texts

DEADLINE = 5.0
"""Seconds for one question to a store, with all that it takes."""
MOST_AT_ONCE = 8
"""Questions to one store at a time; others wait, within their deadline."""
FAILURES = 3
"""Questions that failed one after the other, before a store rests."""
REST = 15.0
"""Seconds a store rests; then one question shows whether it is back."""
MOST_GROUPS = 500
LONGEST_VALUE = 8192
"""Characters of a claim."""

T = TypeVar("T")
Password = Callable[[], Awaitable[str | None]]


class LdapStore:
    """One directory (engine.ports.UserStore).  password: that of bind_dn."""

    def __init__(
        self, settings: LdapSettings, password: Password, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._settings = settings
        self._password = password
        self._monotonic = monotonic
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="ldap")
        self._connections = Connections(settings)
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._failures = 0
        self._rests_until = 0.0

    async def find(self, name: str) -> StorePerson | None:
        """The one person of that name; None if there is none, or more than one.  Raises StoreUnavailable."""
        if not name:
            return None
        password = await self._password()
        return await self._asked(lambda: self._connections.searching(password, lambda c: self._found(c, name)))

    async def proves(self, person: StorePerson | None, password: bytes) -> bool:
        """Whether a bind as them succeeds; for None one that cannot.  Raises StoreUnavailable."""
        if not password:  # RFC 4513 §5.1.2: a bind without a password succeeds, and proves nothing
            return False
        place = person.place if person is not None else self._nowhere()
        return await self._asked(lambda: self._connections.binds(place, password)) and person is not None

    def close(self) -> None:
        """Let go of all connections."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._connections.close()

    async def _asked(self, work: Callable[[], T]) -> T:
        """Do *work* in a thread, within the deadline.  Raises StoreUnavailable."""
        now = self._monotonic()
        if now < self._rests_until:
            raise StoreUnavailable("resting after failures")
        if self._failures >= FAILURES:
            self._rests_until = now + REST  # this one shows whether it is back; others find it resting meanwhile
        try:
            async with asyncio.timeout(DEADLINE):
                await self._places.acquire()
                job = asyncio.get_running_loop().run_in_executor(self._threads, work)
                job.add_done_callback(self._left)
                answer = await asyncio.shield(job)
        except (TimeoutError, LDAPException, OSError, ValueError) as error:
            self._failed()
            raise StoreUnavailable(type(error).__name__) from error
        self._failures, self._rests_until = 0, 0.0
        return answer

    def _left(self, job: asyncio.Future[T]) -> None:
        """A thread that is late keeps its place until it ends."""
        self._places.release()
        with suppress(asyncio.CancelledError):
            job.exception()

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= FAILURES:
            self._rests_until = self._monotonic() + REST

    # --- in a thread ------------------------------------------------------------------------------------------------

    def _found(self, connection: Connection, name: str) -> StorePerson | None:
        ldap = self._settings
        wanted = [ldap.id, ldap.name, *ldap.attributes]
        sought = ldap.filter.replace("{name}", escape_filter_chars(name))
        entries = _search(connection, ldap.base, sought, attributes=wanted, limit=2)
        if len(entries) != 1:
            return None
        entry = entries[0]
        person_id, names = attribute(entry, ldap.id), texts(entry, ldap.name)
        if person_id is None or len(names) != 1:
            return None
        values = {uri: ",".join(texts(entry, at))[:LONGEST_VALUE] for at, uri in ldap.attributes.items()}
        claims, place = {uri: value for uri, value in values.items() if value}, str(entry["dn"])
        groups, enabled = self._groups(connection, place), self._is_enabled(connection, place)
        return StorePerson(person_id, names[0], place, claims, groups, enabled)

    def _groups(self, connection: Connection, place: str) -> tuple[str, ...]:
        groups = self._settings.groups
        if groups is None:
            return ()
        sought = groups.filter.replace("{dn}", escape_filter_chars(place))
        entries = _search(connection, groups.base, sought, attributes=[groups.name], limit=MOST_GROUPS)
        return tuple(sorted(name for entry in entries for name in texts(entry, groups.name)))

    def _is_enabled(self, connection: Connection, place: str) -> bool:
        disabled = self._settings.disabled
        return disabled is None or not _search(connection, place, disabled, attributes=["1.1"], limit=1, scope=BASE)

    def _nowhere(self) -> str:
        """Where nobody is."""
        return f"{self._settings.name}={escape_rdn(secrets.token_hex(8))},{self._settings.base}"


def _search(
    connection: Connection,
    base: str,
    sought: str,
    *,
    attributes: Sequence[str],
    limit: int,
    scope: Literal["BASE", "SUBTREE"] = SUBTREE,
) -> list[Entry]:
    """The entries; referrals are not followed.  Raises LDAPException for any other answer."""
    connection.search(
        base,
        sought,
        search_scope=scope,
        dereference_aliases=DEREF_NEVER,
        attributes=list(attributes),
        size_limit=limit,
        time_limit=int(DEADLINE),
    )
    result, size_limit_exceeded = connection.result["result"], 4
    if result not in (0, size_limit_exceeded):
        raise LDAPException(f"search: {connection.result['description']}")
    return [one for one in connection.response or () if one["type"] == "searchResEntry"]
