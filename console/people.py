"""People at the console: who there is, their devices and sessions, and keeping somebody out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from account.values import Moment
from console.calls import Caller
from console.desk import Desk, told
from console.seats import Admin
from web.forms import Form, read_query
from web.refusals import Refusal

ALL = "/users"
ONE = "/users/{id}"
DEVICES = "/users/{id}/devices"
DEVICE = "/users/{id}/devices/{device}"
SESSIONS = "/users/{id}/sessions"
SESSION = "/users/{id}/sessions/{session}"


@dataclass(frozen=True, slots=True)
class People:
    """`/console/people` and what is below it."""

    desk: Desk

    async def list(self, request: Request, admin: Admin) -> Response:
        """A page of them, by name."""
        call, cursor = self.desk.caller(request, admin), read_query(request).get("cursor", "")
        found = await call.read(ALL, {"cursor": cursor} if cursor else {})
        return self.desk.page(request, admin, "people", found=found.body, cursor=cursor)

    async def show(self, request: Request, admin: Admin) -> Response:
        """One of them."""
        return await self._page(request, admin)

    async def enable(self, request: Request, admin: Admin, form: Form) -> Response:
        """Keep them out, from the next request on, or let them in again."""
        wanted, call = form.get("enabled") == "yes", self.desk.caller(request, admin)
        try:
            await call.change(
                "PATCH", ONE, {"enabled": wanted}, tag=form.get("_tag"), reason=form.get("reason"), **_at(request)
            )
        except Refusal as refusal:
            return await self._page(request, admin, refusal=told(refusal))
        return self._done(request)

    async def remove_device(self, request: Request, admin: Admin, form: Form) -> Response:
        """Take it off the account; they are told by mail and signed out everywhere."""
        return await self._remove(request, admin, DEVICE, _at(request, "device"))

    async def end_session(self, request: Request, admin: Admin, form: Form) -> Response:
        """Sign that browser out."""
        return await self._remove(request, admin, SESSION, _at(request, "session"))

    async def _remove(self, request: Request, admin: Admin, path: str, at: Mapping[str, str]) -> Response:
        call = self.desk.caller(request, admin)
        tag = (await call.read(path, **at)).etag
        await call.change("DELETE", path, tag=tag or "", **at)
        return self._done(request)

    def _done(self, request: Request) -> Response:
        return self.desk.done(f"/people/{request.path_params['id']}", "saved")

    async def _page(self, request: Request, admin: Admin, *, refusal: Refusal | None = None) -> Response:
        call, at = self.desk.caller(request, admin), _at(request)
        person = await call.read(ONE, **at)
        return self.desk.page(
            request,
            admin,
            "person",
            refusal=refusal,
            person=person.body,
            tag=person.etag,
            devices=await _listed(call, DEVICES, at, "created_at"),
            sessions=await _listed(call, SESSIONS, at, "began_at"),
            may=call.may("PATCH", ONE),
            may_remove=call.may("DELETE", DEVICE),
            may_end=call.may("DELETE", SESSION),
        )


def _at(request: Request, *names: str) -> dict[str, str]:
    return {name: request.path_params[name] for name in ("id", *names)}


async def _listed(call: Caller, path: str, at: Mapping[str, str], since: str) -> list[dict[str, Any]]:
    found = await call.read(path, **at)
    return [one | {"since": Moment.at(one[since])} for one in found.body["items"]]
