"""People and their devices on a database.  Nothing is cached: who is disabled or removed is so for the next read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Select, bindparam, case, delete, func, null, or_, select, update
from sqlalchemy.sql import ClauseElement

from engine.errors import DirectoryError
from engine.model import Device, SetupLink, User
from engine.ports import ChangedPerson
from storage.bounds import is_name, is_text
from storage.people import applied, check_association, check_device, check_user, key_digest, with_roles
from storage.sql.associations import Associations
from storage.sql.changed_people import ChangedPeople
from storage.sql.claims import ClaimIndex
from storage.sql.columns import DEVICE, USER, as_json, device_columns, device_of, user_columns, user_of
from storage.sql.database import Database, Run, Upsert
from storage.sql.setup_links import SetupLinks
from storage.sql.tables import devices, used_user_ids, users

_THIS_USER = users.c.id == bindparam("in_id")
_THIS_DEVICE = devices.c.id == bindparam("in_id")
_THIS_KEY = devices.c.key_digest == bindparam("key_digest")


class WrittenUsers:
    """Adds and changes users inside a transaction; shared by the directory and by `apply`."""

    def __init__(self, database: Database) -> None:
        insert = database.insert(users).values({column.name: bindparam(column.name) for column in users.c})
        self._insert = database.prepare(insert.on_conflict_do_nothing().returning(users.c.id))
        self._named = database.prepare(select(users.c.id).where(users.c.canonical == bindparam("canonical")))
        use = database.insert(used_user_ids).values(id=bindparam("id"))
        self._lock = database.prepare(_user_named().with_for_update())
        self._change = database.prepare(_change_user())
        self._use_id = database.prepare(use.on_conflict_do_nothing().returning(used_user_ids.c.id))
        self._claims = ClaimIndex(database)

    async def add(self, run: Run, user: User) -> None:
        """Raises DirectoryError('name_taken' | 'id_taken'); then the transaction must not be committed."""
        if not await run(self._insert, **user_columns(user)):
            taken = await run(self._named, canonical=user.canonical)
            raise DirectoryError("name_taken" if taken else "id_taken")
        if not await run(self._use_id, id=user.id):
            raise DirectoryError("id_taken")
        await self._claims.write(run, user.id, before={}, after=user.claims)

    async def put(self, run: Run, user: User) -> User:
        """Add the user, or change who has that name to it; gives the user as stored."""
        rows = await run(self._lock, canonical=user.canonical)
        if not rows:
            await self.add(run, user)
            return user
        stored = user_of(rows[0])
        changed = applied(stored, user)
        columns = user_columns(changed)
        await run(self._change, in_id=columns.pop("id"), **columns)
        await self._claims.write(run, stored.id, before=stored.claims, after=user.claims)
        return changed


class SqlDirectory:
    """Users and devices."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._written = WrittenUsers(database)
        self._claims = ClaimIndex(database)
        self._associations = Associations(database)
        self._changed_people = ChangedPeople(database)
        self._setup_links = SetupLinks(database)
        prepare = database.prepare
        self._user = prepare(select(*USER).where(_THIS_USER))
        self._user_named = prepare(_user_named())
        self._lock_user = prepare(select(*USER).where(_THIS_USER).with_for_update())
        self._set_password = prepare(_set_password())
        self._set_enabled = prepare(_set_user("enabled"))
        self._set_claims = prepare(_set_user("claims"))
        self._set_roles = prepare(_set_user("roles"))
        self._devices = prepare(_devices_of_user())
        self._device = prepare(select(*DEVICE).where(_THIS_DEVICE))
        self._key = prepare(select(devices.c.id).where(_THIS_KEY))
        self._add_device = prepare(_add_device(database.insert(devices)))
        self._clashing = prepare(_clashing())
        self._change_device = prepare(_change_device())
        self._mark_unreachable = prepare(_mark_unreachable())
        self._remove_device = prepare(_remove_device())

    async def user(self, user_id: str) -> User | None:
        """The user with that id."""
        rows = await self._database.read(self._user, in_id=user_id) if is_name(user_id) else []
        return user_of(rows[0]) if rows else None

    async def user_named(self, canonical: str) -> User | None:
        """The user with that canonical name."""
        rows = await self._database.read(self._user_named, canonical=canonical) if is_name(canonical) else []
        return user_of(rows[0]) if rows else None

    async def add_user(self, user: User) -> None:
        """Raises DirectoryError('name_taken' | 'id_taken' | 'not_text')."""
        check_user(user)
        await self._database.transaction(lambda run: self._written.add(run, user))

    async def put_user(self, user: User) -> User:
        """Add the user, or change who has that name; gives the user as stored."""
        check_user(user)
        return await self._database.transaction(lambda run: self._written.put(run, user))

    async def set_password(
        self, user_id: str, password_hash: str, *, rehash: bool = False, replacing: str | None = None
    ) -> None:
        """Store a new hash; with *replacing* only if that hash is still the stored one, else nothing happens."""
        given = {"password_hash": password_hash, "step": 0 if rehash else 1, "replacing": replacing}
        rows = await self._database.write(self._set_password, in_id=user_id, **given) if is_name(user_id) else []
        if not rows and await self.user(user_id) is None:
            raise DirectoryError("unknown_user")

    async def set_enabled(self, user_id: str, enabled: bool) -> None:
        """Let a user in, or keep out."""
        given = {"in_id": user_id, "enabled": enabled}
        if not (is_name(user_id) and await self._database.write(self._set_enabled, **given)):
            raise DirectoryError("unknown_user")

    async def set_claims(self, user_id: str, claims: Mapping[str, str]) -> None:
        """Write these claims; others stay."""
        if not all(is_text(text) for text in (*claims, *claims.values())):
            raise DirectoryError("not_text", "claims must be Unicode without NUL")

        async def work(run: Run) -> None:
            user = await self._locked(run, user_id)
            changed = {**user.claims, **claims}
            await run(self._set_claims, in_id=user_id, claims=as_json(changed))
            await self._claims.write(run, user_id, before=user.claims, after=changed)

        await self._database.transaction(work)

    async def change_roles(self, user_id: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> User:
        """Give and take roles; gives the user as it is then."""

        async def work(run: Run) -> User:
            changed = with_roles(await self._locked(run, user_id), add=add, remove=remove)
            await run(self._set_roles, in_id=user_id, roles=as_json(changed.roles))
            return changed

        return await self._database.transaction(work)

    async def users_with(self, claims: Mapping[str, str], *, limit: int) -> list[User]:
        """Users who have exactly all these claims, by id, at most *limit*."""
        return await self._claims.find(claims, limit=limit)

    async def associate(self, idp: str, identifier: str, *, user_id: str) -> bool:
        """Let a user of a provider elsewhere be this one of ours; False if it is another of ours already."""
        check_association(idp, identifier)

        async def work(run: Run) -> bool:
            await self._locked(run, user_id)
            return await self._associations.put(run, idp, identifier, user_id=user_id)

        return await self._database.transaction(work)

    async def associated(self, idp: str, identifier: str) -> User | None:
        """The user of ours that this user of a provider elsewhere is."""
        return await self._associations.user(idp, identifier)

    async def dissociate(self, idp: str, identifier: str) -> bool:
        """Let it be none of ours any more; False if it was none."""
        return await self._associations.drop(idp, identifier)

    async def devices(self, user_id: str) -> list[Device]:
        """The user's devices, oldest first."""
        rows = await self._database.read(self._devices, user_id=user_id) if is_name(user_id) else []
        return [device_of(row) for row in rows]

    async def device(self, device_id: str) -> Device | None:
        """The device with that id."""
        rows = await self._database.read(self._device, in_id=device_id) if is_name(device_id) else []
        return device_of(rows[0]) if rows else None

    async def has_key(self, public_key: bytes) -> bool:
        """Whether a device of anybody has that key."""
        return bool(await self._database.read(self._key, key_digest=key_digest(public_key)))

    async def add_device(self, device: Device, *, limit: int) -> None:
        """Raises DirectoryError('unknown_user' | 'device_exists' | 'key_exists' | 'device_limit' | 'not_text')."""
        check_device(device)

        async def work(run: Run) -> None:
            await self._locked(run, device.user_id)
            if not await run(self._add_device, **device_columns(device), limit=limit):
                raise DirectoryError(await self._why_not(run, device))

        await self._database.transaction(work)

    async def change_device(
        self, device_id: str, *, name: str | None = None, push_token: str | None = None, used_at: float | None = None
    ) -> bool:
        """Change what is given; False if there is no such device.  With a push token it is reachable again."""
        if not all(is_text(text) for text in (name or "", push_token or "")):
            raise DirectoryError("not_text", "a device's texts must be Unicode without NUL")
        given = {"name": name, "push_token": push_token, "last_used_at": used_at}
        return is_name(device_id) and bool(await self._database.write(self._change_device, in_id=device_id, **given))

    async def mark_unreachable(self, device_id: str, *, push_token: str, since: float) -> bool:
        """Note that this token reaches nobody; False if the device has another by now, or is gone, or was marked."""
        given = {"in_id": device_id, "dead": push_token, "since": since}
        return is_name(device_id) and bool(await self._database.write(self._mark_unreachable, **given))

    async def remove_device(self, device_id: str, *, user_id: str) -> bool:
        """Remove a device of that user; False if it is not theirs."""
        if not (is_name(device_id) and is_name(user_id)):
            return False
        return bool(await self._database.write(self._remove_device, in_id=device_id, user_id=user_id))

    async def offer_setup(self, link: SetupLink) -> None:
        """Keep *link* in place of the person's earlier one."""
        if await self.user(link.user_id) is None:
            raise DirectoryError("unknown_user")
        await self._setup_links.put(link)

    async def setup_offered(self, digest: bytes, *, now: float) -> User | None:
        """Whose link it is, while it is good."""
        return await self._setup_links.user(digest, now=now)

    async def set_up(self, digest: bytes, password_hash: str, *, now: float) -> bool:
        """Use the link up and set the password."""
        return await self._setup_links.use(digest, password_hash, now=now)

    async def changed_people(self, *, limit: int) -> list[ChangedPerson]:
        """Whose proofs may count no more."""
        return await self._changed_people.some(limit)

    async def settle(self, changed: ChangedPerson) -> None:
        """All that follows from it is done."""
        await self._changed_people.settle(changed)

    async def _locked(self, run: Run, user_id: str) -> User:
        """The user, whose row no other transaction changes until this one ends."""
        rows = await run(self._lock_user, in_id=user_id) if is_name(user_id) else []
        if not rows:
            raise DirectoryError("unknown_user")
        return user_of(rows[0])

    async def _why_not(self, run: Run, device: Device) -> str:
        """Why the INSERT that has decided did nothing."""
        rows = await run(self._clashing, in_id=device.id, key_digest=key_digest(device.public_key))
        if not rows:
            return "device_limit"
        return "device_exists" if any(row[0] == device.id for row in rows) else "key_exists"


def _user_named() -> Select[Any]:
    return select(*USER).where(users.c.canonical == bindparam("canonical"))


def _change_user() -> ClauseElement:
    columns: dict[str, Any] = {column.name: bindparam(column.name) for column in users.c if column.name != "id"}
    return update(users).where(_THIS_USER).values(columns)


def _set_password() -> ClauseElement:
    replacing = bindparam("replacing", type_=users.c.password_hash.type)
    return (
        update(users)
        .where(_THIS_USER, or_(replacing.is_(None), users.c.password_hash == replacing))
        .values(
            password_hash=bindparam("password_hash"),
            credential_version=users.c.credential_version + bindparam("step", type_=Integer),
        )
        .returning(users.c.id)
    )


def _set_user(column: str) -> ClauseElement:
    return update(users).where(_THIS_USER).values({column: bindparam(column)}).returning(users.c.id)


def _devices_of_user() -> ClauseElement:
    oldest_first = (devices.c.created_at, devices.c.number)
    return select(*DEVICE).where(devices.c.user_id == bindparam("user_id")).order_by(*oldest_first)


def _add_device(insert: Upsert) -> ClauseElement:
    """The count and the INSERT are one statement; two of one user are kept apart by the lock on the user's row."""
    columns = [column for column in devices.c if column.name != "number"]
    count = select(func.count()).select_from(devices).where(devices.c.user_id == bindparam("user_id"))
    row = select(*(bindparam(column.name, type_=column.type) for column in columns)).where(
        count.scalar_subquery() < bindparam("limit", type_=Integer)
    )
    new = insert.from_select([column.name for column in columns], row)
    return new.on_conflict_do_nothing().returning(devices.c.id)


def _clashing() -> ClauseElement:
    return select(devices.c.id).where(or_(_THIS_DEVICE, _THIS_KEY))


def _change_device() -> ClauseElement:
    names = ("name", "push_token", "last_used_at")
    given = {name: func.coalesce(bindparam(name, type_=devices.c[name].type), devices.c[name]) for name in names}
    token = bindparam("push_token", type_=devices.c.push_token.type)
    still = case((token.is_(None), devices.c.unreachable_since), else_=null())
    return update(devices).where(_THIS_DEVICE).values(given | {"unreachable_since": still}).returning(devices.c.id)


def _mark_unreachable() -> ClauseElement:
    live = (devices.c.push_token == bindparam("dead"), devices.c.unreachable_since.is_(None))
    marked = update(devices).where(_THIS_DEVICE, *live).values(unreachable_since=bindparam("since"))
    return marked.returning(devices.c.id)


def _remove_device() -> ClauseElement:
    return delete(devices).where(_THIS_DEVICE, devices.c.user_id == bindparam("user_id")).returning(devices.c.id)
