"""What need not be asked: proofs of this very login, and those that the browser's session remembers (contract 3a)."""

from __future__ import annotations

from engine.model import Fact, Subject
from engine.outcome import Success
from engine.ports import Directory
from engine.registry import Registry
from engine.sessions import Sessions, counts
from engine.turn import Turn


class Known:
    """Answers from the ledger and the session, as the user is now.  Holds no state of its own."""

    def __init__(self, directory: Directory, registry: Registry, sessions: Sessions) -> None:
        self._directory = directory
        self._registry = registry
        self._sessions = sessions

    async def freshly_proven(self, turn: Turn) -> frozenset[str]:
        """What proved the subject in this very flow, with credentials as they are now."""
        subject, login = turn.login.subject, turn.login
        if not login.ledger or subject is None or subject.user_id is None:
            return frozenset()
        user = await self._directory.user(subject.user_id)
        fresh = [fact for fact in login.ledger if fact.at >= login.started_at and counts(fact, user)]
        return frozenset([fact.authenticator for fact in fresh if await self._device_enrolled(fact)])

    async def already_proven(self, turn: Turn) -> Success | None:
        """The step's success without asking, when this flow or the browser's session proves it (contract 3a)."""
        login, execution = turn.login, turn.under_way()
        if execution.call.options.get("force"):
            return None
        remembered = await self._session_facts(turn)
        for fact in (*login.ledger, *remembered):
            if fact.authenticator not in execution.options:
                continue
            user = await self._directory.user(fact.user_id)
            if user is None or not counts(fact, user) or not await self._device_enrolled(fact):
                continue
            if fact not in login.ledger:
                login.ledger.append(fact)
            execution.authenticator = fact.authenticator
            return Success(Subject(user.username, user.id), None)
        return await self._known_by_session(turn) if remembered else None

    async def _device_enrolled(self, fact: Fact) -> bool:
        """Whether the device that proved it, if one did, is still the user's."""
        kind, _, device_id = fact.credential.partition(":")
        if kind != "device":
            return True
        device = await self._directory.device(device_id)
        return device is not None and device.user_id == fact.user_id

    async def _session_facts(self, turn: Turn) -> tuple[Fact, ...]:
        login, request = turn.login, turn.login.request
        if login.session is None or request.fresh:
            return ()
        if login.subject is not None and login.subject.user_id != login.session.user_id:
            return ()
        if not await self._sessions.lives(login.session):
            return ()
        oldest = turn.now - request.max_age if request.max_age is not None else 0.0
        return tuple(fact for fact in login.session.facts if fact.at >= oldest)

    async def _known_by_session(self, turn: Turn) -> Success | None:
        """A step that only asks for the name is answered by the session's user."""
        login, execution = turn.login, turn.under_way()
        asks_only_name = all(not self._registry.is_factor(option) for option in execution.options)
        if not asks_only_name or login.session is None:
            return None
        user = await self._directory.user(login.session.user_id)
        if user is None or not user.live:
            return None
        execution.authenticator = execution.options[0]
        return Success(Subject(user.username, user.id), None)
