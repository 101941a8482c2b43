"""Users of a provider elsewhere, and who of ours they are.

Only the person who just did a step by that provider can be associated, or freed of it: whoever associates two accounts
lets one sign in as the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import NULL, Value, text
from engine.context import UserObject, scene_of
from engine.context.users import STORES, did_a_step
from engine.errors import DirectoryError
from engine.functions.asking import ask, do
from engine.functions.given import step_user_of, user_given, user_of
from engine.functions.telling import tell
from engine.functions.user_store import named, users_in
from engine.questions import Asked, CallFailed

if TYPE_CHECKING:
    from dsl import Run

DOMAIN_VERIFIED = "xms_edov"
"""The claim of Microsoft's ID tokens that says so."""


def get_associated_local_user(run: Run, args: list[Any]) -> Value:
    """The user of ours that the user elsewhere is, or null."""
    user = _elsewhere(args[0])
    result = ask(run, "getAssociatedLocalUser", **_name(user)) if user is not None else None
    found = users_in(run, [result.data]) if result is not None and result.succeeded and result.data else None
    return found[0] if found else NULL


def do_association(run: Run, args: list[Any]) -> bool:
    """Let the user elsewhere be this one of ours; false if it is another already."""
    user, username, tenant, store = args
    found = _at_the_browser(run, user)
    if found is None or not isinstance(username, str) or tenant != scene_of(run).turn.settings.tenant:
        return False
    if store is not None and store is not NULL and not (isinstance(store, str) and store.upper() in STORES):
        return False
    return _succeeds(do(run, "doAssociationWithLocalUser", **_name(found), username=text(username)))


def remove_associated_local_user(run: Run, args: list[Any]) -> bool:
    """Let the user elsewhere be none of ours; false if it was none."""
    found = _at_the_browser(run, args[0])
    return found is not None and _succeeds(do(run, "removeAssociatedLocalUser", **_name(found)))


def check_microsoft_email_verification(run: Run, args: list[Any]) -> bool:
    """Whether the provider of the user elsewhere says that the owner of their e-mail's domain was verified."""
    user = user_of(args[0])
    if user is None or user.is_local:
        user = step_user_of(args[0])
    if user is None or user.is_local or not did_a_step(scene_of(run).turn.login, user.subject):
        return False
    return scene_of(run).said_elsewhere(user.subject).get(DOMAIN_VERIFIED, "").lower() in ("1", "true")


def _succeeds(result: Any) -> bool:
    return result.succeeded and result.data is True


def _elsewhere(value: Value) -> UserObject | None:
    user = user_given(value)
    return user if user is not None and not user.is_local else None


def _at_the_browser(run: Run, value: Value) -> UserObject | None:
    """The user elsewhere, if that person did a step of this login."""
    user = _elsewhere(value)
    return user if user is not None and did_a_step(scene_of(run).turn.login, user.subject) else None


def _name(user: UserObject) -> dict[str, str]:
    return {"idp": user.subject.idp, "identifier": user.subject.username}


# --- work -------------------------------------------------------------------------------------------------------------


async def _associated(asked: Asked) -> list[str] | None:
    user = await asked.services.directory.associated(asked.arguments["idp"], asked.arguments["identifier"])
    return [user.id, user.username] if user is not None else None


async def _associate(asked: Asked) -> bool:
    idp, identifier = asked.arguments["idp"], asked.arguments["identifier"]
    user = await named(asked, asked.arguments["username"])
    known = await asked.services.directory.associated(idp, identifier)
    if user is None or known is not None:
        return user is not None and known is not None and user.id == known.id
    await tell(asked, "account_associated", user_id=user.id, idp=idp, identifier=identifier)
    try:
        return await asked.services.directory.associate(idp, identifier, user_id=user.id)
    except DirectoryError:
        raise CallFailed() from None


async def _dissociate(asked: Asked) -> bool:
    idp, identifier = asked.arguments["idp"], asked.arguments["identifier"]
    user = await asked.services.directory.associated(idp, identifier)
    if user is None:
        return False
    await tell(asked, "account_dissociated", user_id=user.id, idp=idp, identifier=identifier)
    return await asked.services.directory.dissociate(idp, identifier)


WORKS = {
    "getAssociatedLocalUser": _associated,
    "doAssociationWithLocalUser": _associate,
    "removeAssociatedLocalUser": _dissociate,
}

_USER = Parameter("federatedUser")

FUNCTIONS = (
    HostFunction("getAssociatedLocalUser", (_USER,), get_associated_local_user,
                 waits=True, returns="User | null", fails="null for a local user, and where nobody is associated",
                 doc="The local user that a user of another provider is associated with, or null."),
    HostFunction("doAssociationWithLocalUser",
                 (_USER, Parameter("username"), Parameter("tenantDomain"), Parameter("userStoreDomain", optional=True)),
                 do_association,
                 waits=True, returns="boolean",
                 fails="`false` for a user who did no step of this login, an unknown name, another tenant or store, "
                       "and a user who is associated with somebody else",
                 doc="Associates the user of another provider, who did a step of this login, with a local user."),
    HostFunction("removeAssociatedLocalUser", (_USER,), remove_associated_local_user,
                 waits=True, returns="boolean", fails="`false` for a user who did no step of this login or has none",
                 doc="Ends the association of the user of another provider, who did a step of this login."),
    HostFunction("checkMicrosoftEmailVerification", (Parameter("context"),), check_microsoft_email_verification,
                 returns="boolean", fails="`false` where no user of another provider did a step, or it does not say so",
                 doc="Whether a Microsoft login says that the owner of the e-mail address's domain was verified."),
)  # fmt: skip
