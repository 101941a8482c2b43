"""Roles and groups: asked about and changed.

The answers come from what the directory said before the run; only `isAnyOfTheRolesAssignedToUser` asks it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import Value
from engine.admin_roles import admin_role
from engine.context import UserObject, scene_of
from engine.errors import DirectoryError
from engine.functions.asking import ask, do
from engine.functions.given import some_texts, texts_given, user_given, user_of
from engine.functions.telling import tell
from engine.questions import Asked, CallFailed

if TYPE_CHECKING:
    from dsl import Run

_INTERNAL = "Internal/"
GROUP_CLAIMS = ("http://wso2.org/claims/groups", "groups")
"""What a provider elsewhere says of groups: a list with commas, under one of these."""


# --- asked about ------------------------------------------------------------------------------------------------------


def has_role(run: Run, args: list[Any]) -> bool:
    """Whether the user has the role."""
    return isinstance(args[1], str) and has_any_of_the_roles(run, args)


def has_any_of_the_roles(run: Run, args: list[Any]) -> bool:
    """Whether the user has one of the roles, or the one role that is given."""
    return bool(_plain(some_texts(run, args[1])) & _roles(run, user_given(args[0])))


def has_any_of_the_roles_v2(run: Run, args: list[Any]) -> bool:
    """The same for the user this login is about, and only for roles that are associated with the application."""
    wanted = _plain(some_texts(run, args[1])) & _roles(run, user_of(args[0]))
    return any(_is_associated(run, role) for role in wanted)


def is_any_assigned(run: Run, args: list[Any]) -> bool:
    """Whether the user has one of the roles at this moment."""
    user = user_given(args[0])
    record = user.record if user is not None else None
    if record is None:
        return False
    wanted = sorted(_plain(some_texts(run, args[1])))
    return ask(run, "isAnyOfTheRolesAssignedToUser", user_id=record.id, roles=wanted).data is True


def is_member_of_any_of_groups(run: Run, args: list[Any]) -> bool:
    """Whether the user is in one of the groups; of a user elsewhere the provider says which."""
    user = user_given(args[0])
    return user is not None and bool(some_texts(run, args[1]) & _groups(run, user))


def _roles(run: Run, user: UserObject | None) -> set[str]:
    record = user.record if user is not None else None
    if record is None:
        return set()
    run.charge_fuel(1 + len(record.roles))
    return _plain(record.roles)


def _groups(run: Run, user: UserObject) -> set[str]:
    if user.is_local:
        groups = user.record.groups if user.record is not None else ()
    else:
        said = user.scene.said_elsewhere(user.subject)
        listed = next((said[name] for name in GROUP_CLAIMS if name in said), "")
        groups = tuple(name.strip() for name in listed.split(","))
    run.charge_fuel(1 + len(groups))
    return set(groups) - {""}


def _plain(roles: Iterable[str]) -> set[str]:
    return {role.removeprefix(_INTERNAL) for role in roles}


def _is_associated(run: Run, role: str) -> bool:
    associated = scene_of(run).turn.application.roles
    return associated is None or role in _plain(associated)


# --- changed ----------------------------------------------------------------------------------------------------------


def assign_user_roles(run: Run, args: list[Any]) -> bool:
    """Give the user the roles; false if it could not be done."""
    return _change(run, "assignUserRoles", user_given(args[0]), add=texts_given(run, args[1]))


def remove_user_roles(run: Run, args: list[Any]) -> bool:
    """Take the roles from the user; false if it could not be done."""
    return _change(run, "removeUserRoles", user_given(args[0]), remove=texts_given(run, args[1]))


def assign_user_roles_v2(run: Run, args: list[Any]) -> bool:
    """Give roles of the application to the user this login is about."""
    return _change(run, "assignUserRolesV2", user_of(args[0]), add=_of_application(run, args[1]))


def remove_user_roles_v2(run: Run, args: list[Any]) -> bool:
    """Take roles of the application from the user this login is about."""
    return _change(run, "removeUserRolesV2", user_of(args[0]), remove=_of_application(run, args[1]))


def _of_application(run: Run, value: Value) -> Sequence[str] | None:
    """The roles, if there are any and all are associated with the application."""
    roles = texts_given(run, value)
    return roles if roles and all(_is_associated(run, role.removeprefix(_INTERNAL)) for role in roles) else None


def _change(
    run: Run,
    name: str,
    user: UserObject | None,
    *,
    add: Sequence[str] | None = (),
    remove: Sequence[str] | None = (),
) -> bool:
    record = user.record if user is not None else None
    if record is None or add is None or remove is None:
        return False
    if not add and not remove:
        return True
    result = do(run, name, user_id=record.id, add=sorted(_plain(add)), remove=sorted(_plain(remove)))
    if not result.succeeded or not isinstance(result.data, list):
        return False
    scene_of(run).changed[record.id] = replace(record, roles=tuple(result.data))
    return True


# --- work -------------------------------------------------------------------------------------------------------------


async def _is_any_assigned(asked: Asked) -> bool:
    user = await asked.services.directory.user(asked.arguments["user_id"])
    return user is not None and not _plain(user.roles).isdisjoint(asked.arguments["roles"])


async def _change_roles(asked: Asked) -> list[str]:
    """The user's roles as they are then.  A role that is taken goes with its prefix and without."""
    user_id, add, remove = (asked.arguments[name] for name in ("user_id", "add", "remove"))
    if await asked.services.directory.user(user_id) is None or admin_role(add) is not None:
        raise CallFailed()  # nobody becomes an admin by signing in
    await tell(asked, "roles_changed", user_id=user_id, added=",".join(add), removed=",".join(remove))
    try:
        changed = await asked.services.directory.change_roles(
            user_id, add=add, remove=[*remove, *(f"{_INTERNAL}{role}" for role in remove)]
        )
    except DirectoryError:
        raise CallFailed() from None
    return list(changed.roles)


