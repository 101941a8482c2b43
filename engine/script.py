"""The one door to dsl: run a handler on a login's stored heap, and keep what it left behind.

A script only steers: its run gives calls for the queue, and every way in which it can go wrong fails the login.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TypedDict

import msgspec

from dsl import Run, ScriptError, ScriptLimitError, ScriptSyntaxError, compile_script
from dsl.hostapi import Bind, HostTable
from dsl.program import Program
from dsl.snapshot import SnapshotError
from dsl.values import OBJECT_PROTO, Obj, Value
from engine.context import Scene
from engine.functions import TABLE
from engine.model import Call, Failed, Login
from engine.ports import Directory
from engine.turn import Turn

ENTRY_POINT = "onLoginRequest"
"""The function that a login begins with."""
FUEL = 1_000_000
"""Steps one handler may take."""
MEMORY = 32_000_000
"""Bytes one handler may allocate."""
MAX_CALLS = 50
"""Calls that may wait in the queue."""
MAX_SNAPSHOT = 262_144
"""Bytes of heap that may be kept between two requests."""

_random = secrets.SystemRandom().random


class Scripts:
    """Runs scripts for logins."""

    def __init__(self, *, directory: Directory) -> None:
        self._directory = directory

    async def begin(self, turn: Turn) -> None:
        """Run the script from the top and its entry point; fills the queue, or ends the login."""
        await self._know_users(turn)
        scene = Scene(turn, Obj(OBJECT_PROTO), Obj(OBJECT_PROTO))
        self._guarded(turn, lambda: _begin(turn, scene))

    async def resume(self, turn: Turn, call: Call, handler: str) -> None:
        """Run one handler of a call that is over; its calls come before what was queued."""
        await self._know_users(turn)
        scene = Scene(turn, Obj(OBJECT_PROTO), Obj(OBJECT_PROTO), step=call.step or None)
        self._guarded(turn, lambda: _resume(scene, call, handler))

    async def _know_users(self, turn: Turn) -> None:
        """Load the records of everyone this login knows, so that a run need not wait for them."""
        login = turn.login
        subjects = [login.subject, login.last_failed, *(record.subject for record in login.steps.values())]
        for user_id in {subject.user_id for subject in subjects if subject is not None and subject.user_id}:
            user = await self._directory.user(user_id)
            if user is not None:
                turn.users[user_id] = user

    def _guarded(self, turn: Turn, work: Callable[[], None]) -> None:
        """Every way in which a script can go wrong ends the login, with an audit record that says where and why."""
        try:
            work()
        except (ScriptSyntaxError, ScriptError, ScriptLimitError) as error:
            _stop(turn, "script_error", f"line {error.line}: {_told(error)}")
        except SnapshotError as error:
            _stop(turn, "script_error", f"the script's state cannot be kept: {error}")
        except _Refused as error:
            _stop(turn, "script_error", str(error))


class _Refused(Exception):
    """What a script left behind is not accepted."""


def _begin(turn: Turn, scene: Scene) -> None:
    run = Run(_program(turn.login), **_limits(scene))
    run.start()
    entry = run.global_value(ENTRY_POINT)
    if not isinstance(entry, Obj) or not entry.is_callable:
        raise _Refused(f"{ENTRY_POINT} is not defined")
    run.call(entry, [scene.object("context")])
    _keep(run, scene, [])


def _resume(scene: Scene, call: Call, handler: str) -> None:
    login = scene.turn.login
    run, roots = Run.load(_program(login), login.script, **_limits(scene))
    scene.data, scene.endpoint_params = _object(roots[0]), _object(roots[1])
    events = roots[call.root] if call.root is not None and call.root < len(roots) else None
    function = events.get_own(handler) if isinstance(events, Obj) else None
    run.call(function, [scene.object("context")])
    _keep(run, scene, roots)


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
    if len(login.script) > MAX_SNAPSHOT:
        raise _Refused(f"the script keeps more than {MAX_SNAPSHOT} bytes")


class _Limits(TypedDict):
    host: HostTable
    fuel: int
    memory: int
    clock: Callable[[], float]
    random: Callable[[], float]
    bind: Bind


def _limits(scene: Scene) -> _Limits:
    return {
        "host": TABLE,
        "fuel": FUEL,
        "memory": MEMORY,
        "clock": lambda: scene.turn.now * 1000,
        "random": _random,
        "bind": scene.object,
    }


def _program(login: Login) -> Program:
    return compile_script(login.flow.script or "")


def _object(value: Value) -> Obj:
    return value if isinstance(value, Obj) else Obj(OBJECT_PROTO)


def _stop(turn: Turn, event: str, detail: str) -> None:
    turn.note(event, why=detail)
    turn.fail(Failed("script.error"), detail=detail)


def _told(error: ScriptSyntaxError | ScriptError | ScriptLimitError) -> str:
    return f"{error.name}: {error.message}" if isinstance(error, ScriptError) else error.message
