"""What this server can do, for applications that set themselves up by it (OpenID Connect Discovery; RFC 8414).

Made of the configured issuer alone; nothing of the request is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from oidc.answers import PUBLIC
from oidc.assertions import ALGORITHMS as ASSERTED
from oidc.authorization_request import SCOPES
from oidc.checks import PROMPTS
from oidc.claims import SUPPORTED
from oidc.clients import METHODS
from oidc.keys import ALGORITHMS
from oidc.logout import PATH as LOGOUT
from oidc.token import GRANT_TYPES


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
        "pushed_authorization_request_endpoint": f"{base}/oauth2/par",
        "revocation_endpoint": f"{base}/oauth2/revoke",
        "introspection_endpoint": f"{base}/oauth2/introspect",
        "end_session_endpoint": f"{base}{LOGOUT}",
        "jwks_uri": f"{base}/oauth2/jwks",
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": list(GRANT_TYPES),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": list(ALGORITHMS),
        "token_endpoint_auth_methods_supported": list(METHODS),
        "token_endpoint_auth_signing_alg_values_supported": list(ASSERTED),
        "revocation_endpoint_auth_methods_supported": list(METHODS),
        "introspection_endpoint_auth_methods_supported": [method for method in METHODS if method != "none"],
        "introspection_endpoint_auth_signing_alg_values_supported": list(ASSERTED),
        "revocation_endpoint_auth_signing_alg_values_supported": list(ASSERTED),
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": list(SUPPORTED),
        "prompt_values_supported": sorted(PROMPTS),
        "authorization_response_iss_parameter_supported": True,
        "claims_parameter_supported": True,
        "require_pushed_authorization_requests": False,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }
