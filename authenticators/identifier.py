"""Asks who the person is.  Proves nothing, and does not tell whether there is such a user."""

from __future__ import annotations

from authenticators.subjects import subject_named
from engine.outcome import Answer, Challenge, Outcome, StepContext, Success
from engine.ports import Names


class Identifier:
    """One field, `username`.  A step that runs when the user is known already asks nothing."""

    id = "identifier"
    aliases = frozenset({"identifierexecutor"})
    factor = False
    fields = frozenset({"username"})

    def __init__(self, names: Names) -> None:
        self._names = names

    async def begin(self, step: StepContext) -> Outcome:
        """The page, or at once the subject that is known."""
        if step.subject is not None:
            return Success(step.subject, None)
        return await self.show(step)

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        """Take the name.  Raises BadAnswer if it is malformed."""
        posted = answer.fields.get("username", "")
        if step.subject is not None:
            return Success(step.subject, None)
        if not posted.strip():
            return _page(step, message="identifier.missing")
        return Success(await subject_named(self._names, posted), None)

    async def show(self, step: StepContext) -> Challenge:
        """The page as it stands."""
        return _page(step)


def _page(step: StepContext, message: str | None = None) -> Challenge:
    return Challenge("identifier", {"username_hint": step.login_hint or ""}, message=message)
