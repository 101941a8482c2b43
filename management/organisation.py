"""The settings of everyone, the secrets of scripts, and the keys that sign tokens, by HTTP."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from configuration.document import Document, SettingsEntry
from configuration.export import settings_entry
from configuration.form import validated
from configuration.organisation import MAIL_PASSWORD
from configuration.problems import ConfigurationErrors
from engine.model import OrganisationSettings
from engine.ports import Audit, ConfigurationChange
from management.desk import Desk
from management.merging import merged
from management.models import KeyBody, ListOf, NewKey, NewSecret, Patch, SecretName, SecretValue, Settings, WholeList
from management.paging import Paging, page, read
from management.problems import missing, problem, refused
from management.table import MERGE_PATCH, POSTED, Answer, Call, Row

SOONEST = 900.0
"""Seconds between two new keys of one algorithm: that long one is published before it signs."""

_OF_THEIR_OWN = frozenset({"secrets", "push_providers"})
"""Keys of the file's settings that need another scope here."""


class SigningKey(Protocol):
    """A key as far as it may be shown.  made_at: seconds."""

    @property
    def kid(self) -> str: ...
    @property
    def algorithm(self) -> str: ...
    @property
    def made_at(self) -> float: ...


class SigningKeys(Protocol):
    """The keys that sign tokens."""

    async def all(self) -> Sequence[SigningKey]:
        """Those that are published, oldest first."""
        ...

    async def rotate(self, algorithm: str) -> str:
        """Make a new one; gives its id."""
        ...


@dataclass(frozen=True, slots=True)
class Organisation:
    """The rows of settings."""

    desk: Desk

    def rows(self) -> list[Row]:
        """All of them."""
        change: dict[str, Any] = {"gives": Settings, "conditional": True, "reasoned": True}
        return [
            Row("GET", "/settings", "settings:read", self.read, "The settings of everyone", gives=Settings),
            Row(
                "PUT", "/settings", "settings:write", self.replace, "All settings anew; what is absent is as at first",
                body=Settings, **change,
            ),
            Row(
                "PATCH", "/settings", "settings:write", self.patch, "Changes of the settings (RFC 7396)",
                body=Patch, kind=MERGE_PATCH, **change,
            ),
        ]  # fmt: skip

    async def read(self, _: Call) -> Answer:
        """All, with their tag."""
        await self.desk.store.version()
        return await self._told()

    async def replace(self, call: Call) -> Answer:
        """200 and the settings as they are then."""
        return await self._change(call, call.body.model_dump(by_alias=True, exclude_unset=True))

    async def patch(self, call: Call) -> Answer:
        """The same with what is left of the old ones."""
        return await self._change(call, None)

    async def _change(self, call: Call, whole: dict[str, Any] | None) -> Answer:
        async def work(version: int) -> None:
            settings = await self.desk.store.settings()
            shown = await self._shown(settings)
            await self.desk.demand(call, await self._tag(settings), shown)
            wanted = merged(shown, call.body) if whole is None else _plain(whole)
            await self._put(wanted, settings, call, version)

        await self.desk.settled(work)
        return await self._told()

    async def _put(self, wanted: dict[str, Any], old: OrganisationSettings, call: Call, version: int) -> None:
        for name in _OF_THEIR_OWN & wanted.keys():
            raise problem(422, f"{name} is a resource of its own.", pointer=f"/{name}")
        at_first = _plain(settings_entry(OrganisationSettings(), []))
        given = {**at_first, "services": {}, **wanted}
        given.pop("secrets")
        try:
            entry = validated(SettingsEntry, given, POSTED)
        except ConfigurationErrors as errors:
            raise refused(errors) from None
        plan = await self.desk.judged(Document(settings=entry), inside=1)
        change, fields = plan.change, [_field(item.name, what) for item in plan.changed for what in item.what or ("",)]
        if old.mail is not None and entry.mail is None:
            settings = replace(change.settings or old, mail=None)
            change = replace(change, settings=settings, secrets={**change.secrets, MAIL_PASSWORD: None})
            fields.append("mail")
        if fields or change.secrets:
            told = {"before": await self._shown(old), "after": await self._shown(change.settings or old)}
            note = self.desk.note("resource_changed", call, "settings", "organisation", fields=fields, **told)
            await self.desk.commit(change, note, version=version)

    async def _shown(self, settings: OrganisationSettings) -> dict[str, Any]:
        entry = settings_entry(settings, [MAIL_PASSWORD] if await self.desk.store.secret(MAIL_PASSWORD) else [])
        del entry["secrets"]
        return _plain(entry)

    async def _tag(self, settings: OrganisationSettings) -> str:
        return self.desk.tags.of(settings, await self.desk.store.secret(MAIL_PASSWORD))

    async def _told(self) -> Answer:
        settings = await self.desk.store.settings()
        return Answer(await self._shown(settings), etag=await self._tag(settings))


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """The same in the types of JSON."""
    plain: dict[str, Any] = json.loads(json.dumps(value))
    return plain


def _field(name: str, what: str) -> str:
    return f"{name}.{what}" if what else name


