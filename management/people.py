"""Users by HTTP: the entry of a configuration file, and the id.

Whoever is disabled, or has another password, is signed out at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from configuration.document import Document, UserEntry
from configuration.export import entry_of
from configuration.form import validated
from configuration.problems import ConfigurationErrors
from engine.admin_roles import admin_role
from engine.errors import Changed
from engine.letters import Letters
from engine.model import EMAIL, User
from engine.ports import ConfigurationChange, Directory, Spawner
from engine.sessions import Sessions
from engine.usernames import canonical
from management.desk import Desk
from management.merging import merged
from management.models import ListOf, Patch, UserBody, UserBrief
from management.paging import Paging, page, read
from management.problems import missing, problem, refused
from management.table import MERGE_PATCH, POSTED, Answer, Call, Row

_INSIDE = 2


def shown(user: User) -> dict[str, Any]:
    """A user as it is read."""
    return {"id": user.id, **entry_of(user), "enabled": user.enabled}


@dataclass(frozen=True, slots=True)
class People:
    """The rows of users."""

    desk: Desk
    directory: Directory
    sessions: Sessions
    letters: Letters
    spawner: Spawner

    def rows(self) -> list[Row]:
        """All of them."""
        one: dict[str, Any] = {"path": "/users/{id}", "gives": UserBody}
        change = {**one, "scope": "users:write", "conditional": True, "reasoned": True}
        return [
            Row("GET", "/users", "users:read", self.list, "Every user, by name", query=Paging, gives=ListOf(UserBrief)),
            Row(
                "POST", "/users", "users:write", self.add, "A new user",
                body=UserEntry, gives=UserBody, status=201, reasoned=True,
            ),
            Row(method="GET", scope="users:read", handle=self.read, summary="One user", **one),
            Row(method="PUT", handle=self.replace, summary="A user's entry anew", body=UserBody, **change),
            Row(
                method="PATCH", handle=self.patch, summary="Changes of a user (RFC 7396)",
                body=Patch, kind=MERGE_PATCH, **change,
            ),
            Row(
                "DELETE", "/users/{id}", "users:write", self.remove, "No such user any more, nor their devices",
                status=204, conditional=True, reasoned=True,
            ),
        ]  # fmt: skip

    async def list(self, call: Call) -> Answer:
        """A page, in the order of canonical names."""
        limit = call.query.limit
        found = await self.desk.store.users_page(after=read(call.query.cursor) or "", limit=limit + 1)
        return Answer(page(found, limit, key=lambda one: one.canonical, shown=brief))

    async def read(self, call: Call) -> Answer:
        """One, with its tag."""
        return self._told(await self._existing(call))

    async def add(self, call: Call) -> Answer:
        """201; 409 for a name that is taken."""
        name = canonical(call.body.username) or ""

        async def work(version: int) -> User:
            if await self.desk.store.users_named([name]):
                raise problem(409, "There is a user of that name already.", pointer="/username")
            return await self._put(call.body, call, version, before=None)

        user = await self.desk.settled(work)
        return self._told(user, status=201, location=f"/users/{user.id}")

    async def replace(self, call: Call) -> Answer:
        """200 and what is stored now.  A password that is not given stays."""
        return await self._change(call, lambda _: call.body)

    async def patch(self, call: Call) -> Answer:
        """The same with what is left of the old entry."""
        return await self._change(call, lambda old: _entry(merged(shown(old), call.body)))

    async def remove(self, call: Call) -> Answer:
        """204; the user's sessions end first."""

        async def work(version: int) -> User:
            old = await self._matching(call)
            refuse_lower(call, old)
            about = {"user_id": old.id, "username": old.username, "before": _masked(old)}
            note = self.desk.note("resource_removed", call, "user", old.id, **about)
            change = ConfigurationChange(removed_users=[old.canonical], users_before={old.canonical: old})
            await self.desk.commit(change, note, version=version)
            return old

        await sign_out(self.sessions, (await self.desk.settled(work)).id)
        return Answer(status=204)

    async def _change(self, call: Call, wanted: Callable[[User], UserBody]) -> Answer:
        before: list[User] = []

        async def work(version: int) -> User:
            old = await self._matching(call)
            before[:] = [old]
            return await self._put(_whole(wanted(old), old), call, version, before=old)

        user = await self.desk.settled(work)
        is_reset = user.credential_version != before[0].credential_version
        if is_reset or not user.live:
            await sign_out(self.sessions, user.id)
        if is_reset:  # told where they could be reached before: the address may be of somebody else by now
            told = before[0] if EMAIL in before[0].claims else user
            self.spawner.spawn(self.letters.password_reset(told, now=self.desk.clock()))
        return self._told(user)

    async def _put(self, entry: UserEntry, call: Call, version: int, *, before: User | None) -> User:
        """The user as stored then."""
        plan = await self.desk.judged(Document(users=[entry]), inside=_INSIDE)
        refuse_lower(call, *([] if before is None else [before]), *plan.change.users)
        if not plan.change.users:
            if before is None:
                raise Changed("somebody else added the same")
            return before
        [user] = plan.change.users
        name = "resource_added" if before is None else "resource_changed"
        fields = [field for item in plan.changed for field in item.what]
        told = {"fields": fields, "before": _masked(before), "after": _masked(user)}
        note = self.desk.note(name, call, "user", user.id, user_id=user.id, username=user.username, **told)
        change = replace(plan.change, users_before={user.canonical: before})
        await self.desk.commit(change, note, version=version)
        return user

    async def _matching(self, call: Call) -> User:
        old = await self._existing(call)
        await self.desk.demand(call, self.desk.tags.of(old), shown(old))
        return old

    async def _existing(self, call: Call) -> User:
        found = await self.directory.user(call.path["id"])
        if found is None:
            raise missing("user")
        return found

    def _told(self, user: User, *, status: int = 200, location: str | None = None) -> Answer:
        return Answer(shown(user), status, self.desk.tags.of(user), location)


