"""What happened, at the console: the audit, searched, and each login as a timeline.  Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from account.values import Moment
from console.desk import Desk, told
from console.seats import Admin
from web.forms import read_query
from web.refusals import Refusal

AUDIT = "/audit"
SOUGHT = ("event", "user", "flow", "application", "from", "to")
_ANY = dict.fromkeys(SOUGHT, "")
BEGUN = "login_started"
MOST = "200"
ENDS = {"login_succeeded": "good", "login_failed": "alarm", "step_succeeded": "good", "step_failed": "alarm"}
"""Events that say how something ended, and how their mark looks."""


@dataclass(frozen=True, slots=True)
class Events:
    """`/console/audit` and `/console/logins`."""

    desk: Desk

    async def audit(self, request: Request, admin: Admin) -> Response:
        """A page of events, newest first."""
        asked = {name: value for name, value in read_query(request).items() if name in SOUGHT and value.strip()}
        return await self._list(request, admin, "audit", asked)

    async def logins(self, request: Request, admin: Admin) -> Response:
        """A page of logins, the newest first, by how they began."""
        query = read_query(request)
        named = {name: query[name] for name in ("application",) if query.get(name, "").strip()}
        return await self._list(request, admin, "logins", named | {"event": BEGUN}, shown=named)

    async def login(self, request: Request, admin: Admin) -> Response:
        """One login from its beginning to its end."""
        flow, call = request.path_params["flow"], self.desk.caller(request, admin)
        found = await call.read(AUDIT, {"flow": flow, "limit": MOST})
        events = [_shown(one) for one in reversed(found.body["items"])]
        if not events:
            raise HTTPException(404)
        return self.desk.page(
            request, admin, "login", flow=flow, events=events, first=events[0], is_whole=found.body["next"] is None
        )

    async def _list(
        self,
        request: Request,
        admin: Admin,
        template: str,
        asked: dict[str, str],
        *,
        shown: dict[str, str] | None = None,
    ) -> Response:
        """shown: what the form has, if that is not what is asked."""
        cursor, refusal = read_query(request).get("cursor", ""), None
        query = asked | ({"cursor": cursor} if cursor else {})
        try:
            found = (await self.desk.caller(request, admin).read(AUDIT, query)).body
        except Refusal as one:
            found, refusal = {"items": [], "next": None}, told(one)
        events, typed = [_shown(one) for one in found["items"]], _ANY | (asked if shown is None else shown)
        return self.desk.page(
            request, admin, template, refusal=refusal, events=events, found=found, asked=typed, cursor=cursor
        )


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    return event | {"moment": Moment.at(event["at"]), "mark": ENDS.get(event["name"], "")}
