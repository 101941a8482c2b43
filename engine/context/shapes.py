"""Which members the objects have that scripts see, as the run time has them; for checks, before any login."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dsl.values import OBJECT_PROTO, Obj
from engine.context.scene import Scene
from engine.model import Application, Flow, Login, LoginRequest, OrganisationSettings, RequestFacts, Step
from engine.turn import Turn

_PATHS = {
    "context": "context",
    "steps": "steps",
    "step": "step/1",
    "user": "user//nobody",
    "request": "request",
    "response": "response",
}


@cache
def shapes() -> Mapping[str, frozenset[str]]:
    """The names of the members, by the kind of object."""
    flow = Flow("flow", (Step(1, ()),))
    login = Login("login", b"", LoginRequest("application", ""), flow, frozenset(), 0.0, 0.0)
    turn = Turn(login, Application("application", "", (), "flow"), OrganisationSettings(), RequestFacts(), 0.0)
    scene = Scene(turn, (), Obj(OBJECT_PROTO), Obj(OBJECT_PROTO))
    return {kind: frozenset(scene.object(path).own_keys()) for kind, path in _PATHS.items()}
