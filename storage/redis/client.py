"""One door to a Redis server: deadlines, no answer of another's call, Busy for all that goes wrong.

A server process that has begun anew may know of things that were used up already: from a saved file, or as the replica
that took over.  Whoever meets a new one first drops all records, so that a login starts again and nothing counts twice.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

from redis.asyncio import BlockingConnectionPool, Connection, Redis, SSLConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError

from engine.errors import Busy
from storage.redis.breaker import Breaker
from storage.redis.scripts import ALL, FORGET, MARK, Script
from storage.urls import RedisUrl

PREFIX = "doorstep:"
RECORDS = f"{PREFIX}r:"
"""Before the key of everything that must not be known again once it was used up."""
MOST_CONNECTIONS = 64
CONNECT_WITHIN = 2.0
ANSWER_WITHIN = 2.0
WAIT_FOR_CONNECTION = 2.0

log = logging.getLogger("doorstep.storage")


class _Meeting:
    """A connection that is used only once the server process behind it has been met."""

    async def on_connect_check_health(self, check_health: bool = True) -> None:
        await super().on_connect_check_health(check_health)  # type: ignore[misc]
        if not (await self._asked("SCRIPT", "EXISTS", MARK.digest))[0]:
            log.warning("the Redis server is a new process: logins under way begin again")
            await self._asked("EVAL", FORGET.text, 0, f"{RECORDS}*")
            for script in (*ALL, MARK):
                await self._asked("SCRIPT", "LOAD", script.text)

    async def _asked(self, *command: Any) -> Any:
        await self.send_command(*command, check_health=False)  # type: ignore[attr-defined]
        return await self.read_response()  # type: ignore[attr-defined]


class _Plain(_Meeting, Connection):
    """Over TCP."""


class _Tls(_Meeting, SSLConnection):
    """Over TLS, with the server's certificate verified."""


class _Managed(_Meeting, SentinelManagedConnection):
    """To whichever server the sentinels say is the primary."""


class _ManagedTls(_Meeting, SentinelManagedSSLConnection):
    """The same over TLS."""


class Client:
    """Runs scripts and reads.  Every method raises Busy when the server cannot be asked."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self._breaker = Breaker(time.monotonic)

    @classmethod
    async def open(cls, url: RedisUrl) -> Client:
        """Meet the server.  Raises ValueError for one that would drop records when it is full, Busy."""
        client = cls(_redis(url))
        try:
            await client._check_memory_policy()
        except BaseException as error:
            await client.close()
            if isinstance(error, Busy):
                told = ", ".join(f"{host}:{port}" for host, port in url.hosts)
                raise Busy(f"STATE_URL: no answer from {told} ({error.detail})") from error
            raise
        return client

    async def run(self, script: Script, key: str, *arguments: str | bytes | int | float) -> Any:
        """What the script gives; in one round trip."""
        try:
            return await self.ask("EVALSHA", script.digest, 1, key, *arguments)
        except _Unmet:
            # Somebody emptied the server's scripts: the next connection meets it as a new process.
            await self.redis.connection_pool.disconnect(inuse_connections=False)
            raise

    async def ask(self, *command: str | bytes | int | float) -> Any:
        """The answer to one command.  A call that is cancelled takes its connection with it."""
        if not self._breaker.lets_through():
            raise Busy("the Redis server does not answer")
        try:
            answer: Any = await self.redis.execute_command(*command)  # type: ignore[no-untyped-call]
        except NoScriptError as error:
            raise _Unmet(str(error)) from error
        except (RedisError, OSError) as error:
            self._breaker.failed()
            raise Busy(f"Redis: {type(error).__name__}") from error
        self._breaker.succeeded()
        return answer

    async def ask_all(self, commands: Sequence[Sequence[str | bytes]]) -> list[Any]:
        """The answers to several reads, in one round trip."""
        if not commands:
            return []
        if not self._breaker.lets_through():
            raise Busy("the Redis server does not answer")
        try:
            async with self.redis.pipeline(transaction=False) as pipeline:
                for command in commands:
                    pipeline.execute_command(*command)
                answers: list[Any] = await pipeline.execute()
        except (RedisError, OSError) as error:
            self._breaker.failed()
            raise Busy(f"Redis: {type(error).__name__}") from error
        self._breaker.succeeded()
        return answers

    async def close(self) -> None:
        """Let go of all connections."""
        await self.redis.aclose(close_connection_pool=True)

    async def _check_memory_policy(self) -> None:
        memory = await self.ask("INFO", "memory")
        policy = memory.get("maxmemory_policy")
        if policy not in (None, "noeviction"):
            raise ValueError(f"STATE_URL: the server's maxmemory-policy is {policy}; it must be noeviction")


class _Unmet(Busy):
    """The server process does not know our scripts."""


def _redis(url: RedisUrl) -> Redis:
    options: dict[str, Any] = {
        "db": url.database,
        "username": url.username,
        "password": url.password,
        "socket_timeout": ANSWER_WITHIN,
        "socket_connect_timeout": CONNECT_WITHIN,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
    }
    if url.service is not None:
        sentinel = Sentinel(  # type: ignore[no-untyped-call]
            list(url.hosts), sentinel_kwargs={"socket_timeout": CONNECT_WITHIN, "password": url.password}, ssl=url.tls
        )
        managed = _ManagedTls if url.tls else _Managed
        pool: Any = SentinelConnectionPool(  # type: ignore[no-untyped-call]
            url.service, sentinel, connection_class=managed, max_connections=MOST_CONNECTIONS, **options
        )
        return Redis(connection_pool=pool)
    host, port = url.hosts[0]
    pool = BlockingConnectionPool(
        connection_class=_Tls if url.tls else _Plain,
        host=host,
        port=port,
        max_connections=MOST_CONNECTIONS,
        timeout=WAIT_FOR_CONNECTION,
        **options,
    )
    return Redis(connection_pool=pool)
