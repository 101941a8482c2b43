"""Users and their devices in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.errors import DirectoryError
from engine.model import Device, SetupLink, User
from engine.ports import ChangedPerson
from storage.people import (
    applied,
    check_association,
    check_device,
    check_user,
    has_claims,
    may_be_sought,
    with_roles,
)


class MemoryDirectory:
    """Users and their devices."""

    def __init__(self) -> None:
        self._users: dict[str, User] = {}
        self._names: dict[str, str] = {}
        self._used_ids: set[str] = set()
        self._devices: dict[str, Device] = {}
        self._associations: dict[tuple[str, str], str] = {}
        self._changes: dict[str, int] = {}
        self._links: dict[str, SetupLink] = {}

    async def user(self, user_id: str) -> User | None:
        """The user with that id."""
        return self._users.get(user_id)

    async def user_named(self, canonical: str) -> User | None:
        """The user with that canonical name."""
        return self._users.get(self._names.get(canonical, ""))

    async def add_user(self, user: User) -> None:
        """Raises DirectoryError('name_taken' | 'id_taken' | 'not_text')."""
        self._put(user)

    async def put_user(self, user: User) -> User:
        """Add the user, or change who has that name; gives the user as stored."""
        self.apply([user], removed=[])
        return self._users[self._names[user.canonical]]

    async def set_password(
        self, user_id: str, password_hash: str, *, rehash: bool = False, replacing: str | None = None
    ) -> None:
        """Store a new hash; with *replacing* only if that hash is still the stored one, else nothing happens."""
        user = self._existing(user_id)
        if replacing is None or user.password_hash == replacing:
            version = user.credential_version if rehash else user.credential_version + 1
            self._change(replace(user, password_hash=password_hash, credential_version=version))

    async def set_enabled(self, user_id: str, enabled: bool) -> None:
        """Let a user in, or keep out."""
        self._change(replace(self._existing(user_id), enabled=enabled))

    async def set_claims(self, user_id: str, claims: Mapping[str, str]) -> None:
        """Write these claims; others stay."""
        user = self._existing(user_id)
        self._change(replace(user, claims={**user.claims, **claims}))

    async def change_roles(self, user_id: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> User:
        """Give and take roles; gives the user as it is then."""
        changed = with_roles(self._existing(user_id), add=add, remove=remove)
        self._users[user_id] = changed
        return changed

    async def users_with(self, claims: Mapping[str, str], *, limit: int) -> list[User]:
        """Users who have exactly all these claims, by id, at most *limit*."""
        if not may_be_sought(claims):
            return []
        found = [user for user in self._users.values() if has_claims(user, claims)]
        return sorted(found, key=lambda user: user.id)[:limit]

    async def associate(self, idp: str, identifier: str, *, user_id: str) -> bool:
        """Let a user of a provider elsewhere be this one of ours; False if it is another of ours already."""
        check_association(idp, identifier)
        return self._associations.setdefault((idp, identifier), self._existing(user_id).id) == user_id

    async def associated(self, idp: str, identifier: str) -> User | None:
        """The user of ours that this user of a provider elsewhere is."""
        return self._users.get(self._associations.get((idp, identifier), ""))

    async def dissociate(self, idp: str, identifier: str) -> bool:
        """Let it be none of ours any more; False if it was none."""
        return self._associations.pop((idp, identifier), None) is not None

    async def devices(self, user_id: str) -> list[Device]:
        """The user's devices, oldest first."""
        return sorted(
            (device for device in self._devices.values() if device.user_id == user_id),
            key=lambda device: device.created_at,
        )

    async def device(self, device_id: str) -> Device | None:
        """The device with that id."""
        return self._devices.get(device_id)

    async def has_key(self, public_key: bytes) -> bool:
        """Whether a device of anybody has that key."""
        return any(device.public_key == public_key for device in self._devices.values())

    async def add_device(self, device: Device, *, limit: int) -> None:
        """Raises DirectoryError('unknown_user' | 'device_exists' | 'key_exists' | 'device_limit' | 'not_text')."""
        check_device(device)
        self._existing(device.user_id)
        if device.id in self._devices:
            raise DirectoryError("device_exists")
        if await self.has_key(device.public_key):
            raise DirectoryError("key_exists")
        if len(await self.devices(device.user_id)) >= limit:
            raise DirectoryError("device_limit")
        self._devices[device.id] = device

    async def change_device(
        self, device_id: str, *, name: str | None = None, push_token: str | None = None, used_at: float | None = None
    ) -> bool:
        """Change what is given; False if there is no such device.  With a push token it is reachable again."""
        device = self._devices.get(device_id)
        if device is None:
            return False
        changed = replace(
            device,
            name=device.name if name is None else name,
            push_token=device.push_token if push_token is None else push_token,
            last_used_at=device.last_used_at if used_at is None else used_at,
            unreachable_since=device.unreachable_since if push_token is None else None,
        )
        check_device(changed)
        self._devices[device_id] = changed
        return True

    async def mark_unreachable(self, device_id: str, *, push_token: str, since: float) -> bool:
        """Note that this token reaches nobody; False if the device has another by now, or is gone, or was marked."""
        device = self._devices.get(device_id)
        if device is None or device.push_token != push_token or device.unreachable_since is not None:
            return False
        self._devices[device_id] = replace(device, unreachable_since=since)
        return True

    async def remove_device(self, device_id: str, *, user_id: str) -> bool:
        """Remove a device of that user; False if it is not theirs."""
        device = self._devices.get(device_id)
        if device is None or device.user_id != user_id:
            return False
        del self._devices[device_id]
        self._note(user_id)
        return True

    async def offer_setup(self, link: SetupLink) -> None:
        """Keep *link* in place of the person's earlier one."""
        self._links[self._existing(link.user_id).id] = link

    async def setup_offered(self, digest: bytes, *, now: float) -> User | None:
        """Whose link it is, while it is good."""
        link = self._link(digest, now)
        user = self._users.get(link.user_id) if link is not None else None
        return user if user is not None and link and user.credential_version == link.credential_version else None

    async def set_up(self, digest: bytes, password_hash: str, *, now: float) -> bool:
        """Use the link up and set the password."""
        user, link = await self.setup_offered(digest, now=now), self._link(digest, now)
        if link is not None:
            del self._links[link.user_id]
        if user is not None:
            await self.set_password(user.id, password_hash)
        return user is not None

    def _link(self, digest: bytes, now: float) -> SetupLink | None:
        return next((one for one in self._links.values() if one.digest == digest and now < one.expires_at), None)

    async def changed_people(self, *, limit: int) -> list[ChangedPerson]:
        """Whose proofs may count no more."""
        return [ChangedPerson(*one) for one in sorted(self._changes.items())[:limit]]

    async def settle(self, changed: ChangedPerson) -> None:
        """All that follows from it is done."""
        if self._changes.get(changed.user_id) == changed.changes:
            del self._changes[changed.user_id]

    def everyone(self) -> list[User]:
        """All users, by canonical name."""
        return [self._users[self._names[name]] for name in sorted(self._names)]

    def apply(self, users: Sequence[User], *, removed: Sequence[str]) -> None:
        """Remove and write users, all or, if it raises, none.  removed: canonical names."""
        before = (
            dict(self._users),
            dict(self._names),
            set(self._used_ids),
            dict(self._devices),
            dict(self._associations),
            dict(self._changes),
        )
        try:
            for canonical in removed:
                self._remove(canonical)
            for user in users:
                stored = self._users.get(self._names.get(user.canonical, ""))
                self._put(user) if stored is None else self._change(applied(stored, user))
        except DirectoryError:
            self._users, self._names, self._used_ids, self._devices, self._associations, self._changes = before
            raise

    def _put(self, user: User) -> None:
        check_user(user)
        if user.canonical in self._names:
            raise DirectoryError("name_taken")
        if user.id in self._used_ids:
            raise DirectoryError("id_taken")
        self._used_ids.add(user.id)
        self._users[user.id] = user
        self._names[user.canonical] = user.id

    def _change(self, user: User) -> None:
        check_user(user)
        before, self._users[user.id] = self._users[user.id], user
        if (before.credential_version, before.live) != (user.credential_version, user.live):
            self._note(user.id)

    def _note(self, user_id: str) -> None:
        self._changes[user_id] = self._changes.get(user_id, 0) + 1

    def _remove(self, canonical: str) -> None:
        user_id = self._names.pop(canonical, None)
        if user_id is not None:
            del self._users[user_id]
            self._note(user_id)
            self._devices = {key: one for key, one in self._devices.items() if one.user_id != user_id}
            self._associations = {key: one for key, one in self._associations.items() if one != user_id}

    def _existing(self, user_id: str) -> User:
        user = self._users.get(user_id)
        if user is None:
            raise DirectoryError("unknown_user")
        return user
