"""Push at the console: the organisation's settings, and the providers by which requests leave.  Shows no key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from console.desk import Desk, told
from console.seats import Admin
from management.problems import problem
from web.forms import Form
from web.refusals import Refusal

SETTINGS = "/settings"
ALL = "/push-providers"
ONE = "/push-providers/{name}"
SWITCHES = ("number_challenge", "progressive_enrollment", "enroll_further_devices")
NUMBERS = ("resend_interval", "resend_attempts", "max_devices")
CHANNELS = ("EMAIL", "PUSH_NOTIFICATION")


@dataclass(frozen=True, slots=True)
class Pushing:
    """`/console/connections` and `/console/channels`."""

    desk: Desk

    async def settings(self, request: Request, admin: Admin) -> Response:
        """The settings of push."""
        return await self._settings(request, admin)

    async def change(self, request: Request, admin: Admin, form: Form) -> Response:
        """What the form has takes the place of what was; all else stays."""
        call = self.desk.caller(request, admin)
        try:
            wanted = {"push": _typed(form)}
            await call.change("PATCH", SETTINGS, wanted, tag=form.get("_tag"), reason=form.get("reason"))
        except Refusal as refusal:
            return await self._settings(request, admin, form=form, refusal=told(refusal))
        return self.desk.done("/connections", "saved")

    async def providers(self, request: Request, admin: Admin) -> Response:
        """Those there are."""
        return await self._providers(request, admin)

    async def add(self, request: Request, admin: Admin, form: Form) -> Response:
        """A new one.  What was typed of a key is not shown again, whatever is wrong with it."""
        call, key = self.desk.caller(request, admin), form.get("service_account").strip()
        entry = {"name": form.get("name").strip(), "provider": form.get("provider")}
        try:
            await call.change("POST", ALL, entry | ({"service_account": key} if key else {}))
        except Refusal as refusal:
            return await self._providers(request, admin, typed=entry, refusal=told(refusal))
        return self.desk.done("/channels", "added")

    async def remove(self, request: Request, admin: Admin, form: Form) -> Response:
        """Away with it, if its name was typed."""
        name, call = request.path_params["name"], self.desk.caller(request, admin)
        try:
            if form.get("confirm").strip() != name:
                raise problem(422, "Type the name of the provider to remove it.", pointer="/confirm")
            tag = (await call.read(ONE, name=name)).etag
            await call.change("DELETE", ONE, tag=tag or "", name=name)
        except Refusal as refusal:
            return await self._providers(request, admin, refusal=told(refusal))
        return self.desk.done("/channels", "removed")

    async def _settings(
        self, request: Request, admin: Admin, *, form: Form | None = None, refusal: Refusal | None = None
    ) -> Response:
        call = self.desk.caller(request, admin)
        answer = await call.read(SETTINGS)
        push: dict[str, Any] = answer.body["push"]
        shown = {name: push[name] for name in (*SWITCHES, *NUMBERS)}
        shown |= {"resend_interval": f"{push['resend_interval'] / 60:g}"}
        shown |= {name: name in push["registration_notices"] for name in CHANNELS}
        tag = answer.etag
        if form is not None and refusal is not None:
            shown |= {name: form.get(name) == "yes" for name in (*SWITCHES, *CHANNELS)}
            shown |= {name: form.get(name) for name in NUMBERS}
            tag = answer.etag if refusal.status == 412 else form.get("_tag")
        may = call.may("PATCH", SETTINGS)
        return self.desk.page(request, admin, "connections", refusal=refusal, push=shown, tag=tag, may=may)

    async def _providers(
        self,
        request: Request,
        admin: Admin,
        *,
        typed: Mapping[str, str] | None = None,
        refusal: Refusal | None = None,
    ) -> Response:
        call = self.desk.caller(request, admin)
        found = await call.read(ALL, {"limit": "200"})
        return self.desk.page(
            request,
            admin,
            "channels",
            refusal=refusal,
            found=found.body["items"],
            typed=typed or {"name": "", "provider": "fcm"},
            may=call.may("POST", ALL),
        )


def _typed(form: Form) -> dict[str, Any]:
    seconds = _number(form, "resend_interval") * 60
    return {
        **{name: form.get(name) == "yes" for name in SWITCHES},
        "registration_notices": [name for name in CHANNELS if form.get(name) == "yes"],
        "resend_interval": seconds,
        "resend_attempts": _number(form, "resend_attempts"),
        "max_devices": _number(form, "max_devices"),
    }


def _number(form: Form, name: str) -> int:
    text = form.get(name).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise problem(422, "This is a whole number.", pointer=f"/push/{name}")
    return int(text)
