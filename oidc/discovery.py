"""What this server can do, for applications that set themselves up by it (OpenID Connect Discovery; RFC 8414).

Made of the configured issuer alone; nothing of the request is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from oidc.answers import PUBLIC
from oidc.authorization_request import SCOPES
from oidc.checks import PROMPTS
from oidc.claims import SUPPORTED
from oidc.clients import METHODS
from oidc.keys import ALGORITHM


@dataclass(frozen=True, slots=True)
class DiscoveryEndpoint:
    """`GET /.well-known/openid-configuration`."""

    issuer: str

    async def answer(self, request: Request) -> Response:
        """The document."""
        return JSONResponse(document(self.issuer), headers=PUBLIC)


def document(issuer: str) -> dict[str, Any]:
    """The discovery document of *issuer*, which stands in it as configured."""
    base = issuer.rstrip("/")
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{base}/oauth2/authorize",
        "token_endpoint": f"{base}/oauth2/token",
        "userinfo_endpoint": f"{base}/oauth2/userinfo",
        "jwks_uri": f"{base}/oauth2/jwks",
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": list(METHODS),
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": list(SUPPORTED),
        "prompt_values_supported": sorted(PROMPTS),
        "authorization_response_iss_parameter_supported": True,
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }
