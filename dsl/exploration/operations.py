"""What generated code calls when some values are not known: each operator asks first, and is the real one if it can."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from ..base import NULL, Obj, Value, throw_type_error
from ..codegen.runtime import NAMESPACE
from ..operators import to_property_key
from ..properties import nothing
from ..run import Branch
from . import calls, judging, lists, loops, reading
from .terms import MAYBE_NAN, NUMBER_SHAPE, STRING, Shape, item_of, known, of
from .unknown import Unknown

if TYPE_CHECKING:
    from ..run import Run
    from .paths import Path

ARITHMETIC: Final = {
    "subtract": MAYBE_NAN, "multiply": MAYBE_NAN, "divide": MAYBE_NAN, "remainder": MAYBE_NAN, "power": MAYBE_NAN,
    "negate": MAYBE_NAN, "increment": MAYBE_NAN, "decrement": MAYBE_NAN, "shift_left": NUMBER_SHAPE,
    "shift_right": NUMBER_SHAPE, "shift_right_unsigned": NUMBER_SHAPE, "bit_and": NUMBER_SHAPE, "bit_or": NUMBER_SHAPE,
    "bit_xor": NUMBER_SHAPE, "bit_not": NUMBER_SHAPE,
}  # fmt: skip


@cache
def explored_namespace() -> dict[str, Any]:
    """All that generated code can see when it is explored."""
    made = dict(NAMESPACE)
    made.update({name: _asking(name, NAMESPACE[name], work) for name, work in _WORKS.items()})
    made.update({name: _asking(name, NAMESPACE[name], _arithmetic(name, shape)) for name, shape in ARITHMETIC.items()})
    made.update({name: _asking(name, NAMESPACE[name], _order(name)) for name in judging.ORDERS})
    made.update(
        array=_array,
        told=_told,
        typeof_global=_typeof_global,
        call=calls.call,
        construct=calls.construct,
        template=_template,
        is_=_is,
    )
    return made


class IsCalled(ast.NodeTransformer):
    """Turns Python's `is` into a call, for it is the one question that a value cannot answer itself."""

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.Is):
            return node
        called = ast.Call(ast.Name("is_", ast.Load()), [node.left, *node.comparators], [])
        return ast.fix_missing_locations(ast.copy_location(called, node))


Work = Callable[["Path", "Run", list[Any]], Any]


def _asking(name: str, real: Callable[..., Any], work: Work) -> Callable[..., Any]:
    """The operator: *work* where a value is not known even after what the way has shown, else the real one."""
    plain = name in ("typeof", "truthy", "coercible")

    def asked(*args: Any) -> Any:
        mind = next((arg.mind for arg in args if type(arg) is Unknown), None)
        if mind is None:
            return real(*args)
        run, given = (args[0], args[1:]) if not plain or name == "coercible" else (None, args)
        settled = [mind.settle(arg) for arg in given]
        if not any(type(arg) is Unknown for arg in settled):
            return real(*((run, *settled) if run is not None else settled))
        return work(mind, run, settled)  # type: ignore[arg-type]

    return asked


def _told(run: Run, taken: object, file: str, line: int, column: int) -> object:
    """A condition that was decided, not one that was known, is noted."""
    truth = bool(taken)
    path = calls.mind_of(run)
    if path is None or path.has_forked():
        run.branches.append(Branch(file, line, column, truth))
    return truth


def _typeof_global(names: dict[str, Value], name: str) -> str:
    value = names.get(name)
    if type(value) is Unknown:
        value = value.mind.settle(value)
    if type(value) is Unknown:
        return judging.typeof(value.mind, value)
    return NAMESPACE["typeof_global"](names, name)  # type: ignore[no-any-return]


def _is(left: Any, right: Any) -> bool:
    """left is right, for what may be unknown: TDZ and HOLE never are."""
    if type(right) is Unknown and type(left) is not Unknown:
        left, right = right, left
    if type(left) is Unknown and (right is None or right is NULL or isinstance(right, bool)):
        return left.mind.identical(left, right)
    return left is right


# --- operators --------------------------------------------------------------------------------------------------------


