"""`secrets.NAME` and `getSecretByName`: what an admin stored for scripts.

A secret is fetched when it is read.  The sealed login knows it as long as the script keeps it, so that no log, audit or
error of that login shows it.  Secrets of the house itself, whose names have a dot, are none of a
script's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter
from dsl.values import MISSING, NULL, Value, text, units
from engine.context import Closed, scene_of
from engine.context.scene import Scene, kind
from engine.questions import Asked, Question

if TYPE_CHECKING:
    from dsl import Run

NAME = "getSecretByName"


@kind("secrets")
class Secrets(Closed):
    """`secrets`: any name may be asked for; which there are is not told."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {}

    def get_own(self, key: str) -> Value:
        return _secret(self.scene, text(key), otherwise=MISSING)


def get_secret_by_name(run: Run, args: list[Any]) -> Value:
    """The secret of that name, or null."""
    return _secret(scene_of(run), args[0], otherwise=NULL)


def _secret(scene: Scene, name: str, *, otherwise: Value) -> Value:
    value = scene.ask(Question(NAME, {"name": name})).data if name and "." not in name else None
    if not isinstance(value, str):
        return otherwise
    read = scene.turn.login.hidden
    if value and value not in read:
        read.append(value)
    return units(value)


async def _read(asked: Asked) -> str | None:
    return await asked.services.configuration.secret(asked.arguments["name"])


FUNCTIONS = (
    HostFunction(
        NAME,
        (Parameter("name", "string"),),
        get_secret_by_name,
        waits=True,
        doc="The stored secret of that name, as `secrets.NAME` gives it.",
        returns="string | null",
        fails="null if no such secret is stored",
    ),
)
WORKS = {NAME: _read}
