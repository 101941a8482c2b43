"""What a program of an admin may be allowed to do by HTTP."""

SENDERS = tuple(f"internal_config_mgt_{word}" for word in ("view", "add", "update", "delete"))
"""Of the push senders (push-protocol.md 2.3)."""
CONFIGS = ("internal_config_view", "internal_config_update")
"""Of the push settings, as other servers' consoles have them (push-protocol.md 1.4)."""
CHANGED = (
    "applications", "devices", "flows", "keys", "libraries", "prompts", "push-providers", "secrets", "sessions",
    "settings", "users",
)  # fmt: skip
"""Resources that can be changed."""
SCOPES = (*SENDERS, *CONFIGS, *(f"{name}:{word}" for name in CHANGED for word in ("read", "write")), "audit:read")
"""All there are."""
