"""What admins configured, on a database: read on every request, so kept in memory and checked by a version number."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, delete, or_, select, true, update
from sqlalchemy.sql import ClauseElement

from engine.errors import Busy, Changed
from engine.model import Application, Flow, Library, OrganisationSettings, PromptTemplate, PushProvider, User
from engine.ports import ConfigurationChange, ScriptVersion, WordKind
from storage.bounds import is_name, is_text
from storage.documents import SETTINGS_NAME, Document, Kind, T, decoded, documents
from storage.sealing import NotAuthentic, Sealer, Tampered, place
from storage.sql.audit import NewEvents
from storage.sql.columns import USER, user_of
from storage.sql.database import Database, Rows, Run
from storage.sql.directory import WrittenUsers
from storage.sql.scripts import Scripts
from storage.sql.tables import configuration, configuration_version, secrets, users
from storage.sql.words import Words

AT_ONCE = 50
"""Names that one statement looks for."""
FRESH = 0.5
"""Seconds that what is in memory is used before the version is looked at again."""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The whole configuration as one commit left it; maps are in the order of their keys."""

    version: int
    applications: Mapping[str, Application]
    flows: Mapping[str, Flow]
    libraries: Mapping[str, Library]
    prompts: Mapping[str, PromptTemplate]
    push_providers: Mapping[str, PushProvider]
    settings: OrganisationSettings


