"""Our cookies: how they are named, set, cleared, and read back without being fooled.

A cookie that comes twice under one name is taken as absent: someone else may have planted one (RFC 6265 §8.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from web.refusals import malformed
from web.site import Site

MOST_BYTES = 8192
MOST_OPEN_LOGINS = 10
"""Flow cookies one browser may hold; the oldest make room."""
OURS = re.compile(r"(__Host-)?doorstep-")

_FLOW = "doorstep-flow-"
_SESSION = "doorstep-session"
_CONSOLE = "doorstep-console"
_APPLICATION = "doorstep-application"
_BROWSER = "doorstep-browser"
_VALUE = re.compile(r"[!#-+\--:<-\[\]-~]{1,1024}")
_DRAWN = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 random bits, in base64url."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
_KEPT = 30 * 24 * 3600
_BROWSER_KEPT = 180 * 24 * 3600


def read_cookies(request: HTTPConnection) -> dict[str, str]:
    """The request's cookies, oldest first as browsers send them; malformed and repeated ones left out.

    Raises Refusal 400 if they are more than 8 KB together.
    """
    header = "; ".join(request.headers.getlist("cookie"))
    if len(header) > MOST_BYTES:
        raise malformed("cookies too long")
    cookies: dict[str, str] = {}
    repeated: set[str] = set()
    for part in header.split(";"):
        name, _, value = part.strip(" \t").partition("=")
        value = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            continue
        if name in cookies:
            repeated.add(name)
        cookies[name] = value
    return {name: value for name, value in cookies.items() if name not in repeated}


@dataclass(frozen=True, slots=True)
class Cookies:
    """Sets and reads our cookies as the site's scheme allows."""

    site: Site

    @property
    def prefix(self) -> str:
        """`__Host-` pins a cookie to this very host over https; plain http has no such promise."""
        return "__Host-" if self.site.secure else ""

    # --- one login of this browser ------------------------------------------------------------------------------------

    def flow_secret(self, request: HTTPConnection, flow_id: str) -> str:
        """This browser's secret of that login, or the empty string."""
        return read_cookies(request).get(self._flow_name(flow_id), "")

    def set_flow(self, response: Response, flow_id: str, secret: str, *, ttl: int) -> None:
        """Bind a login to this browser.  ttl: seconds."""
        self._set(response, self._flow_name(flow_id), secret, ttl=ttl)

    def clear_oldest_flows(self, request: HTTPConnection, response: Response) -> None:
        """Make room for one more login, so that a browser's cookies never outgrow a request."""
        open_logins = [name for name in read_cookies(request) if name.startswith(self.prefix + _FLOW)]
        for name in open_logins[: max(0, len(open_logins) + 1 - MOST_OPEN_LOGINS)]:
            self._clear(response, name)

    def _flow_name(self, flow_id: str) -> str:
        return f"{self.prefix}{_FLOW}{flow_id[:12]}"

    # --- single sign-on -----------------------------------------------------------------------------------------------

    def session(self, request: HTTPConnection) -> str | None:
        """The session cookie's value, or None."""
        return read_cookies(request).get(self.prefix + _SESSION)

    def set_session(self, response: Response, value: str) -> None:
        """Until the browser closes; the server ends sessions by its own clock."""
        self._set(response, self.prefix + _SESSION, value, ttl=None)

    def clear_session(self, response: Response) -> None:
        """Signed out."""
        self._clear(response, self.prefix + _SESSION)

    # --- the console --------------------------------------------------------------------------------------------------

    def console(self, request: HTTPConnection) -> str | None:
        """The value of an admin's cookie at the console, or None."""
        return read_cookies(request).get(self.prefix + _CONSOLE)

    def set_console(self, response: Response, value: str) -> None:
        """Until the browser closes; the server ends it by its own clock."""
        self._set(response, self.prefix + _CONSOLE, value, ttl=None)

    def clear_console(self, response: Response) -> None:
        """Signed out of the console."""
        self._clear(response, self.prefix + _CONSOLE)

    # --- where to start again -----------------------------------------------------------------------------------------

    def application(self, request: HTTPConnection) -> str | None:
        """The id of the application this browser last signed in to: a hint for the way back, never a proof."""
        return read_cookies(request).get(self.prefix + _APPLICATION)

    def set_application(self, response: Response, application_id: str) -> None:
        """Remember it, if its id fits into a cookie."""
        if _VALUE.fullmatch(application_id):
            self._set(response, self.prefix + _APPLICATION, application_id, ttl=_KEPT)

    # --- to be known again --------------------------------------------------------------------------------------------

    def browser(self, request: HTTPConnection) -> str:
        """The value by which this browser is known again, or the empty string.  It opens nothing."""
        value = read_cookies(request).get(self.prefix + _BROWSER, "")
        return value if _DRAWN.fullmatch(value) else ""

    def set_browser(self, response: Response, value: str) -> None:
        """Give it one, or keep the one it has for longer."""
        self._set(response, self.prefix + _BROWSER, value, ttl=_BROWSER_KEPT)

    # --- of scripts ---------------------------------------------------------------------------------------------------

    def set_of_script(self, response: Response, cookies: Iterable[str]) -> None:
        """Set what a script set.  cookies: whole values of Set-Cookie, of names that are none of ours."""
        for cookie in cookies:
            if not OURS.match(cookie):
                response.headers.append("set-cookie", cookie)

    # ------------------------------------------------------------------------------------------------------------------

    def _set(self, response: Response, name: str, value: str, *, ttl: int | None) -> None:
        response.set_cookie(name, value, max_age=ttl, path="/", secure=self.site.secure, httponly=True, samesite="lax")

    def _clear(self, response: Response, name: str) -> None:
        response.delete_cookie(name, path="/", secure=self.site.secure, httponly=True, samesite="lax")
