"""Access tokens for calls that use client credentials (RFC 6749 §4.4): fetched through the door, kept while valid.

Kept in this process only, by a keyed hash of endpoint, client and scope: no secret is a key of a table.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import math
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

import msgspec

from engine.outgoing import Basic, ClientCredentials, OutgoingFailure, OutgoingRequest, OutgoingResponse

MOST_KEPT = 256
LONGEST_KEPT = 3600.0
"""Seconds for which a token is kept at most, whatever its issuer says."""
EARLY = 10.0
"""Seconds before its end at which a token is no longer used."""
LONGEST_TOKEN = 8192

Send = Callable[[OutgoingRequest], Awaitable[OutgoingResponse | OutgoingFailure]]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Token:
    """An access token.  reused: whether it was kept from an earlier call."""

    value: str
    reused: bool


class _Answer(msgspec.Struct):
    """What a token endpoint answers (RFC 6749 §5.1)."""

    access_token: str
    kind: str = msgspec.field(name="token_type", default="Bearer")
    expires_in: float | str | None = None


class _Claims(msgspec.Struct):
    exp: float | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    value: str
    until: float


class Tokens:
    """Gives tokens; any number of calls that need the same one make one request for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._kept: dict[bytes, _Kept] = {}
        self._fetching: dict[bytes, tuple[asyncio.Lock, int]] = {}

    async def token(self, credentials: ClientCredentials, send: Send) -> Token | OutgoingFailure:
        """A token for these credentials, kept or fetched by *send*."""
        key = self._fingerprint(credentials)
        lock, waiting = self._fetching.get(key, (asyncio.Lock(), 0))
        self._fetching[key] = (lock, waiting + 1)
        try:
            async with lock:
                kept = self._valid(key)
                return Token(kept, reused=True) if kept is not None else await self._fetched(key, credentials, send)
        finally:
            lock, waiting = self._fetching.pop(key)
            if waiting > 1:
                self._fetching[key] = (lock, waiting - 1)

    def forget(self, credentials: ClientCredentials, token: Token) -> None:
        """Use *token* no more: the service refused it."""
        key = self._fingerprint(credentials)
        kept = self._kept.get(key)
        if kept is not None and kept.value == token.value:
            del self._kept[key]

    async def _fetched(self, key: bytes, credentials: ClientCredentials, send: Send) -> Token | OutgoingFailure:
        answer = await send(_token_request(credentials))
        if isinstance(answer, OutgoingFailure):
            return OutgoingFailure(answer.kind, f"token endpoint: {answer.detail}")
        if answer.status != 200:
            return OutgoingFailure("protocol", f"the token endpoint answered {answer.status}")
        read = _read(answer.body)
        if read is None:
            return OutgoingFailure("protocol", "the token endpoint's answer holds no bearer token")
        self._keep(key, read)
        return Token(read.access_token, reused=False)

    def _keep(self, key: bytes, answer: _Answer) -> None:
        now = self._clock()
        ends = [_declared_end(answer.expires_in, now), _end_of_jwt(answer.access_token)]
        end = min((one for one in ends if one is not None), default=now)
        if end - EARLY <= now:
            return
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = _Kept(answer.access_token, min(end, now + LONGEST_KEPT) - EARLY)

    def _valid(self, key: bytes) -> str | None:
        kept = self._kept.pop(key, None)
        if kept is None or kept.until <= self._clock():
            return None
        self._kept[key] = kept  # the latest used stands last
        return kept.value

    def _fingerprint(self, credentials: ClientCredentials) -> bytes:
        parts = [credentials.token_endpoint, credentials.key, credentials.secret, credentials.scope]
        return hashlib.blake2b(msgspec.json.encode(parts), key=self._key, digest_size=32).digest()


def _token_request(credentials: ClientCredentials) -> OutgoingRequest:
    """The request of RFC 6749 §4.4.2, with the client's credentials as in §2.3.1."""
    form = {"grant_type": "client_credentials"} | ({"scope": credentials.scope} if credentials.scope else {})
    return OutgoingRequest(
        "POST",
        credentials.token_endpoint,
        headers=(("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")),
        body=urlencode(form).encode("ascii"),
        credentials=Basic(quote_plus(credentials.key), quote_plus(credentials.secret)),
        retryable=True,
    )


def _read(body: bytes) -> _Answer | None:
    try:
        answer = msgspec.json.decode(body, type=_Answer)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None
    if answer.kind.lower() != "bearer" or not 0 < len(answer.access_token) <= LONGEST_TOKEN:
        return None
    return answer


def _declared_end(expires_in: float | str | None, now: float) -> float | None:
    try:
        seconds = math.nan if expires_in is None else float(expires_in)
    except ValueError:
        return None
    return now + seconds if math.isfinite(seconds) else None


def _end_of_jwt(token: str) -> float | None:
    """When a token that is a JWT ends.  Only to stop using it in time; nothing is trusted because of it."""
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        payload = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        end = msgspec.json.decode(payload, type=_Claims).exp
        return end if end is not None and math.isfinite(end) else None
    except (binascii.Error, msgspec.MsgspecError, RecursionError, ValueError):
        return None
