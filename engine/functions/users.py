"""Roles and groups: questions about users this login knows, answered from what the directory said before the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import Value
from engine.context import Context, UserObject
from engine.model import User

if TYPE_CHECKING:
    from dsl import Run

_INTERNAL = "Internal/"


def has_role(run: Run, args: list[Any]) -> bool:
    """Whether the user has the role."""
    return isinstance(args[1], str) and bool(_names([args[1]]) & _roles(args[0]))


def has_any_of_the_roles(run: Run, args: list[Any]) -> bool:
    """Whether the user has one of the roles."""
    return bool(_names(args[1]) & _roles(args[0]))


def has_any_of_the_roles_v2(run: Run, args: list[Any]) -> bool:
    """The same for the user this login is about; takes the context."""
    context = args[0]
    subject = context.members()["currentKnownSubject"]() if isinstance(context, Context) else None
    return bool(_names(args[1]) & _roles(subject))


def is_member_of_any_of_groups(run: Run, args: list[Any]) -> bool:
    """Whether the user is in one of the groups."""
    user = _record(args[0])
    return user is not None and bool(_names(args[1]) & set(user.groups))


def _record(value: Value) -> User | None:
    """The directory's record behind a user object; None for anything else, so that the answer is no."""
    return value.record if type(value) is UserObject else None


def _roles(value: Value) -> set[str]:
    user = _record(value)
    return {role.removeprefix(_INTERNAL) for role in user.roles} if user is not None else set()


def _names(given: object) -> set[str]:
    entries = given if isinstance(given, list) else [given]
    return {entry.removeprefix(_INTERNAL) for entry in entries if isinstance(entry, str)}


_USER = Parameter("user")
_ROLES = Parameter("roles", "plain", optional=True)

FUNCTIONS = (
    HostFunction("hasRole", (_USER, Parameter("role", "plain", optional=True)), has_role,
                 doc="Whether the user has the role."),
    HostFunction("hasAnyOfTheRoles", (_USER, _ROLES), has_any_of_the_roles,
                 doc="Whether the user has one of the roles."),
    HostFunction("hasAnyOfTheRolesV2", (Parameter("context"), _ROLES), has_any_of_the_roles_v2,
                 doc="Whether the user of this login has one of the roles."),
    HostFunction("isAnyOfTheRolesAssignedToUser", (_USER, _ROLES), has_any_of_the_roles,
                 doc="Whether the user has one of the roles."),
    HostFunction("isMemberOfAnyOfGroups", (_USER, Parameter("groups", "plain", optional=True)),
                 is_member_of_any_of_groups, doc="Whether the user is in one of the groups."),
)  # fmt: skip
