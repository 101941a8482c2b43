"""Random expressions of every form, over the names in sight; how functions are filled is left to the statements."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from tests.storms.pools import CALLS_BY_RESULT, KEYS, KINDS, LITERALS, WRITTEN_KEYS, LibraryCall

ARITHMETIC: Final = ("+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", ">>>")
COMPARISONS: Final = ("<", ">", "<=", ">=", "==", "!=", "===", "!==")
COMPOUND: Final = tuple(f"{operator}=" for operator in (*ARITHMETIC, "&&", "||", "??"))
CONSTRUCTORS: Final = ("Object", "Array", "Function", "Error", "Map", "Set", "Date", "RegExp", "String", "TypeError")
DEEPEST: Final = 5
ODD: Final = 0.05
"""How often a value is of another kind than the one that is asked for."""

PURE: Final = ".filter(x => typeof x !== 'object' && typeof x !== 'function')"
"""Before sorting: in which order elements are converted is for each engine to choose."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable in sight and the kind of value it began with."""

    text: str
    kind: str
    writable: bool = True


class ExpressionWriter(ABC):
    """Writes random expressions.  room: how many more parts may be written before only the simplest are."""

    def __init__(self, chance: Random, *, room: int) -> None:
        self.chance = chance
        self.room = room
        self.depth = 0
        self.names: list[Name] = []
        self.strict = False
        self.functions = 0
        """How many functions that have a `this` and `arguments` of their own are around."""

    @abstractmethod
    def function(self, *, arrow: bool | None = None, parameters: tuple[str, ...] = ("any",)) -> str:
        """A function expression; parameters: the kinds it is called with."""

    @abstractmethod
    def method(self, key: str) -> str:
        """A method of an object literal."""

    # --- choosing ---------------------------------------------------------------------------------------------------

    def maybe(self, probability: float) -> bool:
        return self.chance.random() < probability

    def pick(self, *choices: Callable[[], str]) -> str:
        return self.chance.choice(choices)()

    def named(self, kind: str, *, writable: bool = False) -> Name | None:
        """A variable of that kind, if there is one."""
        found = [
            name for name in self.names if (kind == "any" or name.kind == kind) and (name.writable or not writable)
        ]
        return self.chance.choice(found) if found else None

    # --- expressions by kind ----------------------------------------------------------------------------------------

    def expression(self, kind: str) -> str:
        """An expression that mostly gives a value of that kind, fit to stand anywhere an operand may."""
        self.depth += 1
        try:
            return _SPECIAL[kind](self) if kind in _SPECIAL else self._expression(kind)
        finally:
            self.depth -= 1

    def _expression(self, kind: str) -> str:
        if self.maybe(ODD):
            kind = self.chance.choice(KINDS)
        if kind == "any" and self.maybe(0.5):
            kind = self.chance.choice(KINDS)
        self.room -= 1
        name = self.named(kind)
        done = self.room <= 0 or self.depth > DEEPEST
        if name is not None and self.maybe(0.8 if done else 0.4):
            return name.text
        if done or self.maybe(0.3):
            return self.literal(kind)
        own = _FORMS.get(kind, ())
        calls = CALLS_BY_RESULT[kind]
        common = (_conditional, _logical, _assignment, _sequence, _element)
        roll = self.chance.random()
        if own and roll < 0.5:
            return self.chance.choice(own)(self)
        if calls and roll < 0.85:
            return self.library_call(self.chance.choice(calls))
        return self.chance.choice(common)(self, kind)

    def literal(self, kind: str) -> str:
        if kind == "any":
            kind = self.chance.choice(KINDS)
        if kind == "fn" and self.depth <= DEEPEST:
            return self.function()
        text = self.chance.choice(LITERALS[kind])
        return f"({text})" if text[0] in "{-" else text

    def key(self) -> str:
        """An expression for a key to read."""
        return repr(self.chance.choice(KEYS)) if self.maybe(0.8) else self.expression("any")

    def written_key(self) -> str:
        return repr(self.chance.choice(WRITTEN_KEYS))

    # --- calls ------------------------------------------------------------------------------------------------------

    def library_call(self, call: LibraryCall) -> str:
        optional = self.chance.randint(0, call.optional)
        kinds = call.arguments[: len(call.arguments) - call.optional + optional]
        arguments = [self.expression(kind) for kind in kinds]
        if self.maybe(0.04):
            arguments.append(self.spread())
        text = ", ".join(arguments)
        if call.receiver == ".":
            name = call.name.removeprefix("new:")
            return f"{name}({text})" if name == call.name else f"new {name}({text})"
        receiver = self.expression(call.receiver)
        if call.name == "sort":
            receiver = f"{receiver}{PURE}"
        return self._method_call(call, receiver, text)

    def _method_call(self, call: LibraryCall, receiver: str, arguments: str) -> str:
        receiver = f"({receiver})"
        roll = self.chance.random()
        if roll < 0.06:
            return f"{receiver}[{call.name!r}]({arguments})"
        if roll < 0.12:
            return f"{receiver}?.{call.name}({arguments})"
        if roll < 0.2 and call.receiver in _PROTOTYPES and call.name != "sort":
            odd = self.expression("any") if self.maybe(0.3) else receiver
            rest = f", {arguments}" if arguments else ""
            return f"{_PROTOTYPES[call.receiver]}.prototype.{call.name}.call({odd}{rest})"
        return f"{receiver}.{call.name}({arguments})"

    def arguments(self) -> str:
        parts = [self.spread() if self.maybe(0.1) else self.expression("any") for _ in range(self.chance.randint(0, 3))]
        return ", ".join(parts)

    def spread(self) -> str:
        return f"...{self.expression(self.chance.choice(('arr', 'arr', 'str', 'set', 'map', 'iter')))}"

    def callee(self) -> str:
        """A function that may be called: none of the built-ins, whose work could be without bound."""
        name = self.named("fn")
        return name.text if name is not None and self.maybe(0.8) else f"({self.function()})"

    # --- targets ----------------------------------------------------------------------------------------------------

    def target(self, kind: str = "any") -> str:
        """Something that can be assigned to and is no part of a built-in."""
        name = self.named(kind, writable=True)
        if name is not None and self.maybe(0.75):
            return name.text
        holder = self.named("obj") or self.named("arr")
        if holder is None:
            return name.text if name is not None else "unset"
        if self.maybe(0.5):
            return f"{holder.text}.{self.chance.choice(('k', 'l', 'm'))}"
        return f"{holder.text}[{self.written_key()}]"

    def template(self) -> str:
        ends = (self.chance.choice(("", "-", " ", "$", "{")) for _ in range(2))
        parts = "".join(f"${{{self.expression('any')}}}{end}" for end in ends)
        return f"`{self.chance.choice(('', 'x', '$'))}{parts}`"

    def object_literal(self) -> str:
        self.room -= 2
        parts = [self._property() for _ in range(self.chance.randint(0, 3))]
        prototypes = [part for part in parts if part.startswith("__proto__:")]
        return "({" + ", ".join(part for part in parts if part not in prototypes[1:]) + "})"

    def _property(self) -> str:
        key = self.chance.choice(("k", "l", "m", "1", "'x y'", "0x2", "1.5", "if", "get", "toString", "valueOf"))
        name = self.named("any")
        return self.pick(
            lambda: f"{key}: {self.expression('any')}",
            lambda: f"[{self.expression('key')}]: {self.expression('any')}",
            lambda: f"...{self.expression(self.chance.choice(('obj', 'arr', 'nil')))}",
            lambda: self.method(key),
            lambda: name.text if name is not None and name.text.isalpha() and len(name.text) == 1 else f"{key}: 1",
            lambda: f"__proto__: {self.expression('obj')}" if key == "k" else f"{key}: {self.expression('num')}",
        )

    def array_literal(self) -> str:
        parts = [
            self.pick(lambda: self.expression("any"), lambda: self.expression("num"), self.spread, lambda: "")
            for _ in range(self.chance.randint(0, 4))
        ]
        return f"[{', '.join(parts)}]"


