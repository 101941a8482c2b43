"""The public keys of an application: read, judged, and written in one form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey

from configuration.rules import refuse

MOST = 10
SMALLEST_RSA = 2048
"""Bits."""


def client_keys(whole: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of a JWK set (RFC 7517 §5), each as JSON.  Raises ValueError for what cannot prove an application."""
    listed = whole.get("keys")
    if set(whole) != {"keys"} or not isinstance(listed, list) or not 0 < len(listed) <= MOST:
        raise refuse(f"expected {{keys: [...]}} with 1 to {MOST} keys")
    keys = [_key(one) for one in listed]
    named = [key.kid for key in keys if key.kid is not None]
    if len(set(named)) != len(named):
        raise refuse("two keys have the same kid")
    return tuple(json.dumps(key.as_dict(private=False), sort_keys=True) for key in keys)


def _key(value: Any) -> Key:
    try:
        key = JWKRegistry.import_key(value)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise refuse("a key is no JWK (RFC 7517)") from None
    if key.is_private:
        raise refuse("a key is private; give its public half, and make a new one: this one has been shown")
    if not _is_fit(key):
        raise refuse(f"a key must be on P-256 or Ed25519, or RSA of at least {SMALLEST_RSA} bits")
    return key


def _is_fit(key: Key) -> bool:
    match key:
        case ECKey():
            return key.curve_name == "P-256"
        case OKPKey():
            return key.dict_value.get("crv") == "Ed25519"
        case RSAKey():
            return key.raw_value.key_size >= SMALLEST_RSA
        case _:
            return False
