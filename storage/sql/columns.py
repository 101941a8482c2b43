"""How users and devices lie in columns: sets and maps as JSON, everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from engine.errors import Busy
from engine.model import Device, User
from storage.people import key_digest
from storage.sql.tables import devices, users

T = TypeVar("T")

USER = tuple(
    users.c[name]
    for name in (
        "id",
        "username",
        "canonical",
        "password_hash",
        "credential_version",
        "enabled",
        "roles",
        "groups",
        "claims",
    )
)
DEVICE = tuple(
    devices.c[name]
    for name in (
        "id",
        "user_id",
        "name",
        "model",
        "provider",
        "push_token",
        "public_key",
        "algorithms",
        "typed",
        "metadata",
        "created_at",
        "last_used_at",
        "unreachable_since",
    )
)

_encoder = msgspec.json.Encoder(order="deterministic")
_texts = msgspec.json.Decoder(tuple[str, ...])
_map: msgspec.json.Decoder[Mapping[str, str]] = msgspec.json.Decoder(dict[str, str])


def as_json(value: tuple[str, ...] | Mapping[str, str]) -> str:
    """The JSON text of texts or of a map of texts."""
    return _encoder.encode(dict(value) if isinstance(value, Mapping) else value).decode()


def texts_of(text: str) -> tuple[str, ...]:
    """Texts that `as_json` wrote.  Raises Busy if it did not."""
    return _read(_texts, text)


def user_columns(user: User) -> dict[str, Any]:
    """A row of `users`."""
    return {
        "id": user.id,
        "username": user.username,
        "canonical": user.canonical,
        "password_hash": user.password_hash,
        "credential_version": user.credential_version,
        "enabled": user.enabled,
        "roles": as_json(user.roles),
        "groups": as_json(user.groups),
        "claims": as_json(user.claims),
    }


def user_of(row: tuple[Any, ...]) -> User:
    """The user in a row of the columns USER.  Raises Busy if the row cannot be read."""
    user_id, username, canonical, password_hash, version, enabled, roles, groups, claims = row
    return User(
        user_id,
        username,
        canonical,
        password_hash,
        credential_version=version,
        enabled=bool(enabled),
        roles=_read(_texts, roles),
        groups=_read(_texts, groups),
        claims=_read(_map, claims),
    )


def device_columns(device: Device) -> dict[str, Any]:
    """A row of `devices`, but for its number."""
    return {
        "id": device.id,
        "user_id": device.user_id,
        "name": device.name,
        "model": device.model,
        "provider": device.provider,
        "push_token": device.push_token,
        "public_key": device.public_key,
        "key_digest": key_digest(device.public_key),
        "algorithms": as_json(device.algorithms),
        "typed": device.typed,
        "metadata": as_json(device.metadata),
        "created_at": float(device.created_at),
        "last_used_at": device.last_used_at,
        "unreachable_since": device.unreachable_since,
    }


def device_of(row: tuple[Any, ...]) -> Device:
    """The device in a row of the columns DEVICE.  Raises Busy if the row cannot be read."""
    device_id, user_id, name, model, provider, push_token, public_key, *rest = row
    algorithms, typed, metadata, created_at, last_used_at, unreachable_since = rest
    return Device(
        device_id,
        user_id,
        name,
        model,
        provider,
        push_token,
        public_key,
        algorithms=_read(_texts, algorithms),
        typed=bool(typed),
        metadata=_read(_map, metadata),
        created_at=created_at,
        last_used_at=last_used_at,
        unreachable_since=unreachable_since,
    )


def _read(decoder: msgspec.json.Decoder[T], text: str) -> T:
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, TypeError, UnicodeError) as error:
        raise Busy(f"a row of the database cannot be read: {error}") from error