# --- forms -----------------------------------------------------------------------------------------------------------


def _conditional(w: ExpressionWriter, kind: str) -> str:
    return f"({w.expression('bool')} ? {w.expression(kind)} : {w.expression(kind)})"


def _logical(w: ExpressionWriter, kind: str) -> str:
    return f"({w.expression('any')} {w.chance.choice(('&&', '||', '??'))} {w.expression(kind)})"


def _assignment(w: ExpressionWriter, kind: str) -> str:
    operator = "=" if w.maybe(0.6) else w.chance.choice(COMPOUND)
    return f"({w.target(kind)} {operator} {w.expression(kind)})"


def _sequence(w: ExpressionWriter, kind: str) -> str:
    return f"({w.expression('any')}, {w.expression(kind)})"


def _element(w: ExpressionWriter, kind: str) -> str:
    return f"[{w.expression(kind)}, {w.expression(kind)}][{w.expression('index')}]"


def _chain(w: ExpressionWriter) -> str:
    """Operators without parentheses, so that it is their rank that counts."""
    text = w.expression("num")
    for _ in range(w.chance.randint(1, 3)):
        text += f" {w.chance.choice(ARITHMETIC)} {w.expression('any' if w.maybe(0.15) else 'num')}"
    return f"({text})"


def _prefix(w: ExpressionWriter) -> str:
    return f"({w.chance.choice(('-', '+', '~', '- -', '+ +'))}{w.expression('any' if w.maybe(0.3) else 'num')})"