def primitive(path: Path, run: Run, *values: Value) -> None:
    """Each becomes a primitive, or a TypeError is thrown."""
    for value in values:
        if type(value) is Unknown and not judging.coerces(path, value):
            throw_type_error(run, "Cannot convert object to primitive value")


def _opaque(path: Path, name: str, args: list[Value], shape: Shape) -> Value:
    terms = [known(arg) for arg in args]
    if None in terms:
        path.give_up(f"{name} of an object and of what is not known")
    return path.unknown(("op", name, *terms), shape)


def _arithmetic(name: str, shape: Shape) -> Work:
    def work(path: Path, run: Run, args: list[Value]) -> Value:
        primitive(path, run, *args)
        if name in ("increment", "decrement"):
            return _opaque(path, "add" if name == "increment" else "subtract", [args[0], 1], shape)
        return _opaque(path, name, args, shape)

    return work


def _order(name: str) -> Work:
    def work(path: Path, run: Run, args: list[Value]) -> bool:
        primitive(path, run, *args)
        left, right = args
        if name == "less" and type(left) is int and loops.is_length(right) and loops.is_over(path, run, right, left):  # type: ignore[arg-type]
            return False
        return judging.compare(path, name, left, right)

    return work


def _add(path: Path, run: Run, args: list[Value]) -> Value:
    primitive(path, run, *args)
    texts = [_text_kinds(path, arg) for arg in args]
    if {"string"} in texts or frozenset({"string"}) in texts:
        return _opaque(path, "add", args, STRING)
    numbers = all(not one & {"string", "array", "object"} for one in texts)
    return _opaque(path, "add", args, MAYBE_NAN if numbers else of("number", "nan", "string"))


def _text_kinds(path: Path, value: Value) -> frozenset[str]:
    if type(value) is Unknown:
        return judging.kinds(path, value)
    return frozenset({"string" if isinstance(value, str | Obj) else "number"})


def _to_number(path: Path, run: Run, args: list[Value]) -> Value:
    if type(args[0]) is Unknown and judging.kinds(path, args[0]) <= {"number", "nan"}:
        return args[0]
    primitive(path, run, *args)
    return _opaque(path, "to_number", args, MAYBE_NAN)


def to_string(path: Path, run: Run, args: list[Value]) -> Value:
    """The text of an unknown value."""
    if type(args[0]) is Unknown and judging.kinds(path, args[0]) == {"string"}:
        return args[0]
    primitive(path, run, *args)
    return _opaque(path, "to_string", args, STRING)


def _key(path: Path, run: Run, args: list[Value]) -> Value:
    return to_string(path, run, args)


def _template(run: Run, *parts: Value) -> Value:
    mind = next((part.mind for part in parts if type(part) is Unknown), None)
    if mind is None:
        return NAMESPACE["template"](run, *parts)  # type: ignore[no-any-return]
    return mind.unknown(("op", "template", *(known(part) for part in parts)), STRING)


def _identical(path: Path, run: Run, args: list[Value]) -> bool:
    left, right = args
    if type(left) is not Unknown:
        left, right = right, left
    assert type(left) is Unknown
    return judging.identical(path, left, right)


def _loose_equals(path: Path, run: Run, args: list[Value]) -> bool:
    left, right = args
    if type(left) is not Unknown:
        left, right = right, left
    assert type(left) is Unknown
    return judging.loosely_equal(path, left, right)


# --- properties -------------------------------------------------------------------------------------------------------


def _get(path: Path, run: Run, args: list[Value]) -> Value:
    base, key = args
    if type(base) is Unknown:
        return reading.get(path, run, base, key)
    return reading.get_by_unknown(path, run, base, key)


def _put(path: Path, run: Run, args: list[Value]) -> Value:
    base, key, new, _ = args
    if type(base) is Unknown:
        if judging.is_nothing(path, base):
            throw_type_error(run, "Cannot set properties of nothing")
        path.give_up("an entry of what is not known is written")
    if type(key) is Unknown:
        path.give_up("an entry is written whose name is not known")
    return NAMESPACE["put"](run, base, to_property_key(run, key), new, args[3])  # type: ignore[no-any-return]


