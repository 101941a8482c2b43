"""The public halves of the signing keys, for whoever verifies our tokens (RFC 7517 §5)."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from oidc.answers import PUBLIC
from oidc.keys import SigningKeys


@dataclass(frozen=True, slots=True)
class JwksEndpoint:
    """`GET /oauth2/jwks`."""

    keys: SigningKeys

    async def answer(self, request: Request) -> Response:
        """The key set."""
        return JSONResponse({"keys": await self.keys.published()}, headers=PUBLIC)
