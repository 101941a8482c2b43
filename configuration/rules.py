"""Rules for single values of a configuration: ids, names, addresses, hosts.  Each gives the value back or raises.

Raised `PydanticCustomError`s carry sentences for a person; the document models turn them into problems.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import partial
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from engine.admin_scopes import SCOPES
from engine.destinations import allowed_host, destination
from engine.usernames import canonical, mixes_scripts

LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that may be reached by plain http."""

_NEVER_REDIRECT = frozenset(
    {"about", "blob", "chrome", "content", "data", "file", "filesystem", "ftp", "intent", "jar", "javascript", "mailto"}
    | {"resource", "sms", "tel", "urn", "vbscript", "view-source", "ws", "wss"}
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,40}")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_ADDRESS = re.compile(r"[!#-;=?-\[\]_a-z~]+")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")


def refuse(text: str) -> PydanticCustomError:
    """The error to raise for a value that breaks a rule."""
    return PydanticCustomError("rule", "{text}", {"text": text})


def shown(value: str) -> str:
    """A value as an error message may show it: quoted, printable, short."""
    return ascii(value if len(value) <= 80 else value[:80] + "…")


def printable(text: str) -> str:
    """Text that shows what it is: no control, invisible or direction-changing characters, no outer spaces."""
    if text != text.strip() or any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in text):
        raise refuse(f"{shown(text)} has outer spaces or invisible characters")
    return text


def storable(text: str) -> str:
    """Text that every database can hold: no NUL, no half of a surrogate pair."""
    if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise refuse("has a NUL character or half of a surrogate pair")
    return text


def user_name(text: str) -> str:
    """A name a user may have (engine/usernames.py)."""
    if canonical(text) is None:
        raise refuse(f"{shown(text)} cannot be a user name: 1 to 255 visible characters")
    if mixes_scripts(text):
        raise refuse(f"{shown(text)} mixes Latin, Greek or Cyrillic letters, so it could be taken for another name")
    return text


def redirect_address(text: str) -> str:
    """An address a browser may be sent to with a code (RFC 6749 §3.1.2, RFC 8252 §7, RFC 9700 §2.1).

    https anywhere, http on this machine only, or a scheme of an app's own.
    """
    if not _ADDRESS.fullmatch(text):
        raise refuse(f"{shown(text)} is not an address: plain characters only, no spaces, wildcards or backslashes")
    if "#" in text:
        raise refuse(f"{shown(text)} has a fragment (#...), which a redirect address cannot have")
    if "*" in text:
        raise refuse(f"{shown(text)} has a wildcard; write each address out")
    parts, host = _split(text)
    if parts.scheme in _NEVER_REDIRECT:
        raise refuse(f"{shown(text)}: a browser is never sent to a {parts.scheme}: address")
    if parts.scheme in {"http", "https"} and not host:
        raise refuse(f"{shown(text)} has no host")
    if parts.scheme == "http" and host not in LOOPBACK_HOSTS:
        raise refuse(f"{shown(text)} is plain http; that is taken for localhost only, use https")
    if not host and not parts.path.strip("/"):
        raise refuse(f"{shown(text)} is only a scheme")
    return text


def _split(text: str) -> tuple[SplitResult, str]:
    """The parts of an absolute address and its host, empty for `scheme:/path`."""
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
        if host and not _HOST.fullmatch(host):
            ipaddress.IPv6Address(host)
    except ValueError:
        raise refuse(f"{shown(text)} is not an address with a usable host and port") from None
    if not _SCHEME.fullmatch(parts.scheme):
        raise refuse(f"{shown(text)} is not an absolute address")
    if "@" in parts.netloc or port == 0 or (parts.netloc and not host):
        raise refuse(f"{shown(text)} must have a plain host, and no user name")
    return parts, host


def place_to_call(text: str) -> str:
    """A place that scripts may call, `[scheme://]host[:port]` in lower case, as `engine.destinations` reads it."""
    try:
        allowed_host(text)
    except ValueError as problem:
        raise refuse(f"{shown(text)} is not a place to call: {problem}") from None
    return text.lower()


