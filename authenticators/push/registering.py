"""What a device posts to register (push-protocol.md 1.2), read strictly.  Stores nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authenticators.push.cleaning import is_id, plain
from authenticators.push.keys import KeyRefused, PublicKey
from authenticators.push.purposes import LONGEST_NAME, is_push_token
from engine.errors import DeviceError

_MOST_METADATA = 16
_LONGEST_METADATA = 256


@dataclass(frozen=True, slots=True)
class Posted:
    """A well-formed registration.  provider: None if the device leaves the choice to us; signature: base64."""

    device_id: str
    name: str
    model: str
    push_token: str
    key: PublicKey
    signature: str
    provider: str | None
    metadata: Mapping[str, str]

    @property
    def typed(self) -> bool:
        """Whether the person types the number on this device."""
        return self.metadata.get("numberInput") == "typed"


def device_id_of(body: Mapping[str, Any]) -> str:
    """The id that the device claims to register.  Raises DeviceError PDH-15002."""
    device_id = body.get("deviceId")
    if not isinstance(device_id, str) or not is_id(device_id):
        raise DeviceError("PDH-15002", "There is no open registration for this device.", detail="deviceId malformed")
    return device_id


def read(body: Mapping[str, Any]) -> Posted:
    """The registration in *body*.  Raises DeviceError; names that are not ours are left alone."""
    provider, metadata = _provider(body.get("provider"))
    token = body.get("deviceToken")
    if not is_push_token(token):
        raise _malformed("deviceToken")
    model = _words(body, "model")
    return Posted(
        device_id=device_id_of(body),
        name=_words(body, "name") or model or "Phone",
        model=model,
        push_token=str(token),
        key=_key(body.get("publicKey")),
        signature=_text(body, "signature"),
        provider=provider,
        metadata=metadata,
    )


def _key(value: object) -> PublicKey:
    if not isinstance(value, str):
        raise DeviceError("PDH-15004", "publicKey is a text.")
    try:
        return PublicKey.offered(value)
    except KeyRefused as error:
        raise DeviceError("PDH-15004", f"publicKey is refused: {error}.") from None


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise DeviceError("PDH-15004", f"{name} is a text.")
    return value


def _words(body: Mapping[str, Any], name: str) -> str:
    """Free text; some devices have no name to tell, and say null."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise _malformed(name)
    return plain(value, longest=LONGEST_NAME) if value else ""


def _provider(value: object) -> tuple[str | None, dict[str, str]]:
    if value is None:
        return None, {}
    if not isinstance(value, dict):
        raise _malformed("provider")
    name, metadata = value.get("name"), value.get("metadata")
    if name is not None and (not isinstance(name, str) or not is_id(name)):
        raise DeviceError("PDH-15013", "The push provider is not known.")
    return name, _metadata(metadata)


def _metadata(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > _MOST_METADATA:
        raise _malformed("provider.metadata")
    for name, text in value.items():
        if not (isinstance(name, str) and is_id(name) and isinstance(text, str) and len(text) <= _LONGEST_METADATA):
            raise _malformed("provider.metadata")
    return {name: plain(text, longest=_LONGEST_METADATA) for name, text in value.items()}


def _malformed(name: str) -> DeviceError:
    return DeviceError("PDH-15007", f"{name} is malformed.")
