"""Small helpers on texts and lists that need nothing of the world: masking, filtering of options, reading of a JWT."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode
from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Null
from engine.context.scene import MAX_TEXT

if TYPE_CHECKING:
    from dsl import Run

MAX_TOKEN = 16_384
"""Characters of a token that is looked into."""


def filter_authenticators(run: Run, args: list[Any]) -> dict[str, dict[str, str]]:
    """The options without those of one authenticator, with the keys 0, 1, ...: what authenticationOptions takes.

    Takes `(options, name)`, and `(tenantDomain, options, name)` as it was once.
    """
    options, excluded = args[1:3] if len(args) > 2 else [*args, None, None][:2]
    given = [option for option in options if isinstance(option, dict)] if isinstance(options, list) else []
    kept = [option for option in given if _name(option) != str(excluded).lower()]
    return {str(number): _as_filter(option) for number, option in enumerate(kept)}


def _name(option: dict[str, Any]) -> str:
    return str(option.get("authenticator")).lower()


def _as_filter(option: dict[str, Any]) -> dict[str, str]:
    """A local option goes by its authenticator, another by its identity provider."""
    if str(option.get("idp", "LOCAL")).upper() == "LOCAL":
        return {"authenticator": str(option.get("authenticator"))}
    return {"idp": str(option["idp"])}


def get_masked_value(run: Run, args: list[Any]) -> str | Null:
    """First and last character stay; of what is shorter than three nothing does."""
    value = args[0]
    if not isinstance(value, str):
        return NULL
    value = value[:MAX_TEXT]
    return f"{value[0]}{'*' * (len(value) - 2)}{value[-1]}" if len(value) > 2 else "*" * len(value)


def get_value_from_decoded_assertion(run: Run, args: list[Any]) -> str:
    """One entry of a JWT's payload or header as text, '' if there is none.  The signature is not checked."""
    token, name, in_payload = args
    if not isinstance(token, str) or not isinstance(name, str) or len(token) > MAX_TOKEN:
        return ""
    parts = token.split(".")
    if len(parts) < 2:
        return ""
    value = _decoded(parts[1 if in_payload else 0]).get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _decoded(part: str) -> dict[str, Any]:
    try:
        found = json.loads(urlsafe_b64decode(part.encode("ascii") + b"=" * (-len(part) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


FUNCTIONS = (
    HostFunction(
        "filterAuthenticators",
        (Parameter("options and name", "plain", rest=True),),
        filter_authenticators,
        doc="The options of a step without one authenticator, to be given as authenticationOptions.",
        returns="object",
        fails="an empty object, which leaves no option, if there are none",
    ),
    HostFunction(
        "getMaskedValue",
        (Parameter("value", "plain", optional=True),),
        get_masked_value,
        doc="The text with all but its first and last character masked.",
        returns="string | null",
        fails="null for what is no text",
    ),
    HostFunction(
        "getValueFromDecodedAssertion",
        (
            Parameter("token", "plain", optional=True),
            Parameter("name", "plain", optional=True),
            Parameter("inPayload", "boolean", optional=True),
        ),
        get_value_from_decoded_assertion,
        doc="One entry of a JWT's payload, or of its header, as text; the signature is not checked.",
        returns="string",
        fails="the empty text if there is no such entry or it is no JWT",
    ),
)
