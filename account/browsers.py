"""The browsers a person is signed in with: each session looked at and ended."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from account.desk import Desk
from account.values import session_cards
from account.visitor import Visitor
from engine.model import Session
from web.forms import Form


@dataclass(frozen=True, slots=True)
class Browsers:
    """`/account/sessions/{session}`: one by its name, or `others`: all but this browser's."""

    desk: Desk

    async def ask_to_end(self, request: Request, visitor: Visitor) -> Response:
        """The session, and what ending it means."""
        return self._page(request, visitor, [await self._named(request, visitor)], template="account-session")

    async def end(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """End it at once."""
        session = await self._named(request, visitor)
        await self.desk.record(request, visitor, "session_ended")
        await self.desk.sessions.end_chain(visitor.user.id, session.chain)
        self._tell(request, visitor, "account.notice.session")
        return self.desk.done("session_ended")

    async def ask_to_end_others(self, request: Request, visitor: Visitor) -> Response:
        """All the others."""
        return self._page(request, visitor, await self._others(visitor), template="account-sessions")

    async def end_others(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """End them all; with none there is nothing to do."""
        others = await self._others(visitor)
        if others:
            await self.desk.record(request, visitor, "session_ended", count=str(len(others)))
            for session in others:
                await self.desk.sessions.end_chain(visitor.user.id, session.chain)
            self._tell(request, visitor, "account.notice.sessions")
        return self.desk.done("sessions_ended")

    async def _others(self, visitor: Visitor) -> list[Session]:
        found = await self.desk.sessions.of_user(visitor.user.id)
        return [session for session in found if session.chain != visitor.session.chain]

    async def _named(self, request: Request, visitor: Visitor) -> Session:
        """This browser's own session is ended by signing out."""
        named = request.path_params["session"]
        found = next((session for session in await self._others(visitor) if session.chain == named), None)
        if found is None:
            raise HTTPException(404)
        return found

    def _page(self, request: Request, visitor: Visitor, sessions: list[Session], *, template: str) -> Response:
        texts = self.desk.pages.texts_for(request)
        cards = session_cards(sessions, here=visitor.session.chain, places=self.desk.places, texts=texts)
        return self.desk.page(request, visitor, template, sessions=cards)

    def _tell(self, request: Request, visitor: Visitor, what: str) -> None:
        self.desk.notices.tell(visitor.user, what, ip=self.desk.address(request))
