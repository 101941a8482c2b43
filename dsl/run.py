"""One run of a program: its globals, its limits, the way in for the host and the way out for errors.

A run is used by one thread.  After a limit or a suspension it is dead: take the last snapshot and begin again.
"""

from __future__ import annotations

import random as randomness
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, TypeVar

from .arrays import Arr
from .base import (
    ERROR_PROTO,
    OBJECT_BYTES,
    OBJECT_PROTO,
    TDZ,
    Abort,
    LimitReached,
    Obj,
    Throw,
    Value,
    new_error,
)
from .callables import SCRIPT_FILE, Function
from .calls import call
from .conversions import number_to_string
from .errors import ScriptError, ScriptLimitError
from .exotics import CONSTANT_GLOBALS, GlobalObject, HostObject
from .hostapi import NO_HOST, Bind, HostTable
from .program import Program, compile_script
from .units import text

if TYPE_CHECKING:
    from .plain import Plain

P = ParamSpec("P")
T = TypeVar("T")

DEFAULT_FUEL: Final = 1_000_000
DEFAULT_MEMORY: Final = 32_000_000
DEFAULT_DEPTH: Final = 1000
MAX_EVALUATED_BYTES: Final = 1024 * 1024
"""Of the source of `evaluate`, whose caller is a program of its own; what an admin publishes may have less."""
_FRAMES_PER_CALL: Final = 12
"""Python frames that one call of a script can take at most, with the built-ins and conversions in between."""


class Branch(NamedTuple):
    """A condition that was looked at.  file: a library, "" for the script; line, column: 1-based."""

    file: str
    line: int
    column: int
    taken: bool


