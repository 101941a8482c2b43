"""`fail` and `sendError`: the ends a script may choose.  Both end without success; nothing queued after them counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from dsl.hostapi import HostFunction, Parameter
from dsl.plain import to_plain
from dsl.values import Obj, Value
from engine.context import scene_of
from engine.functions.handlers import line_of_call
from engine.model import Call
from engine.redirects import is_web_address

if TYPE_CHECKING:
    from dsl import Run

MAX_TEXT = 500
"""Characters of one text that goes to the application or a page."""


def fail(run: Run, args: list[Any]) -> None:
    """End the login; the person goes back to the application with an OAuth error."""
    given = _texts(run, args[0])
    options: dict[str, Any] = {"reason": "script.fail", "direct": True, "error": _error_code(given.get("errorCode"))}
    if given.get("errorMessage"):
        options["description"] = given["errorMessage"]
    if is_web_address(given.get("errorURI", "")):
        options["error_uri"] = given["errorURI"]
    scene_of(run).add(Call("end", options=options, line=line_of_call()), None)


def send_error(run: Run, args: list[Any]) -> None:
    """End the login with a page that says why: ours, or the one at the given address."""
    url, details = args[0] or "", _texts(run, args[1])
    options: dict[str, Any] = {"reason": "script.send_error", "details": details}
    if is_web_address(url):
        separator = "&" if urlsplit(url).query else "?"
        options["url"] = f"{url}{separator}{urlencode(details)}" if details else url
    scene_of(run).add(Call("end", options=options, line=line_of_call()), None)


def _texts(run: Run, value: Value) -> dict[str, str]:
    """The entries of an object as bounded text without secrets; what is no text, number or yes/no is left out."""
    plain = to_plain(run, value) if isinstance(value, Obj) else {}
    entries = plain.items() if isinstance(plain, dict) else ()
    masked = scene_of(run).turn.masked
    return {
        str(key)[:100]: masked(str(entry).lower() if isinstance(entry, bool) else str(entry))[:MAX_TEXT]
        for key, entry in list(entries)[:20]
        if isinstance(entry, str | int | float)
    }


def _error_code(given: str | None) -> str:
    """An error code the protocol allows (RFC 6749 §4.1.2.1), else `access_denied`."""
    fits = given and all(" " <= c <= "~" and c not in '"\\' for c in given)
    return given if given and fits else "access_denied"


FUNCTIONS = (
    HostFunction(
        "fail",
        (Parameter("error", "object", optional=True),),
        fail,
        doc="Ends the login and sends the person back to the application with an error.",
    ),
    HostFunction(
        "sendError",
        (Parameter("url", "string", optional=True), Parameter("parameters", "object", optional=True)),
        send_error,
        doc="Ends the login with an error page, ours or the one at the given address.",
    ),
)
