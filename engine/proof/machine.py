"""The engine's own loop around a script that is explored: everyone who answers is played by the way that is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from dsl import ScriptLimitError, compile_script
from dsl.exploration import NotModelled, Path, Unknown
from dsl.exploration.terms import ANY
from dsl.hostapi import HostTable
from dsl.program import Program
from dsl.run import place_of
from dsl.values import OBJECT_PROTO, Obj
from engine.context.scene import Scene
from engine.model import Application, Call, Subject, User
from engine.outcome import Answer, Challenge, Failure, FailureKind, Outcome, Proof, StepContext, Success
from engine.progress import Progress
from engine.prompts.template import Event
from engine.proof.scene import ExploredScene
from engine.questions import ON_FAIL, ON_SUCCESS, ON_TIMEOUT, Question, Result
from engine.registry import Registry
from engine.script import ENTRY_POINT, Ran, Scripts, Segment
from engine.turn import Turn

PERSON = Subject("somebody", "user-1")
USER = User("user-1", "somebody", "somebody")
NOW = 1_767_225_600.0
"""2026-01-01; times do not matter to what is explored, only that they stay the same."""
PROVES_NOTHING = frozenset({"identifier"})
TEMPLATES = frozenset({"genericForm", "externalRedirect", "internalWait", "username"})


@dataclass(slots=True)
class Way:
    """One run of the machine from one wait of the login to the next.

    ran: the runs of the script.
    """

    path: Path
    ran: list[Ran] = field(default_factory=list)

    @property
    def happened(self) -> list[tuple[str, Any]]:
        """What was answered to the login, in order."""
        return self.path.happened


class Stand:
    """Plays the person, the directory, the services and the configuration."""

    def __init__(
        self, application: Application, events: Mapping[str, Sequence[str]], templates: frozenset[str]
    ) -> None:
        self.application_ = application
        self.way: Way = cast(Way, None)
        self._events = events
        self._templates = TEMPLATES | templates

    # directory, configuration, sessions
    async def user(self, user_id: str) -> User | None:
        """The one there is."""
        return USER

    async def user_named(self, name: str) -> User | None:
        """The same."""
        return USER

    async def devices(self, user_id: str) -> Sequence[object]:
        """None: supposed facts rest on no device."""
        return ()

    async def device(self, device_id: str) -> None:
        """None."""

    async def application(self, application_id: str) -> Application:
        """The one that is proved for."""
        return self.application_

    async def lives(self, session: object) -> bool:
        """Yes."""
        return True

    async def begin(self, *args: object, **named: object) -> tuple[Any, Any]:
        """For a session: any; for a prompt, see Prompting."""
        return None, SimpleNamespace(chain="")

    # answers of services
    async def answer(self, turn: Turn, question: Question) -> Result:
        """Any event that the function is declared to have."""
        events = self._events.get(question.name) or (ON_SUCCESS, ON_FAIL, ON_TIMEOUT)
        event = self.way.path.choose(events)
        self.way.happened.append(("call", (question.name, event, self.way.path.fresh("data", question.name))))
        return Result(event)

    def is_out_of_time(self, turn: Turn) -> bool:
        """Never."""
        return False

    def has_template(self, name: str) -> bool:
        """Whether there is a page of that name."""
        return name in self._templates


class Prompting:
    """Plays the person at a prompt."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand

    async def begin(self, turn: Turn, call: Call) -> Challenge | Event | None:
        """The page, or an event at once."""
        if not self._stand.has_template(call.name):
            return None
        if call.name == "username":
            if call.options.get("skip") and "onSkip" in call.handlers and self._stand.way.path.choose((False, True)):
                self._stand.way.happened.append(("skip", call.name))
                return Event("onSkip")
            if turn.login.subject is not None:
                return Event("onSuccess")
        return Challenge("prompt")

    async def show(self, turn: Turn, call: Call) -> Challenge:
        """The page."""
        return Challenge("prompt")

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event:
        """Any of the handlers; a prompt without any ends the login."""
        handler = self._stand.way.path.choose(
            [*sorted(call.handlers), "on"] if not call.handlers else sorted(call.handlers)
        )
        if call.name == "username" and handler == "onSuccess":
            turn.login.subject = turn.login.subject or PERSON
        self._stand.way.happened.append(("prompt", (call.name, handler)))
        return Event(handler)