class SqlConfiguration:
    """The configuration.  Own changes are seen at once, those of other processes after *fresh* seconds.

    Raises Busy rather than answer from memory when the version cannot be read.
    """

    def __init__(
        self, database: Database, sealer: Sealer, *, fresh: float = FRESH, tampered: Tampered | None = None
    ) -> None:
        self._database = database
        self._sealer = sealer
        self._fresh = fresh
        self._tampered = tampered
        self._snapshot: _Snapshot | None = None
        self._checked_at = float("-inf")
        self._checking = asyncio.Lock()
        self._written = WrittenUsers(database)
        self._new_events = NewEvents(database)
        self._scripts = Scripts(database)
        self._words = Words(database)
        self._statements = _Statements(database)

    async def application(self, application_id: str) -> Application | None:
        """The application with that client_id."""
        return (await self._present()).applications.get(application_id)

    async def flow(self, flow_id: str) -> Flow | None:
        """The flow with that id."""
        return (await self._present()).flows.get(flow_id)

    async def settings(self) -> OrganisationSettings:
        """The organisation's settings."""
        return (await self._present()).settings

    async def push_providers(self) -> list[PushProvider]:
        """The push services, by name."""
        return list((await self._present()).push_providers.values())

    async def library(self, name: str) -> Library | None:
        """The function library of that name."""
        return (await self._present()).libraries.get(name)

    async def prompt_template(self, name: str) -> PromptTemplate | None:
        """The admin's own page of that name."""
        return (await self._present()).prompts.get(name)

    async def applications(self) -> list[Application]:
        """All, by id."""
        return list((await self._latest()).applications.values())

    async def flows(self) -> list[Flow]:
        """All, by id."""
        return list((await self._latest()).flows.values())

    async def users(self) -> list[User]:
        """All, by canonical name."""
        return [user_of(row) for row in await self._database.survey(self._statements.users)]

    async def users_named(self, canonicals: Sequence[str]) -> list[User]:
        """Those who have one of these canonical names."""
        names = [name for name in dict.fromkeys(canonicals) if is_name(name)]
        found: list[User] = []
        for at in range(0, len(names), AT_ONCE):
            some = names[at : at + AT_ONCE]
            filled = [*some, *some[:1] * (AT_ONCE - len(some))]
            sought = {f"name_{number}": name for number, name in enumerate(filled)}
            found += [user_of(row) for row in await self._database.survey(self._statements.users_named, **sought)]
        return found

    async def users_page(self, *, after: str, limit: int) -> list[User]:
        """Those whose canonical name comes after *after*, in its order, at most *limit*."""
        if not is_text(after):
            return []
        rows = await self._database.survey(self._statements.users_page, after=after, most=limit)
        return [user_of(row) for row in rows]

    async def words(self, kind: WordKind) -> list[tuple[str, int]]:
        """The roles or groups that somebody has, by name, and how many have each."""
        return await self._words.counted(kind)

    async def users_with_word(self, kind: WordKind, name: str, *, after: str, limit: int) -> list[User]:
        """Who has that role or group, as `users_page` gives them."""
        return await self._words.having(kind, name, after=after, limit=limit)

    async def libraries(self) -> list[Library]:
        """All, by name."""
        return list((await self._latest()).libraries.values())

    async def prompt_templates(self) -> list[PromptTemplate]:
        """All, by name."""
        return list((await self._latest()).prompts.values())

    async def secret(self, name: str) -> str | None:
        """The value of a stored secret; None also if what is stored was not sealed by us for this name."""
        rows = await self._database.read(self._statements.secret, name=name) if is_name(name) else []
        if not rows:
            return None
        try:
            return self._sealer.open(rows[0][0], place("secret", name)).decode()
        except (NotAuthentic, UnicodeError):
            if self._tampered is not None:
                await self._tampered("secret", name)
            return None

    async def secret_names(self) -> list[str]:
        """Names only."""
        return [row[0] for row in await self._database.survey(self._statements.secret_names)]

    async def script_versions(self, flow_id: str, *, before: int, limit: int) -> Sequence[ScriptVersion]:
        """The versions of a flow's script, newest first, those with smaller numbers than *before*."""
        return await self._scripts.page(flow_id, before=before, limit=limit)

    async def version(self) -> int:
        """Grows with each commit; what is read afterwards is of this version or a later one."""
        return (await self._latest()).version

    async def commit(self, change: ConfigurationChange) -> None:
        """Make the change in one transaction.  Removals come first; removed_users: canonical names.

        Raises DirectoryError or Changed, and then nothing is changed.
        """
        changed = documents(change)
        await self._database.transaction(lambda run: self._commit(run, changed, change))
        async with self._checking:
            self._checked_at = float("-inf")

    async def _commit(self, run: Run, changed: list[Document], change: ConfigurationChange) -> None:
        statements = self._statements
        await self._refuse_changed(run, change)
        for canonical in change.removed_users:
            await run(statements.remove_user, canonical=canonical)
        for user in change.users:
            await self._written.put(run, user)
        for one in changed:
            if one.text is None:
                await run(statements.remove, kind=one.kind.value, name=one.name)
            else:
                await run(statements.put, kind=one.kind.value, name=one.name, document=one.text)
        for flow_id in change.removed_flows:
            await self._scripts.forget(run, flow_id)
        for flow in change.flows:
            await self._scripts.write(run, flow, change)
        for name, value in change.secrets.items():
            if value is None:
                await run(statements.remove_secret, name=name)
            else:
                sealed = self._sealer.seal(value.encode(), place("secret", name))
                await run(statements.put_secret, name=name, sealed=sealed)
        if change.events:
            await self._new_events.add(run, *change.events)

    async def _refuse_changed(self, run: Run, change: ConfigurationChange) -> None:
        """Count the version on, if all is still as the change supposes."""
        if not await run(self._statements.next_version, before=change.version):
            raise Changed("another change came first")
        for canonical, before in change.users_before.items():
            rows = await run(self._statements.lock_user, canonical=canonical)
            if (user_of(rows[0]) if rows else None) != before:
                raise Changed("a user was changed")

    async def _present(self) -> _Snapshot:
        """What is in memory, if it was looked at a moment ago."""
        if self._snapshot is not None and time.monotonic() - self._checked_at < self._fresh:
            return self._snapshot
        return await self._latest()

    async def _latest(self) -> _Snapshot:
        """The latest commit; read again only if the version is another."""
        async with self._checking:
            now = time.monotonic()
            version = await self._database.read(self._statements.version)
            if self._snapshot is None or version != [(self._snapshot.version,)]:
                self._snapshot = _snapshot(await self._database.read(self._statements.everything))
            self._checked_at = now
            return self._snapshot


