"""`setCookie` and `getCookieValue`: what a script leaves in a browser, signed and encrypted if it wants.

The value is base64 of the JSON object `{"value", "signature"}`.  Signature and encryption are bound to the cookie's
name; the keys are the server's.  A cookie is a hint, or with a signature something we once said: never a login.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dsl.base import ERROR_PROTO, new_error, throw_range_error, throw_type_error
from dsl.hostapi import HostFunction, Parameter
from dsl.plain import to_plain
from dsl.values import NULL, Null, Obj, Throw, Value, text
from engine.context import scene_of
from engine.context.http import Request, Response
from engine.functions.asking import ask
from engine.questions import Asked

if TYPE_CHECKING:
    from dsl import Run

OURS = "doorstep-"
"""How the names of the server's own cookies begin; a script sets none of these."""
MOST_COOKIES = 10
"""Cookies one answer may set."""
LONGEST_VALUE = 1024
"""Characters of a cookie's value as the browser keeps it."""
LONGEST_LIFE = 400 * 24 * 3600
"""Seconds a browser keeps a cookie at the most."""

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")
_PATH = re.compile(r"/[!-:<-~]{0,199}")
_DOMAIN = re.compile(r"\.?[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+")
_SAME_SITE = {"LAX": "Lax", "STRICT": "Strict", "NONE": "None"}
_PROPERTIES: Mapping[str, type | tuple[type, ...]] = {
    "sign": bool,
    "encrypt": bool,
    "domain": str,
    "path": str,
    "comment": str,
    "max-age": int,
    "version": int,
    "httpOnly": bool,
    "secure": bool,
    "sameSite": str,
}
"""Those that a cookie may have.  comment and version mean nothing to a browser (RFC 6265 §5.2) and are not sent."""


def set_cookie(run: Run, args: list[Any]) -> None:
    """Set one on this answer.  Throws for what is no cookie, and then sets none."""
    if len(args) not in (3, 4):
        raise Throw(new_error(run, ERROR_PROTO, "setCookie: takes the response, a name, a value and properties"))
    response, name, value, *more = args
    if type(response) is not Response:
        throw_type_error(run, "setCookie: the first argument must be context.response")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        throw_type_error(run, "setCookie: the name must be 1 to 64 plain characters")
    if not isinstance(value, str):
        throw_type_error(run, "setCookie: the value must be a text")
    if len(value) > LONGEST_VALUE:
        throw_range_error(run, f"setCookie: the cookie {name} is too long")
    try:
        properties = _checked(to_plain(run, more[0]) if more else None)
        attributes = _attributes(name, properties)
    except ValueError as problem:
        throw_type_error(run, f"setCookie: {problem}")
    written = _written(run, name, text(value), properties)
    cookies = scene_of(run).turn.cookies
    if len(written) > LONGEST_VALUE:
        throw_range_error(run, f"setCookie: the cookie {name} is too long")
    if name not in cookies and len(cookies) >= MOST_COOKIES:
        throw_range_error(run, f"setCookie: more than {MOST_COOKIES} cookies on one answer")
    cookies[name] = f"{name}={written}{attributes}"


def _checked(given: Any) -> dict[str, Any]:
    """The properties that are given, each of its type; others are nobody's.  Raises ValueError."""
    if given is not None and not isinstance(given, dict):
        raise ValueError("the properties must be an object")
    found = {name: given[name] for name in _PROPERTIES if given and given.get(name) is not None}
    for name, value in found.items():
        wanted = _PROPERTIES[name]
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise ValueError(f"{name} is of the wrong type")
    return found


def _attributes(name: str, properties: Mapping[str, Any]) -> str:
    """What follows the value (RFC 6265 §4.1.2, RFC 6265bis §4.1.3 for prefixes).  Raises ValueError."""
    secure, path, domain = properties.get("secure", True), properties.get("path", "/"), properties.get("domain")
    same_site = _SAME_SITE.get(properties.get("sameSite", "LAX").upper())
    lowered = name.lower()
    if lowered.removeprefix("__host-").removeprefix("__secure-").startswith(OURS):
        raise ValueError(f"a name that begins with {OURS} is the server's own")
    if not _PATH.fullmatch(path) or (domain is not None and (len(domain) > 253 or not _DOMAIN.fullmatch(domain))):
        raise ValueError("path or domain is none")
    if same_site is None or (same_site == "None" and not secure):
        raise ValueError("sameSite must be LAX, STRICT, or with secure NONE")
    if lowered.startswith(("__host-", "__secure-")) and not secure:
        raise ValueError("a name with that prefix must be secure")
    if lowered.startswith("__host-") and (path != "/" or domain is not None):
        raise ValueError("a name with __Host- has the path / and no domain")
    parts = [f"Path={path}", f"SameSite={same_site}"]
    parts += [f"Domain={domain}"] if domain is not None else []
    parts += [f"Max-Age={min(properties['max-age'], LONGEST_LIFE)}"] if properties.get("max-age", -1) >= 0 else []
    parts += ["Secure"] if secure else []
    parts += ["HttpOnly"] if properties.get("httpOnly", True) else []
    return "".join(f"; {part}" for part in parts)


