"""The `claims` parameter: single claims that an application asks for (OpenID Connect Core §5.5)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from oidc.claims import SINGLE
from oidc.errors import ProtocolError

LONGEST: Final = 4096
"""Characters of the parameter."""
MOST_VALUES: Final = 10
LONGEST_VALUE: Final = 256


class ClaimsRequest(msgspec.Struct, frozen=True):
    """What was asked for.  id_token, userinfo: names of claims; others than we know are ignored (§5.5).

    acr: the values asked for, best first; acr_essential: whether anything else is a failure (§5.5.1.1).
    subject: the only user that the answer may be about (§5.5.1).
    """

    id_token: tuple[str, ...] = ()
    userinfo: tuple[str, ...] = ()
    acr: tuple[str, ...] = ()
    acr_essential: bool = False
    subject: str | None = None


def claims_request(text: str | None) -> ClaimsRequest:
    """Read the parameter.  Raises ProtocolError for what is not of the form of §5.5.

    >>> claims_request('{"id_token": {"acr": {"essential": true, "value": "urn:x:2"}, "email": null}}')
    ClaimsRequest(id_token=('email',), userinfo=(), acr=('urn:x:2',), acr_essential=True, subject=None)
    """
    if text is None:
        return ClaimsRequest()
    whole = _object(_parsed(text))
    id_token, userinfo = _wanted(whole, "id_token"), _wanted(whole, "userinfo")
    acr = _object(id_token.get("acr"))
    return ClaimsRequest(
        id_token=tuple(name for name in SINGLE if name in id_token),
        userinfo=tuple(name for name in SINGLE if name in userinfo),
        acr=_values(acr),
        acr_essential=acr.get("essential") is True and bool(_values(acr)),
        subject=_subject(id_token, userinfo),
    )


def _parsed(text: str) -> Any:
    if len(text) > LONGEST:
        raise _malformed(f"is longer than {LONGEST} characters")
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _malformed("is not JSON, or names something twice") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _wanted(whole: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    wanted = _object(whole.get(member))
    if not all(one is None or isinstance(one, dict) for one in wanted.values()):
        raise _malformed("has a claim that is neither null nor an object")
    return wanted


def _object(value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _malformed("has something else where an object belongs")
    return value


def _values(wanted: Mapping[str, Any]) -> tuple[str, ...]:
    values = wanted.get("values", [wanted["value"]] if "value" in wanted else [])
    if not isinstance(values, list) or len(values) > MOST_VALUES or not all(map(_is_value, values)):
        raise _malformed("has values that are no short texts")
    return tuple(dict.fromkeys(values))


def _is_value(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_VALUE and value.isprintable() and " " not in value


def _subject(*members: Mapping[str, Any]) -> str | None:
    named = {value for member in members for value in _values(_object(member.get("sub")))}
    if len(named) > 1:
        raise _malformed("asks for two persons")
    return next(iter(named), None)


def _malformed(what: str) -> ProtocolError:
    return ProtocolError("invalid_request", f"claims {what}")
