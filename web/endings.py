"""The page on which a request or a login ends without what the person came for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from web.pages import Pages


@dataclass(frozen=True, slots=True)
class Ending:
    """What the page says.  page: `error` or `done`; title, message, advice, link: message ids.

    heading, text: in place of the title's and the message's own; address: where the button goes, None for no button.
    reference: for the log; empty where nothing went wrong.
    """

    message: str
    reference: str
    page: str = "error"
    title: str = "error.title"
    advice: str = "error.next"
    heading: str | None = None
    text: str | None = None
    application: str | None = None
    address: str | None = None
    link: str = "action.back_to"

    def render(
        self,
        pages: Pages,
        request: HTTPConnection,
        *,
        status: int,
        form_targets: Iterable[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """As a response."""
        return pages.render(
            request, "end.html", status=status, values={"end": self}, form_targets=form_targets, headers=headers
        )