@dataclass(frozen=True, slots=True)
class Secrets:
    """The rows of the secrets that scripts and services use: names come out, values never."""

    desk: Desk

    def rows(self) -> list[Row]:
        """All of them."""
        one = "/secrets/{name}"
        return [
            Row("GET", "/secrets", "secrets:read", self.list, "The names", query=Paging, gives=ListOf(SecretName)),
            Row(
                "POST", "/secrets", "secrets:write", self.add, "A new secret",
                body=NewSecret, gives=SecretName, status=201, reasoned=True,
            ),
            Row("GET", one, "secrets:read", self.read, "Whether there is one, and its tag", gives=SecretName),
            Row(
                "PUT", one, "secrets:write", self.replace, "Another value",
                body=SecretValue, gives=SecretName, conditional=True, reasoned=True,
            ),
            Row(
                "DELETE", one, "secrets:write", self.remove, "No such secret any more",
                status=204, conditional=True, reasoned=True, refuses=(409,),
            ),
        ]  # fmt: skip

    async def list(self, call: Call) -> Answer:
        """A page of names."""
        after = read(call.query.cursor) or ""
        names = [name for name in await self.desk.store.secret_names() if "." not in name and name > after]
        return Answer(page(names, call.query.limit, key=str, shown=lambda name: {"name": name}))

    async def read(self, call: Call) -> Answer:
        """The name, with a tag that changes with the value."""
        return self._told(*await self._existing(call))

    async def add(self, call: Call) -> Answer:
        """201; 409 for a name that is taken."""
        name, value = call.body.name, call.body.value

        async def work(version: int) -> None:
            if name in await self.desk.store.secret_names():
                raise problem(409, "There is a secret of that name already.", pointer="/name")
            note = self.desk.note("resource_added", call, "secret", name)
            await self.desk.commit(ConfigurationChange(secrets={name: value}), note, version=version)

        await self.desk.settled(work)
        return self._told(name, value, status=201, location=f"/secrets/{name}")

    async def replace(self, call: Call) -> Answer:
        """200: scripts that run from now on have the new one."""

        async def work(version: int) -> str:
            name, value = await self._existing(call)
            await self.desk.demand(call, self.desk.tags.of(name, value))
            note = self.desk.note("resource_changed", call, "secret", name, fields=["value"])
            await self.desk.commit(ConfigurationChange(secrets={name: call.body.value}), note, version=version)
            return name

        return self._told(await self.desk.settled(work), call.body.value)

    async def remove(self, call: Call) -> Answer:
        """204; 409 as long as a service is shown it."""

        async def work(version: int) -> None:
            name, value = await self._existing(call)
            await self.desk.demand(call, self.desk.tags.of(name, value))
            services = asdict((await self.desk.store.settings()).services)
            using = [f"services.{word}" for word, one in services.items() if one is not None and one["secret"] == name]
            if using:
                raise problem(409, f"It is still needed by {using[0]}.")
            note = self.desk.note("resource_removed", call, "secret", name)
            await self.desk.commit(ConfigurationChange(secrets={name: None}), note, version=version)

        await self.desk.settled(work)
        return Answer(status=204)

    async def _existing(self, call: Call) -> tuple[str, str]:
        """Name and value; those with a dot in their name are the server's own."""
        name = call.path["name"]
        value = await self.desk.store.secret(name) if "." not in name else None
        if value is None:
            raise missing("secret")
        return name, value

    def _told(self, name: str, value: str, *, status: int = 200, location: str | None = None) -> Answer:
        return Answer({"name": name}, status, self.desk.tags.of(name, value), location)


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows of the keys that sign tokens."""

    desk: Desk
    keys: SigningKeys
    audit: Audit

    def rows(self) -> list[Row]:
        """Both of them."""
        return [
            Row("GET", "/keys", "keys:read", self.list, "The keys that sign tokens", gives=WholeList(KeyBody)),
            Row(
                "POST", "/keys", "keys:write", self.rotate, "A new key: published now, signs in a quarter of an hour",
                body=NewKey, gives=KeyBody, status=201, reasoned=True,
            ),
        ]  # fmt: skip

    async def list(self, _: Call) -> Answer:
        """All that are published, oldest first."""
        return Answer({"items": [_key(one) for one in await self.keys.all()]})

    async def rotate(self, call: Call) -> Answer:
        """201; 409 while the last new key of that algorithm does not sign yet."""
        algorithm = call.body.algorithm
        soonest = self.desk.clock() - SOONEST
        same = [one for one in await self.keys.all() if one.algorithm == algorithm]
        if len(same) > 1 and same[-1].made_at > soonest:
            raise problem(409, "The last new key does not sign yet; older ones go on until it does.")
        await self.audit.record(self.desk.note("resource_added", call, "key", algorithm))
        kid = await self.keys.rotate(algorithm)
        [made] = [one for one in await self.keys.all() if one.kid == kid]
        return Answer(_key(made), 201)


def _key(key: SigningKey) -> dict[str, Any]:
    return {"kid": key.kid, "algorithm": key.algorithm, "made_at": key.made_at}
