"""Refuses changes that another site's page made a browser ask for, by the browser's own word.

`Sec-Fetch-Site` decides where the browser sends it, else `Origin`.  A client that sends neither is no browser and
carries no cookies it did not mean to.  The form token of each login is checked besides, by the engine.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from web.refusals import Refusal
from web.site import Site

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

EXEMPT = re.compile(
    r"/oauth2/(authorize|par|token|userinfo|revoke|introspect|authn)|/oidc/logout|(/t/[^/]+)?(/o/[^/]+)?/(push-auth|api/users/v1/me/push)/.*",
)
"""Paths that others' pages and apps may post to: what they do rests on what is posted, not on a cookie alone.

Applications may send an authorization or logout request as a form (OpenID Connect Core §3.1.2.1), and calls of devices
are signed by their keys.
"""


class CrossOriginCheck:
    """ASGI middleware; raises Refusal 403."""

    def __init__(self, app: ASGIApp, *, site: Site, exempt: re.Pattern[str] = EXEMPT) -> None:
        self._app = app
        self._origins = site.origins
        self._exempt = exempt

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on safe methods, exempt paths, and what our own pages sent."""
        if (
            scope["type"] == "http"
            and scope["method"] not in SAFE_METHODS
            and not self._exempt.fullmatch(scope["path"])
            and not self._is_own(Headers(scope=scope))
        ):
            raise Refusal(403, "http.cross_origin", detail="cross-origin request")
        await self._app(scope, receive, send)

    def _is_own(self, headers: Headers) -> bool:
        sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        if len(sites) > 1 or len(origins) > 1:
            return False
        if sites:
            return sites[0] in ("same-origin", "none")
        return not origins or origins[0].lower() in self._origins