WORKS = {
    "isAnyOfTheRolesAssignedToUser": _is_any_assigned,
    **dict.fromkeys(("assignUserRoles", "removeUserRoles", "assignUserRolesV2", "removeUserRolesV2"), _change_roles),
}

_USER, _CONTEXT = Parameter("user"), Parameter("context")
_ROLES = Parameter("roles")
_NOT_SO = "`false` for what is no user of ours, and for roles that are no texts"

FUNCTIONS = (
    HostFunction("hasRole", (_USER, Parameter("role")), has_role,
                 waits=True, returns="boolean", fails=_NOT_SO,
                 doc="Whether the user has the role."),
    HostFunction("hasAnyOfTheRoles", (_USER, _ROLES), has_any_of_the_roles,
                 waits=True, returns="boolean", fails=_NOT_SO,
                 doc="Whether the user has one of the roles."),
    HostFunction("hasAnyOfTheRolesV2", (_CONTEXT, _ROLES), has_any_of_the_roles_v2,
                 waits=True, returns="boolean", fails=_NOT_SO,
                 doc="Whether the user of this login has one of the roles, of those associated with the application."),
    HostFunction("isAnyOfTheRolesAssignedToUser", (_USER, _ROLES), is_any_assigned,
                 waits=True, returns="boolean", fails=_NOT_SO,
                 doc="Whether the user has one of the roles at this moment; the directory is asked again."),
    HostFunction("isMemberOfAnyOfGroups", (_USER, Parameter("groups")), is_member_of_any_of_groups,
                 waits=True, returns="boolean", fails="`false` for what is no user",
                 doc="Whether the user is in one of the groups."),
    HostFunction("assignUserRoles", (_USER, _ROLES), assign_user_roles,
                 waits=True, returns="boolean", fails=_NOT_SO,
                 doc="Gives the user the roles, at once."),
    HostFunction("removeUserRoles", (_USER, _ROLES), remove_user_roles,
                 waits=True, returns="boolean", fails=_NOT_SO,
                 doc="Takes the roles from the user, at once."),
    HostFunction("assignUserRolesV2", (_CONTEXT, _ROLES), assign_user_roles_v2,
                 waits=True, returns="boolean", fails=f"{_NOT_SO} or not the application's",
                 doc="Gives the user of this login roles that are associated with the application."),
    HostFunction("removeUserRolesV2", (_CONTEXT, _ROLES), remove_user_roles_v2,
                 waits=True, returns="boolean", fails=f"{_NOT_SO} or not the application's",
                 doc="Takes roles that are associated with the application from the user of this login."),
)  # fmt: skip
