"""What generated code calls and nothing else needs: errors of names, literals, closures, small steps of statements.

NAMESPACE is all that generated code can see; there are no Python built-ins in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NoReturn

from .. import arithmetic, calls, comparison, conversions, iteration, properties, super_base
from ..arrays import ARRAY_PROTO, ITEM_BYTES, Arguments, Arr
from ..base import (
    HOLE,
    MISSING,
    NULL,
    OBJECT_BYTES,
    OBJECT_PROTO,
    PROPERTY_BYTES,
    STRING_BYTES,
    TDZ,
    Null,
    Obj,
    Throw,
    Value,
    throw_reference_error,
    throw_syntax_error,
    throw_type_error,
)
from ..callables import Function, FunctionCode
from ..exotics import RegExp, Wrapper
from ..run import Branch
from ..units import index_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..run import Run

CLOSURE_BYTES: Final = 250
HOME_BYTES: Final = 128


def undeclared(run: Run, name: str) -> Value:
    """A name that is no own property of the global object: what it inherits (9.1.1.2.1), else a ReferenceError."""
    if run.global_object.has(run, name):
        return run.global_object.get(run, name)
    throw_reference_error(run, f"{name} is not defined")


def too_early(run: Run, name: str) -> NoReturn:
    throw_reference_error(run, f"Cannot access '{name}' before initialization")


def set_constant_binding(run: Run, now: Value, name: str) -> NoReturn:
    """An assignment to a const; before its initialisation that is the error."""
    if now is TDZ:
        too_early(run, name)
    throw_type_error(run, f"Assignment to constant variable '{name}'")


def set_constant(run: Run, name: str, value: Value) -> NoReturn:
    throw_type_error(run, f"Cannot assign to read only property '{name}' of object")


def constant_redeclared(run: Run, name: str) -> NoReturn:
    throw_syntax_error(run, f"Identifier '{name}' has already been declared")


def constant_overridden(run: Run, name: str) -> NoReturn:
    throw_type_error(run, f"Cannot declare the function '{name}': it is a constant of the language")


def set_undeclared(run: Run, name: str, value: Value) -> Value:
    """Assignment to a global name that the script does not declare."""
    run.strays = True
    run.globals[name] = value
    return value


def set_known(run: Run, name: str, known: bool, value: Value) -> Value:
    """The same in strict code, where the name must have existed when the assignment began."""
    if not (known and name in run.globals) and not OBJECT_PROTO.has_own(name):
        throw_reference_error(run, f"{name} is not defined")
    return set_undeclared(run, name, value)


def store(container: Any, key: Any, value: Value) -> Value:
    """container[key] = value as an expression."""
    container[key] = value
    return value


def told(run: Run, taken: object, file: str, line: int, column: int) -> object:
    """A condition of a traced program: the run notes which way it went."""
    run.branches.append(Branch(file, line, column, bool(taken)))
    return taken


def typeof_global(names: dict[str, Value], name: str) -> str:
    value = names.get(name, MISSING)
    if value is MISSING:
        value = OBJECT_PROTO if name in OBJECT_PROTO.views else OBJECT_PROTO.get_own(name)
    return comparison.typeof(None if value is MISSING else value)


def closure(run: Run, code: FunctionCode, scope: list[Any]) -> Function:
    run.memory -= CLOSURE_BYTES
    if run.memory < 0:
        run.charge_memory(0)
    return Function(code, scope)


def literal(run: Run, props: dict[str, Value]) -> Obj:
    """An object literal."""
    run.memory -= OBJECT_BYTES + PROPERTY_BYTES * len(props)
    if run.memory < 0:
        run.charge_memory(0)
    return Obj(OBJECT_PROTO, props)


def home_scope(run: Run, around: list[Any] | None, home: Obj) -> list[Any]:
    """The scope of the methods of a literal that use `super`."""
    run.charge_memory(HOME_BYTES)
    return [around, home]


def array(run: Run, items: list[Value]) -> Arr:
    """An array literal; *items* becomes the array's."""
    run.charge_memory(OBJECT_BYTES + ITEM_BYTES * len(items))
    return Arr(items)


def define(run: Run, target: Obj, key: str, value: Value) -> None:
    target.define(run, key, value)


def define_function(run: Run, target: Obj, key: str, function: Function) -> None:
    """A computed key names the anonymous function it holds."""
    function.name = key
    target.define(run, key, function)


def set_prototype(run: Run, target: Obj, proto: Value) -> None:
    """`__proto__: value` in a literal (Annex B.3.1)."""
    if isinstance(proto, Obj):
        target.proto = proto
    elif proto is NULL:
        target.proto = None


def template(run: Run, *parts: str) -> str:
    """The parts of a template literal, put together."""
    length = sum(map(len, parts))
    run.charge_memory(STRING_BYTES + 2 * length)
    run.charge_fuel(length >> arithmetic.COPY_SHIFT)
    return "".join(parts)


def template_object(run: Run, site: int, cooked: tuple[Value, ...], raw: tuple[str, ...]) -> Arr:
    """The strings of a tagged template: one frozen array for each place in the text (13.2.8.4)."""
    found = run.templates.get(site)
    if found is None:
        run.charge_memory(2 * OBJECT_BYTES + 2 * ITEM_BYTES * len(raw))
        found, inner = Arr(list(cooked)), Arr(list(raw))
        found.props["raw"] = inner
        found.hide("raw")
        found.level = inner.level = 3
        run.templates[site] = found
    return found


