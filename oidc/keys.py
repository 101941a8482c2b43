"""The keys that sign what this face issues: ES256, made on first use, kept by a `KeyStore`.

The newest key signs; older ones stay published so that what they signed can still be verified.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from engine.ports import Clock

ALGORITHM = "ES256"
CURVE = "P-256"
FRESH = 30.0
"""Seconds a process goes on with the keys it has read, before it looks whether another made a newer one."""

_PUBLIC = ("kty", "crv", "x", "y", "kid", "use", "alg")


class KeyStore(Protocol):
    """Where signing keys last, sealed.  A key is opaque bytes to it."""

    async def load(self) -> Sequence[bytes]:
        """All keys, oldest first; empty if none was ever made."""
        ...

    async def add(self, key: bytes) -> None:
        """Append *key*.  Of two processes that add at the same moment both keys must stay."""
        ...


class SigningKeys:
    """The keys as this process knows them."""

    def __init__(self, store: KeyStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._keys: tuple[ECKey, ...] = ()
        self._read_at = float("-inf")
        self._making = asyncio.Lock()

    async def signer(self) -> ECKey:
        """The private key to sign with; makes the very first one."""
        if self._clock() - self._read_at >= FRESH or not self._keys:
            await self._reload()
        return self._keys[-1]

    async def verifier(self, kid: str) -> ECKey | None:
        """The key of that id, or None.  Looks at the store again, at most once a second, before it says so."""
        found = self._known(kid)
        if found is None and self._clock() - self._read_at >= 1.0:
            await self._reload()
            found = self._known(kid)
        return found

    async def published(self) -> list[dict[str, Any]]:
        """The public halves, as JWKs (RFC 7517), newest first; from the store, so that all nodes say the same."""
        await self._reload()
        return [{name: key.dict_value[name] for name in _PUBLIC} for key in reversed(self._keys)]

    def _known(self, kid: str) -> ECKey | None:
        return next((key for key in self._keys if key.kid == kid), None)

    async def _reload(self) -> None:
        async with self._making:
            stored = await self._store.load()
            if not stored:
                await self._store.add(new_key())
                stored = await self._store.load()
            self._keys = tuple(_read(key) for key in stored)
            self._read_at = self._clock()


def new_key() -> bytes:
    """A new private key, as the JSON of its JWK; its id is the thumbprint (RFC 7638)."""
    key = ECKey.generate_key(CURVE, {"use": "sig", "alg": ALGORITHM}, private=True, auto_kid=True)
    return json.dumps(key.as_dict(private=True)).encode()


def _read(stored: bytes) -> ECKey:
    """Raises ValueError for what is no signing key: better no token than one nobody can verify."""
    try:
        key = ECKey.import_key(json.loads(stored))
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ValueError("a stored signing key cannot be read") from error
    if not key.is_private or key.curve_name != CURVE or key.kid is None:
        raise ValueError("a stored signing key is not a private P-256 key with an id")
    return key
