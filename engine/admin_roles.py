"""What people may do at the console, by the role that they have."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from engine.admin_scopes import CHANGED, SCOPES

PREFIX = "doorstep-"
"""Of the roles of people that are meant here."""


class AdminRole(IntEnum):
    """Each may do what those before it may, and more."""

    VIEWER = 1
    EDITOR = 2
    PUBLISHER = 3
    OWNER = 4

    @property
    def role(self) -> str:
        """What it is called among the roles of people."""
        return PREFIX + self.name.lower()

    @property
    def scopes(self) -> frozenset[str]:
        """What it may do at the management API.  An editor writes drafts, which change nothing that is served."""
        if self is AdminRole.OWNER:
            return frozenset(SCOPES)
        reads = {f"{name}:read" for name in CHANGED if name != "secrets"} | {"audit:read"}
        published = {f"{name}:write" for name in ("applications", "flows", "libraries", "prompts")}
        ended = {"devices:write", "sessions:write"}
        return frozenset(reads | published | ended if self is AdminRole.PUBLISHER else reads)


def admin_role(roles: Iterable[str]) -> AdminRole | None:
    """The highest one among the roles of a person, or None.

    >>> admin_role(["staff", "doorstep-viewer", "doorstep-publisher"])
    <AdminRole.PUBLISHER: 3>
    """
    given = set(roles)
    return max((one for one in AdminRole if one.role in given), default=None)