class _Statements:
    """The statements, compiled once."""

    def __init__(self, database: Database) -> None:
        prepare = database.prepare
        this_name = secrets.c.name == bindparam("name")
        this_user = users.c.canonical == bindparam("canonical")
        self.version = prepare(select(configuration_version.c.number))
        self.everything = prepare(_everything())
        self.next_version = prepare(_next_version())
        self.put = prepare(_put(database))
        self.remove = prepare(
            delete(configuration).where(
                configuration.c.kind == bindparam("kind"), configuration.c.name == bindparam("name")
            )
        )
        self.users = prepare(select(*USER).order_by(users.c.canonical))
        named = users.c.canonical.in_([bindparam(f"name_{n}", type_=users.c.canonical.type) for n in range(AT_ONCE)])
        self.users_named = prepare(select(*USER).where(named))
        following = select(*USER).where(users.c.canonical > bindparam("after")).order_by(users.c.canonical)
        self.users_page = prepare(following.limit(bindparam("most", type_=Integer)))
        self.lock_user = prepare(select(*USER).where(this_user).with_for_update())
        self.remove_user = prepare(delete(users).where(this_user))
        self.secret = prepare(select(secrets.c.sealed).where(this_name))
        self.secret_names = prepare(select(secrets.c.name).order_by(secrets.c.name))
        self.put_secret = prepare(_put_secret(database))
        self.remove_secret = prepare(delete(secrets).where(this_name))


def _everything() -> ClauseElement:
    """One statement, so that version and documents are of one commit; one row at least, even if nothing is there."""
    columns = (configuration_version.c.number, configuration.c.kind, configuration.c.name, configuration.c.document)
    joined = configuration_version.outerjoin(configuration, true())
    return select(*columns).select_from(joined).order_by(configuration.c.name)


def _next_version() -> ClauseElement:
    """One more, if it is still *before*, or that is None."""
    number, before = configuration_version.c.number, bindparam("before", type_=configuration_version.c.number.type)
    still = or_(before.is_(None), number == before)
    return update(configuration_version).where(still).values(number=number + 1).returning(number)


def _put(database: Database) -> ClauseElement:
    new = database.insert(configuration).values({name: bindparam(name) for name in ("kind", "name", "document")})
    return new.on_conflict_do_update(index_elements=["kind", "name"], set_={"document": new.excluded.document})


def _put_secret(database: Database) -> ClauseElement:
    new = database.insert(secrets).values({name: bindparam(name) for name in ("name", "sealed")})
    return new.on_conflict_do_update(index_elements=["name"], set_={"sealed": new.excluded.sealed})


def _snapshot(rows: Rows) -> _Snapshot:
    """What the rows say.  A document that cannot be read is absent; without readable settings nothing goes (Busy)."""
    if not rows:
        raise Busy("the database has no configuration version")
    texts: dict[str, dict[str, str]] = {kind: {} for kind in Kind}
    for _, kind, name, text in rows:
        texts.get(kind, {})[name] = text
    settings = _all(texts[Kind.SETTINGS], OrganisationSettings)
    if len(settings) != len(texts[Kind.SETTINGS]):
        raise Busy("the stored settings cannot be read")
    return _Snapshot(
        version=rows[0][0],
        applications=_all(texts[Kind.APPLICATION], Application),
        flows=_all(texts[Kind.FLOW], Flow),
        libraries=_all(texts[Kind.LIBRARY], Library),
        prompts=_all(texts[Kind.PROMPT], PromptTemplate),
        push_providers=_all(texts[Kind.PUSH_PROVIDER], PushProvider),
        settings=settings.get(SETTINGS_NAME, OrganisationSettings()),
    )


def _all(texts: Mapping[str, str], into: type[T]) -> Mapping[str, T]:
    found = ((name, decoded(text, into, name=name)) for name, text in texts.items())
    return {name: one for name, one in found if one is not None}