class Run:
    """A program at work.

    fuel: steps left (a step is a call, a turn of a loop, or a fixed amount of work in a built-in); memory: bytes that
    may still be allocated; depth: calls that may still be nested.  strays: whether globals may have changed that the
    script does not declare.  clock(): milliseconds since the epoch; random():
    0 <= x < 1; bind(path): the host object of that path.  branches: filled by a traced program.
    """

    __slots__ = (
        "_bind", "_global_object", "aborted", "bound", "branches", "clock", "depth", "fuel", "globals", "host",
        "max_depth", "max_fuel", "max_memory", "memory", "modules", "program", "random", "strays", "templates", "top",
    )  # fmt: skip

    def __init__(
        self,
        program: Program,
        *,
        host: HostTable = NO_HOST,
        fuel: int = DEFAULT_FUEL,
        memory: int = DEFAULT_MEMORY,
        depth: int = DEFAULT_DEPTH,
        clock: Callable[[], float] | None = None,
        random: Callable[[], float] | None = None,
        bind: Bind | None = None,
    ) -> None:
        self.program = program
        self.host = host
        self.fuel = self.max_fuel = fuel
        self.memory = self.max_memory = memory
        self.depth = self.max_depth = depth
        self.clock = clock or _now
        self.random = random or randomness.random
        self._bind = bind
        self.bound: dict[str, HostObject] = {}
        self.aborted = False
        self.globals: dict[str, Value] = host.fresh.copy()
        self.strays = False
        self._global_object: GlobalObject | None = None
        self.top: list[Any] = program.new_top_scope()
        self.templates: dict[int, Arr] = {}
        self.modules: dict[str, Obj] = {}
        self.branches: list[Branch] = []
        for name in host.objects:
            self.globals[name] = self.host_object(name)
        ensure_python_depth(depth * _FRAMES_PER_CALL)

    @classmethod
    def load(
        cls,
        program: Program,
        data: bytes,
        *,
        host: HostTable = NO_HOST,
        fuel: int = DEFAULT_FUEL,
        memory: int = DEFAULT_MEMORY,
        depth: int = DEFAULT_DEPTH,
        clock: Callable[[], float] | None = None,
        random: Callable[[], float] | None = None,
        bind: Bind | None = None,
    ) -> tuple[Run, list[Value]]:
        """The run and the roots that `dump` wrote.  Raises SnapshotError if *data* is not such a snapshot."""
        run = cls(program, host=host, fuel=fuel, memory=memory, depth=depth, clock=clock, random=random, bind=bind)
        roots = _snapshots().load(run, data)
        if program.modules:
            run.modules = _modules(roots.pop() if roots else None)
        return run, roots

    def start(self) -> Value:
        """Run the script from the top; returns its completion value."""
        return self._guarded(self.program.main, self)

    def call(self, function: Value, args: list[Value]) -> Value:
        """Call a function of the script."""
        return self._guarded(call, self, function, None, list(args))

    def convert(self, convert: Callable[[Run, Any], T], value: Any) -> T:
        """Apply to_plain or from_plain from outside of a call, with errors as everywhere else."""
        return self._guarded(convert, self, value)

    def global_value(self, name: str) -> Value:
        """What the script calls *name* at its top level; undefined if nothing."""
        slot = self.program.lexical.get(name)
        value = self.globals.get(name) if slot is None else self.top[slot]
        return None if value is TDZ else value

    def require(self, name: str) -> Value:
        """What a linked library exports; it runs once, when it is first asked for.  Throws if there is none."""
        module = self.modules.get(name)
        if module is None:
            code = self.program.modules.get(name)
            if code is None:
                raise Throw(new_error(self, ERROR_PROTO, f"There is no library '{name}'"))
            module = self.modules[name] = Obj(OBJECT_PROTO, {"exports": Obj(OBJECT_PROTO)})
            self.charge_memory(2 * OBJECT_BYTES)
            exports = module.props["exports"]
            function = Function(self.program.codes[code], self.top)
            try:
                call(self, function, exports, [exports, module, self.host.values.get("require")])
            except Throw:
                del self.modules[name]
                raise
        return module.get(self, "exports")

    def dump(self, roots: list[Value]) -> bytes:
        """The globals and all that *roots* and they can reach, as bytes for `load`."""
        if self.program.modules:
            roots = [*roots, Obj(OBJECT_PROTO, dict(self.modules))]
        return _snapshots().dump(self, roots)

    @property
    def global_object(self) -> GlobalObject:
        """globalThis, made when it is first asked for: it and its table are a cycle, and most scripts need neither."""
        made = self._global_object
        if made is None:
            made = self._global_object = GlobalObject(self.globals)
            made.hidden = self.host.hidden
            made.fixed = CONSTANT_GLOBALS.union(self.program.declared)
            self.globals.setdefault("globalThis", made)
            self.strays = True
        return made

    def declare_globals(self) -> None:
        """Variables and functions of the top level exist from the beginning."""
        declared = self.program.declared
        names = self.global_object.props if "globalThis" in declared else self.globals
        for name in declared:
            names.setdefault(name, None)

    @property
    def fuel_used(self) -> int:
        return self.max_fuel - self.fuel

    @property
    def memory_used(self) -> int:
        return self.max_memory - self.memory

    def host_object(self, path: str) -> HostObject:
        """The host object of that path, bound when it is first asked for."""
        if path not in self.bound:
            if self._bind is None:
                raise LookupError(f"there is nothing to bind '{path}'")
            self.bound[path] = self._bind(path)
        return self.bound[path]

    def charge(self, steps: int, size: int) -> None:
        """Pay for work and for the bytes that it takes, before doing it."""
        self.fuel -= steps
        self.memory -= size
        if self.fuel < 0:
            self.out_of_fuel()
        if self.memory < 0:
            self.charge_memory(0)

    def charge_fuel(self, steps: int) -> None:
        """Pay for work before doing it."""
        self.fuel -= steps
        if self.fuel < 0:
            self.out_of_fuel()

    def charge_memory(self, size: int) -> None:
        """Pay for *size* bytes before they are allocated."""
        self.memory -= size
        if self.memory < 0:
            self.aborted = True
            raise LimitReached(f"the script used more than {self.max_memory} bytes of memory")

    def out_of_fuel(self) -> None:
        """Stop, because fuel fell below zero."""
        self.aborted = True
        raise LimitReached(f"the script used more than {self.max_fuel} steps")

    def _guarded(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        if self.aborted:
            raise ScriptLimitError("this run was stopped earlier and cannot go on")
        try:
            result = work(*args, **named)
            if self.fuel < 0:
                self.out_of_fuel()
            return result
        except Throw as thrown:
            raise self._script_error(thrown) from None
        except LimitReached as limit:
            self.aborted = True
            raise self._limit_error(limit, limit.message) from None
        except (RecursionError, MemoryError) as limit:
            self.aborted = True
            raise self._limit_error(limit, f"the script went beyond what can be run ({type(limit).__name__})") from None
        except Abort:
            self.aborted = True
            raise

    def _limit_error(self, limit: BaseException, message: str) -> ScriptLimitError:
        file, line, column = place_of(limit.__traceback__)
        error = ScriptLimitError(message, line, column=column, source=self.program.sources[file])
        error.file = file
        return error

    def _script_error(self, thrown: Throw) -> ScriptError:
        file, line, column = place_of(thrown.__traceback__)
        name, message = self._told(thrown.value)
        error = ScriptError(name, message, line=line, column=column, source=self.program.sources[file])
        error.file = file
        return error

    def _told(self, value: Value) -> tuple[str, str]:
        """Name and message of a thrown value, read without running anything of the script."""
        if not isinstance(value, Obj):
            return "Error", _primitive_text(value)
        name, message = value.get(self, "name"), value.get(self, "message")
        if not isinstance(name, str):
            maker = value.get(self, "constructor")
            name = maker.get(self, "name") if isinstance(maker, Obj) else None
        told = text(message) if isinstance(message, str) else ""
        return text(name) if isinstance(name, str) and name else "Error", told


def evaluate(
    source: str,
    host: HostTable | Mapping[str, Callable[..., object]] | None = None,
    *,
    fuel: int = DEFAULT_FUEL,
    memory: int = DEFAULT_MEMORY,
) -> Plain:
    """Run one script in a fresh realm and return its completion value as plain data.

    None stands for a value of which plain data cannot be made too: a circle, or more than its limits allow.
    host: a table, or plain Python functions by name.  Raises ScriptSyntaxError, ScriptError or ScriptLimitError.
    """
    from .plain import to_plain

    table = host if isinstance(host, HostTable) else HostTable.of(host or {})
    program = compile_script(source, max_bytes=MAX_EVALUATED_BYTES)
    run = Run(program, host=table, fuel=fuel, memory=memory)
    value = run.start()
    try:
        return run.convert(to_plain, value)
    except (ScriptError, ScriptLimitError):
        return None  # the script itself ran to its end


def place_of(traceback: TracebackType | None) -> tuple[str, int | None, int | None]:
    """Library ("" for the script), line and column (1-based) of the innermost place in a script that it passed."""
    found: TracebackType | None = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename.startswith(SCRIPT_FILE):
            found = traceback
        traceback = traceback.tb_next
    if found is None:
        return "", None, None
    code = found.tb_frame.f_code
    line, _, column, _ = list(code.co_positions())[found.tb_lasti // 2]
    return code.co_filename.removeprefix(SCRIPT_FILE), line, column


def ensure_python_depth(frames: int) -> None:
    """Raise Python's own recursion limit so far that the run's depth counter always stops first."""
    if sys.getrecursionlimit() < frames + 1000:
        sys.setrecursionlimit(frames + 1000)


class _Snapshots(NamedTuple):
    """The two ways of the snapshot package."""

    dump: Callable[[Run, list[Value]], bytes]
    load: Callable[[Run, bytes], list[Value]]


@cache
def _snapshots() -> _Snapshots:
    """The package is loaded for the first dump or load, with msgspec; asking Python again each time would cost."""
    from . import snapshot

    return _Snapshots(snapshot.dump, snapshot.load)


def _modules(kept: Value) -> dict[str, Obj]:
    """The libraries that had run, as they were dumped."""
    if not isinstance(kept, Obj) or not all(isinstance(module, Obj) for module in kept.props.values()):
        from .snapshot import SnapshotError

        raise SnapshotError("the snapshot is damaged: the libraries are not as they should be")
    return {name: module for name, module in kept.props.items() if isinstance(module, Obj)}


def _now() -> float:
    return time.time() * 1000


def _primitive_text(value: Value) -> str:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_to_string(value)
    return "undefined" if value is None else "null"
