"""The one door to dsl: run a handler on a login's stored heap, and keep what it left behind.

A script only steers: its run gives calls for the queue, and every way in which it can go wrong fails the login.  A run
that asks something of the world stops without a trace, and starts again from the same heap with the answer at hand.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypedDict

import msgspec

from dsl import DslError, Run, ScriptError, ScriptLimitError, ScriptSyntaxError, Suspend, compile_script
from dsl.hostapi import Bind, HostTable
from dsl.plain import from_plain
from dsl.program import Program
from dsl.run import Branch, place_of
from dsl.snapshot import SnapshotError
from dsl.values import OBJECT_PROTO, Obj, Value, units
from engine.context import AskedAnew, Scene
from engine.model import NEEDS_PERSON, Call, Failed, Login
from engine.ports import Directory
from engine.questions import Answering, Question, Result, UserRecord
from engine.turn import Turn, forms

ENTRY_POINT = "onLoginRequest"
"""The function that a login begins with."""
MAX_CALLS = 50
"""Calls that may wait in the queue."""
MAX_QUESTIONS = 50
"""Answers that one handler may wait for; each one runs it once more."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run of a script did.  call: whose handler it was, None for the entry point; error: what stopped it.

    at: line and column of that in the script itself, where it is known.
    """

    call: Call | None
    handler: str
    fuel: int
    branches: Sequence[Branch]
    left: Sequence[Call]
    log: Sequence[str]
    error: str | None
    at: tuple[int, int] | None = None


Watch: TypeAlias = Callable[[Turn, Ran], None]
"""Is told of each run that came to its end."""


class Scripts:
    """Runs scripts for logins.  table: the functions they may call; watch: is told what each run did."""

    def __init__(
        self, *, directory: Directory, outside: Answering, table: HostTable, watch: Watch | None = None
    ) -> None:
        self._directory = directory
        self._outside = outside
        self._table = table
        self._watch = watch

    async def begin(self, turn: Turn) -> None:
        """Run the script from the top and its entry point; fills the queue, or ends the login."""
        await self._know_users(turn)
        await self._guarded(self.segment(turn))

    async def resume(self, turn: Turn, call: Call, handler: str, *, data: Any = None) -> None:
        """Run one handler of a call that is over; its calls come before what was queued.

        data: what the handler of a question gets beside the context.
        """
        await self._know_users(turn)
        await self._guarded(self.segment(turn, call, handler=handler, data=data))

    def segment(
        self, turn: Turn, call: Call | None = None, *, handler: str = ENTRY_POINT, data: Any = None
    ) -> Segment:
        """What is run of the script next."""
        return Segment(turn, self._table, self._watch, call, handler, data)

    async def _know_users(self, turn: Turn) -> None:
        """Load the records of everyone this login knows, so that a run need not wait for them."""
        login = turn.login
        turn.users.clear()
        subjects = [login.subject, login.last_failed, *(record.subject for record in login.steps.values())]
        for user_id in {subject.user_id for subject in subjects if subject is not None and subject.user_id}:
            turn.users[user_id] = await self._directory.user(user_id)

    async def _guarded(self, segment: Segment) -> None:
        """Every way in which a script can go wrong ends the login, with an audit record that says where and why."""
        turn = segment.turn
        mark = turn.mark()
        try:
            while not await self._ran(segment):
                turn.back_to(mark)
        except _Absent as absent:
            turn.back_to(mark)
            turn.fail(NEEDS_PERSON, detail=str(absent))
        except _Wrong as wrong:
            turn.back_to(mark)
            _stop(turn, "script_error", str(wrong))

    async def _ran(self, segment: Segment) -> bool:
        """Run it; False if it stopped to wait for something, which is known now."""
        try:
            segment.run()
        except Suspend as stopped:
            await self._inform(segment, stopped)
            return False
        return True

    async def _inform(self, segment: Segment, stopped: Suspend) -> None:
        """Get what a run stopped for."""
        segment.waited += 1
        if segment.waited > MAX_QUESTIONS:
            raise _Wrong(f"{_place(stopped)}: one handler asked more than {MAX_QUESTIONS} questions")
        if self._outside.is_out_of_time(segment.turn):
            raise _Wrong(f"{_place(stopped)}: the answers to the questions before this one took too long")
        match stopped.request:
            case UserRecord(user_id):
                segment.turn.users[user_id] = await self._directory.user(user_id)
            case Question() as request if segment.turn.needs_person(request):
                raise _Absent(f"{_place(stopped)}: {request.name} needs the person")
            case Question() as request:
                segment.answered.append((request, await self._outside.answer(segment.turn, request)))
            case _:
                raise _Wrong("a function of the script waits for nothing that is known")


@dataclass(slots=True)
class Segment:
    """What a script does between two waits of the login, as often as it has to be started.

    call, handler, data: what it goes on with; nothing at the beginning of a login.  seed: of its random numbers, so
    that each start of it sees the same.
    """

    turn: Turn
    table: HostTable
    watch: Watch | None
    call: Call | None = None
    handler: str = ENTRY_POINT
    data: Any = None
    answered: list[tuple[Question, Result]] = field(default_factory=list)
    waited: int = 0
    seed: int = field(default_factory=lambda: secrets.randbits(64))
    made: Run | None = None

    def run(self) -> None:
        """Run it from its beginning.  Raises Suspend where it has to wait for an answer."""
        call = self.call
        scene = self.scene()
        try:
            if call is None:
                self._begin(scene)
            else:
                self._resume(scene, call)
        except _WRONG as error:
            told = scene.turn.masked(_told(error))
            self._tell(scene, told, at=_here(error))
            raise _Wrong(told) from error
        self._tell(scene, None)

    def scene(self) -> Scene:
        """What the run works on."""
        step = (self.call and self.call.step) or None
        return Scene(self.turn, self.answered, Obj(OBJECT_PROTO), Obj(OBJECT_PROTO), step=step)

    def program(self) -> Program:
        """The script as it is run."""
        flow = self.turn.login.flow
        libraries = {library.name: library.source for library in flow.libraries}
        return compile_script(flow.script or "", libraries, traced=self.watch is not None)

    def _begin(self, scene: Scene) -> None:
        run = self.made = Run(self.program(), **_limits(self, scene))
        run.start()
        entry = run.global_value(ENTRY_POINT)
        if not isinstance(entry, Obj) or not entry.is_callable:
            raise _Refused(f"{ENTRY_POINT} is not defined")
        run.call(entry, [scene.object("context")])
        _keep(run, scene, [])

    def _resume(self, scene: Scene, call: Call) -> None:
        run, roots = Run.load(self.program(), self.turn.login.script, **_limits(self, scene))
        self.made = run
        scene.data, scene.endpoint_params = _object(roots[0]), _object(roots[1])
        events = roots[call.root] if call.root is not None and call.root < len(roots) else None
        function = events.get_own(self.handler) if isinstance(events, Obj) else None
        arguments: list[Value] = [scene.object("context")]
        if call.kind == "question":
            arguments.append(run.convert(from_plain, {} if self.data is None else self.data))
        run.call(function, arguments)
        _keep(run, scene, roots)

    def _tell(self, scene: Scene, error: str | None, *, at: tuple[int, int] | None = None) -> None:
        scene.write_log()
        if self.watch is None:
            return
        fuel, branches = (self.made.fuel_used, self.made.branches) if self.made is not None else (0, [])
        left, log = [call for call, _ in scene.calls], [line for _, line in scene.log]
        self.watch(self.turn, Ran(self.call, self.handler, fuel, branches, left, log, error, at))


class _Refused(Exception):
    """What a script left behind is not accepted."""


class _Absent(Exception):
    """A passive login cannot go on without the person.  Says where."""


class _Wrong(Exception):
    """The login cannot go on.  Says what the audit may be told."""


_WRONG = (ScriptSyntaxError, ScriptError, ScriptLimitError, SnapshotError, AskedAnew, _Refused)
"""All that a script can do wrong."""


def _keep(run: Run, scene: Scene, old_roots: list[Value]) -> None:
    """queue = new calls + rest, and the heap that their handlers can reach."""
    login = scene.turn.login
    login.fuel += run.fuel_used
    roots: list[Value] = [scene.data, scene.endpoint_params]
    queue: list[Call] = []
    waiting = [(call, old_roots[call.root] if call.root is not None else None) for call in login.queue]
    for call, events in (*scene.calls, *waiting):
        root = len(roots) if call.handlers else None
        if root is not None:
            roots.append(events)
        queue.append(msgspec.structs.replace(call, root=root))
    if len(queue) > MAX_CALLS:
        raise _Refused(f"more than {MAX_CALLS} calls are waiting")
    login.queue = queue
    login.script = run.dump(roots) if len(roots) > 2 else b""
    most = scene.turn.settings.scripts.snapshot
    if len(login.script) + len(msgspec.msgpack.encode([queue, login.hidden])) > most:
        raise _Refused(f"the script keeps more than {most} bytes")


def forget_hidden(login: Login) -> None:
    """Let go of secrets that neither the script nor a call that waits has: nothing of them is stored."""
    if login.hidden:
        kept = login.script + msgspec.msgpack.encode(login.queue)
        login.hidden = [secret for secret in login.hidden if any(_holds(kept, form) for form in forms(secret))]


def _holds(kept: bytes, form: str) -> bool:
    return units(form).encode("utf-8", "surrogatepass") in kept or form.encode("utf-8", "surrogatepass") in kept


class _Limits(TypedDict):
    host: HostTable
    fuel: int
    memory: int
    depth: int
    clock: Callable[[], float]
    random: Callable[[], float]
    bind: Bind


def _limits(segment: Segment, scene: Scene) -> _Limits:
    limits = segment.turn.settings.scripts
    return {
        "host": segment.table,
        "fuel": limits.fuel,
        "memory": limits.memory,
        "depth": limits.depth,
        "clock": lambda: scene.turn.now * 1000,
        "random": _numbers(segment.seed),
        "bind": scene.object,
    }


def _numbers(seed: int) -> Callable[[], float]:
    """Random numbers that are the same for the same seed.  Made when first asked: most scripts never do."""
    made: list[random.Random] = []

    def number() -> float:
        if not made:
            made.append(random.Random(seed))  # noqa: S311  not for secrets: a script makes none
        return made[0].random()

    return number


def _object(value: Value) -> Obj:
    return value if isinstance(value, Obj) else Obj(OBJECT_PROTO)


def _stop(turn: Turn, event: str, detail: str) -> None:
    turn.note(event, why=detail)
    turn.fail(Failed("script.error"), detail=detail)


def _told(error: Exception) -> str:
    match error:
        case ScriptError():
            return f"{_at(error.file, error.line)}: {error.name}: {error.message}"
        case ScriptSyntaxError() | ScriptLimitError():
            return f"{_at(error.file, error.line)}: {error.message}"
        case SnapshotError():
            return f"the script's state cannot be kept: {error}"
        case AskedAnew():
            return f"the script asked something else when it ran again: {error}"
    return str(error)


def _here(error: Exception) -> tuple[int, int] | None:
    """Line and column in the script itself, not in a library."""
    if not isinstance(error, DslError) or error.file or error.line is None:
        return None
    return error.line, error.column or 1


def _place(stopped: Suspend) -> str:
    file, line, _ = place_of(stopped.__traceback__)
    return _at(file, line)


def _at(file: str, line: int | None) -> str:
    return f"line {line} of {file}" if file else f"line {line}"
