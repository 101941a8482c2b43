"""People who are kept in a directory elsewhere: found and proven there, known here by a user of the store's domain.

What is ours stays here: devices, sessions, associations, claims that the store does not fill.  A store that does not
answer lets nobody in, and a name that an earlier store might have means nobody in a later one.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.errors import StoreUnavailable
from engine.model import LOCKING_CLAIMS, User, UserStoreSettings
from engine.ports import Configuration, Directory, StorePerson, UserStore
from engine.usernames import canonical

_log = logging.getLogger("doorstep.directory")
_LOCKED = LOCKING_CLAIMS[1]
"""The claim by which a store's word keeps a person out; what an admin says here stands beside it."""


class Stores:
    """The stores that are configured at the moment.  Raises nothing: without settings there are none."""

    async def present(self) -> Sequence[tuple[UserStoreSettings, UserStore]]:
        """Each with its settings, in their order."""
        return ()


@dataclass(frozen=True, slots=True)
class UserStores:
    """Names and passwords of people, ours and theirs (engine.ports.Names)."""

    directory: Directory
    configuration: Configuration
    stores: Stores

    async def user_named(self, name: str) -> User | None:
        """The user of that name: corp/mara of the store CORP; mara among ours, else of the first store that has one."""
        present = await self.stores.present()
        domain, slash, rest = name.partition("/")
        for settings, store in present:
            if slash and settings.name.casefold() == domain:
                return await self._looked_up(settings, store, rest)
        user = await self.directory.user_named(name)
        if user is not None or not present or not name:
            return user
        return await self._first(present, name)

    async def proves(self, user: User | None, password: bytes) -> bool:
        """Whether it is the password of that user of a store; for nobody the same work.  False if it cannot be told."""
        present = await self.stores.present()
        domain, _, rest = user.canonical.partition("/") if user is not None else ("", "", "")
        for settings, store in present:
            if user is not None and settings.name.casefold() == domain:
                return await self._proves(settings, store, user, name=rest, password=password)
        for settings, store in present[:1]:
            await self._pretend(settings, store, password)
        return False

    async def _proves(
        self, settings: UserStoreSettings, store: UserStore, user: User, *, name: str, password: bytes
    ) -> bool:
        try:
            person = await store.find(name)
            known = await self._known(settings, person, name=name) if person is not None else None
            if known is None or known.id != user.id or not known.live:
                return await store.proves(None, password)
            return await store.proves(person, password)
        except StoreUnavailable as error:
            _unavailable(settings, error)
            return False

    async def _pretend(self, settings: UserStoreSettings, store: UserStore, password: bytes) -> None:
        try:
            await store.find(secrets.token_hex(8))
            await store.proves(None, password)
        except StoreUnavailable as error:
            _unavailable(settings, error)

    async def _first(self, present: Sequence[tuple[UserStoreSettings, UserStore]], name: str) -> User | None:
        """All are asked, so that the answer takes alike long whoever has the name."""
        found = await asyncio.gather(*(store.find(name) for _, store in present), return_exceptions=True)
        for (settings, _), person in zip(present, found, strict=True):
            if isinstance(person, StorePerson):
                return await self._known(settings, person, name=name)
            if isinstance(person, StoreUnavailable):
                _unavailable(settings, person)
                return None
            if isinstance(person, BaseException):
                raise person
        for settings, _ in present:
            await self._gone(settings, name)
        return None

    async def _looked_up(self, settings: UserStoreSettings, store: UserStore, name: str) -> User | None:
        try:
            person = await store.find(name)
        except StoreUnavailable as error:
            _unavailable(settings, error)
            return None
        return await self._known(settings, person, name=name)

    async def _known(self, settings: UserStoreSettings, person: StorePerson | None, *, name: str) -> User | None:
        """The user of ours that the person is, as the store has them now; made if there is none yet."""
        if person is None:
            await self._gone(settings, name)
            return None
        theirs = canonical(f"{settings.name}/{person.name}")
        before = await self.directory.associated(_elsewhere(settings), person.id)
        if before is None and theirs is not None:
            of_name = await self.directory.user_named(theirs)
            if of_name is not None:
                _log.error("user %s of store %s is another person there by now", of_name.id, settings.name)
                return None
            before = await self._made(settings, person, theirs)
        if before is None:
            return None
        fresh = _refreshed(before, person, settings)
        return before if fresh == before else await self.directory.put_user(fresh)

    async def _made(self, settings: UserStoreSettings, person: StorePerson, name: str) -> User | None:
        """A new user for the person; None if another was made for that name meanwhile."""
        user = User(secrets.token_urlsafe(16), f"{settings.name}/{person.name}", name)
        made = await self.directory.put_user(user)
        return made if await self.directory.associate(_elsewhere(settings), person.id, user_id=made.id) else None

    async def _gone(self, settings: UserStoreSettings, name: str) -> None:
        """Whom the store does not have any more is kept out; their sessions end."""
        user = await self.directory.user_named(f"{settings.name.casefold()}/{name}")
        if user is not None and user.claims.get(_LOCKED) != "true":
            await self.directory.set_claims(user.id, {_LOCKED: "true"})


def _refreshed(user: User, person: StorePerson, settings: UserStoreSettings) -> User:
    """What the store fills is as it says; what it does not is left."""
    ldap = settings.ldap
    filled = {*ldap.attributes.values()}
    kept = {uri: value for uri, value in user.claims.items() if uri not in filled}
    claims = {**kept, **person.claims, _LOCKED: "false" if person.enabled else "true"}
    by_group: Mapping[str, str] = ldap.groups.roles if ldap.groups is not None else {}
    given = [by_group[group] for group in person.groups if group in by_group]
    roles = dict.fromkeys([*(role for role in user.roles if role not in by_group.values()), *given])
    groups = tuple(f"{settings.name}/{group}" for group in person.groups)
    return replace(user, claims=claims, roles=tuple(roles), groups=groups)


def _elsewhere(settings: UserStoreSettings) -> str:
    """Under what the ids of a store stand among the associations; no provider has such a name."""
    return f"user store {settings.name}"


def _unavailable(settings: UserStoreSettings, error: StoreUnavailable) -> None:
    _log.warning("user store %s does not answer: %s", settings.name, error.detail)
