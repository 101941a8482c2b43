"""Connections to one LDAP server: some that search and are kept, and one for each password that is tried.

TLS is checked as everywhere, by the system's authorities or those of SSL_CERT_FILE.  Used from threads.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from ldap3 import NONE, SIMPLE, SYNC, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException

from engine.model import LdapSettings

STEP = 3
"""Seconds for connecting, and for each answer."""
MOST_IDLE = 4
LONGEST_IDLE = 30.0
"""Seconds after which an idle connection is not used any more."""
_WRONG = frozenset({32, 48, 49, 50, 53})
"""Results of a bind that say no: no such object, inappropriate, invalid credentials, insufficient rights, unwilling."""

T = TypeVar("T")
Entry = Mapping[str, Any]


class _Verified(Tls):
    """TLS with a certificate that is the server's, by the rules of the standard library."""

    def wrap_socket(self, connection: Connection, do_handshake: bool = False) -> None:
        context = ssl.create_default_context()
        connection.socket = context.wrap_socket(connection.socket, server_hostname=connection.server.host)


class Connections:
    """Raises LDAPException or OSError for what goes wrong."""

    def __init__(self, settings: LdapSettings) -> None:
        self._settings = settings
        secure = settings.url.startswith("ldaps:")
        tls = _Verified() if secure or settings.tls == "starttls" else None
        self._server = Server(settings.url, use_ssl=secure, tls=tls, get_info=NONE, connect_timeout=STEP)
        self._idle: list[tuple[float, Connection]] = []
        self._lock = threading.Lock()

    def searching(self, password: str | None, work: Callable[[Connection], T]) -> T:
        """Do *work* on a connection that may search; an idle one may have died, so a fresh one is tried after it."""
        kept = self._take()
        if kept is not None:
            try:
                return self._done(kept, work)
            except (LDAPException, OSError):
                _end(kept)
        fresh = self._open(self._settings.bind_dn, password.encode() if password else None)
        try:
            if not fresh.bind():
                raise LDAPException(f"bind_dn: {fresh.result['description']}")
            return self._done(fresh, work)
        except BaseException:
            _end(fresh)
            raise

    def binds(self, place: str, password: bytes) -> bool:
        """Whether somebody at that place has that password."""
        connection = self._open(place, password)
        try:
            if connection.bind():
                return True
            if connection.result["result"] in _WRONG:
                return False
            raise LDAPException(f"bind: {connection.result['description']}")
        finally:
            _end(connection)

    def close(self) -> None:
        """End those that are idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            _end(connection)

    def _open(self, place: str | None, password: bytes | None) -> Connection:
        connection = Connection(
            self._server,
            user=place,
            password=password,  # type: ignore[arg-type]  # bytes are sent as they are
            authentication=SIMPLE if place else None,
            client_strategy=SYNC,
            auto_referrals=False,
            receive_timeout=STEP,
            raise_exceptions=False,
        )
        connection.open()
        if self._settings.tls == "starttls" and not connection.start_tls():
            raise LDAPException("STARTTLS was refused")
        return connection

    def _done(self, connection: Connection, work: Callable[[Connection], T]) -> T:
        answer = work(connection)
        with self._lock:
            if len(self._idle) < MOST_IDLE:
                self._idle.append((time.monotonic(), connection))
                return answer
        _end(connection)
        return answer

    def _take(self) -> Connection | None:
        """The idle connection used last, if it is young enough; older ones are ended."""
        with self._lock:
            idle, self._idle = self._idle, []
            young = [one for one in idle if time.monotonic() - one[0] < LONGEST_IDLE]
            kept = young.pop()[1] if young else None
            self._idle = young
        for one in idle:
            if one not in young and one[1] is not kept:
                _end(one[1])
        return kept


def _end(connection: Connection) -> None:
    with suppress(LDAPException, OSError):
        connection.unbind()


def attribute(entry: Entry, name: str) -> str | None:
    """The one value of an attribute: as text, or in hex if it is none."""
    values = _raw(entry, name)
    if len(values) != 1 or not values[0]:
        return None
    try:
        return values[0].decode()
    except UnicodeDecodeError:
        return values[0].hex()


def texts(entry: Entry, name: str) -> list[str]:
    """The values of an attribute that are text that can be stored."""
    found = (value.decode("utf-8", "ignore") for value in _raw(entry, name))
    return [text for text in found if text and "\0" not in text]


def _raw(entry: Entry, name: str) -> list[bytes]:
    """Whatever case the server writes the attribute's name in."""
    attributes: Mapping[str, list[bytes]] = entry["raw_attributes"]
    return next((values for at, values in attributes.items() if at.lower() == name.lower()), [])
