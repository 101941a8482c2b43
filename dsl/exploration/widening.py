"""When a loop over a list of unknown length may stop: its last turn changed nothing but which element it looked at.

Then every further turn only repeats what was gone through, so leaving the loop here stands for all longer lists.
"""

from __future__ import annotations

import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

from ..arrays import Arr
from ..base import Mark, Null, Obj
from ..callables import SCRIPT_FILE, Bound, Function
from ..exotics import Collection, Date, HostObject, RegExp, Wrapper
from ..library import path_of
from .terms import Term
from .unknown import Unknown

if TYPE_CHECKING:
    from ..run import Run
    from .paths import Facts, Path

_FUEL = "f"
"""The local of generated code that only counts its work."""
MOST_PARTS = 20_000
"""Parts of a state that are compared; a larger one is never taken to be the same."""


class Widening:
    """One loop over the elements of *walked*."""

    def __init__(self, walked: Term) -> None:
        self._walked = walked
        self._last: object = None
        self._decided = 0

    def repeats(self, path: Path, run: Run, index: int, *, extra: object = None, counter: int | None = None) -> bool:
        """Whether all is as it was one turn ago.  extra: what the loop itself holds; counter: a local to pass over.

        If so, what was found out about single elements is forgotten: of a longer list it need not hold.
        """
        if index == 0:
            self._last, self._decided = None, len(path.decided)
            return False
        state = _State(self._walked, index, path)
        now = state.of(run, extra, counter)
        before, self._last = self._last, now
        news, self._decided = path.decided[self._decided :], len(path.decided)
        if index < 2 or now is None or now != before:
            return False
        if any(
            not _is_about(question, self._walked) and not _is_length(question, self._walked) for question, _ in news
        ):
            return False
        forget(path.facts, self._walked)
        return True


def forget(facts: Facts, walked: Term) -> None:
    """Let go of what is known of single elements."""
    for table in facts.tables():
        for term in [term for term in table if _is_about(term, walked)]:
            del table[term]


def _is_about(term: object, walked: Term) -> bool:
    if not isinstance(term, tuple):
        return False
    if _is_element(term, walked):
        return True
    return any(_is_about(part, walked) for part in term)


def _is_element(term: tuple[Any, ...], walked: Term) -> bool:
    return len(term) == 3 and term[0] in ("get", "index") and term[1] == walked and term[2][:2] == ("const", "number")


def _is_length(question: Term, walked: Term) -> bool:
    return ("get", walked, ("const", "string", "length")) in question


class _State:
    """Writes a state down, elements by their distance from the current one."""

    def __init__(self, walked: Term, index: int, path: Path) -> None:
        self._walked = walked
        self._index = index
        self._path = path
        self._numbers: dict[int, int] = {}
        self._written: list[Any] = []

    def of(self, run: Run, extra: object, counter: int | None) -> object:
        """The state; None if it is too large."""
        frames = _frames()
        if (
            counter is not None
            and sum(_is_counter(value, counter) for name, value in frames[0].f_locals.items() if name != _FUEL) != 1
        ):
            return None
        fresh = run.host.fresh
        own_globals = {name: value for name, value in run.globals.items() if fresh.get(name, run) is not value}
        self._numbers[id(run.globals)] = -1
        waiting: list[Any] = [own_globals, run.top, extra, *self._path.outside()]
        for depth, frame in enumerate(frames):
            passed = counter if depth == 0 else None
            waiting.append({name: value for name, value in frame.f_locals.items()
                            if name != _FUEL and not (passed is not None and _is_counter(value, passed))})  # fmt: skip
        while waiting:
            if len(self._written) > MOST_PARTS:
                return None
            self._write(waiting.pop(), waiting)
        return self._written, self._path.facts.epoch

    def _relative(self, term: Any) -> Any:
        if not isinstance(term, tuple):
            return term
        if _is_element(term, self._walked):
            return (term[0], term[2][2] - self._index)
        return tuple(self._relative(part) for part in term)

    def _write(self, value: Any, waiting: list[Any]) -> None:
        add = self._written.append
        if isinstance(value, Unknown):
            add(("unknown", self._relative(value.term)))
        elif value is None or isinstance(value, bool | int | float | str | Null | Mark):
            add((type(value).__name__, repr(value)))
        elif id(value) in self._numbers:
            add(self._numbers[id(value)])
        else:
            self._numbers[id(value)] = len(self._numbers)
            add(type(value).__name__)
            waiting.extend(self._inside(value))

    def _inside(self, value: Any) -> list[Any]:
        match value:
            case dict():
                return [part for pair in value.items() for part in pair]
            case list() | tuple():
                return list(value)
            case Function():
                return [value.code.id, value.scope, value.props]
            case Arr():
                return [value.items, value.props]
            case Collection():
                return [entry for pair in value.table.entries() for entry in pair]
            case Date():
                return [value.time]
            case RegExp():
                return [value.source, value.flags, value.props]
            case Wrapper():
                return [value.value, value.props]
            case Bound():
                return [value.target, value.this, value.args]
            case HostObject():
                return [value.path]
            case Obj():
                return [path_of(value) or value.props]
        return []


def _has_one(frame: FrameType, counter: int) -> bool:
    """Whether only one variable may be the counter."""
    return sum(_is_counter(value, counter) for name, value in frame.f_locals.items() if name != _FUEL) == 1


def _is_counter(value: object, counter: int) -> bool:
    return type(value) is int and value == counter


def _frames() -> list[FrameType]:
    """The frames of the script, the innermost first."""
    found: list[FrameType] = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename.startswith(SCRIPT_FILE):
            found.append(frame)
        frame = frame.f_back
    return found
