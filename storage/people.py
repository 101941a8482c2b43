"""Rules about users and devices that hold in every store: what fits, and what a change makes of a user that exists."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.errors import DirectoryError
from engine.model import Device, User
from storage.bounds import is_name, is_text

LARGEST_KEY = 4096
"""Bytes a device's public key may have as DER."""
MOST_ROLES = 500
MOST_SOUGHT = 8
"""Claims by which users may be sought at once."""


def check_user(user: User) -> None:
    """Raises DirectoryError('not_text') for a user that no database could hold."""
    texts = (user.username, *user.roles, *user.groups, *user.claims, *user.claims.values())
    if not (is_name(user.id) and is_name(user.canonical) and all(is_text(text) for text in texts)):
        raise DirectoryError("not_text", "a user's texts must be Unicode without NUL, id and name not empty")


def check_device(device: Device) -> None:
    """Raises DirectoryError('not_text') for a device that no database could hold."""
    texts = (device.name, device.model, device.provider, device.push_token)
    more = (*device.algorithms, *device.metadata, *device.metadata.values())
    if not (is_name(device.id) and all(is_text(text) for text in (*texts, *more))):
        raise DirectoryError("not_text", "a device's texts must be Unicode without NUL, its id not empty")
    if not 0 < len(device.public_key) <= LARGEST_KEY:
        raise DirectoryError("not_text", f"a device's key has 1 to {LARGEST_KEY} bytes")


def key_digest(public_key: bytes) -> bytes:
    """What is unique over all devices: SHA-256 of the SubjectPublicKeyInfo."""
    return hashlib.sha256(public_key).digest()


def applied(stored: User, wanted: User) -> User:
    """What *stored* becomes when *wanted* is applied to it.

    It keeps its id, and its password where none is given; another password hash makes another credential version.
    """
    password_hash = stored.password_hash if wanted.password_hash is None else wanted.password_hash
    same = password_hash == stored.password_hash
    version = stored.credential_version if same else stored.credential_version + 1
    return replace(wanted, id=stored.id, password_hash=password_hash, credential_version=version)


def with_roles(user: User, *, add: Sequence[str], remove: Sequence[str]) -> User:
    """The user with roles given and taken, in the order they were given.

    Raises DirectoryError('not_text' | 'too_many').
    """
    kept = [role for role in user.roles if role not in remove]
    changed = replace(user, roles=tuple(dict.fromkeys([*kept, *add])))
    check_user(changed)
    if len(changed.roles) > MOST_ROLES:
        raise DirectoryError("too_many", f"a user has at most {MOST_ROLES} roles")
    return changed


def may_be_sought(claims: Mapping[str, str]) -> bool:
    """Whether any user can have these claims, and they are few enough to look for."""
    return 0 < len(claims) <= MOST_SOUGHT and all(is_text(text) for text in (*claims, *claims.values()))


def has_claims(user: User, claims: Mapping[str, str]) -> bool:
    """Whether the user has exactly all these claims."""
    return all(user.claims.get(uri) == value for uri, value in claims.items())


def claim_digest(uri: str, value: str) -> bytes:
    """What users are found by: SHA-256 of a claim and its value; no text has the NUL between them."""
    return hashlib.sha256(f"{uri}\0{value}".encode()).digest()


def check_association(idp: str, identifier: str) -> None:
    """Raises DirectoryError('not_text') for a name elsewhere that no database could hold."""
    if not (is_name(idp) and is_name(identifier)):
        raise DirectoryError("not_text", "a provider and a name there must be Unicode without NUL, not empty")
