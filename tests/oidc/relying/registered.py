"""How the relying parties are registered with us: one client for each way to prove itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from joserfc.jwk import RSAKey

SCOPE = "openid profile email offline_access"
WAYS = {"basic": "client_secret_basic", "post": "client_secret_post", "key": "private_key_jwt", "public": "none"}
"""The ids of the clients, and how each proves itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Client:
    """A client and what it proves itself by."""

    id: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig"}, private=True, auto_kid=True))

    @property
    def auth(self) -> str:
        """Its method."""
        return WAYS[self.id]

    @property
    def secret(self) -> str:
        """Its secret, where that is the method."""
        return f"the-secret-of-the-client-{self.id}"

    @property
    def jwk(self) -> dict[str, Any]:
        """Its private key."""
        return dict(self.key.as_dict(private=True))

    def entry(self, home: str, *, callback: str, left: str, **more: Any) -> dict[str, Any]:
        """How it stands in our configuration.  home: the application's address."""
        match self.auth:
            case "private_key_jwt":
                proof: dict[str, Any] = {"jwks": {"keys": [self.key.as_dict(private=False)]}}
            case "none":
                proof = {}
            case _:
                proof = {"client_secret": self.secret}
        return {
            "id": self.id,
            "redirect_uris": [home + callback],
            "post_logout_redirect_uris": [home + left],
            "flow": "by-acr",
            **proof,
            **more,
        }


def document(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """A configuration with those applications, whose login asks for the phone where the application wants it."""
    return {
        "applications": entries,
        "flows": [
            {
                "id": "by-acr",
                "steps": [
                    {"id": 1, "options": [{"authenticator": "password"}]},
                    {"id": 2, "options": [{"authenticator": "push"}]},
                ],
                "script": {"template": "acr-based"},
            }
        ],
        "users": [
            {
                "username": "mara",
                "password": "mara-at-the-door",
                "claims": {"http://wso2.org/claims/emailaddress": "mara@example.test"},
            }
        ],
        "settings": {
            "password": {"argon2": {"memory_kib": 64, "time_cost": 1, "parallelism": 1}},
            "push": {"budget": {"per_10_minutes": 100, "per_day": 100}},
        },
    }