class Method:
    """An authenticator: every outcome that a step may have."""

    fields = frozenset({"outcome"})
    aliases: frozenset[str] = frozenset()

    def __init__(self, id_: str, aliases: frozenset[str]) -> None:
        self.id = id_
        self.aliases = aliases
        self.factor = id_ not in PROVES_NOTHING

    async def begin(self, step: StepContext) -> Outcome:
        """The page."""
        return Challenge(self.id)

    async def show(self, step: StepContext) -> Challenge:
        """The page."""
        return Challenge(self.id)

    async def submit(self, step: StepContext, answer: Answer) -> Outcome:
        """As the way goes."""
        match answer.fields["outcome"]:
            case "success":
                proof = Proof(USER.id, f"supposed:{self.id}", USER.credential_version, self.id) if self.factor else None
                return Success(PERSON, proof)
            case "fallback":
                return Failure(f"{self.id}.fallback", subject=PERSON, kind=FailureKind.FALLBACK)
        return Failure(f"{self.id}.failed", subject=PERSON, retry=answer.fields["outcome"] == "retry")


class ExploredScripts(Scripts):
    """Runs the script on values that are not known."""

    def __init__(self, stand: Stand, table: HostTable, terms: Callable[[Path, str], Unknown]) -> None:
        super().__init__(directory=cast(Any, stand), outside=cast(Any, stand), table=table, watch=self._note_run)
        self._stand = stand
        self._terms = terms

    def _note_run(self, turn: Turn, ran: Ran) -> None:
        self._stand.way.ran.append(ran)

    async def resume(self, turn: Turn, call: Call, handler: str, *, data: Any = None) -> None:
        """As ever; what a service gave back is anything."""
        if call.kind == "question":
            _, (_, _, term) = self._stand.way.happened[-1]
            data = self._stand.way.path.unknown(term, ANY)
        await super().resume(turn, call, handler, data=data)

    def segment(self, turn: Turn, call: Call | None = None, *, handler: str = ENTRY_POINT, data: Any = None) -> Segment:
        made = ExploredSegment(turn, self._table, self._watch, call, handler, data)
        made.way, made.terms = self._stand.way, self._terms
        return made


@dataclass(slots=True)
class ExploredSegment(Segment):
    """One run of the script on values that are not known."""

    way: Way = field(init=False)
    terms: Callable[[Path, str], Unknown] = field(init=False)

    def scene(self) -> Scene:
        path, terms = self.way.path, self.terms
        made = ExploredScene(
            self.turn, self.answered, Obj(OBJECT_PROTO), Obj(OBJECT_PROTO), step=(self.call and self.call.step) or None,
            path=path, terms=lambda name: terms(path, name),
        )  # fmt: skip
        path.outside = lambda: _outside(made)
        return made

    def program(self) -> Program:
        flow = self.turn.login.flow
        libraries = {library.name: library.source for library in flow.libraries}
        return compile_script(flow.script or "", libraries, traced=True, explored=True)

    def run(self) -> None:
        try:
            super(ExploredSegment, self).run()
        except NotModelled as stopped:
            if stopped.line is None:
                file, line, _ = place_of(stopped.__traceback__)
                stopped.line = f"line {line} of {file}" if file else f"line {line}"
            raise
        except Exception as error:
            limit = error.__cause__
            if not isinstance(limit, ScriptLimitError):
                raise
            beyond = NotModelled(limit.message)
            beyond.line = f"line {limit.line}"
            raise beyond from error


def _outside(scene: Scene) -> list[Any]:
    """What a run has changed outside of its heap so far."""
    login = scene.turn.login
    left = [[repr(call), repr(call.options), events] for call, events in scene.calls]
    kept = (login.acr, login.claims, login.written, login.labels)
    return [left, scene.ended, scene.data, scene.endpoint_params, *map(repr, kept)]


def progress_of(stand: Stand, scripts: ExploredScripts, methods: Mapping[str, frozenset[str]]) -> Progress:
    """The engine's loop, with these answers."""
    played = cast(Any, stand)
    return Progress(
        registry=Registry([cast(Any, Method(id_, names)) for id_, names in methods.items()]),
        scripts=scripts,
        directory=played,
        configuration=played,
        sessions=played,
        outside=played,
        prompts=cast(Any, Prompting(stand)),
    )
