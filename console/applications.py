"""Applications at the console: the list, a new one, one of them changed or removed, and the way to try its login."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.desk import Desk, told
from console.seats import Admin
from management.problems import problem
from web.forms import Form, read_query
from web.refusals import Refusal

ALL = "/applications"
ONE = "/applications/{id}"


@dataclass(frozen=True, slots=True)
class Applications:
    """`/console/applications` and what is below it."""

    desk: Desk

    async def list(self, request: Request, admin: Admin) -> Response:
        """A page of them, in the order of their ids."""
        call, cursor = self.desk.caller(request, admin), read_query(request).get("cursor", "")
        found = await call.read(ALL, {"cursor": cursor} if cursor else {})
        return self.desk.page(
            request, admin, "applications", found=found.body, may_add=call.may("POST", ALL), cursor=cursor
        )

    async def ask(self, request: Request, admin: Admin) -> Response:
        """The form for a new one."""
        return await self._form(request, admin, _EMPTY)

    async def add(self, request: Request, admin: Admin, form: Form) -> Response:
        """A new one, a public client that proves itself by PKCE."""
        typed = {"id": form.get("id").strip()} | _typed(form)
        try:
            await self.desk.caller(request, admin).change("POST", ALL, typed, reason=form.get("reason"))
        except Refusal as refusal:
            return await self._form(request, admin, typed, refusal=told(refusal))
        return self.desk.done(f"{ALL}/{typed['id']}", "added")

    async def show(self, request: Request, admin: Admin) -> Response:
        """One of them."""
        answer = await self.desk.caller(request, admin).read(ONE, id=request.path_params["id"])
        return await self._form(request, admin, answer.body, tag=answer.etag)

    async def change(self, request: Request, admin: Admin, form: Form) -> Response:
        """What the form has takes the place of what was; all else stays."""
        name, typed, call = request.path_params["id"], _typed(form), self.desk.caller(request, admin)
        try:
            await call.change("PATCH", ONE, typed, tag=form.get("_tag"), reason=form.get("reason"), id=name)
        except Refusal as refusal:
            old = await call.read(ONE, id=name)
            tag = old.etag if refusal.status == 412 else form.get("_tag")
            return await self._form(request, admin, old.body | typed, tag=tag, refusal=told(refusal))
        return self.desk.done(f"{ALL}/{name}", "saved")

    async def remove(self, request: Request, admin: Admin, form: Form) -> Response:
        """Away with it, if its id was typed."""
        name, call = request.path_params["id"], self.desk.caller(request, admin)
        try:
            if form.get("confirm").strip() != name:
                raise problem(422, "Type the id of the application to remove it.", pointer="/confirm")
            await call.change("DELETE", ONE, tag=form.get("_tag"), reason=form.get("reason"), id=name)
        except Refusal as refusal:
            old = await call.read(ONE, id=name)
            return await self._form(request, admin, old.body, tag=old.etag, refusal=told(refusal))
        return self.desk.done(ALL, "removed")

    async def try_it(self, request: Request, admin: Admin) -> Response:
        """To the login of the application, as its first address would begin one."""
        answer = await self.desk.caller(request, admin).read(ONE, id=request.path_params["id"])
        challenge = urlsafe_b64encode(sha256(secrets.token_bytes(32)).digest()).rstrip(b"=").decode()
        asked = {
            "client_id": answer.body["id"],
            "redirect_uri": answer.body["redirect_uris"][0],
            "response_type": "code",
            "scope": "openid",
            "state": "tried-from-the-console",
            "prompt": "login",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return RedirectResponse(f"/oauth2/authorize?{urlencode(asked)}", 303)

    async def _form(
        self,
        request: Request,
        admin: Admin,
        one: dict[str, Any],
        *,
        tag: str | None = None,
        refusal: Refusal | None = None,
    ) -> Response:
        call = self.desk.caller(request, admin)
        flows = await call.read("/flows", {"limit": "200"})
        return self.desk.page(
            request,
            admin,
            "application",
            refusal=refusal,
            one=_EMPTY | one,
            tag=tag,
            flows=sorted({item["id"] for item in flows.body["items"]} | ({one["flow"]} - {""})),
            may=call.may("PATCH", ONE),
        )


_EMPTY: dict[str, Any] = {
    "id": "", "name": "", "flow": "", "redirect_uris": [], "post_logout_redirect_uris": [], "require": [],
    "enabled": True,
}  # fmt: skip


def _typed(form: Form) -> dict[str, Any]:
    """The fields that the form has, as an entry has them."""
    return {
        "name": form.get("name").strip(),
        "flow": form.get("flow"),
        "redirect_uris": form.get("redirect_uris").split(),
        "post_logout_redirect_uris": form.get("post_logout_redirect_uris").split(),
        "require": form.get("require").split(),
        "enabled": form.get("enabled") == "yes",
    }
