"""The order in which every request passes what the faces share; used once, by the composition root."""

from __future__ import annotations

from starlette.middleware import Middleware

from web.cross_origin import CrossOriginCheck
from web.errors import ErrorBoundary, Errors
from web.headers import SecurityHeaders
from web.hosts import HostCheck
from web.site import Site


def middleware(*, site: Site, errors: Errors, admin_host: str | None = None) -> list[Middleware]:
    """Outermost first: headers on everything, then the boundary that answers what the checks inside it raise."""
    return [
        Middleware(SecurityHeaders, site=site),
        Middleware(ErrorBoundary, errors=errors),
        Middleware(HostCheck, site=site, admin_host=admin_host),
        Middleware(CrossOriginCheck, site=site),
    ]
