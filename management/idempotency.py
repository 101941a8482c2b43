"""Creating once, however often it is sent: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from engine.errors import Busy
from engine.layouts import Layout
from engine.ports import Clock, StateStore
from management.problems import problem
from web.refusals import Refusal

KEPT = 24 * 3600.0
"""Seconds an answer is kept."""
UNDER_WAY = 60.0
"""Seconds until a call that came to no end is forgotten."""

_KIND = "idempotency"
_KEY = re.compile(r"[!-~]{1,200}")
_TOLD = ("content-type", "etag", "location")


class Kept(msgspec.Struct, frozen=True):
    """A call and its answer.  digest: of the body that was sent; status: 0 as long as there is no answer."""

    digest: bytes
    status: int = 0
    headers: dict[str, str] = msgspec.field(default_factory=dict)
    body: bytes = b""
    format: int = 0


_layout = Layout(Kept, number=1)


@dataclass(frozen=True, slots=True)
class Idempotency:
    """Answers are sealed in the state store."""

    state: StateStore
    clock: Clock

    async def once(
        self, request: Request, place: str, octets: bytes, make: Callable[[], Awaitable[Response]]
    ) -> Response:
        """The answer of *make*, or the one that was given before.  place: whose key it is, and for what."""
        keys = request.headers.getlist("idempotency-key")
        if not keys:
            return await make()
        if len(keys) > 1 or not _KEY.fullmatch(keys[0]):
            raise problem(400, "Idempotency-Key is 1 to 200 visible ASCII characters.")
        key = sha256(f"{place}\n{keys[0]}".encode("utf-8", "surrogatepass")).hexdigest()
        begun = _layout.write(Kept(sha256(octets).digest(), format=1))
        if not await self.state.create(_KIND, key, begun, expires_at=self.clock() + UNDER_WAY):
            return await self._again(key, octets)
        try:
            response = await make()
        except (Refusal, Busy):
            await self.state.forget(_KIND, key)  # nothing was made; after anything else that is not known
            raise
        await self._keep(key, octets, response)
        return response

    async def _keep(self, key: str, octets: bytes, response: Response) -> None:
        headers = {name: response.headers[name] for name in _TOLD if name in response.headers}
        kept = Kept(sha256(octets).digest(), response.status_code, headers, bytes(response.body), format=1)
        await self.state.replace(_KIND, key, _layout.write(kept), revision=1, expires_at=self.clock() + KEPT)

    async def _again(self, key: str, octets: bytes) -> Response:
        stored = await self.state.read(_KIND, key)
        kept = _layout.read(stored.value) if stored is not None else None
        if kept is None or (kept.status == 0 and kept.digest == sha256(octets).digest()):
            raise _under_way()
        if kept.digest != sha256(octets).digest():
            raise problem(422, "This Idempotency-Key was sent with another body.")
        return Response(kept.body, kept.status, headers=kept.headers)


def _under_way() -> Refusal:
    text = "The first call with this Idempotency-Key is under way; try again in a second."
    return Refusal(409, "http.bad_request", detail=text, text=text, headers={"Retry-After": "1"})
