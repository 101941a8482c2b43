"""Password hashing: Argon2id (RFC 9106) in a bounded pool of threads of its own, as many as there are cores.

Every check costs the same, whoever the account belongs to and whether there is one; a hash that another system made is
replaced by one of ours when its password is right.  Does not count tries.
"""

from __future__ import annotations

import asyncio
import os
import unicodedata
from collections.abc import AsyncIterator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass

from argon2 import Parameters, PasswordHasher, Type
from argon2.low_level import hash_secret_raw

from authenticators.foreign_hashes import Argon2, StoredHash, UnreadableHash, read
from authenticators.password_rules import said, weakness
from engine.errors import Busy
from engine.model import Argon2Settings, PasswordPolicy

LONGEST = 1024
"""Bytes of UTF-8 a password may have; more is refused before any work."""
_SALT = 16
_HASH = 32
_NO_COST = Argon2Settings(memory_kib=8, time_cost=1)
"""For checks whose time may tell: nothing is made up to it."""
_WAITING_PER_WORKER = 64
"""Checks that may wait for one worker: about a second and a half at the default cost."""


class UnusablePassword(ValueError):
    """Too long, or not text that can be written as UTF-8."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a check found.  outdated: the password is right, but its hash was made with other parameters."""

    right: bool
    outdated: bool = False


def normalised(password: str) -> bytes:
    """The bytes that are hashed: NFKC (NIST SP 800-63B §5.1.1.2), otherwise exact.  Raises UnusablePassword.

    >>> normalised("pa\\u0308ss") == normalised("p\\u00e4ss")
    True
    """
    try:
        size = len(password.encode())
    except UnicodeEncodeError:
        raise UnusablePassword("the password is not valid text") from None
    if size > LONGEST:
        raise UnusablePassword(f"a password has at most {LONGEST} bytes")
    return unicodedata.normalize("NFKC", password).encode()


class Place:
    """A place in the pool: whoever holds one may have one password checked or hashed at a time."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool

    async def check(
        self, stored: str | None, password: bytes, *, settings: Argon2Settings, decoys: Sequence[str] = ()
    ) -> Match:
        """Whether *password* is the one of *stored*; None costs the same and never matches.

        decoys: what a wrong password is compared with besides, so that hashes of other kinds do not stand out.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, _check, stored, password, settings, decoys)

    async def hash(self, password: bytes, settings: Argon2Settings) -> str:
        """A new hash in PHC form."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, hash_now, password, settings)


class PasswordHashing:
    """The pool.  At most `workers` hashes are computed at once, and a bounded number waits."""

    def __init__(self, *, workers: int | None = None, waiting: int | None = None) -> None:
        workers = workers or _cores()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="argon2")
        self._places = asyncio.Semaphore(2 * workers)
        self._free = 2 * workers + (waiting if waiting is not None else _WAITING_PER_WORKER * workers)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[Place]:
        """Wait for a place.  Raises Busy if too many wait already; then nothing was done."""
        if self._free <= 0:
            raise Busy("password hashing is at its limit")
        self._free -= 1
        try:
            async with self._places:
                yield Place(self._pool)
        finally:
            self._free += 1

    async def hash(self, password: str, cost: Argon2Settings) -> str:
        """A new hash of *password*.  Raises UnusablePassword, Busy."""
        text = normalised(password)
        async with self.place() as place:
            return await place.hash(text, cost)

    async def matches(self, password: str, stored: str) -> bool:
        """Whether *stored* is a hash of *password*; counts no try.  Raises UnusablePassword, Busy."""
        text = normalised(password)
        async with self.place() as place:
            return (await place.check(stored, text, settings=_NO_COST)).right

    @staticmethod
    def refusal(password: str) -> str | None:
        """Why *password* can be nobody's, or None."""
        try:
            normalised(password)
        except UnusablePassword as error:
            return str(error)
        return "a password is not empty" if not password else None

    @staticmethod
    def weakness(password: str, *, username: str, policy: PasswordPolicy) -> str | None:
        """Why *password* is not good enough for a person of that name, as the end of a sentence, or None."""
        found = weakness(password, username=username, policy=policy)
        return said(found, policy) if found is not None else None

    @staticmethod
    def hash_refusal(stored: str) -> str | None:
        """Why *stored*, from elsewhere, is no password hash that may be taken, or None."""
        try:
            read(stored)
        except UnreadableHash as error:
            return str(error)
        return None

    @staticmethod
    def decoys(stored: Iterable[str], cost: Argon2Settings) -> tuple[str, ...]:
        """What a wrong password is to be compared with, where these hashes are stored: the dearest of each kind."""
        return _decoys(stored, cost)

    def close(self) -> None:
        """Let the threads end when they have finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def hash_now(password: bytes, settings: Argon2Settings) -> str:
    """A new hash, made in this thread: for the command line.  password: as `normalised` gives it."""
    return _hasher(settings).hash(password)


def _cores() -> int:
    """The cores this process may use, where the system tells; else all."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _hasher(settings: Argon2Settings) -> PasswordHasher:
    return PasswordHasher(
        time_cost=settings.time_cost,
        memory_cost=settings.memory_kib,
        parallelism=settings.parallelism,
        hash_len=_HASH,
        salt_len=_SALT,
        type=Type.ID,
    )


def _check(stored: str | None, password: bytes, settings: Argon2Settings, decoys: Sequence[str] = ()) -> Match:
    found = _read(stored)
    if found is not None and found.fits(password):
        return Match(True, outdated=_is_outdated(found, settings))
    if found is None or _is_foreign(found, settings):
        Argon2.nobodys(settings).fits(password)
    elif isinstance(found, Argon2):
        _make_up(found.parameters, password, settings)
    own = found.decoy() if found is not None else None
    for decoy in map(_read, (one for one in decoys if one != own)):
        if decoy is not None:
            decoy.fits(password)
    return Match(False)


def _read(stored: str | None) -> StoredHash | None:
    """A stored hash, or None: then no password fits."""
    try:
        return read(stored, trusted=True) if stored else None
    except UnreadableHash:
        return None


def _is_foreign(found: StoredHash, settings: Argon2Settings) -> bool:
    """Whether it takes other work than a hash of ours, or more."""
    return found.kind != "argon2id" or found.cost > settings.memory_kib * settings.time_cost


def _is_outdated(found: StoredHash, settings: Argon2Settings) -> bool:
    return not isinstance(found, Argon2) or _hasher(settings).check_needs_rehash(found.text)


def _decoys(stored: Iterable[str], settings: Argon2Settings) -> tuple[str, ...]:
    dearest: dict[str, StoredHash] = {}
    for found in map(_read, stored):
        if found is not None and _is_foreign(found, settings):
            before = dearest.setdefault(found.kind, found)
            dearest[found.kind] = max(before, found, key=lambda one: one.cost)
    return tuple(dearest[kind].decoy() for kind in sorted(dearest))


def _make_up(had: Parameters, password: bytes, settings: Argon2Settings) -> None:
    """Do the work that an older, cheaper hash saved, so that time does not tell which accounts have one."""
    missing = settings.memory_kib * settings.time_cost - had.memory_cost * had.time_cost
    if missing >= 8 * settings.parallelism:
        hash_secret_raw(
            password,
            os.urandom(_SALT),
            time_cost=1,
            memory_cost=missing,
            parallelism=settings.parallelism,
            hash_len=_HASH,
            type=Type.ID,
        )
