"""What applying a configuration stands on; given by whoever starts it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from configuration.flows import CheckScript
from engine.model import Argon2Settings, PasswordPolicy, PushProvider
from engine.ports import Audit, Clock, ConfigurationStore


class Passwords(Protocol):
    """Hashes passwords of people; the same that the password authenticator uses."""

    def refusal(self, password: str) -> str | None:
        """Why *password* can be nobody's, or None."""
        ...

    async def hash(self, password: str, cost: Argon2Settings) -> str:
        """A new hash."""
        ...

    async def matches(self, password: str, stored: str) -> bool:
        """Whether *stored* is a hash of *password*."""
        ...

    def weakness(self, password: str, *, username: str, policy: PasswordPolicy) -> str | None:
        """Why *password* is not good enough for a person of that name, in a sentence's end, or None."""
        ...

    def hash_refusal(self, stored: str) -> str | None:
        """Why *stored*, from elsewhere, is no password hash that may be taken, or None."""
        ...

    def decoys(self, stored: Iterable[str], cost: Argon2Settings) -> tuple[str, ...]:
        """What a wrong password is to be compared with, where these hashes are stored."""
        ...


class ClientSecrets(Protocol):
    """Hashes secrets of applications; the same that the token endpoint uses."""

    def hash(self, secret: str) -> str:
        """A new hash."""
        ...

    def matches(self, secret: str, stored: str) -> bool:
        """Whether *stored* is a hash of *secret*."""
        ...

    def is_weak(self, secret: str) -> bool:
        """Whether *secret* is too short or too plain to be a random one."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """environment: where `{env: NAME}` is looked up.  new_id: makes ids of new users.

    template_fault(source): what is wrong with a prompt's template, or None.  fcm_provider(name, key file): the push
    provider and the secret to store with it; raises ValueError.
    """

    store: ConfigurationStore
    audit: Audit
    clock: Clock
    passwords: Passwords
    client_secrets: ClientSecrets
    check_script: CheckScript
    template_fault: Callable[[str], str | None]
    fcm_provider: Callable[[str, str], tuple[PushProvider, str]]
    environment: Mapping[str, str]
    new_id: Callable[[], str]