def _update(w: ExpressionWriter) -> str:
    operator, target = w.chance.choice(("++", "--")), w.target("num")
    return f"({operator}{target})" if w.maybe(0.5) else f"({target}{operator})"


def _size(w: ExpressionWriter) -> str:
    kind = w.chance.choice(("arr", "str", "fn", "map", "set"))
    return f"({w.expression(kind)}).{'size' if kind in ('map', 'set') else 'length'}"


def _comparison(w: ExpressionWriter) -> str:
    kind = w.chance.choice(("any", "num", "str"))
    return f"({w.expression(kind)} {w.chance.choice(COMPARISONS)} {w.expression(kind)})"


def _instance(w: ExpressionWriter) -> str:
    name = w.named("fn") if w.maybe(0.5) else None
    return f"({w.expression('any')} instanceof {name.text if name else w.chance.choice(CONSTRUCTORS)})"


def _delete(w: ExpressionWriter) -> str:
    holder = w.named("obj") or w.named("arr")
    if holder is None:
        return f"(delete ({w.object_literal()}).k)"
    return f"(delete {holder.text}{'?' if w.maybe(0.1) else ''}.{w.chance.choice(('k', 'l', 'm'))})"


def _concatenation(w: ExpressionWriter) -> str:
    return f"({w.expression('any')} + {w.expression('str')})"


def _typeof(w: ExpressionWriter) -> str:
    return f"(typeof {'undeclared' if w.maybe(0.1) else w.expression('any')})"


def _tagged(w: ExpressionWriter) -> str:
    if w.maybe(0.5):
        return f"String.raw{w.template()}"
    tag = "(function (s) { return s.raw.length + s.join() + [].slice.call(arguments, 1).length })"
    return f"{tag}{w.template()}"


def _member(w: ExpressionWriter) -> str:
    holder = w.expression(w.chance.choice(("obj", "obj", "arr", "str", "any")))
    dot = "?." if w.maybe(0.3) else "."
    named = f"({holder}){dot}{w.chance.choice(('k', 'l', 'm', 'length', 'name', 'size'))}"
    computed = f"({holder}){'?.' if w.maybe(0.3) else ''}[{w.key()}]"
    return w.pick(lambda: named, lambda: computed, lambda: f"({holder})?.k?.l?.[{w.key()}]", lambda: f"{named}?.k")