def _written(run: Run, name: str, value: str, properties: Mapping[str, Any]) -> str:
    """The value as the browser keeps it."""
    content = {"value": value}
    if properties.get("encrypt") or properties.get("sign"):
        sign, encrypt = bool(properties.get("sign")), bool(properties.get("encrypt"))
        result = ask(run, "setCookie", cookie=name, value=value, sign=sign, encrypt=encrypt)
        if not result.succeeded or not isinstance(result.data, dict):
            raise Throw(new_error(run, ERROR_PROTO, "setCookie: the value could not be sealed"))
        content = result.data
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return b64encode(told.encode()).decode("ascii")


def get_cookie_value(run: Run, args: list[Any]) -> str | Null:
    """The value of a cookie that `setCookie` once set; null for anything else."""
    request, name, options = args
    if type(request) is not Request or not isinstance(name, str):
        return NULL
    given = options if isinstance(options, Obj) else None
    decrypt, validate = _says_yes(given, "decrypt"), _says_yes(given, "validateSignature")
    found = scene_of(run).turn.request.cookies.get(text(name))
    content = _content(found) if found is not None and len(found) <= LONGEST_VALUE else None
    if content is None or decrypt is None or validate is None:
        return NULL
    if not decrypt and not validate:
        return content["value"]
    result = ask(run, "getCookieValue", cookie=text(name), content=content, decrypt=decrypt, validate=validate)
    return result.data if result.succeeded and isinstance(result.data, str) else NULL


def _says_yes(options: Obj | None, name: str) -> bool | None:
    """Whether the option is wanted; None if what it says is not yes or no: then nothing may be taken for checked."""
    value: Value = options.get_own(name) if options is not None and options.has_own(name) else False
    if value is None or value is NULL:
        return False
    return value if isinstance(value, bool) else None


def _content(written: str) -> dict[str, str] | None:
    try:
        found = json.loads(b64decode(written, validate=True).decode())
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("value"), str):
        return None
    signature = found.get("signature")
    content = {"value": found["value"]} | ({"signature": signature} if isinstance(signature, str) else {})
    return content if all(one.isascii() or _storable(one) for one in content.values()) else None


def _storable(value: str) -> bool:
    return not any("\ud800" <= one <= "\udfff" for one in value)


async def _seal(asked: Asked) -> dict[str, str]:
    given, seals = asked.arguments, asked.services.seals
    name, value = given["cookie"], given["value"]
    value = seals.encrypted(name, value) if given["encrypt"] else value
    return {"value": value} | ({"signature": seals.signature(name, value)} if given["sign"] else {})


async def _open(asked: Asked) -> str | None:
    """The value, its signature proven before it is decrypted."""
    given, seals = asked.arguments, asked.services.seals
    name, value = given["cookie"], given["content"]["value"]
    if given["validate"] and not seals.is_signed(name, value, signature=given["content"].get("signature", "")):
        return None
    return seals.decrypted(name, value) if given["decrypt"] else value


FUNCTIONS = (
    HostFunction(
        "setCookie",
        (Parameter("response, name, value, properties", rest=True),),
        set_cookie,
        waits=True,
        throws=True,
        doc="Sets a cookie on this answer; unless the properties say otherwise HttpOnly, Secure and SameSite=Lax.",
        fails="an Error or TypeError for what is no cookie or is the server's own, a RangeError for one that is too "
        "long or one too many",
    ),
    HostFunction(
        "getCookieValue",
        (Parameter("request"), Parameter("name"), Parameter("options", optional=True)),
        get_cookie_value,
        waits=True,
        doc="The value of a cookie that `setCookie` set; with `validateSignature` and `decrypt` only what we wrote.",
        returns="string | null",
        fails="null if there is none, or it cannot be read, or its signature or encryption is not ours",
    ),
)
WORKS = {"setCookie": _seal, "getCookieValue": _open}
