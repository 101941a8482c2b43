"""What one run of a script works on, and the shape of every object it may see: a closed table of members."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from dsl import Suspend
from dsl.arrays import ITEM_BYTES
from dsl.plain import TEXT_OF_A_STEP
from dsl.values import MISSING, NULL, OBJECT_PROTO, Arr, HostObject, Obj, Value, units
from engine.model import LOCAL, Call, Subject, User
from engine.questions import Question, Result, UserRecord
from engine.turn import Turn

if TYPE_CHECKING:
    from dsl import Run

_logger = logging.getLogger("doorstep.script")

MAX_TEXT = 4096
"""Characters of one value that a script may hand over."""

READING = 16
"""Steps that reading or writing a member costs: its table is looked up, and what it holds is made anew."""
KINDS: dict[str, type[Closed]] = {}
"""Classes of host objects by the first part of their path."""


class AskedAnew(Exception):
    """A run that was started again asked something else than the first time."""


@dataclass(slots=True)
class Scene:
    """What one run of a script works on.

    data: `context.data`; step: the one just done; answered: questions of the same run, as often as it was started
    already, in order; calls, log: what it left behind; changed: users as they are since this run changed
    them.
    """

    turn: Turn
    answered: Sequence[tuple[Question, Result]]
    data: Obj
    endpoint_params: Obj
    step: int | None = None
    retry: bool = False
    asked: int = 0
    calls: list[tuple[Call, Value]] = field(default_factory=list)
    ended: bool = False
    log: list[tuple[int, str]] = field(default_factory=list)
    changed: dict[str, User] = field(default_factory=dict)
    objects: dict[str, HostObject] = field(default_factory=dict)

    def add(self, call: Call, handlers: Value) -> None:
        """Leave a call behind; after `fail()` or `sendError()` nothing more is queued."""
        if not self.ended:
            self.calls.append((call, handlers))
            self.ended = call.kind == "end"

    def ask(self, question: Question) -> Result:
        """The answer to *question*.  If it is not known yet the run stops here without a trace, and starts again."""
        if self.asked == len(self.answered):
            raise Suspend(question)
        known, result = self.answered[self.asked]
        if known != question and not known.is_same(question):
            raise AskedAnew(question.name)
        self.asked += 1
        return result

    def user_record(self, user_id: str) -> User | None:
        """The directory's record of a user, None if there is none; somebody new is waited for."""
        if user_id in self.changed:
            return self.changed[user_id]
        if user_id not in self.turn.users:
            raise Suspend(UserRecord(user_id))
        return self.turn.users[user_id]

    def object(self, path: str) -> HostObject:
        """The one object with that path.  Raises KeyError for a path that names nothing."""
        found = self.objects.get(path)
        if found is None:
            kind, _, rest = path.partition("/")
            found = self.objects[path] = KINDS[kind](self, path, rest)
        return found

    def user(self, subject: Subject | None) -> Value:
        """The user object of a subject, or null."""
        if subject is None:
            return NULL
        parts = (subject.user_id or "", subject.username, *([subject.idp] if subject.idp != LOCAL else []))
        return self.object("/".join(["user", *(quote(part, safe="") for part in parts)]))

    def said_elsewhere(self, subject: Subject) -> dict[str, str]:
        """What the provider said in this login of a user elsewhere."""
        seen = [ran.subject for ran in self.turn.login.steps.values()]
        return next((one.claims for one in seen if one is not None and one.elsewhere == subject.elsewhere), {})

    def write_log(self) -> None:
        """Hand over what the run wrote, now that it has come to its end."""
        for level, line in self.log:
            _logger.log(level, "%s", line, extra={"flow": self.turn.login.id})


class Closed(HostObject):
    """A host object with a closed table of members; what is not in it is undefined, and writing to it does nothing."""

    __slots__ = ("rest", "scene")

    def __init__(self, scene: Scene, path: str, rest: str) -> None:
        super().__init__(path, OBJECT_PROTO)
        self.scene = scene
        self.rest = rest

    def members(self) -> Mapping[str, Callable[[], Value]]:
        """The readable members by name."""
        raise NotImplementedError

    def get(self, run: Run, key: str) -> Value:
        """The value of a member, made anew and paid for by what that takes."""
        run.charge_fuel(READING + len(key) // TEXT_OF_A_STEP)
        value = super().get(run, key)
        if type(value) is Arr:
            run.charge_fuel(len(value.items))
            run.charge_memory(ITEM_BYTES * len(value.items))
        elif type(value) is str:
            run.charge_fuel(len(value) // TEXT_OF_A_STEP)
        return value

    def has(self, run: Run, key: str) -> bool:
        """Whether it is a member, or every object has it."""
        run.charge_fuel(READING + len(key) // TEXT_OF_A_STEP)
        return super().has(run, key)

    def write(self, key: str, value: Value) -> None:
        """Take an assignment; the default drops it."""

    def get_own(self, key: str) -> Value:
        member = self.members().get(key)
        return MISSING if member is None else member()

    def has_own(self, key: str) -> bool:
        return key in self.members()

    def own_keys(self) -> list[str]:
        return list(self.members())

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        size = len(key) + (len(value) if isinstance(value, str) else 0)
        run.charge_fuel(READING + size // TEXT_OF_A_STEP)
        self.write(key, value)

    def define(self, run: Run, key: str, value: Value) -> None:
        self.put(run, key, value, strict=False)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        self.put(run, key, None, strict)
        return True

    def restrict(self, run: Run, level: int) -> None:
        """A host object cannot be frozen by a script; its table is closed already."""


Kind = TypeVar("Kind", bound=type[Closed])


def kind(name: str) -> Callable[[Kind], Kind]:
    """Registers a class for paths that begin with *name*."""

    def register(made: Kind) -> Kind:
        KINDS[name] = made
        return made

    return register


def scene_of(run: Run) -> Scene:
    """The scene a host function is called in: the run's own context knows it."""
    context = run.host_object("context")
    assert isinstance(context, Closed)
    return context.scene


def texts(entries: Iterable[str]) -> Arr:
    """A list of texts."""
    return Arr([units(entry) for entry in entries])


def record(values: Mapping[str, str]) -> Obj:
    """A plain object with texts."""
    return Obj(OBJECT_PROTO, {key: units(value) for key, value in values.items()})


def text_or_null(value: str | None) -> Value:
    """The text, or null."""
    return NULL if value is None else units(value)
