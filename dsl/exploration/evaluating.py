"""The value of a term once all its leaves have one: worked out by the language's own operators and library."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .. import operators
from ..arrays import Arr
from ..base import OBJECT_PROTO, Abort, Obj, Throw, Value
from ..library import PATHS
from ..library.regexp_exec import literal
from .paths import Unanswerable
from .terms import Term, constant_value, kind_of

if TYPE_CHECKING:
    from ..run import Run

Leaves = Callable[[Term], Value]

FUEL = 200_000
_PLAIN = {"typeof": operators.typeof}


class Evaluator:
    """Evaluates terms on a run of its own."""

    def __init__(self) -> None:
        from ..program import compile_script
        from ..run import Run

        self._run: Run = Run(compile_script(""), random=lambda: 0.5)

    def __call__(self, term: Term, leaves: Leaves) -> Value:
        """The value.  Raises Unanswerable where it has none."""
        run = self._run
        run.fuel, run.memory, run.aborted = FUEL, run.max_memory, False
        try:
            return self._question(term, leaves)
        except (Throw, Abort, RecursionError, LookupError) as nothing:
            raise Unanswerable from nothing

    def _question(self, term: Term, leaves: Leaves) -> Value:
        match term:
            case ("truthy", one):
                return operators.truthy(self._value(one, leaves))
            case ("identical", one, other):
                return operators.strict_equals(self._value(one, leaves), self._value(other, leaves))
            case ("kind", one, kinds):
                return kind_of(self._value(one, leaves)) in kinds
            case ("coerces", one):
                return self._works(operators.to_primitive, self._value(one, leaves))
            case ("throws", inner):
                return not self._works(lambda run, _: self._value(inner, leaves), None)
        return self._value(term, leaves)

    def _works(self, work: Callable[[Run, Value], object], value: Value) -> bool:
        try:
            work(self._run, value)
        except Throw:
            return False
        return True

    def _value(self, term: Term, leaves: Leaves) -> Value:
        run = self._run
        match term:
            case ("leaf", *_):
                return leaves(term)
            case ("const", *_):
                return constant_value(term)
            case ("regexp", source, flags):
                return literal(run, source, flags)
            case ("list", *items):
                return Arr([self._value(item, leaves) for item in items])
            case ("record", *entries):
                return Obj(OBJECT_PROTO, {key: self._value(inner, leaves) for key, inner in entries})
            case ("built-in", path):
                return PATHS[path]
            case ("get", one, key):
                return operators.get(run, self._value(one, leaves), self._value(key, leaves))
            case ("index", _, at):
                return constant_value(at)
            case ("call", path, this, *args):
                given = [self._value(arg, leaves) for arg in args]
                return operators.call(run, PATHS[path], self._value(this, leaves), given)
            case ("new", path, *args):
                return operators.construct(run, PATHS[path], [self._value(arg, leaves) for arg in args])
            case ("op", name, *args):
                return self._operation(name, [self._value(arg, leaves) for arg in args])
        raise Unanswerable

    def _operation(self, name: str, args: list[Value]) -> Value:
        if name == "template":
            return "".join(operators.to_string(self._run, arg) for arg in args)
        if name in _PLAIN:
            return _PLAIN[name](*args)
        function: Any = getattr(operators, name, None)
        if function is None:
            raise Unanswerable
        return function(self._run, *args)  # type: ignore[no-any-return]
