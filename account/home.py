"""The first page of the account: what there is, and the way to each change; and signing out."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from account.desk import SAID, Desk
from account.values import DeviceCard, session_cards
from account.visitor import Visitor
from web.cookies import Cookies
from web.endings import Ending
from web.forms import Form, read_query


@dataclass(frozen=True, slots=True)
class Home:
    """The overview."""

    desk: Desk
    cookies: Cookies

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """Devices, sessions, password."""
        desk = self.desk
        said = read_query(request).get("said", "")
        texts = desk.pages.texts_for(request)
        sessions = await desk.sessions.of_user(visitor.user.id)
        return desk.page(
            request,
            visitor,
            "account",
            said=said if said in SAID else None,
            devices=[DeviceCard.of(device) for device in visitor.devices],
            sessions=session_cards(sessions, here=visitor.session.chain, places=desk.places, texts=texts),
            limit=(await desk.configuration.settings()).push.max_devices,
        )

    async def sign_out(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """End this browser's session."""
        await self.desk.record(request, visitor, "session_ended")
        await self.desk.sessions.end_chain(visitor.user.id, visitor.session.chain)
        ending = Ending(
            "account.signed_out",
            "",
            page="done",
            title="account.signed_out.title",
            advice="account.signed_out.next",
            address="/account",
            link="account.sign_in",
        )
        response = ending.render(self.desk.pages, request, status=200)
        self.cookies.clear_session(response)
        return response