def service_address(text: str) -> str:
    """The address of a service, as `engine.destinations` reads it."""
    try:
        destination(text)
    except ValueError as problem:
        raise refuse(f"cannot be called: {problem}") from None
    return text


def logout_address(text: str) -> str:
    """Where an application is told of ended sessions: https, or http on this machine only."""
    place = destination(service_address(text))
    if place.scheme == "http" and not place.host.is_local:
        raise refuse(f"{shown(text)} is plain http; that is taken for localhost only, use https")
    return text


def host_name(text: str) -> str:
    """A server by name or address, without a port, in lower case."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        if not _HOST.fullmatch(text):
            raise refuse(f"{shown(text)} is not a host; write mail.example.test, the port stands by itself") from None
    return text.lower()


def mailbox(text: str) -> str:
    """One plain mail address."""
    if not _MAILBOX.fullmatch(text):
        raise refuse(f"{shown(text)} is not a mail address")
    return text


def directory_address(text: str) -> str:
    """Where an LDAP server is: ldaps:// or ldap://, host and port, nothing else."""
    parts, host = _split(text)
    more = parts.path.strip("/") + parts.query + parts.fragment
    if parts.scheme not in {"ldap", "ldaps"} or not host or more:
        raise refuse(f"{shown(text)} is not the address of a directory: ldaps://HOST or ldap://HOST, or with a port")
    return text


def directory_filter(text: str, placeholder: str = "") -> str:
    """An LDAP filter (RFC 4515) as far as it can be told without a directory; *placeholder* must stand in it."""
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            break
    if depth != 0 or not text.startswith("(") or not text.endswith(")"):
        raise refuse(f"{shown(text)} is not a filter: it begins with ( and ends with the ) that belongs to it")
    if placeholder and placeholder not in text:
        raise refuse(f"{shown(text)} must have {placeholder} in it, or it would find the same for everybody")
    return text


def admin_scope(text: str) -> str:
    """A scope of the management API."""
    if text not in SCOPES:
        raise refuse(f"{shown(text)} is not a scope; there are: {', '.join(SCOPES)}")
    return text


def unique(values: list[str]) -> list[str]:
    """A list in which nothing stands twice."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise refuse(f"{shown(value)} stands twice")
    return values


Text = Annotated[str, AfterValidator(storable)]
"""Any text, several lines too."""
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$")]
"""An id that goes into addresses, logs and file names."""
Label = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(printable)]
"""A short name that people read."""
Word = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(printable)]
"""A role, a group, an organisation's word."""
Username = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(user_name)]
RedirectAddress = Annotated[str, Field(max_length=2000), AfterValidator(redirect_address)]
AdminScope = Annotated[str, Field(max_length=64), AfterValidator(admin_scope)]
AcrValue = Annotated[str, Field(pattern=r"^[!-~]{1,200}$")]
SecretName = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")]
"""What a script calls a secret: `secrets.NAME`."""
HostName = Annotated[str, Field(min_length=1, max_length=253), AfterValidator(host_name)]
PlaceToCall = Annotated[str, Field(min_length=1, max_length=280), AfterValidator(place_to_call)]
ServiceAddress = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(service_address)]
LogoutAddress = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(logout_address)]
Mailbox = Annotated[str, Field(max_length=320), AfterValidator(mailbox)]
DirectoryAddress = Annotated[str, Field(min_length=1, max_length=280), AfterValidator(directory_address)]
AttributeName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9;-]{0,63}$")]
"""An attribute of an entry in a directory."""
PlainFilter = Annotated[str, Field(max_length=1024), AfterValidator(storable), AfterValidator(directory_filter)]
NameFilter = Annotated[PlainFilter, AfterValidator(partial(directory_filter, placeholder="{name}"))]
GroupFilter = Annotated[PlainFilter, AfterValidator(partial(directory_filter, placeholder="{dn}"))]
