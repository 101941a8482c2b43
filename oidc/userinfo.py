"""The userinfo endpoint: what an access token's holder may know of the person, as it is now (Core §5.3)."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from oidc.answers import private_json
from oidc.bearers import Bearers, invalid_token, missing, refusal
from oidc.claims import about
from oidc.errors import ProtocolError, TokenRefused

_log = logging.getLogger("doorstep.oidc")
_REALM = "userinfo"


@dataclass(frozen=True, slots=True)
class UserinfoEndpoint:
    """`GET` and `POST /oauth2/userinfo`."""

    bearers: Bearers

    async def answer(self, request: Request) -> Response:
        """Claims, or an error of RFC 6750 §3.1."""
        try:
            bearer = await self.bearers.of(request)
            if bearer is None:
                return missing(_REALM)
            if "openid" not in bearer.access.scope:
                raise ProtocolError("insufficient_scope", "scope openid is needed", status=403)
            access = bearer.access
            return private_json(about(bearer.user, access.scope, access.claims, asked=access.asked))
        except ProtocolError as error:
            return refusal(error, _REALM)
        except TokenRefused as error:
            _log.info("userinfo refused: %s", error)
            return refusal(invalid_token(), _REALM)
