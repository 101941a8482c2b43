"""Things of the configuration by HTTP, all alike: list, create, read, replace, patch, remove.

What an entry looks like and what is refused is that of a configuration file.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from configuration.document import Document
from configuration.export import entry_of
from configuration.form import validated
from configuration.plan import Plan
from configuration.problems import ConfigurationErrors
from engine.errors import Changed
from engine.model import Application, Flow, Library, PromptTemplate, PushProvider
from engine.ports import ConfigurationChange, ConfigurationStore
from management.desk import Desk
from management.merging import merged
from management.models import ListOf, Patch
from management.paging import Paging, page, read
from management.problems import missing, problem, refused
from management.table import LARGEST, MERGE_PATCH, POSTED, Answer, Call, Row

Thing = TypeVar("Thing", Application, Flow, Library, PromptTemplate, PushProvider)
"""What can be configured one by one."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[Thing]):
    """One kind of thing.  word: as the audit has it; path: where it stands; key: the field that names it.

    entry: its model; brief: the model of its line in a list, made by *line*.  document: an entry in a document,
    *inside* keys below its top.  all, one: from the store; made: from a change.  removal: the change that takes it
    away; needed: what still needs it.  rights: the scopes that it gives to whoever may change it.
    """

    word: str
    path: str
    key: str
    entry: type[BaseModel]
    brief: type[BaseModel]
    line: Callable[[Thing], dict[str, Any]]
    document: Callable[[Any], Document]
    inside: int
    all: Callable[[ConfigurationStore], Awaitable[list[Thing]]]
    one: Callable[[ConfigurationStore, str], Awaitable[Thing | None]]
    made: Callable[[ConfigurationChange], Sequence[Thing]]
    removal: Callable[[Thing], ConfigurationChange]
    needed: Callable[[ConfigurationStore, Thing], Awaitable[list[str]]]
    rights: Callable[[Thing], Sequence[str]] = lambda _: ()
    largest: int = LARGEST

    def name(self, thing: Thing) -> str:
        """What it is called."""
        return str(getattr(thing, self.key))


def shown(thing: Thing) -> dict[str, Any]:
    """A thing as it is read: the entry of a configuration file, no secret in it."""
    entry = entry_of(thing)
    return entry | {"enabled": thing.enabled} if isinstance(thing, Application) else entry


