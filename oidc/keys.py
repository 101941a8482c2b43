"""The keys that sign what this face issues, kept by a `KeyStore`: ES256, and RS256 for applications that need it.

A new key is published before it signs, and an old one stays published for as long as what it signed may come back.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Protocol

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, KeyParameters, RSAKey

from engine.ports import Clock, ConfigurationChange, ConfigurationStore

ALGORITHM: Final = "ES256"
"""What signs unless an application asks for another."""
ALGORITHMS: Final = ("ES256", "RS256")
FRESH: Final = 30.0
"""Seconds a process goes on with the keys it has read, before it looks whether another made a newer one."""
AHEAD: Final = 900.0
"""Seconds that a new key is published before it signs: longer than anybody may cache the key set."""
AGE: Final = 90 * 86400.0
"""Seconds after which a key that signs is followed by a new one."""
KEPT: Final = 90 * 86400.0
"""Seconds that a key stays published after its follower began to sign, so that its ID tokens still serve as hints."""

_PUBLIC: Final = ("kty", "crv", "x", "y", "n", "e", "kid", "use", "alg")


class KeyStore(Protocol):
    """Where signing keys last, sealed.  A key is opaque bytes to it."""

    async def load(self) -> Sequence[bytes]:
        """All keys, oldest first; empty if none was ever made."""
        ...

    async def add(self, key: bytes) -> None:
        """Append *key*.  Of two processes that add at the same moment both keys must stay."""
        ...

    async def remove(self, key: bytes) -> None:
        """Drop *key*, if it is there."""
        ...


class StoredKeys:
    """A key store on the sealed secrets of the configuration: one secret a key."""

    PREFIX = "oidc.signing-key."

    def __init__(self, configuration: ConfigurationStore, clock: Clock) -> None:
        self._configuration = configuration
        self._clock = clock

    async def load(self) -> Sequence[bytes]:
        """All keys, oldest first."""
        return [key for _, key in await self._all()]

    async def add(self, key: bytes) -> None:
        """Append *key* under a name of its own, so that two nodes cannot overwrite each other's."""
        name = f"{self.PREFIX}{self._clock():020.6f}.{secrets.token_hex(4)}"
        await self._configuration.commit(ConfigurationChange(secrets={name: key.decode()}))

    async def remove(self, key: bytes) -> None:
        """Drop *key*."""
        named = [name for name, one in await self._all() if one == key]
        await self._configuration.commit(ConfigurationChange(secrets=dict.fromkeys(named)))

    async def _all(self) -> list[tuple[str, bytes]]:
        names = sorted(name for name in await self._configuration.secret_names() if name.startswith(self.PREFIX))
        values = [(name, await self._configuration.secret(name)) for name in names]
        return [(name, value.encode()) for name, value in values if value is not None]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key.  made_at: seconds; stored: as the store has it."""

    key: Key
    algorithm: str
    made_at: float
    stored: bytes

    @property
    def kid(self) -> str:
        """Its id: the thumbprint (RFC 7638)."""
        return str(self.key.kid)

    def published(self) -> dict[str, Any]:
        """The public half, as a JWK (RFC 7517)."""
        return {name: self.key.dict_value[name] for name in _PUBLIC if name in self.key.dict_value}


class SigningKeys:
    """The keys as this process knows them."""

    def __init__(self, store: KeyStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._keys: tuple[SigningKey, ...] = ()
        self._read_at = float("-inf")
        self._making = asyncio.Lock()

    async def signer(self, algorithm: str = ALGORITHM) -> SigningKey:
        """The private key to sign with; makes the very first one."""
        if self._clock() - self._read_at >= FRESH or not self._of(algorithm):
            await self._reload(algorithm)
        return _signing(self._of(algorithm), self._clock())

    async def verifier(self, kid: str) -> SigningKey | None:
        """The key of that id, or None.  Looks at the store again, at most once a second, before it says so."""
        found = self._known(kid)
        if found is None and self._clock() - self._read_at >= 1.0:
            await self._reload()
            found = self._known(kid)
        return found

    async def all(self) -> tuple[SigningKey, ...]:
        """All keys, oldest first; from the store, and never none."""
        await self._reload(ALGORITHM)
        return self._keys

    async def published(self) -> list[dict[str, Any]]:
        """The public halves, newest first; from the store, so that all nodes say the same."""
        return [key.published() for key in reversed(await self.all())]

    async def rotate(self, algorithm: str = ALGORITHM) -> str:
        """Make a key that signs from AHEAD on; gives its id."""
        made = await asyncio.to_thread(new_key, algorithm, self._clock())
        await self._store.add(made)
        await self._reload()
        return _read(made).kid

    async def tend(self) -> None:
        """Let a key that has signed for AGE be followed, and drop those whose follower has signed for KEPT."""
        await self._reload()
        now = self._clock()
        for algorithm in ALGORITHMS:
            keys = self._of(algorithm)
            if keys and now - keys[-1].made_at >= AGE:
                await self.rotate(algorithm)
            for old, follower in pairwise(keys):
                if now - follower.made_at >= AHEAD + KEPT:
                    await self._store.remove(old.stored)

    def _of(self, algorithm: str) -> list[SigningKey]:
        return [key for key in self._keys if key.algorithm == algorithm]

    def _known(self, kid: str) -> SigningKey | None:
        return next((key for key in self._keys if key.kid == kid), None)

    async def _reload(self, needed: str | None = None) -> None:
        """Read the store.  needed: an algorithm for which a key is made if there is none."""
        async with self._making:
            keys = await self._load()
            if needed is not None and not any(key.algorithm == needed for key in keys):
                await self._store.add(await asyncio.to_thread(new_key, needed, self._clock()))
                keys = await self._load()
            self._keys = keys
            self._read_at = self._clock()

    async def _load(self) -> tuple[SigningKey, ...]:
        return tuple(sorted(map(_read, await self._store.load()), key=lambda key: key.made_at))


def new_key(algorithm: str, now: float) -> bytes:
    """A new private key, as the store keeps it: the JWK and when it was made, in JSON."""
    parameters: KeyParameters = {"use": "sig", "alg": algorithm}
    match algorithm:
        case "ES256":
            key: Key = ECKey.generate_key("P-256", parameters, private=True, auto_kid=True)
        case "RS256":
            key = RSAKey.generate_key(2048, parameters, private=True, auto_kid=True)
        case _:
            raise ValueError(f"no key can be made for {algorithm}")
    return json.dumps({"made_at": now, "jwk": key.as_dict(private=True)}).encode()


def _signing(keys: Sequence[SigningKey], now: float) -> SigningKey:
    """The newest that was published long enough; before there is one, the oldest."""
    ready = [key for key in keys if now - key.made_at >= AHEAD]
    return ready[-1] if ready else keys[0]


def _read(stored: bytes) -> SigningKey:
    """Raises ValueError for what is no signing key: better no token than one nobody can verify."""
    try:
        content = json.loads(stored)
        key, made_at = JWKRegistry.import_key(content["jwk"]), float(content["made_at"])
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ValueError("a stored signing key cannot be read") from error
    algorithm = key.dict_value.get("alg")
    fits = isinstance(key, ECKey) and key.curve_name == "P-256" if algorithm == "ES256" else isinstance(key, RSAKey)
    if algorithm not in ALGORITHMS or not fits or not key.is_private or key.kid is None:
        raise ValueError("a stored signing key is not a private key with an id for an algorithm of ours")
    return SigningKey(key, algorithm, made_at, stored)
