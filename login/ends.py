"""Where a browser goes when its login has ended: to its application, or to a page that says why not."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from engine.logins import AFTERGLOW
from engine.model import Failed
from engine.outcome import Granted, Refused
from engine.ports import ApplicationFace
from web.cookies import Cookies
from web.endings import Ending
from web.errors import new_reference
from web.pages import Pages

_SCRIPT_TEXTS = ("statusMsg", "errorMessage", "errorMsg", "message")
"""Parameters of `sendError` that say to a person what happened."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Answers the end of a login."""

    application_face: ApplicationFace
    cookies: Cookies
    pages: Pages

    async def answer(self, request: Request, end: Granted | Refused, *, flow_id: str) -> Response:
        """A redirect or a page.

        The browser keeps the login's secret for as long as the engine remembers the login: whoever goes back is told
        that it is over, and not that it is somebody else's.
        """
        match end:
            case Granted():
                response: Response = RedirectResponse(await self.application_face.granted(end.result), 303)
                if end.result.session is not None:
                    self.cookies.set_session(response, end.result.session)
            case Refused():
                response = await self._refused(request, end)
        for name, value in end.headers.items():
            response.headers.setdefault(name, value)
        self.cookies.set_of_script(response, end.cookies)
        secret = self.cookies.flow_secret(request, flow_id)
        if secret:
            self.cookies.set_flow(response, flow_id, secret, ttl=AFTERGLOW)
        return response

    async def _refused(self, request: Request, refused: Refused) -> Response:
        failed = refused.failed
        if failed.url is not None:
            return RedirectResponse(failed.url, 303)
        # An application that was removed meanwhile has no address left that could be trusted.
        address = await self.application_face.refused(refused) if refused.redirect_uri else None
        if failed.direct and address is not None:
            return RedirectResponse(address, 303)
        ending = Ending(
            failed.reason,
            failed.reference or new_reference(),
            title="error.refused.title",
            advice="error.refused.next" if address else "error.refused.nowhere",
            heading=failed.details.get("status") or None,
            text=_script_text(failed),
            application=refused.application.name,
            address=address,
        )
        return ending.render(self.pages, request, status=200)


def _script_text(failed: Failed) -> str | None:
    """What the script itself wants the person to read."""
    return next((failed.details[name] for name in _SCRIPT_TEXTS if failed.details.get(name)), failed.description)
