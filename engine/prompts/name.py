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
        return Challenge("prompt", {"template": self.name, "hint": hint, "actions": ["success", *_buttons(call)]})

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """A name makes the subject of the login, whether there is such a user or not: nobody is told.

        It stays as it was typed, so that no page tells who exists.
        """
        action = posted_action(answer)
        if action not in ("", "success"):
            return event_of(action) if action in _buttons(call) else None
        typed = answer.fields.get("username", "")
        name = canonical(typed)
        if name is None:
            return None
        user = await self._services.directory.user_named(name)
        turn.login.subject = Subject(typed.strip(), user.id if user is not None else None)
        return Event(SUCCESS)

    async def _is_known_by_session(self, turn: Turn) -> bool:
        session = turn.login.session
        return session is not None and not turn.login.request.fresh and await self._services.sessions.lives(session)


def _buttons(call: Call) -> list[str]:
    """The script's own actions.  Whether there is a session, and what fails, is not the browser's to say."""
    return [action for action in actions(call) if action not in ("success", "skip", "fail", "timeout")]
