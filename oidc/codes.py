"""Authorization codes: what is kept behind one, and that it can be spent once.

The store knows only the SHA-256 of a code.  A spent one leaves a mark, by which a second use is recognised.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import msgspec

from engine.layouts import Layout
from engine.ports import StateStore
from oidc.claims_request import ClaimsRequest
from oidc.encoding import base64url

KIND = "code"
LIFE = 60
"""Seconds between the end of a login and the deadline of its code (ASVS 10.4.3)."""
REMEMBERED = 600
"""Seconds after that deadline during which a spent code is still recognised: longer than any token it gave lives."""


class IssuedCode(msgspec.Struct, frozen=True, tag="issued"):
    """All that the tokens will say, as it was when the login ended.

    credentials: what proved the user, with the user's credential version then.  auth_time, expires_at: seconds.
    """

    client_id: str
    redirect_uri: str
    scope: tuple[str, ...]
    code_challenge: str
    user_id: str
    credentials: tuple[tuple[str, int], ...]
    auth_time: float
    amr: tuple[str, ...]
    expires_at: float
    nonce: str | None = None
    acr: str | None = None
    sid: str | None = None
    claims: dict[str, str] = msgspec.field(default_factory=dict)
    asked: ClaimsRequest = ClaimsRequest()
    format: int = 1


class UsedCode(msgspec.Struct, frozen=True, tag="used"):
    """The mark of a spent code, and whose it was.

    token_id: the access token it gave, None if spent in vain; grant: the grant that came with it, if one did.
    """

    token_id: str | None
    grant: str | None
    client_id: str
    user_id: str
    format: int = 1


@dataclass(frozen=True, slots=True)
class Held:
    """A code's record as it was read; `Codes.spend` succeeds only while it still is so."""

    key: str
    revision: int
    deadline: float
    record: IssuedCode | UsedCode


_layout: Layout[IssuedCode | UsedCode] = Layout(IssuedCode | UsedCode)  # type: ignore[arg-type]


def code_of(ticket: str) -> str:
    """The code of a login: the same for the same ticket, and it does not give the ticket away.

    ticket: 256 random bits; the code: 43 characters, base64url without padding.
    """
    return base64url(hashlib.sha256(b"authorization code\0" + ticket.encode()).digest())


class Codes:
    """The store of codes."""

    def __init__(self, state: StateStore) -> None:
        self._state = state

    async def issue(self, code: str, record: IssuedCode) -> None:
        """Keep *record*, once: a code that exists, was spent, or whose time is over stays as it is."""
        await self._state.create(KIND, _key(code), _layout.write(record), expires_at=record.expires_at)

    async def find(self, code: str) -> Held | None:
        """What is behind *code*, or None: never issued, expired, or unreadable."""
        return await self._read(_key(code))

    async def again(self, held: Held) -> Held | None:
        """What is there now of a code that was read before."""
        return await self._read(held.key)

    async def spend(
        self, held: Held, code: IssuedCode, *, token_id: str | None = None, grant: str | None = None
    ) -> bool:
        """Turn a code into its mark; of any number of callers one gets True."""
        mark = _layout.write(UsedCode(token_id, grant, code.client_id, code.user_id))
        until = held.deadline + REMEMBERED
        return await self._state.replace(KIND, held.key, mark, revision=held.revision, expires_at=until)

    async def _read(self, key: str) -> Held | None:
        stored = await self._state.read(KIND, key)
        record = _layout.read(stored.value) if stored is not None else None
        if stored is None or record is None:
            return None
        return Held(stored.key, stored.revision, stored.expires_at, record)


def _key(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
