"""JSON answers of this face, never cached where they hold anything secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from oidc.errors import ProtocolError

PRIVATE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
"""RFC 6749 §5.1."""
PUBLIC = {"Cache-Control": "public, max-age=300"}


def private_json(
    content: Mapping[str, Any], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """An answer for this caller only."""
    return JSONResponse(content, status, headers={**PRIVATE, **(headers or {})})


def refusal_json(error: ProtocolError) -> JSONResponse:
    """A token endpoint's error (RFC 6749 §5.2)."""
    challenge = {"WWW-Authenticate": 'Basic realm="token", charset="UTF-8"'} if error.status == 401 else {}
    content = {"error": error.error, "error_description": error.description}
    return private_json(content, status=error.status, headers=challenge)
