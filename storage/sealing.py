"""Records that only this server can make and read: AES-256-GCM, each bound to its place, revision and deadline.

What cannot be opened does not exist; nobody is told why but the audit.  Counters and owners are not sealed: a
caller that lists by owner looks inside the record whose it is.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import struct
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace as changed

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.errors import EngineError
from engine.ports import Clock, StateStore, Stored
from storage.bounds import is_name
from storage.keys import KEY_BYTES

FORMAT = 1
"""Number of the sealed format: format (1 byte) | key id (8) | salt (12) | nonce (12) | ciphertext and tag (16)."""

_HEAD = struct.Struct(">B8s12s12s")
_TAG = 16

Tampered = Callable[[str, str], Awaitable[None]]
"""Told kind and key of a record that is there but cannot be opened."""

log = logging.getLogger("doorstep.storage")


class NotAuthentic(Exception):
    """The bytes were not sealed by us, for this place, with a key we hold."""


def derived_key(key: bytes, purpose: str) -> bytes:
    """A key of its own for *purpose*, 32 bytes: HMAC-SHA256 as a key derivation function (NIST SP 800-108r1 §4.1)."""
    return hmac.digest(key, f"doorstep {purpose}".encode() + b"\0", "sha256")


def place(domain: str, *parts: str | bytes | int | float) -> bytes:
    """Where a sealed thing belongs, as bytes that no other place has: each part with its type and length."""
    encoded = [domain.encode()]
    for part in parts:
        match part:
            case str():
                encoded.append(b"s" + part.encode())
            case bytes():
                encoded.append(b"b" + part)
            case int():
                encoded.append(b"i" + str(part).encode())
            case float():
                encoded.append(b"f" + struct.pack(">d", part))
    return b"".join(struct.pack(">I", len(part)) + part for part in encoded)


class Sealer:
    """Seals with the newest of its keys and opens with any.

    A record's own key is derived from 12 random bytes, so the number of records under one master key is not bounded
    by GCM's 96-bit nonce.  keys: newest first, 32 bytes each.  present_keys: asked once for all keys as they are now
    when a record names one that is not held, so that a running server follows a rotation.
    """

    def __init__(self, keys: Sequence[bytes], *, present_keys: Callable[[], Sequence[bytes]] | None = None) -> None:
        self._present_keys = present_keys
        self._use(keys)

    def seal(self, plain: bytes, where: bytes) -> bytes:
        """*plain*, sealed for *where* (see `place`)."""
        salt, nonce = secrets.token_bytes(12), secrets.token_bytes(12)
        head = _HEAD.pack(FORMAT, self._newest, salt, nonce)
        return head + _cipher(self._masters[self._newest], salt).encrypt(nonce, plain, head[:1] + where)

    def open(self, sealed: bytes, where: bytes) -> bytes:
        """What was sealed for *where*.  Raises NotAuthentic, whatever the bytes are."""
        if not isinstance(sealed, bytes) or len(sealed) < _HEAD.size + _TAG:
            raise NotAuthentic("not a sealed record")
        number, key_id, salt, nonce = _HEAD.unpack_from(sealed)
        if number != FORMAT:
            raise NotAuthentic("another format")
        try:
            return _cipher(self._master(key_id), salt).decrypt(nonce, sealed[_HEAD.size :], sealed[:1] + where)
        except InvalidTag:
            raise NotAuthentic("changed, or of another place") from None

    def _master(self, key_id: bytes) -> bytes:
        if key_id not in self._masters and self._present_keys is not None:
            try:
                self._use(self._present_keys())
            except (ValueError, OSError) as error:
                log.warning("the secret keys cannot be read again: %s", error)
        if key_id not in self._masters:
            raise NotAuthentic("unknown key")
        return self._masters[key_id]

    def _use(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError(f"sealing needs at least one key, each of {KEY_BYTES} bytes")
        masters = {derived_key(key, "key id")[:8]: derived_key(key, "sealing") for key in keys}
        self._masters = masters
        self._newest = next(iter(masters))


def _cipher(master: bytes, salt: bytes) -> AESGCM:
    return AESGCM(hmac.digest(master, salt, "sha256"))


class SealedState:
    """A state store whose values only we can make and read.  What it finds never makes it raise."""

    def __init__(self, inner: StateStore, sealer: Sealer, clock: Clock, *, tampered: Tampered | None = None) -> None:
        self._inner = inner
        self._sealer = sealer
        self._clock = clock
        self._tampered = tampered
        self._told: dict[tuple[str, str, int], None] = {}

    async def create(self, kind: str, key: str, value: bytes, *, expires_at: float, owner: str | None = None) -> bool:
        """Store a new record; False if the key exists."""
        if not is_name(key):
            return False
        sealed = self._sealer.seal(value, _where(kind, key, revision=1, expires_at=expires_at))
        return await self._inner.create(kind, key, sealed, expires_at=expires_at, owner=owner)

    async def read(self, kind: str, key: str) -> Stored | None:
        """The record, or None."""
        return await self._opened(kind, await self._inner.read(kind, key))

    async def replace(self, kind: str, key: str, value: bytes, *, revision: int, expires_at: float) -> bool:
        """Compare-and-set: False if the stored revision is not *revision*."""
        if not is_name(key):
            return False
        sealed = self._sealer.seal(value, _where(kind, key, revision=revision + 1, expires_at=expires_at))
        return await self._inner.replace(kind, key, sealed, revision=revision, expires_at=expires_at)

    async def take(self, kind: str, key: str) -> Stored | None:
        """Remove and give the record, once."""
        return await self._opened(kind, await self._inner.take(kind, key))

    async def owned(self, kind: str, owner: str) -> list[Stored]:
        """All records of that owner that can be opened, oldest first."""
        opened = [await self._opened(kind, stored) for stored in await self._inner.owned(kind, owner)]
        return [stored for stored in opened if stored is not None]

    async def hit(self, kind: str, key: str, *, window: float) -> int:
        """Count one more event.  window: seconds."""
        return await self._inner.hit(kind, key, window=window)

    async def hits(self, kind: str, key: str) -> int:
        """The events in the present window."""
        return await self._inner.hits(kind, key)

    async def forget(self, kind: str, key: str) -> None:
        """Drop a record."""
        await self._inner.forget(kind, key)

    async def forget_hits(self, kind: str, key: str) -> None:
        """Drop a counter."""
        await self._inner.forget_hits(kind, key)

    async def _opened(self, kind: str, stored: Stored | None) -> Stored | None:
        if stored is None:
            return None
        where = _where(kind, stored.key, revision=stored.revision, expires_at=stored.expires_at)
        try:
            plain = self._sealer.open(stored.value, where)
        except NotAuthentic as error:
            await self._tell(kind, stored, str(error))
            return None
        return changed(stored, value=plain) if self._clock() < stored.expires_at else None

    async def _tell(self, kind: str, stored: Stored, why: str) -> None:
        """Report a record once, however often it is read; if the report fails it is unopened all the same."""
        seen = (kind, stored.key, stored.revision)
        if seen in self._told:
            return
        log.warning("a stored %s record cannot be opened: %s", kind, why)
        while len(self._told) >= 1024:
            del self._told[next(iter(self._told))]
        self._told[seen] = None
        if self._tampered is not None:
            try:
                await self._tampered(kind, stored.key)
            except EngineError as error:
                del self._told[seen]
                log.error("a record that cannot be opened went unaudited: %s", error.detail)


def _where(kind: str, key: str, *, revision: int, expires_at: float) -> bytes:
    return place("record", kind, key, revision, float(expires_at))