def _coercible(path: Path, run: Run, args: list[Value]) -> Value:
    value = args[0]
    if type(value) is Unknown and judging.is_nothing(path, value):
        throw_type_error(run, f"Cannot destructure {nothing(None)}")
    return value


def _reference_key(path: Path, run: Run, args: list[Value]) -> Value:
    path.give_up("an entry is changed whose object or name is not known")


def _has_key(path: Path, run: Run, args: list[Value]) -> bool:
    key, value = args
    if type(value) is Unknown and not judging.is_kind(path, value, frozenset({"array", "object", "function"})):
        throw_type_error(run, "Cannot use 'in' operator to search in a primitive value")
    terms = known(key), known(value)
    return path.choose((True, False)) if None in terms else path.ask(("op", "has_key", *terms), (True, False))


def _instance_of(path: Path, run: Run, args: list[Value]) -> bool:
    value, kind = args
    if type(kind) is Unknown:
        path.give_up("instanceof of what is not known")
    assert type(value) is Unknown
    may = judging.kinds(path, value)
    return bool(may & {"array", "object", "function"}) and path.choose((False, True))


def _each(path: Path, run: Run, args: list[Value]) -> Iterator[Value]:
    value = args[0]
    assert type(value) is Unknown
    return reading.iterate(path, run, value, widened=True)


def _iterate(path: Path, run: Run, args: list[Value]) -> Iterator[Value]:
    value = args[0]
    assert type(value) is Unknown
    return reading.iterate(path, run, value, widened=False)


def _spread(path: Path, run: Run, args: list[Value]) -> list[Value]:
    """The elements; of a list one that stands for any number of them (`array` and `call` know it)."""
    value = args[0]
    assert type(value) is Unknown
    if judging.is_kind(path, value, frozenset({"array"})):
        return [lists.any_number(path, item_of(value.shape))]
    return list(_iterate(path, run, args))


def _array(run: Run, items: list[Value]) -> Value:
    """An array literal; with an unknown number of elements it is an unknown list."""
    path = calls.mind_of(run)
    if path is None or not any(type(item) is Unknown and item.term in path.rests for item in items):
        return NAMESPACE["array"](run, items)  # type: ignore[no-any-return]
    return lists.gathered(path, items)


def _for_in(path: Path, run: Run, args: list[Value]) -> Iterator[Value]:
    value = args[0]
    assert type(value) is Unknown
    if judging.is_kind(path, value, frozenset({"undefined", "null", "boolean", "number", "nan"})):
        return iter(())
    return reading.keys(path, run, value)


def _give_up(what: str) -> Work:
    def work(path: Path, run: Run, args: list[Value]) -> Any:
        path.give_up(what)

    return work


_WORKS: Final[dict[str, Work]] = {
    "add": _add, "append": _add, "to_number": _to_number, "to_string": to_string, "to_property_key": _key,
    "identical": _identical, "loose_equals": _loose_equals,
    "typeof": lambda path, run, args: judging.typeof(path, args[0]),
    "truthy": lambda path, run, args: judging.truthy(path, args[0]),
    "get": _get, "get_named": _get, "put": _put, "put_named": _put, "coercible": _coercible,
    "reference_key": _reference_key, "has_key": _has_key, "instance_of": _instance_of, "iterate": _iterate,
    "each": _each,
    "spread": _spread, "for_in_keys": _for_in, "delete": _give_up("an entry of what is not known is deleted"),
    "copy_properties": _give_up("the entries of what is not known are copied"),
    "rest_properties": _give_up("the entries of what is not known are copied"),
    "set_prototype": _give_up("a prototype is not known"), "define": lambda path, run, args: _define(path, run, args),
    "define_function": _give_up("a name of an entry is not known"),
}  # fmt: skip


def _define(path: Path, run: Run, args: list[Value]) -> None:
    target, key, value = args
    if type(key) is Unknown:
        path.give_up("a name of an entry is not known")
    NAMESPACE["define"](run, target, key, value)
