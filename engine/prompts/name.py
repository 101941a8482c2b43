"""`username`: asks who the person is.  Proves nothing; who is known already is not asked."""

from __future__ import annotations

from engine.model import Call, Subject
from engine.outcome import Answer, Challenge
from engine.prompts.template import SUCCESS, Event, actions, event_of, given, posted_action, text
from engine.services import Services
from engine.turn import Turn
from engine.usernames import canonical

SKIP = "onSkip"


class Username:
    """fields: template, username (a hint), actions."""

    name = "username"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def begin(self, turn: Turn, call: Call) -> Challenge | Event:
        """The page; nothing is asked of one who is known, or whose session answers the step that was named."""
        if call.options.get("skip") and await self._is_known_by_session(turn):
            return Event(SKIP)
        return Event(SUCCESS) if turn.login.subject is not None else self.show(turn, call)

    def show(self, turn: Turn, call: Call) -> Challenge:
        """The page."""
        hint = text(given(call).get("username")) or turn.login.request.login_hint or ""
        others = [action for action in actions(call) if action not in ("success", "skip", "fail")]
        return Challenge("prompt", {"template": self.name, "hint": hint, "actions": ["success", *others]})

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """A name makes the subject of the login, whether there is such a user or not: nobody is told."""
        action = posted_action(answer)
        if action not in ("", "success"):
            return None if action is None else event_of(action)
        typed = answer.fields.get("username", "")
        name = canonical(typed)
        if name is None:
            return None
        user = await self._services.directory.user_named(name)
        turn.login.subject = Subject(user.username, user.id) if user is not None else Subject(typed.strip())
        return Event(SUCCESS)

    async def _is_known_by_session(self, turn: Turn) -> bool:
        session = turn.login.session
        return session is not None and not turn.login.request.fresh and await self._services.sessions.lives(session)