def refuse_lower(call: Call, *people: User) -> None:
    """Nobody makes, changes or weakens an admin who may do what they may not do themselves."""
    roles = [role for user in people if (role := admin_role(user.roles)) is not None]
    if any(not role.scopes <= call.token.scopes for role in roles):
        raise problem(403, f"A {max(roles).role} may do what your token may not.")


async def sign_out(sessions: Sessions, user_id: str) -> None:
    """End all sessions of a user; their applications are told."""
    for session in await sessions.of_user(user_id):
        await sessions.end_chain(user_id, session.chain)


def brief(user: User) -> dict[str, Any]:
    """A user in a list."""
    return {"id": user.id, "username": user.username, "enabled": user.enabled}


def _masked(user: User | None) -> dict[str, Any] | None:
    """What the audit keeps of a user: not what their claims say, which is theirs."""
    if user is None:
        return None
    entry = shown(user)
    return entry | {"claims": dict.fromkeys(entry["claims"], "(masked)")}


def _entry(value: dict[str, Any]) -> UserBody:
    try:
        return validated(UserBody, value, POSTED)
    except ConfigurationErrors as errors:
        raise refused(errors) from None


def _whole(body: UserBody, old: User) -> UserEntry:
    """An entry that leaves nothing of the old one but its password, where none is given."""
    if body.id not in (None, old.id):
        raise problem(422, "id is the one in the address.", pointer="/id")
    if canonical(body.username) != old.canonical:
        raise problem(422, "A user keeps their name; only its case may change.", pointer="/username")
    given = {name: getattr(body, name) for name in UserEntry.model_fields}
    claims = {**dict.fromkeys(old.claims), **(body.claims or {})}
    whole = {"roles": body.roles or [], "groups": body.groups or [], "claims": claims}
    return UserEntry.model_construct(**{**given, **whole, "enabled": body.enabled is not False})
