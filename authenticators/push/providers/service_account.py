"""Reads a Google service account's JSON key: what is needed of it, strictly, and nothing else.

The key file is an admin's upload, so every address in it is hostile: the one that is called must be on a list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from authenticators.push.strict import json_object
from engine.model import PushProvider

LONGEST = 16_384
"""Characters of a key file; a real one has some 2400."""
TOKEN_ADDRESSES = frozenset({"https://oauth2.googleapis.com/token", "https://accounts.google.com/o/oauth2/token"})
"""Where Google gives out access tokens."""

_PROJECT = re.compile(r"[a-z][a-z0-9.:-]{3,62}")
_ACCOUNT = re.compile(r"[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,190}")
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
_STAND_IN = re.compile(r"https?://([A-Za-z0-9.:\[\]-]+)/[A-Za-z0-9/_-]*")
_WEAKEST = 2048


class Unusable(ValueError):
    """The key file cannot be taken.  Its text names the field and never holds its value."""


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """A service account's key.  account: its mail address; key_id: of the key."""

    project: str
    account: str
    key_id: str
    token_address: str
    private_key: str = field(repr=False)

    def as_json(self) -> str:
        """What is needed, always written the same way; the form that Google's libraries read."""
        return json.dumps(self.as_info(), sort_keys=True, separators=(",", ":"))

    def as_info(self) -> dict[str, str]:
        """The same as a map."""
        return {
            "type": "service_account",
            "project_id": self.project,
            "private_key_id": self.key_id,
            "private_key": self.private_key,
            "client_email": self.account,
            "token_uri": self.token_address,
        }


def read(text: str, *, token_hosts: Sequence[str] = ()) -> ServiceAccount:
    """The account in *text*.  token_hosts: `host:port` of stand-ins that may give out tokens too.  Raises Unusable."""
    info = _object(text)
    if info.get("type") != "service_account":
        raise Unusable('"type" is not "service_account": this is another kind of key file')
    if info.get("universe_domain", "googleapis.com") != "googleapis.com":
        raise Unusable('"universe_domain" is not googleapis.com')
    return ServiceAccount(
        project=_word(info, "project_id", _PROJECT),
        account=_word(info, "client_email", _ACCOUNT),
        key_id=_word(info, "private_key_id", _KEY_ID),
        token_address=_token_address(info, token_hosts),
        private_key=_private_key(info),
    )


def provider_of(name: str, text: str, *, token_hosts: Sequence[str] = ()) -> tuple[PushProvider, str]:
    """The provider that an uploaded key file makes, and the secret to store with it.  Raises Unusable."""
    account = read(text, token_hosts=token_hosts)
    secret = account.as_json()
    digest = sha256(secret.encode()).hexdigest()
    return PushProvider(name, "fcm", account.project, account.account, account.key_id, digest), secret


def _object(text: str) -> Mapping[str, Any]:
    if len(text) > LONGEST:
        raise Unusable(f"is longer than {LONGEST} characters: not a key file")
    try:
        return json_object(text.encode())
    except ValueError:
        raise Unusable("is not a JSON key file") from None


def _word(info: Mapping[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = info.get(name)
    if not isinstance(value, str) or not form.fullmatch(value):
        raise Unusable(f'"{name}" is missing or malformed')
    return value


def _token_address(info: Mapping[str, Any], hosts: Sequence[str]) -> str:
    """Where tokens are fetched: Google's own address, or a stand-in's that the server's settings name."""
    value = info.get("token_uri")
    if isinstance(value, str) and value in TOKEN_ADDRESSES:
        return value
    if isinstance(value, str) and _STAND_IN.fullmatch(value) and urlsplit(value).netloc in hosts:
        return value
    raise Unusable('"token_uri" is not an address of Google\'s, so no credentials are sent there')


def _private_key(info: Mapping[str, Any]) -> str:
    value = info.get("private_key")
    try:
        key = load_pem_private_key(value.encode("ascii"), password=None) if isinstance(value, str) else None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, RSAPrivateKey) or not isinstance(value, str):
        raise Unusable('"private_key" is not an RSA key in PEM form')
    if key.key_size < _WEAKEST:
        raise Unusable(f'"private_key" has fewer than {_WEAKEST} bits')
    return value
