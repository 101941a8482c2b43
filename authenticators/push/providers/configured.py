"""The push providers that are configured at this moment, each made when it is first meant and renewed when it changes.

A sender that was replaced sends what it has begun and goes then.  How a kind of provider is made is its maker's part.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from authenticators.push.providers.builtin import BuiltinSender
from engine.model import Device, PushProvider
from engine.ports import FunctionConfiguration, Handed, NotNow, PushMessage, Sender

_ALWAYS = (BuiltinSender.name, "webpush")
"""Kinds that are there without being configured: nobody need have an account anywhere."""
_FOR_ANYONE = ("fcm", BuiltinSender.name)
"""Kinds that a device may mean which names none."""

_log = logging.getLogger("doorstep.push")


class Live(Sender, Protocol):
    """A sender that holds something: threads, connections, keys."""

    @property
    def has_trouble(self) -> bool:
        """Whether it failed lately, and has not been seen to work since."""
        ...

    def retire(self) -> None:
        """Take no more messages and let go of everything when the last one has left."""
        ...


Make = Callable[[PushProvider, str | None], Awaitable[Live]]
"""Makes a sender of one kind from its configuration and its secret.  Raises ValueError if that cannot be used."""


@dataclass(slots=True)
class _Made:
    provider: PushProvider
    sender: Live


class Providers:
    """The Senders port.  makers: by kind."""

    def __init__(
        self, configuration: FunctionConfiguration, builtin: BuiltinSender, makers: Mapping[str, Make]
    ) -> None:
        self._configuration = configuration
        self._builtin = builtin
        self._makers = makers
        self._made: dict[str, _Made] = {}
        self._making = asyncio.Lock()
        self._default = builtin.name

    async def named(self, name: str | None) -> Sender | None:
        """The provider of that name, else the first of that kind; for no name the default one."""
        configured = await self._present()
        wanted = _meant(configured, name)
        if wanted is None:
            return None
        return self._builtin if wanted.kind == self._builtin.name else await self._live(wanted)

    async def web_push_key(self) -> str | None:
        """The key that a browser subscribes with (base64url of an uncompressed point), or None without Web Push."""
        sender = await self.named("webpush")
        return getattr(sender, "public_key", None)

    async def prepare(self) -> None:
        """Make all that are configured, before the first login would wait for it."""
        for one in await self._present():
            await self.named(one.name)

    def has_trouble(self) -> bool:
        """Whether the provider that most devices have is known to be down."""
        made = self._made.get(self._default)
        return made is not None and made.sender.has_trouble

    def close(self) -> None:
        """Let go of everything."""
        self._retire_all_but(set())

    async def _present(self) -> list[PushProvider]:
        """All there are: those that are configured, then those that need no configuration.  Others are let go."""
        configured = [one for one in await self._configuration.push_providers() if self._is_known(one.kind)]
        missing = {kind for kind in _ALWAYS if self._is_known(kind)} - {one.kind for one in configured}
        there = [*configured, *(PushProvider(kind, kind) for kind in sorted(missing))]
        self._retire_all_but({one.name for one in there})
        default = _meant(there, None)
        self._default = default.name if default is not None else self._builtin.name
        return there

    def _is_known(self, kind: str) -> bool:
        return kind == self._builtin.name or kind in self._makers

    async def _live(self, wanted: PushProvider) -> Live:
        made = self._made.get(wanted.name)
        if made is not None and made.provider == wanted:
            return made.sender
        async with self._making:
            made = self._made.get(wanted.name)
            if made is None or made.provider != wanted:
                sender = await self._new(wanted)
                self._retire(wanted.name)
                made = self._made[wanted.name] = _Made(wanted, sender)
        return made.sender

    async def _new(self, wanted: PushProvider) -> Live:
        secret = await self._configuration.secret(wanted.secret) if wanted.digest else None
        try:
            return await self._makers[wanted.kind](wanted, secret)
        except ValueError as problem:
            _log.error("push provider %s cannot be used: %s", wanted.name, problem)
            return _Unusable(wanted.name)

    def _retire_all_but(self, names: set[str]) -> None:
        for name in [name for name in self._made if name not in names]:
            self._retire(name)

    def _retire(self, name: str) -> None:
        made = self._made.pop(name, None)
        if made is not None:
            made.sender.retire()


class _Unusable:
    """Stands for a provider whose credentials cannot be used: nothing leaves, and an admin is told."""

    has_trouble = True

    def __init__(self, name: str) -> None:
        self.name = name

    def refusal(self, push_token: str, metadata: Mapping[str, str]) -> str | None:
        return None

    async def send(self, device: Device, message: PushMessage, *, ttl: int) -> Handed:
        return NotNow("provider.credentials", alert=True)

    async def test(self) -> Handed:
        return NotNow("provider.credentials", alert=True)

    def retire(self) -> None:
        return


def _meant(configured: list[PushProvider], name: str | None) -> PushProvider | None:
    """Apps in use today name a kind (`FCM`); ours name one that is configured.  By no name the first is meant."""
    if name is None:
        return next((one for one in configured if one.kind in _FOR_ANYONE), None)
    lowered = name.lower()
    by_name = next((one for one in configured if one.name.lower() == lowered), None)
    return by_name or next((one for one in configured if one.kind == lowered), None)
