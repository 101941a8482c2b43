"""What all pages of the console work with: drawing a page, calling the management API, telling what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from account.door import Facts
from console.application import HOME
from console.calls import Caller
from console.seats import Admin
from management.table import Row
from web.forms import read_query
from web.pages import Pages
from web.refusals import Refusal

SECTIONS = (
    ("applications", "a"),
    ("flows", "f"),
    ("people", "p"),
    ("connections", "c"),
    ("channels", "n"),
    ("logins", "l"),
    ("audit", "u"),
)
"""What the rail leads to, and the key that goes there after `g`."""
SAID = frozenset({"added", "saved", "removed", "published"})
"""Words by which a page is told what to say: each has the text `console.said.WORD`."""
TOLD = frozenset({400, 409, 412, 422})
"""Refusals that the page itself tells, beside what was typed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """rows: of the management API, by method and path."""

    pages: Pages
    rows: Mapping[tuple[str, str], Row]
    facts: Facts

    def caller(self, request: Request, admin: Admin) -> Caller:
        """Calls for that admin."""
        return Caller(self.rows, admin, self.facts(request, {}).ip)

    def page(
        self, request: Request, admin: Admin, template: str, *, refusal: Refusal | None = None, **values: object
    ) -> Response:
        """A page.  refusal: of what was posted, told on top and at its fields."""
        said = read_query(request).get("said", "")
        shown = {
            "admin": admin,
            "sections": SECTIONS,
            "section": request.url.path.split("/")[2] if request.url.path.count("/") > 1 else "",
            "said": said if said in SAID else None,
            "refusal": refusal,
            "wrong": _by_field(refusal),
        }
        status = refusal.status if refusal is not None else 200
        return self.pages.render(request, f"console-{template}.html", status=status, values=shown | values)

    def done(self, path: str, word: str) -> Response:
        """On to a page, which says what was done."""
        return RedirectResponse(f"{HOME}{path}?said={word}", 303)


def told(refusal: Refusal) -> Refusal:
    """The same, if a page can tell it; else it is raised."""
    if refusal.status not in TOLD:
        raise refusal
    return refusal


def _by_field(refusal: Refusal | None) -> dict[str, str]:
    """What is wrong, by the field where it stands."""
    errors = refusal.errors if refusal is not None else ()
    return {_field(one["pointer"]): one["detail"] for one in errors}


def _field(pointer: str) -> str:
    """The last name in it: what comes after are numbers of a list."""
    return next((part for part in reversed(pointer.split("/")) if not part.isdigit()), "")
