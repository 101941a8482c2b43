"""An application's sign-in as an `authenticationSequence`, so that what other systems export can be put here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from configuration.document import ApplicationEntry, Document, FlowEntry
from configuration.export import entry_of
from configuration.form import validated
from configuration.methods import method_named
from configuration.sequence import AuthenticationSequence
from engine.model import Application, Flow
from management.desk import Desk
from management.problems import missing, problem
from management.table import LARGEST_TEXT, POSTED, Answer, Call, Row

_PATH = "/applications/{id}/authentication-sequence"


@dataclass(frozen=True, slots=True)
class Sequences:
    """The rows."""

    desk: Desk

    def rows(self) -> list[Row]:
        """Both of them."""
        return [
            Row(
                "GET", _PATH, "flows:read", self.read, "An application's sign-in as an authenticationSequence",
                gives=AuthenticationSequence,
            ),
            Row(
                "PUT", _PATH, "flows:write", self.replace, "The same anew; a flow that others use stays theirs",
                body=AuthenticationSequence, gives=AuthenticationSequence, conditional=True, reasoned=True,
                largest=LARGEST_TEXT, refuses=(409,),
            ),
        ]  # fmt: skip

    async def read(self, call: Call) -> Answer:
        """The steps and the script, with a tag."""
        await self.desk.store.version()
        return self._told(await self._flow(await self._application(call)))

    async def replace(self, call: Call) -> Answer:
        """200: the application's own flow is that from now on."""

        async def work(version: int) -> Flow:
            application = await self._application(call)
            flow = await self._flow(application)
            await self.desk.demand(call, self.desk.tags.of(flow), shown(flow))
            own = await self._own(application, flow)
            plan = await self.desk.judged(
                _document(application, own, call.body), inside=2, through="authenticationSequence"
            )
            if plan.changes_nothing:
                return flow
            fields = [field for item in plan.changed for field in item.what]
            made = plan.change.flows[0] if plan.change.flows else flow
            told = {"fields": fields, "before": shown(flow), "after": shown(made)}
            note = self.desk.note("resource_changed", call, "flow", own, application_id=application.id, **told)
            await self.desk.commit(plan.change, note, version=version)
            return made

        return self._told(await self.desk.settled(work))

    async def _own(self, application: Application, flow: Flow) -> str:
        """The id of the flow to write: the one there is if nobody else has it, else one named as the application."""
        others = [one for one in await self.desk.store.applications() if one.id != application.id]
        if not any(one.flow == flow.id for one in others):
            return flow.id
        if await self.desk.store.flow(application.id) is not None:
            raise problem(409, f"Others use the flow {flow.id} too, and there is a flow {application.id} already.")
        return application.id

    async def _application(self, call: Call) -> Application:
        found = await self.desk.store.application(call.path["id"])
        if found is None:
            raise missing("application")
        return found

    async def _flow(self, application: Application) -> Flow:
        found = await self.desk.store.flow(application.flow)
        if found is None:
            raise missing("flow")
        return found

    def _told(self, flow: Flow) -> Answer:
        return Answer(shown(flow), etag=self.desk.tags.of(flow))


def shown(flow: Flow) -> dict[str, Any]:
    """A flow in that shape, its authenticators by the names that others know them by."""
    return {
        "type": "USER_DEFINED",
        "steps": [
            {"id": step.id, "options": [{"idp": o.idp, "authenticator": _name(o.authenticator)} for o in step.options]}
            for step in flow.steps
        ],
        "requestPathAuthenticators": [],
        "script": flow.script or "",
        "subjectStepId": flow.subject_step,
        "attributeStepId": flow.attribute_step,
    }  # fmt: skip


def _name(authenticator: str) -> str:
    method = method_named(authenticator)
    return method.aliases[-1] if method is not None and method.aliases else authenticator


def _document(application: Application, flow: str, sequence: AuthenticationSequence) -> Document:
    """The flow, and the application if it has to be told of it."""
    flows = [FlowEntry(id=flow, authenticationSequence=sequence)]
    if application.flow == flow:
        return Document(flows=flows)
    entry = validated(ApplicationEntry, entry_of(application) | {"flow": flow}, POSTED)
    return Document(flows=flows, applications=[entry])
