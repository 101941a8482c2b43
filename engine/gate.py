"""The ledger and the one function that lets anyone in.

Nothing but `may_issue` turns a login into a result.  It stands outside every script and looks at facts only: what was
proven in this login, what the application demands, and how the user and the application are at this very moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.model import Application, Device, Fact, Login, User
from engine.ports import Configuration, Directory
from engine.redirects import is_registered
from engine.sessions import Sessions, counts


@dataclass(frozen=True, slots=True)
class Granted:
    """All checks passed, for this user on these facts."""

    user: User
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Denied:
    """Why not.  reason: a message id; detail: for the audit."""

    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Present:
    """What the checks look at: the login, and the world as it is now."""

    login: Login
    application: Application | None
    user: User | None
    devices: tuple[Device, ...]
    session_lives: bool

    @property
    def standing(self) -> tuple[Fact, ...]:
        """The facts that count for the user as they are now."""
        return tuple(fact for fact in self.login.ledger if counts(fact, self.user))


async def may_issue(
    login: Login, *, configuration: Configuration, directory: Directory, sessions: Sessions
) -> Granted | Denied:
    """Whether this login may end in a code.  Every doubt is a refusal."""
    application = await configuration.application(login.request.application_id)
    user_id = login.subject.user_id if login.subject is not None else None
    user = await directory.user(user_id) if user_id is not None else None
    devices = tuple(await directory.devices(user_id)) if user_id is not None else ()
    session_lives = login.session is not None and await sessions.lives(login.session) if remembered(login) else True
    present = _Present(login, application, user, devices, session_lives)
    for check in CHECKS:
        refusal = check(present)
        if refusal is not None:
            return refusal
    assert user is not None
    return Granted(user, present.standing)


def remembered(login: Login) -> tuple[Fact, ...]:
    """The facts that come from the browser's session: they were proven before this login began."""
    return tuple(fact for fact in login.ledger if fact.at < login.started_at)


def _is_at_its_end(present: _Present) -> Denied | None:
    login = present.login
    if login.outcome is None and not login.queue and login.execution is None:
        return None
    return Denied("login.unfinished", "steps are left or the login has ended")


def _something_was_proven(present: _Present) -> Denied | None:
    return None if present.login.ledger else Denied("login.nothing_proven", "no factor was proven")


def _one_live_user(present: _Present) -> Denied | None:
    user = present.user
    if user is None or not user.live:
        return Denied("login.refused", "the user is gone or disabled")
    if any(fact.user_id != user.id for fact in present.login.ledger):
        return Denied("login.refused", "the facts are about different users")
    return None


def _credentials_unchanged(present: _Present) -> Denied | None:
    """No factor rests on a credential that changed, unless it was proven anew since, e.g. by the new password."""
    void = {fact.authenticator for fact in present.login.ledger} - {fact.authenticator for fact in present.standing}
    return Denied("login.refused", "a credential changed since it was proven") if void else None


def _session_not_ended(present: _Present) -> Denied | None:
    return None if present.session_lives else Denied("login.refused", "the session has ended since")


def _devices_still_enrolled(present: _Present) -> Denied | None:
    known = {f"device:{device.id}" for device in present.devices}
    used = {fact.credential for fact in present.login.ledger if fact.credential.startswith("device:")}
    return Denied("login.refused", f"no longer enrolled: {', '.join(sorted(used - known))}") if used - known else None


def _application_still_allows(present: _Present) -> Denied | None:
    application = present.application
    if application is None or not application.enabled:
        return Denied("login.application_gone", "the application is gone or disabled")
    if not is_registered(present.login.request.redirect_uri, application):
        return Denied("login.application_gone", "the redirect address is no longer registered")
    return None


def _required_factors_proven(present: _Present) -> Denied | None:
    required = present.login.require | (present.application.require if present.application else frozenset())
    missing = sorted(required - {fact.authenticator for fact in present.standing})
    return Denied("login.factor_missing", f"required but not proven: {', '.join(missing)}") if missing else None


CHECKS: tuple[Callable[[_Present], Denied | None], ...] = (
    _is_at_its_end,
    _something_was_proven,
    _one_live_user,
    _credentials_unchanged,
    _session_not_ended,
    _devices_still_enrolled,
    _application_still_allows,
    _required_factors_proven,
)
"""Every check, in order; all must pass."""
