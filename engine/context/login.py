"""`context` and `context.steps`: what the login is about and what it has done so far (adaptive-scripts.md c)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

from dsl.values import NULL, Arr, Obj, Value, text, units
from engine.context.scene import MAX_TEXT, Closed, Scene, kind, record, text_or_null, texts
from engine.model import StepRecord, Subject


@kind("context")
class Context(Closed):
    """`context`."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        scene = self.scene
        login = scene.turn.login
        return {
            "steps": lambda: scene.object("steps"),
            "currentStep": lambda: scene.object(f"step/{scene.step}") if scene.step is not None else NULL,
            "currentKnownSubject": lambda: scene.user(_known_subject(scene)),
            "lastLoginFailedUser": lambda: scene.user(login.last_failed),
            "lastAuthenticatedUser": lambda: NULL,
            "push": lambda: _push(scene, _known_subject(scene)),
            "requestedAcr": lambda: texts(login.request.acr_values) if login.request.acr_values else NULL,
            "selectedAcr": lambda: text_or_null(login.acr),
            "tenantDomain": lambda: units(scene.turn.settings.tenant),
            "serviceProviderName": lambda: units(scene.turn.application.name),
            "request": lambda: scene.object("request"),
            "response": lambda: scene.object("response"),
            "retry": lambda: scene.retry,
            "endpointParams": lambda: scene.endpoint_params,
            "data": lambda: scene.data,
        }

    def write(self, key: str, value: Value) -> None:
        if key == "selectedAcr":
            self.scene.turn.login.acr = text(value)[:MAX_TEXT] if isinstance(value, str) else None
        elif key == "data" and isinstance(value, Obj):
            self.scene.data = value


@kind("steps")
class Steps(Closed):
    """`context.steps`: by the configured number; length is the number of steps that ran."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        scene = self.scene

        def step(number: int) -> Callable[[], Value]:
            return lambda: scene.object(f"step/{number}")

        ran = scene.turn.login.steps
        return {str(s.id): step(s.id) for s in scene.turn.login.flow.steps} | {"length": lambda: len(ran)}

    def enumerable(self, key: str) -> bool:
        return key != "length"


@kind("step")
class StepObject(Closed):
    """One step: its user, what authenticated them, and what was configured."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        login = self.scene.turn.login
        number = int(self.rest)
        ran: StepRecord | None = login.steps.get(number)
        step = login.flow.step(number)
        options = [{"idp": o.idp, "authenticator": o.authenticator} for o in step.options] if step else []
        return {
            "subject": lambda: self.scene.user(ran.subject if ran else None),
            "idp": lambda: units(ran.idp) if ran else NULL,
            "authenticator": lambda: units(ran.authenticator) if ran else NULL,
            "options": lambda: Arr([record(option) for option in options]),
            "paused": lambda: self.scene.turn.paused and self.scene.turn.failed_step == number,
        }


def _push(scene: Scene, subject: Subject | None) -> Value:
    """How push stands for a user of ours, else null."""
    return NULL if subject is None or subject.user_id is None else scene.object(f"push/{quote(subject.user_id, '')}")


def _known_subject(scene: Scene) -> Subject | None:
    """The user of the subject step if it ran, else of the step just done, else whoever this login is about."""
    login = scene.turn.login
    for number in (login.subject_step, scene.step):
        record = login.steps.get(number) if number is not None else None
        if record is not None and record.subject is not None:
            return record.subject
    return login.subject
