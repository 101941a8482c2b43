"""What all parts of the account page work with: drawing a page, writing the audit, saying what was done."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from account.application import HOME
from account.door import Facts
from account.notices import Notices
from account.visitor import Visitor
from engine.ports import Audit, AuditEvent, Clock, Configuration, Places
from engine.sessions import Sessions
from web.pages import Pages

SAID = frozenset({"device_added", "device_renamed", "device_removed", "session_ended", "sessions_ended"})
"""Words by which the first page is told what to say: each has the text `account.said.WORD`."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports, and the few things that every part does."""

    configuration: Configuration
    sessions: Sessions
    audit: Audit
    clock: Clock
    places: Places
    pages: Pages
    notices: Notices
    facts: Facts

    def page(
        self, request: Request, visitor: Visitor, template: str, *, message: str | None = None, **values: object
    ) -> Response:
        """A page.  message: id of what is wrong with what was posted (422), if something is."""
        shown = {"visitor": visitor, "message": message, "said": None, "told": {}} | values
        return self.pages.render(request, f"{template}.html", status=422 if message else 200, values=shown)

    def done(self, word: str) -> Response:
        """Back to the first page, which says what was done."""
        return RedirectResponse(f"{HOME}?said={word}", 303)

    def address(self, request: Request) -> str:
        """Where the person is on the network."""
        return self.facts(request, {}).ip

    async def record(self, request: Request, visitor: Visitor, name: str, **details: str) -> None:
        """Write down what is about to happen.  Raises Busy, and then it must not."""
        await self.audit.record(
            AuditEvent(
                name,
                self.clock(),
                user_id=visitor.user.id,
                username=visitor.user.username,
                ip=self.address(request) or None,
                details={"by": "the person"} | details,
            )
        )
