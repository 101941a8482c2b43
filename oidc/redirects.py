"""Addresses that answers are sent to: one way to add parameters to a registered address, whatever they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode


def with_parameters(address: str, parameters: Mapping[str, str | None]) -> str:
    """*address* with the parameters that are not None; its own query stays (RFC 6749 §3.1.2).

    >>> with_parameters("https://app.test/cb?x=1", {"state": 'a"\\n&b', "code": None})
    'https://app.test/cb?x=1&state=a%22%0A%26b'
    """
    sent = [(name, value) for name, value in parameters.items() if value is not None]
    if not sent:
        return address
    return address + ("&" if "?" in address else "?") + urlencode(sent, quote_via=quote, safe="")


def added(address: str, to: str) -> dict[str, str]:
    """What `with_parameters` put on *to*, whatever query that has of its own; nothing if it is another address.

    >>> added("https://app.test/cb?code=x&error=e", "https://app.test/cb?code=x")
    {'error': 'e'}
    >>> added("https://login.test/consent/1", "https://app.test/cb")
    {}
    """
    return dict(parse_qsl(address.removeprefix(to).lstrip("?&"))) if address.startswith(to) else {}


def error_address(
    redirect_uri: str,
    error: str,
    *,
    issuer: str,
    state: str | None,
    description: str | None = None,
    error_uri: str | None = None,
) -> str:
    """The application's address with an error (RFC 6749 §4.1.2.1) and who says so (RFC 9207)."""
    return with_parameters(
        redirect_uri,
        {
            "error": error if is_error_text(error) else "access_denied",
            "error_description": error_text(description) if description else None,
            "error_uri": error_uri if error_uri and is_error_uri(error_uri) else None,
            "state": state,
            "iss": issuer,
        },
    )


def is_error_text(text: str) -> bool:
    """Whether *text* has only the characters an error code may have, and not too many (RFC 6749 §4.1.2.1)."""
    return 0 < len(text) <= 100 and all(_may_stand(character) for character in text)


def is_error_uri(text: str) -> bool:
    """Whether *text* may be an `error_uri`: an absolute web address in the characters of RFC 6749 §4.1.2.1."""
    is_web = text.startswith(("https://", "http://"))
    return is_web and len(text) <= 1000 and all(_may_stand(character) and character != " " for character in text)


def error_text(text: str) -> str:
    """*text* in the characters an `error_description` may have; accents are dropped, the rest becomes `?`.

    >>> error_text('Zugang "gesperrt" für Söhne\\n')
    'Zugang ?gesperrt? fur Sohne?'
    """
    plain = (c for c in unicodedata.normalize("NFKD", text[:500]) if not unicodedata.combining(c))
    return "".join(character if _may_stand(character) else "?" for character in plain)


def _may_stand(character: str) -> bool:
    return "\x20" <= character <= "\x7e" and character not in '"\\'
