"""Reads a store's address.  Which store is made of it is decided in `storage.open`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

_POSTGRES = ("postgresql", "postgres")
_REDIS = ("redis", "rediss", "redis+sentinel", "rediss+sentinel")
_REDIS_PORT = 6379
_SENTINEL_PORT = 26379


@dataclass(frozen=True, slots=True)
class SqliteUrl:
    """`sqlite:///relative/path` or `sqlite:////absolute/path`.  path: absolute."""

    path: Path


@dataclass(frozen=True, slots=True)
class MemoryUrl:
    """`memory:`: nothing outlives the process."""


@dataclass(frozen=True, slots=True)
class PostgresUrl:
    """`postgresql://[user[:password]@]host[:port]/database[?sslmode=...]`, as libpq takes it."""

    dsn: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RedisUrl:
    """`redis://[[user]:password@]host[:port][/number]`, `rediss://` with TLS, for what is short-lived.

    With sentinels `redis+sentinel://[[user]:password@]host[:port],.../service[/number]`.  service: the name that the
    sentinels know the primary by, or None.
    """

    hosts: tuple[tuple[str, int], ...]
    database: int = 0
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: bool = False
    service: str | None = None


DatabaseUrl = SqliteUrl | MemoryUrl | PostgresUrl
StateUrl = DatabaseUrl | RedisUrl


def parsed_url(url: str, *, setting: str, also: str = "") -> DatabaseUrl:
    """The address in *url*.  Raises ValueError that names *setting* and what it may be, never the address itself.

    also: what else it may be, for the message.
    """
    if url in ("memory:", "memory://"):
        return MemoryUrl()
    scheme, separator, rest = url.partition("://")
    if separator and scheme in _POSTGRES and _is_database(rest):
        return PostgresUrl(url)
    if scheme != "sqlite" or not separator:
        found = scheme if separator and scheme.isascii() and scheme.replace("+", "").isalnum() else "no known scheme"
        known = f"{also}postgresql://host/database, sqlite:///path, sqlite:////absolute/path or memory:"
        raise ValueError(f"{setting}: expected {known}, found {found}")
    path = rest.removeprefix("/")
    if rest == path or not path or path.startswith(":") or any(character in path for character in "?#\0"):
        raise ValueError(f"{setting}: expected a file, sqlite:///path or sqlite:////absolute/path, without ? and #")
    return SqliteUrl(Path(os.path.abspath(path)))


def parsed_state_url(url: str) -> StateUrl:
    """The address of what is short-lived.  Raises ValueError as `parsed_url` does."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme in _REDIS:
        return _redis(scheme, rest)
    return parsed_url(url, setting="STATE_URL", also="redis://host, rediss://host, redis+sentinel://hosts/service, ")


def _redis(scheme: str, rest: str) -> RedisUrl:
    path = "host[:port],.../service[/number]" if scheme.endswith("+sentinel") else "host[:port][/number]"
    bad = ValueError(f"STATE_URL: expected {scheme}://[[user]:password@]{path} or e.g. sqlite:////absolute/path")
    credentials, at, rest = rest.rpartition("@")
    hosts, _, path = rest.partition("/")
    with_sentinels = scheme.endswith("+sentinel")
    service, _, number = path.partition("/") if with_sentinels else ("", "", path)
    has_odd_credentials = bool(at) and ":" not in credentials
    has_odd_path = bool(number and not number.isdecimal()) or any(mark in rest for mark in "?#\0")
    if with_sentinels != bool(service) or has_odd_credentials or has_odd_path:
        raise bad
    try:
        found = tuple(_host(host, _SENTINEL_PORT if with_sentinels else _REDIS_PORT) for host in hosts.split(","))
    except ValueError:
        raise bad from None
    if len(found) != 1 and not with_sentinels:
        raise bad
    user, _, password = credentials.partition(":")
    return RedisUrl(
        found,
        database=int(number or 0),
        username=unquote(user) or None,
        password=unquote(password) or None,
        tls=scheme.startswith("rediss"),
        service=service or None,
    )


def _is_database(rest: str) -> bool:
    """Whether a database is named, so that none is meant by accident."""
    return bool(urlsplit(f"//{rest}").path.strip("/")) and "\0" not in rest and "#" not in rest


def _host(text: str, port: int) -> tuple[str, int]:
    """Host and port.  Raises ValueError."""
    parts = urlsplit(f"//{text}")
    if not parts.hostname or parts.netloc != text:
        raise ValueError(text)
    return parts.hostname, parts.port or port
