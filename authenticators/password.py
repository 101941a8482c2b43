"""The password step.  Whoever asks, and whether or not there is such a user, gets the same answer for the same work."""

from __future__ import annotations

from dataclasses import dataclass

from authenticators.hashing import PasswordHashing, UnusablePassword, normalised
from authenticators.subjects import account_key, subject_named
from authenticators.throttle import Throttle
from engine.errors import BadAnswer
from engine.model import Subject, User
from engine.outcome import Answer, Challenge, Failure, Outcome, Proof, StepContext, Success
from engine.ports import Audit, AuditEvent, Directory
from engine.user_stores import UserStores
from engine.usernames import canonical, spellings


@dataclass(frozen=True, slots=True)
class _Verdict:
    """user: set only if the password was right for a live user.  locked: the try was not let in."""

    user: User | None
    locked: bool


class Password:
    """Asks for the password, and for the user name too when nobody is known as the step begins.

    While the step runs, a name is read only if the step began by asking for it.  A script may bring name and password
    along (`username`, `password` in authenticatorParams); then nobody is asked, if they are right.
    """

    id = "password"
    aliases = frozenset({"basic", "basicauthenticator"})
    factor = True
    fields = frozenset({"username", "password"})

    def __init__(
        self, directory: Directory, throttle: Throttle, hashing: PasswordHashing, *, audit: Audit, people: UserStores
    ) -> None:
        self._directory = directory
        self._people = people
        self._throttle = throttle
        self._hashing = hashing
        self._audit = audit

    async def begin(self, step: StepContext) -> Outcome:
        """The page; or what the password proves that the script brought along."""
        password, name = _brought(step, "password"), _brought(step, "username")
        if password and (step.subject is not None or name):
            return await self._prove_brought(step, name, password=password)
        return _page(step, asks_name=step.subject is None, name=name or step.login_hint or "")

    async def show(self, step: StepContext) -> Challenge:
        """The page as it stands."""
        return _page(step, asks_name=_asks_name(step), name=_name_so_far(step))

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        """Check the password.  Raises BadAnswer for one that cannot be any, Busy."""
        posted = answer.fields.get("password", "")
        name = answer.fields.get("username", "") if _asks_name(step) else ""
        if _asks_name(step) and not name.strip():
            return _page(step, asks_name=True, name="", message="identifier.missing")
        if not posted:
            return _page(step, asks_name=_asks_name(step), name=name, message="password.missing")
        try:
            password = normalised(posted)
        except UnusablePassword as error:
            raise BadAnswer(str(error)) from None
        subject = await subject_named(self._people, name) if _asks_name(step) else step.subject
        if subject is None:
            raise BadAnswer("nobody is known in this step")
        return await self._verify(step, subject, password=password)

    async def _prove_brought(self, step: StepContext, name: str, *, password: str) -> Outcome:
        """As if it had been posted; another name than that of the known user is as wrong as another password."""
        known = step.subject
        try:
            subject = known or await self._meant(name, step.settings.tenant)
            usable = normalised(password)
        except (BadAnswer, UnusablePassword):
            return Failure("password.wrong", retry=True, subject=known)
        if known is not None and name and canonical(known.username) not in spellings(name, step.settings.tenant):
            return Failure("password.wrong", retry=True, subject=known)
        return await self._verify(step, subject, password=usable)

    async def _meant(self, name: str, tenant: str) -> Subject:
        """Whom a script means by *name*, with or without store and tenant."""
        for form in spellings(name, tenant):
            user = await self._directory.user_named(form)
            if user is not None:
                return Subject(user.username, user.id)
        return await subject_named(self._people, name)

    async def _verify(self, step: StepContext, subject: Subject, *, password: bytes) -> Outcome:
        verdict = await self._try(step, subject, password=password)
        if verdict.user is not None:
            version = verdict.user.credential_version
            proof = Proof(verdict.user.id, f"password:{version}", version, "pwd")
            return Success(Subject(subject.username, verdict.user.id), proof)
        await self._record(step, subject, locked=verdict.locked)
        state = {"name": subject.username} if _asks_name(step) else {}
        return Failure("password.wrong", retry=True, state=state, subject=subject, paused=verdict.locked)

    async def _try(self, step: StepContext, subject: Subject, *, password: bytes) -> _Verdict:
        """Count the try, then check; the same steps for every account.

        Who is nobody, or kept in a user store, is asked about there after one of our hashes was computed.
        """
        user, settings, ip = await self._directory.user(subject.user_id or ""), step.settings, step.request.ip
        account = account_key(user.canonical if user is not None else subject.username)
        elsewhere = user is None or settings.store_of(user.canonical) is not None
        async with self._hashing.place() as place:
            reservation = await self._throttle.reserve(account, ip)
            allowed = user if reservation.allowed and user is not None and user.live else None
            stored = allowed.password_hash if allowed is not None and not elsewhere else None
            match = await place.check(stored, password, settings=settings.argon2, decoys=settings.decoys)
            if allowed is not None and match.right and match.outdated:
                renewed = await place.hash(password, settings.argon2)
                await self._directory.set_password(allowed.id, renewed, rehash=True, replacing=stored)
        right = await self._people.proves(allowed, password) if elsewhere else match.right
        if allowed is None or not right:
            return _Verdict(None, locked=not reservation.allowed)
        await self._throttle.succeeded(reservation, account, ip=ip)
        return _Verdict(await self._directory.user(allowed.id) if elsewhere else allowed, locked=False)

    async def _record(self, step: StepContext, subject: Subject, *, locked: bool) -> None:
        """Audit a wrong try.  A name that is nobody's may be a password typed in the wrong field: it is left out."""
        await self._audit.record(
            AuditEvent(
                "password_locked" if locked else "password_wrong",
                step.now,
                flow_id=step.flow_id,
                application_id=step.application.id,
                user_id=subject.user_id,
                username=subject.username if subject.user_id else None,
                ip=step.request.ip or None,
                why="password.wrong",
            )
        )


def _brought(step: StepContext, name: str) -> str:
    """A text that the script gave the step, also as the one entry of a list, as request parameters are; or none."""
    given = step.params.get(name)
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    return given if isinstance(given, str) else ""


def _asks_name(step: StepContext) -> bool:
    """Whether this step asks for the user name: decided when it begins, not by what is posted."""
    asks = step.state.get("asks_name")
    return asks if isinstance(asks, bool) else step.subject is None


def _name_so_far(step: StepContext) -> str:
    name = step.state.get("name")
    return name if isinstance(name, str) else step.login_hint or ""


def _page(step: StepContext, *, asks_name: bool, name: str, message: str | None = None) -> Challenge:
    fields = {"ask_username": asks_name, "username_hint": name if asks_name else ""}
    return Challenge("password", fields, state={"asks_name": asks_name, "name": name}, message=message)