def _call(w: ExpressionWriter) -> str:
    holder = w.named("obj")
    direct = f"{w.callee()}{'?.' if w.maybe(0.15) else ''}({w.arguments()})"
    if holder is None or w.maybe(0.7):
        return direct
    return f"{holder.text}{'?' if w.maybe(0.5) else ''}.{w.chance.choice(('k', 'l', 'm'))}?.({w.arguments()})"


def _new(w: ExpressionWriter) -> str:
    return f"(new {w.callee()}({w.arguments()}))"


def _receiver(w: ExpressionWriter) -> str:
    if not w.functions:
        return "(typeof this)"
    return w.pick(lambda: "this", lambda: "(typeof this)", lambda: "this?.k", lambda: "(new.target === undefined)")


def _arguments(w: ExpressionWriter) -> str:
    return f"arguments{w.chance.choice(('', '', '[0]', '.length'))}" if w.functions else w.object_literal()


def _destructuring(w: ExpressionWriter) -> str:
    left, right = w.target(), w.target()
    if w.maybe(0.5):
        return f"([{left}, {right} = {w.expression('num')}] = {w.expression('arr')})"
    return f"({{k: {left}, [{w.key()}]: {right} = {w.expression('num')}}} = {w.expression('obj')})"


def _bound(w: ExpressionWriter) -> str:
    return f"{w.callee()}.bind({w.arguments()})"


def _void(w: ExpressionWriter) -> str:
    return f"(void {w.expression('any')})"


_FORMS: Final[dict[str, tuple[Callable[[ExpressionWriter], str], ...]]] = {
    "num": (_chain, _chain, _prefix, _update, _size),
    "str": (_concatenation, ExpressionWriter.template, _typeof, _tagged),
    "bool": (
        _comparison, _comparison, _instance, _delete, lambda w: f"(!{w.expression('any')})",
        lambda w: f"({w.key()} in {w.expression('obj')})",
    ),
    "arr": (ExpressionWriter.array_literal,),
    "obj": (ExpressionWriter.object_literal, ExpressionWriter.object_literal, _new, _arguments),
    "fn": (lambda w: w.function(), _bound, ExpressionWriter.callee),
    "nil": (_void,),
    "any": (_member, _member, _call, _call, _receiver, _destructuring, _new, _tagged),
}  # fmt: skip


def _of(*choices: str) -> Callable[[ExpressionWriter], str]:
    return lambda w: w.chance.choice(choices)


_BUILT_IN: Final = _of("String", "Number", "Boolean", "Array.isArray", "parseInt", "isNaN", "Math.max", "Object")
"""Never in a variable: what an assignment would do to one, and what its text is, differs."""

_SPECIAL: Final[dict[str, Callable[[ExpressionWriter], str]]] = {
    "small": _of("0", "1", "2", "3", "5", "-1", "'2'", "2.9", "NaN", "undefined"),
    "digit": _of("0", "1", "2", "5", "17", "20", "-1", "101", "'3'", "2.9", "undefined"),
    "index": _of("0", "1", "1", "-1", "2", "'0'"),
    "key": lambda w: w.written_key() if w.maybe(0.8) else w.expression("str"),
    "own": lambda w: w.object_literal(),
    "test": lambda w: _BUILT_IN(w) if w.maybe(0.1) else w.function(arrow=True, parameters=("any", "num")),
    "each": lambda w: _BUILT_IN(w) if w.maybe(0.1) else w.function(parameters=("any", "num")),
    "fold": lambda w: w.function(parameters=("any", "any", "num")),
    "pair": lambda w: w.function(parameters=("any", "any")),
    "swap": lambda w: w.function(arrow=True, parameters=("str", "any")),
    "order": _of("(a, b) => String(a) < String(b) ? 1 : String(a) > String(b) ? -1 : 0", "undefined", "() => 0"),
}
_PROTOTYPES: Final = {
    "str": "String", "arr": "Array", "num": "Number", "bool": "Boolean", "date": "Date", "re": "RegExp", "map": "Map",
    "set": "Set", "obj": "Object",
}  # fmt: skip
