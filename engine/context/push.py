"""`context.push`: how push stands for the person that the login is about.  Reading it asks once, and changes nothing.

What is known of the person comes from the authenticator, through the question's answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from dsl.values import NULL, OBJECT_PROTO, Arr, Obj, Value, units
from engine.context.scene import Closed, kind
from engine.questions import Question

QUESTION = "context.push"
"""What a scenario calls it."""


@kind("push")
class PushObject(Closed):
    """What the push authenticator knows of one user."""

    __slots__ = ("_known",)

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {
            "lastDenial": lambda: _object(self._standing.get("lastDenial")),
            "budgetLeft": lambda: _plain(self._standing.get("budgetLeft", 0)),
            "devices": lambda: Arr([_object(device) for device in self._standing.get("devices", [])]),
        }

    @property
    def _standing(self) -> Mapping[str, Any]:
        """The answer, once in a run; what a scenario supposes may leave parts out."""
        if not hasattr(self, "_known"):
            result = self.scene.ask(Question(QUESTION, {"user_id": unquote(self.rest)}))
            self._known: Mapping[str, Any] = result.data if isinstance(result.data, dict) else {}
        return self._known


def _object(told: object) -> Value:
    """A plain object of plain values, or null."""
    if not isinstance(told, dict):
        return NULL
    return Obj(OBJECT_PROTO, {units(str(name)): _plain(value) for name, value in told.items()})


def _plain(value: object) -> Value:
    match value:
        case bool() | int() | float():
            return value
        case str():
            return units(value)
    return NULL