def regexp(run: Run, pattern: str, flags: str) -> RegExp:
    """A regular expression literal."""
    from ..library.regexp_exec import literal

    return literal(run, pattern, flags)


def sloppy_this(run: Run, this: Value) -> Value:
    """`this` in a sloppy function: the global object for nothing, an object for a primitive (10.2.1.2)."""
    if isinstance(this, Obj):
        return this
    if this is None or isinstance(this, Null):
        return run.global_object
    return Wrapper(this)


def arguments(run: Run, args: list[Value], callee: Function | None) -> Arguments:
    """callee: None in strict code and with parameters that are not simple."""
    run.charge_memory(OBJECT_BYTES + ITEM_BYTES * len(args))
    return Arguments(list(args), callee=callee)


def mapped_arguments(
    run: Run, args: list[Value], callee: Function, scope: list[Any], scope_id: int, slots: tuple[int, ...]
) -> Arguments:
    """slots: for each parameter the slot that holds it, 0 if a later parameter has the same name."""
    run.charge_memory(OBJECT_BYTES + 2 * ITEM_BYTES * len(args))
    mapping = {at: slot for at, slot in enumerate(slots[: len(args)]) if slot}
    return Arguments(list(args), scope=scope, scope_id=scope_id, mapping=mapping, callee=callee)


def fit(args: list[Value], count: int) -> list[Value]:
    """Exactly *count* arguments."""
    given = len(args)
    return args[:count] if given > count else args + [None] * (count - given)


def rest(run: Run, args: list[Value], start: int) -> Arr:
    """A rest parameter."""
    return array(run, args[start:])


def rest_of(run: Run, iterator: Iterator[Value]) -> Arr:
    """The rest element of an array pattern."""
    items: list[Value] = []
    for value in iterator:
        run.charge_fuel(1)
        run.charge_memory(ITEM_BYTES)
        items.append(value)
    return Arr(items)


def step(iterator: Iterator[Value]) -> Value:
    """The next value of an array pattern, undefined when there is none."""
    return next(iterator, None)


def coercible(run: Run, value: Value) -> Value:
    """What an object pattern takes apart: anything but undefined and null."""
    if value is None or value is NULL:
        throw_type_error(run, f"Cannot destructure {properties.nothing(value)}")
    return value


def rest_properties(run: Run, source: Value, excluded: tuple[str, ...]) -> Obj:
    """The rest of an object pattern."""
    return properties.copy_properties(run, properties.new_object(run), source, frozenset(excluded))


def has_key(run: Run, key: Value, value: Value) -> bool:
    """key in value."""
    return properties.has_property(run, value, key)


def reference_key(run: Run, base: Value, key: Value) -> Value:
    """The key of `base[key] += ...`, converted once, after the base was found to be no undefined or null."""
    if type(key) is int or type(key) is str:
        return key
    properties.require_coercible(run, base, key)
    name = conversions.to_property_key(run, key)
    index = index_of(name)
    return index if index >= 0 else name


def each(run: Run, value: Value, what: str) -> Iterator[Value]:
    """Walk for for-of.  A plain array is walked bare: the generated loop turns its HOLE into undefined."""
    if type(value) is Arr and value.proto is ARRAY_PROTO:
        return iter(value.items)
    return iteration.iterate(run, value, what)


def doomed(run: Run, error: BaseException) -> None:
    """What is not a script's own throw ends the run: mark it, so that no finally block runs."""
    if not isinstance(error, Throw):
        run.aborted = True


NAMESPACE: Final[dict[str, Any]] = {
    "__builtins__": {},
    **{
        function.__name__: function
        for function in (
            told, undeclared, too_early, set_constant_binding, set_constant, constant_redeclared, constant_overridden,
            set_undeclared, set_known, store,
            typeof_global, closure, literal, home_scope, array, define, define_function, set_prototype, template,
            template_object, regexp, sloppy_this, arguments, mapped_arguments, fit, rest, rest_of, step, coercible,
            rest_properties, reference_key, has_key, each, doomed,
            arithmetic.add, arithmetic.append, arithmetic.subtract, arithmetic.multiply, arithmetic.divide,
            arithmetic.remainder, arithmetic.power, arithmetic.negate, arithmetic.increment, arithmetic.decrement,
            arithmetic.shift_left, arithmetic.shift_right, arithmetic.shift_right_unsigned, arithmetic.bit_and,
            arithmetic.bit_or, arithmetic.bit_xor, arithmetic.bit_not, comparison.typeof, comparison.identical,
            comparison.loose_equals, comparison.less, comparison.less_or_equal, comparison.greater,
            comparison.greater_or_equal,
            calls.call, calls.construct,
            conversions.truthy, conversions.to_number, conversions.to_string, conversions.to_property_key,
            iteration.iterate, iteration.spread,
            properties.get, properties.get_named, properties.put, properties.put_named, properties.delete,
            properties.instance_of, properties.for_in_keys, properties.copy_properties,
            properties.new_object, super_base.super_base,
        )
    },
    "TDZ": TDZ, "HOLE": HOLE, "NULL": NULL, "Throw": Throw, "BaseException": BaseException, "type": type, "int": int,
    "len": len,
}  # fmt: skip
