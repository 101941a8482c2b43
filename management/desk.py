"""What every resource of the management API stands on: judging a change as `apply` does, making it if nothing changed
meanwhile, and writing into the audit who did it, in the same transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from configuration.apply import prepare
from configuration.difference import between, shortened
from configuration.document import Document
from configuration.plan import Plan
from configuration.problems import ConfigurationErrors
from configuration.tools import Tools
from engine.errors import Busy, Changed
from engine.ports import AuditEvent, Clock, ConfigurationChange, ConfigurationStore
from management.etags import Tags
from management.known import Known
from management.problems import problem, refused, rejected
from management.table import POSTED, Call

ATTEMPTS = 20
"""How often a change is tried anew because others came first."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where changes are made."""

    tools: Tools
    clock: Clock
    tags: Tags
    known: Known

    @property
    def store(self) -> ConfigurationStore:
        """What is configured."""
        return self.tools.store

    async def settled(self, work: Callable[[int], Awaitable[T]]) -> T:
        """What *work* gives.  It is handed the version of the configuration that it may rest on, and is done anew if
        another change came first; so of two that had read the same, one wins and the other sees what came of it."""
        for _ in range(ATTEMPTS):
            version = await self.store.version()
            try:
                return await work(version)
            except Changed:
                continue
        raise Busy("others change the configuration all the time")

    async def demand(self, call: Call, tag: str, shown: Mapping[str, Any] | None = None) -> None:
        """Let go on who has read what is there, by its *tag*.  Raises 412 with what changed since.

        shown: the thing as it is read, if it is one that is worth comparing.
        """
        if call.tags is not None and tag not in call.tags:
            changed = await self.known.difference(call.tags, shown) if shown is not None else []
            text = "It was changed since you have read it: read it again, and decide anew."
            raise problem(412, text, difference=changed)
        if shown is not None:
            await self.known.keep(tag, shown)

    async def judged(self, document: Document, *, inside: int, through: str | None = None) -> Plan:
        """What applying the document would do.  Raises 422 with the places, also for what the publish gate holds.

        inside: how many keys lead from the document to the posted entry; through: a key below that is not in what was
        posted.
        """
        try:
            plan = await prepare([(POSTED, document)], self.tools, everyone=False)
        except ConfigurationErrors as errors:
            raise refused(errors, inside=inside, through=through) from None
        held = [one for one in plan.warnings if one.closes]
        if held:
            raise rejected(held, inside=inside, through=through)
        return plan

    async def commit(self, change: ConfigurationChange, event: AuditEvent, *, version: int) -> None:
        """Make it, with its line in the audit.  Raises Changed."""
        who = f"{event.details['token_name']} ({event.details['token']})"
        why = event.details.get("reason")
        await self.store.commit(replace(change, version=version, events=(event,), at=event.at, by=who, why=why))

    def note(self, name: str, call: Call, kind: str, resource: str, **more: Any) -> AuditEvent:
        """Who did what to which thing.  fields: the names of those that change; before, after: the thing as it is read,
        without any secret; the rest of *more* is of the event itself."""
        details = {"kind": kind, "resource": resource, "token": call.token.id, "token_name": call.token.name}
        fields = more.pop("fields", ())
        if fields:
            details["fields"] = " ".join(fields)
        changed = between(more.pop("before", None), more.pop("after", None))
        if changed:
            details["difference"] = shortened(changed)
        if call.reason is not None:
            details["reason"] = call.reason
        return AuditEvent(name, self.clock(), ip=call.ip, why="management_api", details=details, **more)
