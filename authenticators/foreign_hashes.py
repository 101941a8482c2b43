"""Password hashes that other systems made: argon2, bcrypt, pbkdf2 and scrypt, each within bounds.

A hash from outside must not be able to stop the server or eat its memory, so one that costs too much is refused.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from binascii import Error as BadBase64
from dataclasses import dataclass
from typing import Protocol

import bcrypt
from argon2 import Parameters, PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from engine.model import Argon2Settings

DEAREST_BCRYPT = 14
"""log2 of the rounds: about a second."""
MOST_ITERATIONS = 2_000_000
"""Of PBKDF2: about a second."""
LARGEST_MEMORY = 256 * 1024
"""KiB that one hash may take."""
MOST_SCRYPT = 2**21
"""N times r times p."""
MOST_WORK = 2**20
"""KiB times passes."""
MOST_LANES = 16
LONGEST_HASH = 512
"""Characters."""

_BCRYPT = re.compile(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{30}[.CGKOSWaeimquy26]")
_DJANGO = re.compile(r"pbkdf2_(sha1|sha256|sha512)\$([1-9]\d{0,9})\$([^$\s]{1,64})\$([A-Za-z0-9+/]{20,88}={0,2})")
_PBKDF2 = re.compile(
    r"\$pbkdf2-(sha1|sha256|sha512)\$(?:i=)?([1-9]\d{0,9})(?:,l=\d{1,3})?\$([A-Za-z0-9+/.]{1,88})\$([A-Za-z0-9+/.]{20,88})"
)
_SCRYPT = re.compile(r"\$scrypt\$ln=(\d{1,2}),r=(\d{1,4}),p=(\d{1,4})\$([A-Za-z0-9+/]{1,88})\$([A-Za-z0-9+/]{20,88})")


class UnreadableHash(ValueError):
    """The text is no hash of a kind that is known, or one that is too costly; says which, never the text."""


class StoredHash(Protocol):
    """A hash as it was read.  kind: its function; cost: comparable among those of one kind."""

    @property
    def kind(self) -> str: ...

    @property
    def cost(self) -> int: ...

    def fits(self, password: bytes) -> bool:
        """Whether it is the hash of *password*."""
        ...

    def decoy(self) -> str:
        """A hash that costs the same and that no password has."""
        ...


def read(text: str, *, trusted: bool = False) -> StoredHash:
    """The hash that *text* is.  Raises UnreadableHash.

    trusted: for one that is stored: a hash of ours may cost what the settings said, whatever the bounds here.
    """
    if len(text) > LONGEST_HASH:
        raise UnreadableHash(f"a password hash has at most {LONGEST_HASH} characters")
    if text.startswith("$argon2"):
        argon2 = _argon2(text)
        if not trusted:
            _bound(argon2.parameters)
        return argon2
    for pattern, make in ((_BCRYPT, _bcrypt), (_DJANGO, _pbkdf2), (_PBKDF2, _pbkdf2), (_SCRYPT, _scrypt)):
        found = pattern.fullmatch(text)
        if found:
            return make(found)
    raise UnreadableHash("is no password hash that can be read: argon2, bcrypt, pbkdf2 and scrypt are known")


# --- argon2 (RFC 9106) ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Argon2:
    """Any of the three variants."""

    text: str
    parameters: Parameters

    @property
    def kind(self) -> str:
        """E.g. `argon2id`."""
        return f"argon2{self.parameters.type.name.lower()}"

    @property
    def cost(self) -> int:
        """KiB times passes."""
        return self.parameters.memory_cost * self.parameters.time_cost

    def fits(self, password: bytes) -> bool:
        """Whether it is the hash of *password*."""
        try:
            return PasswordHasher().verify(self.text, password)
        except (VerificationError, InvalidHashError):
            return False

    def decoy(self) -> str:
        """A hash that costs the same and that no password has."""
        had = self.parameters
        head = f"${self.kind}$v={had.version}$m={had.memory_cost},t={had.time_cost},p={had.parallelism}"
        return f"{head}${_plain(bytes(had.salt_len))}${_plain(bytes(had.hash_len))}"

    @classmethod
    def nobodys(cls, cost: Argon2Settings) -> Argon2:
        """A hash that costs what one of ours does now, and that no password has: its digest is zero."""
        lanes, passes = cost.parallelism, cost.time_cost
        had = Parameters(Type.ID, 0x13, 16, 32, time_cost=passes, memory_cost=cost.memory_kib, parallelism=lanes)
        return cls(cls("", had).decoy(), had)


def _argon2(text: str) -> Argon2:
    try:
        had = extract_parameters(text)
    except (InvalidHashError, ValueError):
        raise UnreadableHash("is no argon2 hash in PHC form") from None
    for part in text.split("$")[-2:]:
        _octets(part)
    return Argon2(text, had)


def _bound(had: Parameters) -> None:
    """Raises UnreadableHash for what no other system would have made, or what costs too much."""
    if had.version not in (0x10, 0x13) or not 8 <= had.salt_len <= 64 or not 16 <= had.hash_len <= 64:
        raise UnreadableHash("an argon2 hash has version 16 or 19, a salt of 8 to 64 bytes, and 16 to 64 bytes itself")
    if not 1 <= had.parallelism <= MOST_LANES or had.memory_cost < 8 * had.parallelism or had.time_cost < 1:
        raise UnreadableHash(f"an argon2 hash has 1 to {MOST_LANES} lanes of at least 8 KiB and one pass or more")
    if had.memory_cost > LARGEST_MEMORY or had.memory_cost * had.time_cost > MOST_WORK:
        raise UnreadableHash(f"costs too much: m is at most {LARGEST_MEMORY}, m times t at most {MOST_WORK}")


# --- bcrypt -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bcrypt:
    """`$2a$`, `$2b$` or `$2y$`.  As everywhere, only the first 72 bytes of a password count."""

    text: str
    cost: int
    kind = "bcrypt"

    def fits(self, password: bytes) -> bool:
        """Whether it is the hash of *password*."""
        try:
            return bcrypt.checkpw(password[:72], self.text.encode())
        except ValueError:
            return False

    def decoy(self) -> str:
        """A hash that costs the same and that no password has."""
        return f"$2b${self.cost:02}${'.' * 53}"


def _bcrypt(found: re.Match[str]) -> Bcrypt:
    cost = int(found[1])
    if not 4 <= cost <= DEAREST_BCRYPT:
        raise UnreadableHash(f"costs too much or too little: a bcrypt hash has a cost of 4 to {DEAREST_BCRYPT}")
    return Bcrypt(found[0], cost)


# --- PBKDF2 (RFC 8018) and scrypt (RFC 7914) --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pbkdf2:
    """cost: iterations."""

    digest: str
    cost: int
    salt: bytes
    expected: bytes

    @property
    def kind(self) -> str:
        """E.g. `pbkdf2-sha256`."""
        return f"pbkdf2-{self.digest}"

    def fits(self, password: bytes) -> bool:
        """Whether it is the hash of *password*."""
        found = hashlib.pbkdf2_hmac(self.digest, password, self.salt, self.cost, len(self.expected))
        return hmac.compare_digest(found, self.expected)

    def decoy(self) -> str:
        """A hash that costs the same and that no password has."""
        return f"${self.kind}$i={self.cost}${_plain(bytes(16))}${_plain(bytes(len(self.expected)))}"


def _pbkdf2(found: re.Match[str]) -> Pbkdf2:
    digest, iterations = found[1], int(found[2])
    salt = found[3].encode() if found.re is _DJANGO else _octets(found[3].replace(".", "+"))
    expected = _octets(found[4].replace(".", "+"))
    if iterations > MOST_ITERATIONS:
        raise UnreadableHash(f"costs too much: a pbkdf2 hash has at most {MOST_ITERATIONS} iterations")
    if not 16 <= len(expected) <= hashlib.new(digest).digest_size:
        raise UnreadableHash(f"a pbkdf2 hash has 16 bytes or more, and no more than {digest} gives")
    return Pbkdf2(digest, iterations, salt, expected)


@dataclass(frozen=True, slots=True)
class Scrypt:
    """n: a power of two."""

    n: int
    r: int
    p: int
    salt: bytes
    expected: bytes
    kind = "scrypt"

    @property
    def cost(self) -> int:
        """N times r times p."""
        return self.n * self.r * self.p

    def fits(self, password: bytes) -> bool:
        """Whether it is the hash of *password*."""
        found = hashlib.scrypt(
            password,
            salt=self.salt,
            n=self.n,
            r=self.r,
            p=self.p,
            maxmem=2 * LARGEST_MEMORY * 1024,
            dklen=len(self.expected),
        )
        return hmac.compare_digest(found, self.expected)

    def decoy(self) -> str:
        """A hash that costs the same and that no password has."""
        cost = f"ln={self.n.bit_length() - 1},r={self.r},p={self.p}"
        return f"$scrypt${cost}${_plain(bytes(16))}${_plain(bytes(len(self.expected)))}"


def _scrypt(found: re.Match[str]) -> Scrypt:
    log_n, r, p = int(found[1]), int(found[2]), int(found[3])
    salt, expected = _octets(found[4]), _octets(found[5])
    if not (1 <= log_n <= 24 and r >= 1 and 1 <= p <= MOST_LANES):
        raise UnreadableHash(f"a scrypt hash has ln from 1 to 24, r from 1, p from 1 to {MOST_LANES}")
    if r * p * 2**log_n > MOST_SCRYPT:
        raise UnreadableHash(f"costs too much: N times r times p is at most {MOST_SCRYPT}")
    if not 16 <= len(expected) <= 64:
        raise UnreadableHash("a scrypt hash has 16 to 64 bytes")
    return Scrypt(2**log_n, r, p, salt, expected)


def _octets(text: str) -> bytes:
    """Base64 with padding or without.  Raises UnreadableHash."""
    try:
        return b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), validate=True)
    except (BadBase64, ValueError):
        raise UnreadableHash("has a salt or a hash that is not base64") from None


def _plain(octets: bytes) -> str:
    return b64encode(octets).rstrip(b"=").decode()
