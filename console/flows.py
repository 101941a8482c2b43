"""Flows at the console: the script of one, what is wrong with it, what is proven of it, and how it gets to people."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from account.values import Moment
from configuration.difference import between
from configuration.flows import Findings
from console.desk import Desk, told
from console.graph import picture
from console.scripts import Scripts
from console.seats import Admin
from engine.admin_roles import AdminRole
from engine.model import Flow
from engine.proof import Proof
from management.problems import problem
from web.forms import Form, read_query
from web.refusals import Refusal

ALL = "/flows"
ONE = "/flows/{id}"
VERSIONS = "/flows/{id}/scripts"
VERSION = "/flows/{id}/scripts/{number}"


@dataclass(frozen=True, slots=True)
class Flows:
    """`/console/flows` and what is below it."""

    desk: Desk
    scripts: Scripts

    async def list(self, request: Request, admin: Admin) -> Response:
        """A page of them, in the order of their ids."""
        call, cursor = self.desk.caller(request, admin), read_query(request).get("cursor", "")
        found = await call.read(ALL, {"cursor": cursor} if cursor else {})
        return self.desk.page(request, admin, "flows", found=found.body, cursor=cursor)

    async def show(self, request: Request, admin: Admin) -> Response:
        """One of them, with the script that is served."""
        return await self._page(request, admin, (await self._flow(request)).script or "")

    async def work(self, request: Request, admin: Admin, form: Form) -> Response:
        """Check or prove what was typed, or publish it."""
        if admin.role < AdminRole.EDITOR:
            raise Refusal(403, "console.may_not", detail="a viewer posted a script")
        flow, text, tag = await self._flow(request), form.get("script").replace("\r\n", "\n"), form.get("_tag")
        draft = replace(flow, script=text if text.strip() else None)
        match form.get("action"):
            case "check":
                return await self._page(request, admin, text, tag=tag)
            case "prove":
                return await self._page(request, admin, text, tag=tag, proof=await self._proof(draft))
            case "publish":
                return await self._publish(request, admin, form, draft)
        raise HTTPException(400)

    async def version(self, request: Request, admin: Admin) -> Response:
        """What the script was, and how that differs from what is served."""
        return await self._version(request, admin)

    async def roll_back(self, request: Request, admin: Admin, form: Form) -> Response:
        """Serve what was served once."""
        old, flow = await self._read_version(request, admin), await self._flow(request)
        draft = replace(flow, script=old["source"])
        proof = await self._proof(draft)
        try:
            if proof is not None:
                _refuse_unproven(proof, admin, form)
            await self._put(request, admin, form, draft)
        except Refusal as refusal:
            return await self._version(request, admin, refusal=told(refusal))
        return self.desk.done(f"{ALL}/{flow.id}", "published")

    async def _publish(self, request: Request, admin: Admin, form: Form, draft: Flow) -> Response:
        proof = await self._proof(draft)
        try:
            if proof is not None:
                _refuse_unproven(proof, admin, form)
            await self._put(request, admin, form, draft)
        except Refusal as refusal:
            tag = form.get("_tag") if refusal.status != 412 else None
            typed, why, refusal = draft.script or "", form.get("reason"), told(refusal)
            return await self._page(request, admin, typed, tag=tag, proof=proof, refusal=refusal, reason=why)
        return self.desk.done(f"{ALL}/{draft.id}", "published")

    async def _put(self, request: Request, admin: Admin, form: Form, draft: Flow) -> None:
        script = None if draft.script is None else {"source": draft.script}
        if not form.get("reason").strip():
            raise problem(422, "Say why: whoever reads the versions wants to know.", pointer="/reason")
        call = self.desk.caller(request, admin)
        body, reason = {"script": script}, form.get("reason")
        await call.change("PATCH", ONE, body, tag=form.get("_tag"), reason=reason, id=draft.id)

    async def _flow(self, request: Request) -> Flow:
        found = await self.scripts.store.flow(request.path_params["id"])
        if found is None:
            raise HTTPException(404)
        return found

    async def _proof(self, flow: Flow) -> Proof | None:
        """None where there is nothing to prove: without a script the steps are done in their order."""
        is_right = flow.script is not None and not self._findings(flow).errors
        return await self.scripts.proof(flow) if is_right else None

    def _findings(self, flow: Flow) -> Findings:
        return self.scripts.check(flow.script, flow) if flow.script is not None else _NOTHING

    async def _page(
        self,
        request: Request,
        admin: Admin,
        text: str,
        *,
        tag: str | None = None,
        proof: Proof | None = None,
        refusal: Refusal | None = None,
        reason: str = "",
    ) -> Response:
        call, flow = self.desk.caller(request, admin), await self._flow(request)
        answer = await call.read(ONE, id=flow.id)
        versions = await call.read(VERSIONS, {"limit": "20"}, id=flow.id)
        findings = self._findings(replace(flow, script=text if text.strip() else None))
        methods = {step.id: " / ".join(option.authenticator for option in step.options) for step in flow.steps}
        return self.desk.page(
            request,
            admin,
            "flow",
            refusal=refusal,
            flow=flow,
            methods=methods,
            text=text,
            tag=tag or answer.etag,
            is_draft=text != (flow.script or ""),
            asked=request.method == "POST",
            reason=reason,
            findings=[(one, "error") for one in findings.errors] + [(one, "warning") for one in findings.warnings],
            proof=proof,
            picture=picture(proof.graph, methods) if proof is not None and proof.graph.nodes else None,
            scenario=lambda verdict: json.dumps(verdict.scenario, indent=2, ensure_ascii=False),
            versions=[one | {"moment": Moment.at(one["at"])} for one in versions.body["items"]],
            may_draft=admin.role >= AdminRole.EDITOR,
            may=call.may("PATCH", ONE),
            may_override=admin.role is AdminRole.OWNER,
        )

    async def _read_version(self, request: Request, admin: Admin) -> dict[str, Any]:
        path = request.path_params
        answer = await self.desk.caller(request, admin).read(VERSION, id=path["id"], number=path["number"])
        found: dict[str, Any] = answer.body
        return found

    async def _version(self, request: Request, admin: Admin, *, refusal: Refusal | None = None) -> Response:
        call, flow = self.desk.caller(request, admin), await self._flow(request)
        old = await self._read_version(request, admin)
        answer = await call.read(ONE, id=flow.id)
        return self.desk.page(
            request,
            admin,
            "version",
            refusal=refusal,
            flow=flow,
            version=old,
            moment_of=Moment.at(old["at"]),
            tag=answer.etag,
            difference=between({"script": flow.script}, {"script": old["source"]}),
            is_served=old["source"] == flow.script,
            may=call.may("PATCH", ONE),
            may_override=admin.role is AdminRole.OWNER,
        )


class _Nothing:
    """Nothing is wrong with no script."""

    errors = ()
    warnings = ()


_NOTHING = _Nothing()


def _refuse_unproven(proof: Proof, admin: Admin, form: Form) -> None:
    """Only an owner lets out what is not proven, and says why."""
    is_overridden = admin.role is AdminRole.OWNER and form.get("override") == "yes"
    if (proof.holds and proof.ways) or is_overridden:
        return
    text = "Nobody could get in." if proof.holds else "What the applications require is not proven of this script."
    raise problem(409, text, pointer="/script")
