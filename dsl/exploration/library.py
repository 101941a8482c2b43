"""The library over unknown values: what is pure gives a term; what looks at elements one by one is played here.

Anything else that would meet what is not known is given up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ..arrays import Arr
from ..base import HOLE, NULL, RANGE_ERROR_PROTO, Obj, Throw, Value, new_error, throw_type_error
from ..base import SYNTAX_ERROR_PROTO as SYNTAX_ERROR
from ..base import URI_ERROR_PROTO as URI_ERROR
from ..callables import Native
from ..exotics import RegExp
from ..library import path_of
from . import calls, judging
from .lists import COLLECTIONS, LISTS
from .terms import ANY, BOOLEAN, MAYBE_NAN, NUMBER_SHAPE, STRING, TEXTS, Shape, Term, constant, known, leaf, of
from .unknown import Unknown

if TYPE_CHECKING:
    from ..run import Run
    from .paths import Path

DATE: Final = Shape(frozenset({"object"}), native="Date")
TEXT_OR_NULL, TEXT_OR_NOT = of("string", "null"), of("string", "undefined")
_STRING = {
    **dict.fromkeys(
        ("charAt", "concat", "normalize", "padEnd", "padStart", "repeat", "replace", "replaceAll", "slice",
         "substr", "substring", "toLocaleLowerCase", "toLocaleUpperCase", "toLowerCase", "toString", "toUpperCase",
         "toWellFormed", "trim", "trimEnd", "trimLeft", "trimRight", "trimStart", "valueOf"), STRING),
    **dict.fromkeys(("endsWith", "equals", "includes", "isWellFormed", "startsWith"), BOOLEAN),
    **dict.fromkeys(("indexOf", "lastIndexOf", "localeCompare", "search"), NUMBER_SHAPE),
    "charCodeAt": MAYBE_NAN, "codePointAt": of("number", "undefined"), "at": TEXT_OR_NOT, "split": TEXTS,
    "match": Shape(frozenset({"array", "null"}), TEXT_OR_NOT),
}  # fmt: skip
PURE: Final[dict[str, Shape]] = {
    **{f"String.prototype.{name}": shape for name, shape in _STRING.items()},
    **dict.fromkeys(("parseInt", "parseFloat", "Number", "Date.parse", "Number.parseInt", "Number.parseFloat"),
                    MAYBE_NAN),
    **dict.fromkeys(("isNaN", "isFinite", "Number.isInteger", "Number.isFinite", "Number.isNaN",
                     "Number.isSafeInteger", "RegExp.prototype.test", "Object.prototype.hasOwnProperty",
                     "Object.hasOwn", "Object.is"), BOOLEAN),
    **dict.fromkeys(("String", "encodeURIComponent", "encodeURI", "escape", "unescape", "Array.prototype.join",
                     "Number.prototype.toString", "Number.prototype.toFixed", "Boolean.prototype.toString",
                     "Date.prototype.toISOString", "Date.prototype.toString", "Object.prototype.toString"), STRING),
    **dict.fromkeys(("decodeURIComponent", "decodeURI"), STRING),
    "RegExp.prototype.exec": Shape(frozenset({"array", "null"}), TEXT_OR_NOT),
    "JSON.stringify": TEXT_OR_NOT, "JSON.parse": ANY, "Object.keys": TEXTS,
}  # fmt: skip
"""What a built-in gives that only looks at what it is given."""
THROWS: Final = {
    "JSON.parse": SYNTAX_ERROR, "decodeURIComponent": URI_ERROR, "decodeURI": URI_ERROR,
    "encodeURIComponent": URI_ERROR, "encodeURI": URI_ERROR,
}  # fmt: skip
"""What may throw although all it is given are primitives."""
CARRIES: Final = frozenset({
    *(f"Array.prototype.{name}" for name in ("at", "concat", "pop", "push", "reverse", "shift", "slice", "splice",
                                             "unshift", "with")),
    *(f"Object.{name}" for name in ("assign", "create", "entries", "freeze", "getOwnPropertyNames", "hasOwn", "keys",
                                    "seal", "values")),
    *(f"Map.prototype.{name}" for name in ("delete", "get", "has", "set")),
    *(f"Set.prototype.{name}" for name in ("delete", "has")),
    "Array.isArray", "Array.of", "Object.prototype.hasOwnProperty",
})  # fmt: skip
"""What moves values about without looking at them, where what it works on is known."""


def call(path: Path, run: Run, function: Native, this: Value, args: list[Value]) -> Value:
    """Call a built-in."""
    name = path_of(function) or ""
    if name in CLOCKS:
        return CLOCKS[name](path)
    if name in ("Function.prototype.call", "Function.prototype.apply", "Function.prototype.bind"):
        return _indirect(path, run, name, function, this=this, args=args)
    played = LISTS.get(name)
    if played is not None and (isinstance(this, Unknown) or type(this) is Arr):
        return played(path, run, this, args)
    if name in COLLECTIONS:
        return COLLECTIONS[name](path, run, this, args)
    if calls.tainted(this, *args) is None:
        given = args if name in CARRIES or name == "Set.prototype.add" else [calls.guarded(path, arg) for arg in args]
        return function.call(run, this, given)
    if name == "Boolean":
        return judging.truthy(path, args[0]) if type(args[0]) is Unknown else function.call(run, this, args)
    if name == "Array.isArray" and type(args[0]) is Unknown:
        return judging.is_kind(path, args[0], frozenset({"array"}))
    if name in CARRIES and not any(type(one) is Unknown for one in _worked_on(name, this, args)):
        return function.call(run, this, args)
    return _pure(path, run, name, this=this, args=args)


def _worked_on(name: str, this: Value, args: list[Value]) -> list[Value]:
    if name in ("Array.prototype.push", "Array.prototype.unshift", "Array.of"):
        return [this]
    return [this, *args[:1]] if name in ("Map.prototype.set", "Array.prototype.with") else [this, *args]


def _indirect(path: Path, run: Run, name: str, function: Native, *, this: Value, args: list[Value]) -> Value:
    if name.endswith("bind"):
        return function.call(run, this, args)
    if name.endswith("call"):
        return calls.call(run, this, args[0] if args else None, args[1:])
    given = args[1] if len(args) > 1 else None
    if given is None or given is NULL:
        return calls.call(run, this, args[0] if args else None, [])
    if type(given) is not Arr:
        path.give_up("apply with arguments that are no list")
    return calls.call(run, this, args[0], [None if item is HOLE else item for item in given.items])


def _pure(path: Path, run: Run, name: str, *, this: Value, args: list[Value]) -> Value:
    shape = MAYBE_NAN if name.startswith(("Math.", "Date.prototype.get", "Date.prototype.valueOf")) else PURE.get(name)
    if shape is None or any(isinstance(arg, Obj) and arg.is_callable for arg in args):
        path.give_up(f"{name} of what is not known")
    if isinstance(this, RegExp) and set(this.flags) & {"g", "y"}:
        path.give_up("a regular expression that remembers where it was")
    this = _receiver(path, run, name, this)
    for arg in args:
        if type(arg) is Unknown and name not in ("JSON.stringify", "Object.keys") and not judging.coerces(path, arg):
            throw_type_error(run, "Cannot convert object to primitive value")
    terms = [known(one) for one in (this, *args)]
    if None in terms:
        path.give_up(f"{name} of an object that holds what is not known")
    term: Term = ("call", name, *terms)
    if name == "Object.keys" and type(args[0]) is Unknown and judging.is_nothing(path, args[0]):
        throw_type_error(run, "Cannot convert undefined or null to object")
    if _may_throw(name, args) and path.ask(("throws", term), (False, True)):
        raise Throw(new_error(run, THROWS.get(name, SYNTAX_ERROR), f"{name} cannot read that"))
    if name in ("Math.max", "Math.min"):
        _bound(path, term, name, [arg for arg in args if type(arg) in (int, float)])
    if name == "String.prototype.split" and args and isinstance(args[0], str) and args[0]:
        path.facts.low[("get", term, constant("length"))] = (1.0, False)
    return path.unknown(term, shape)


def _bound(path: Path, term: Term, name: str, numbers: list[Value]) -> None:
    """The largest is as large as each, if it is a number."""
    if numbers and name == "Math.max":
        path.facts.low[term] = (max(map(float, numbers)), False)  # type: ignore[arg-type]
    elif numbers:
        path.facts.high[term] = (min(map(float, numbers)), False)  # type: ignore[arg-type]


def _may_throw(name: str, args: list[Value]) -> bool:
    return name in THROWS or name in _REFUSE


_REFUSE: Final = frozenset({
    "String.prototype.repeat", "Number.prototype.toFixed", "String.prototype.normalize", "Date.prototype.toISOString",
})  # fmt: skip


def _receiver(path: Path, run: Run, name: str, this: Value) -> Value:
    """The `this` of a method: of its own kind, or given up."""
    if type(this) is not Unknown:
        return this
    wanted = {"String.prototype": "string", "Number.prototype": "number", "Boolean.prototype": "boolean",
              "Array.prototype": "array"}.get(name.rpartition(".")[0])  # fmt: skip
    if wanted is not None and not judging.kinds(path, this) <= {wanted, "nan" if wanted == "number" else wanted}:
        path.give_up(f"{name} of what may be something else")
    if name.startswith("Date.prototype") and this.shape.native != "Date":
        path.give_up(f"{name} of what may be no date")
    return this


# --- time and chance --------------------------------------------------------------------------------------------------


def now(path: Path) -> Value:
    """Milliseconds since the epoch: they stand still while a request is answered."""
    return path.unknown(leaf("now", path.generation), NUMBER_SHAPE)


def _random(path: Path) -> Value:
    term = path.fresh("random")
    path.facts.low[term], path.facts.high[term] = (0.0, False), (1.0, True)
    return path.unknown(term, NUMBER_SHAPE)


CLOCKS: Final[dict[str, Callable[[Path], Value]]] = {"Date.now": now, "Math.random": _random}


def construct(path: Path, run: Run, function: Native, args: list[Value]) -> Value:
    """`new` of a built-in; None where the real one may be used."""
    name = path_of(function) or ""
    args = [path.settle(arg) for arg in args]
    if name == "Date" and (not args or calls.tainted(*args) is not None):
        terms = [known(arg) for arg in args] if args else [known(now(path))]
        if None in terms:
            path.give_up("a Date of an object")
        return path.unknown(("new", "Date", *terms), DATE)
    if calls.tainted(*args) is None:
        return None
    if name in _ERRORS and type(args[0]) is Unknown:
        text = path.unknown(("op", "to_string", args[0].term), STRING)
        made = function.construct(run, [""], function) if function.construct is not None else None
        assert isinstance(made, Obj)
        made.props["message"] = text
        return made
    if name == "Array" and len(args) > 1:
        return None
    if name == "Array" and judging.kinds(path, args[0]) <= {"number", "nan"}:  # type: ignore[arg-type]
        if path.choose((False, True)):
            raise Throw(new_error(run, RANGE_ERROR_PROTO, "Invalid array length"))
        return path.unknown(path.fresh("new-list"), Shape(frozenset({"array"}), item=of("undefined")))
    path.give_up(f"new {name} of what is not known")


_ERRORS = frozenset({"Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError", "URIError", "EvalError"})
