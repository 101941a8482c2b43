"""Users by their claims: the directory is asked, the run waits.

Values are compared exactly; `*` is a text like any other.  Who is found is not proven by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from dsl.base import ERROR_PROTO, new_error
from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Null, Obj, Throw, Value, text
from engine.context import Context, UserObject, scene_of
from engine.context.claims import DERIVED, WSO2
from engine.context.scene import MAX_TEXT
from engine.errors import Busy
from engine.functions.asking import ask
from engine.functions.given import keys_of, text_given
from engine.model import Subject, User
from engine.questions import Asked, CallFailed
from engine.usernames import spellings

if TYPE_CHECKING:
    from dsl import Run

MOST_FOUND = 100
"""Users one lookup gives; a script that would have to see more is told so by an exception."""
BY_NAME, BY_ID = f"{WSO2}username", f"{WSO2}userid"
ATTRIBUTES = (f"{WSO2}emailaddress", f"{WSO2}mobile")
"""What people may sign in by besides their name."""


def get_unique_user(run: Run, args: list[Any]) -> Value:
    """The one user who has all the claims; null if nobody has, or more than one."""
    found = _found(run, "getUniqueUserWithClaimValues", args, most=2)
    return found[0] if found is not None and len(found) == 1 else NULL


def get_users(run: Run, args: list[Any]) -> list[UserObject] | Null:
    """Those who have all the claims."""
    found = _found(run, "getUsersWithClaimValues", args, most=MOST_FOUND + 1)
    if found is not None and len(found) > MOST_FOUND:
        _throw(run, f"more than {MOST_FOUND} users have these claims")
    return NULL if found is None else found


def _found(run: Run, name: str, args: list[Any], *, most: int) -> list[UserObject] | None:
    """The users; None if it was not asked rightly.  The first entry is taken out of the map, as scripts expect."""
    sought = _claims(run, args[0]) if type(args[1]) is Context else None
    if sought is None:
        return None
    args[0].delete(run, next(iter(args[0].own_keys())), False)
    result = ask(run, name, claims=sought, most=most)
    users = users_in(run, result.data) if result.succeeded else None
    if users is None:
        _throw(run, "the users could not be looked up")
    return users


def users_in(run: Run, told: Any) -> list[UserObject] | None:
    """The user objects of a list of ids and names; None for anything else."""
    if not isinstance(told, list) or not all(isinstance(one, list) and len(one) == 2 for one in told):
        return None
    users = [scene_of(run).user(Subject(str(name), str(user_id))) for user_id, name in told]
    return [user for user in users if isinstance(user, UserObject)]


def _claims(run: Run, given: Value) -> dict[str, str] | None:
    """The claims of the map as texts; None for anything else than a plain object with some, all of them texts."""
    if not isinstance(given, Obj) or given.is_callable or type(given) is not Obj:
        return None
    claims: dict[str, str] = {}
    for key in keys_of(run, given):
        value = text_given(run, given.get(run, key))
        if value is None:
            return None
        claims[text(key)] = value
    return claims or None


def resolve_identifier(run: Run, args: list[Any]) -> str | Null:
    """The user name that belongs to what a person signs in by."""
    identifier, tenant = args
    if not isinstance(identifier, str) or not identifier or tenant != scene_of(run).turn.settings.tenant:
        return NULL
    result = ask(run, "resolveMultiAttributeLoginIdentifier", identifier=text(identifier)[:MAX_TEXT])
    return result.data if result.succeeded and isinstance(result.data, str) else NULL


def _throw(run: Run, message: str) -> NoReturn:
    raise Throw(new_error(run, ERROR_PROTO, message))


async def _users_with(asked: Asked) -> list[list[str]]:
    """Ids and names, by id.  Who a person is can be asked like a claim."""
    claims, most = dict(asked.arguments["claims"]), asked.arguments["most"]
    directory = asked.services.directory
    try:
        if BY_NAME in claims:
            users = _one(await named(asked, claims.pop(BY_NAME)))
        elif BY_ID in claims:
            users = _one(await directory.user(claims.pop(BY_ID)))
        else:
            users = await directory.users_with(claims, limit=most)
    except Busy:
        raise CallFailed() from None
    return [[user.id, user.username] for user in users if _has(user, claims)]


async def named(asked: Asked, username: str) -> User | None:
    """The user whom a script means by that name, with or without store and tenant."""
    for name in spellings(username, asked.turn.settings.tenant):
        user = await asked.services.directory.user_named(name)
        if user is not None:
            return user
    return None


async def _resolve(asked: Asked) -> str | None:
    """The name of the one user with that name, address or number."""
    identifier = asked.arguments["identifier"]
    user = await named(asked, identifier)
    for uri in ATTRIBUTES:
        found = await asked.services.directory.users_with({uri: identifier}, limit=2) if user is None else []
        user = found[0] if len(found) == 1 else user
    return user.username if user is not None else None


def _one(user: User | None) -> list[User]:
    return [] if user is None else [user]


def _has(user: User, claims: dict[str, str]) -> bool:
    known = {**user.claims, **{uri: derive(user) for uri, derive in DERIVED.items()}}
    return all(known.get(uri) == value for uri, value in claims.items())


WORKS = {
    "getUniqueUserWithClaimValues": _users_with,
    "getUsersWithClaimValues": _users_with,
    "resolveMultiAttributeLoginIdentifier": _resolve,
}

_PARAMETERS = (Parameter("claims"), Parameter("context"), Parameter("profile", optional=True))
_FAILS = "null without claims or a context; an exception if the directory cannot be asked"

FUNCTIONS = (
    HostFunction("getUniqueUserWithClaimValues", _PARAMETERS, get_unique_user,
                 waits=True, throws=True, returns="User | null", fails=f"{_FAILS}; null also for more than one user",
                 doc="The one user who has all these claims, or null."),
    HostFunction("getUsersWithClaimValues", _PARAMETERS, get_users,
                 waits=True, throws=True, returns="User[] | null", fails=f"{_FAILS} or finds more than {MOST_FOUND}",
                 doc=f"The users who have all these claims, at most {MOST_FOUND}."),
    HostFunction("resolveMultiAttributeLoginIdentifier", (Parameter("identifier"), Parameter("tenantDomain")),
                 resolve_identifier,
                 waits=True, returns="string | null", fails="null for nobody, more than one user, and another tenant",
                 doc="The user name of the one user with that name, e-mail address or mobile number, or null."),
)  # fmt: skip