@dataclass(frozen=True, slots=True)
class Configured(Generic[Thing]):
    """The rows of one kind."""

    kind: Kind[Thing]
    desk: Desk

    def rows(self) -> list[Row]:
        """All of them."""
        kind, word = self.kind, self.kind.word.replace("_", " ")
        one, largest = f"/{kind.path}/{{{kind.key}}}", kind.largest
        readable, writable = f"{kind.path}:read", f"{kind.path}:write"
        return [
            Row(
                "GET", f"/{kind.path}", readable, self.list, f"Every {word}, in pages",
                query=Paging, gives=ListOf(kind.brief),
            ),
            Row(
                "POST", f"/{kind.path}", writable, self.add, f"A new {word}",
                body=kind.entry, gives=kind.entry, status=201, reasoned=True, largest=largest, refuses=(409,),
            ),
            Row("GET", one, readable, self.read, f"One {word}", gives=kind.entry),
            Row(
                "PUT", one, writable, self.replace, f"Another {word} in its place",
                body=kind.entry, gives=kind.entry, conditional=True, reasoned=True, largest=largest,
            ),
            Row(
                "PATCH", one, writable, self.patch, f"Changes of one {word} (RFC 7396)",
                body=Patch, kind=MERGE_PATCH, gives=kind.entry, conditional=True, reasoned=True, largest=largest,
            ),
            Row(
                "DELETE", one, writable, self.remove, f"No such {word} any more",
                status=204, conditional=True, reasoned=True, refuses=(409,),
            ),
        ]  # fmt: skip

    async def list(self, call: Call) -> Answer:
        """A page, in the order of their names."""
        after, name = read(call.query.cursor), self.kind.name
        found = [one for one in await self.kind.all(self.desk.store) if after is None or name(one) > after]
        return Answer(page(found[: call.query.limit + 1], call.query.limit, key=name, shown=self.kind.line))

    async def read(self, call: Call) -> Answer:
        """One, with its tag."""
        await self.desk.store.version()
        return self._told(await self._existing(call))

    async def add(self, call: Call) -> Answer:
        """201; 409 for a name that is taken."""
        name = getattr(call.body, self.kind.key)

        async def work(version: int) -> Thing:
            if await self.kind.one(self.desk.store, name) is not None:
                raise problem(409, f"There is one of that {self.kind.key} already.", pointer=f"/{self.kind.key}")
            return await self._put(call.body, call, version)

        return self._told(await self.desk.settled(work), status=201, location=f"/{self.kind.path}/{name}")

    async def replace(self, call: Call) -> Answer:
        """200 and what stands in its place now."""
        return await self._change(call, lambda _: call.body)

    async def patch(self, call: Call) -> Answer:
        """The same with what is left of the old one."""
        return await self._change(call, lambda old: self._entry(merged(shown(old), call.body)))

    async def remove(self, call: Call) -> Answer:
        """204; 409 as long as something needs it."""

        async def work(version: int) -> None:
            old = await self._matching(call)
            needed = await self.kind.needed(self.desk.store, old)
            if needed:
                raise problem(409, f"It is still needed by {', '.join(needed[:5])}.")
            note = self.desk.note("resource_removed", call, self.kind.word, self.kind.name(old), before=shown(old))
            await self.desk.commit(self.kind.removal(old), note, version=version)

        await self.desk.settled(work)
        return Answer(status=204)

    async def _change(self, call: Call, entry: Callable[[Thing], BaseModel]) -> Answer:
        async def work(version: int) -> Thing:
            old = await self._matching(call)
            wanted = entry(old)
            if getattr(wanted, self.kind.key) != self.kind.name(old):
                raise problem(422, f"{self.kind.key} is the one in the address.", pointer=f"/{self.kind.key}")
            return await self._put(wanted, call, version, old=old)

        return self._told(await self.desk.settled(work))

    async def _put(self, entry: Any, call: Call, version: int, *, old: Thing | None = None) -> Thing:
        """The thing as it is stored then."""
        plan = await self.desk.judged(self.kind.document(entry), inside=self.kind.inside)
        made = self.kind.made(plan.change)
        if not made:
            if old is None:
                raise Changed("somebody else added the same")
            return old
        self._refuse_more_rights(call, made[0] if old is None else old, made[0])
        name = "resource_added" if old is None else "resource_changed"
        before = None if old is None else shown(old)
        told = {"fields": _fields(plan), "before": before, "after": shown(made[0])}
        note = self.desk.note(name, call, self.kind.word, self.kind.name(made[0]), **told)
        await self.desk.commit(plan.change, note, version=version)
        return made[0]

    def _refuse_more_rights(self, call: Call, *things: Thing) -> None:
        """Nobody gives away, or takes over, what they may not do themselves."""
        missing = sorted({scope for one in things for scope in self.kind.rights(one)} - call.token.scopes)
        if missing:
            raise problem(403, f"It may do what your token may not: {', '.join(missing)}.")

    def _entry(self, value: dict[str, Any]) -> BaseModel:
        try:
            return validated(self.kind.entry, value, POSTED)
        except ConfigurationErrors as errors:
            raise refused(errors) from None

    async def _matching(self, call: Call) -> Thing:
        """The one that is meant, as the caller has read it.  Raises 404, 412, 428."""
        old = await self._existing(call)
        await self.desk.demand(call, self.desk.tags.of(old), shown(old))
        return old

    async def _existing(self, call: Call) -> Thing:
        found = await self.kind.one(self.desk.store, call.path[self.kind.key])
        if found is None:
            raise missing(self.kind.word.replace("_", " "))
        return found

    def _told(self, thing: Thing, *, status: int = 200, location: str | None = None) -> Answer:
        return Answer(shown(thing), status, self.desk.tags.of(thing), location)


def _fields(plan: Plan) -> list[str]:
    return [field for item in plan.changed for field in item.what]
