"""Assignment, ++ and --, and patterns.  A pattern becomes a list of expressions that are evaluated in order."""

from __future__ import annotations

import ast

from .. import nodes
from .build import At, all_of, at, const, either, helper, is_, last, name, walrus, with_run
from .expressions import described, key_text, named
from .members import fixed_name
from .operations import ARITHMETIC, nullish
from .writer import Writer, writes

# --- assignment -------------------------------------------------------------------------------------------------------


@writes(nodes.AssignmentExpression)
def _assignment(writer: Writer, node: nodes.AssignmentExpression) -> ast.expr:
    place = at(node)
    if node.operator in ("&&=", "||=", "??="):
        return _logical_assignment(writer, node)
    match node.target:
        case nodes.Identifier() as target:
            return writer.set(target, value_for(writer, node))
        case nodes.MemberExpression() as target if node.operator == "=":
            return put(writer, target, writer.expression(node.value))
        case nodes.MemberExpression() as target:
            return _compound_member(writer, node, target)
    temp = writer.temp()
    steps = pattern_steps(writer, node.target, name(temp, place), what=described(node.value))
    return last([walrus(temp, writer.expression(node.value), place), *steps, name(temp, place)], place)


def value_for(writer: Writer, node: nodes.AssignmentExpression) -> ast.expr:
    """What `name = value` or `name op= value` assigns."""
    target = node.target
    assert isinstance(target, nodes.Identifier)
    place = at(node)
    if node.operator != "=":
        function = "append" if node.operator == "+=" else ARITHMETIC[node.operator[:-1]]
        return with_run(function, [writer.read(target), writer.expression(node.value)], place)
    value = node.value
    if isinstance(value, nodes.BinaryExpression) and value.operator == "+" and _same_name(value.left, target):
        return with_run("append", [writer.expression(value.left), writer.expression(value.right)], at(value))
    return writer.expression(value) if target.parenthesized else named(writer, value, target.name)


def _same_name(node: nodes.Expression, target: nodes.Identifier) -> bool:
    return isinstance(node, nodes.Identifier) and node.name == target.name


def put(writer: Writer, target: nodes.MemberExpression, value: ast.expr) -> ast.expr:
    """target = value, where the target is evaluated first."""
    place = at(target)
    strict = const(writer.strict, place)
    base = writer.expression(target.object)
    fixed = fixed_name(target)
    if fixed is not None:
        return with_run("put_named", [base, const(fixed, place), value, strict], place)
    return with_run("put", [base, writer.expression(target.property), value, strict], place)


class _Held:
    """A member whose object and key are evaluated once and then read and written."""

    def __init__(self, writer: Writer, target: nodes.MemberExpression) -> None:
        self.place = at(target)
        self.writer = writer
        self.base = writer.temp()
        self.fixed = fixed_name(target)
        self.key = "" if self.fixed is not None else writer.temp()
        self._object = writer.expression(target.object)
        self._key = None if self.fixed is not None else writer.expression(target.property)

    def get(self) -> ast.expr:
        """Evaluate object and key, then read."""
        base = walrus(self.base, self._object, self.place)
        if self._key is None:
            return with_run("get_named", [base, const(self.fixed, self.place)], self.place)
        key = with_run("reference_key", [name(self.base, self.place), self._key], self.place)
        return with_run("get", [base, walrus(self.key, key, self.place)], self.place)

    def put(self, value: ast.expr) -> ast.expr:
        """Write to the same place."""
        base, strict = name(self.base, self.place), const(self.writer.strict, self.place)
        if self._key is None:
            return with_run("put_named", [base, const(self.fixed, self.place), value, strict], self.place)
        return with_run("put", [base, name(self.key, self.place), value, strict], self.place)


def _compound_member(writer: Writer, node: nodes.AssignmentExpression, target: nodes.MemberExpression) -> ast.expr:
    place = at(node)
    held = _Held(writer, target)
    function = "append" if node.operator == "+=" else ARITHMETIC[node.operator[:-1]]
    temp = writer.temp()
    value = with_run(function, [held.get(), writer.expression(node.value)], place)
    return last([walrus(temp, value, place), held.put(name(temp, place))], place)


def _logical_assignment(writer: Writer, node: nodes.AssignmentExpression) -> ast.expr:
    """The value is evaluated and assigned only if the old one asks for it."""
    place = at(node)
    temp = writer.temp()
    target = node.target
    if isinstance(target, nodes.Identifier):
        old = writer.read(target)
        value = writer.expression(node.value) if target.parenthesized else named(writer, node.value, target.name)
        assigned = writer.set(target, value)
    else:
        assert isinstance(target, nodes.MemberExpression)
        held = _Held(writer, target)
        old, assigned = held.get(), held.put(writer.expression(node.value))
    if node.operator == "??=":
        return either(nullish(writer, old, place, temp), assigned, name(temp, place), place)
    holds = helper("truthy", [walrus(temp, old, place)], place)
    if node.operator == "&&=":
        return either(holds, assigned, name(temp, place), place)
    return either(holds, name(temp, place), assigned, place)


# --- ++ and -- --------------------------------------------------------------------------------------------------------


@writes(nodes.UpdateExpression)
def _update(writer: Writer, node: nodes.UpdateExpression) -> ast.expr:
    place = at(node)
    function = "increment" if node.operator == "++" else "decrement"
    target = node.argument
    temp = writer.temp()
    held = _Held(writer, target) if isinstance(target, nodes.MemberExpression) else None
    old = held.get() if held is not None else writer.read(target)  # type: ignore[arg-type]
    number = walrus(temp, with_run("to_number", [old], place), place)
    new = with_run(function, [name(temp, place)], place)
    if held is not None:
        written = held.put(new)
    else:
        assert isinstance(target, nodes.Identifier)
        written = writer.set(target, new)
    return last([number, written] if node.prefix else [number, written, name(temp, place)], place)


def bump(writer: Writer, node: nodes.UpdateExpression) -> bool:
    """Emit `name++` whose value nobody asks for, quickly where the name holds an int; false if it is not so simple."""
    target = node.argument
    if not isinstance(target, nodes.Identifier):
        return False
    reference = writer.unit.analysis.references[target]
    binding = reference.binding
    if binding is None or binding.captured or not reference.ready or binding.kind in ("const", "self"):
        return False
    place = at(node)
    up = node.operator == "++"
    value = name(binding.local, place)
    bound = ast.Compare(value, [ast.Lt() if up else ast.Gt()], [const(2**52 if up else -(2**52), place)], **place)
    whole = is_(helper("type", [value], place), name("int", place), place)
    quick = ast.BinOp(value, ast.Add() if up else ast.Sub(), const(1, place), **place)
    slow = with_run("increment" if up else "decrement", [with_run("to_number", [value], place)], place)
    writer.assign(target, either(all_of([whole, bound], place), quick, slow, place))
    return True


# --- patterns ---------------------------------------------------------------------------------------------------------


def pattern_steps(
    writer: Writer, pattern: nodes.Pattern, value: ast.expr, *, declare: bool = False, what: str = "value"
) -> list[ast.expr]:
    """The expressions that take *value* apart into *pattern*.  declare: names are initialised, not assigned."""
    match pattern:
        case nodes.Identifier():
            return [writer.set(pattern, value, declare)]
        case nodes.MemberExpression():
            return [put(writer, pattern, value)]
        case nodes.AssignmentPattern():
            return pattern_steps(writer, pattern.target, _or_default(writer, pattern, value), declare=declare)
        case nodes.RestElement():
            return pattern_steps(writer, pattern.argument, value, declare=declare)
        case nodes.ArrayPattern():
            return _array_steps(writer, pattern, value, declare=declare, what=what)
    return _object_steps(writer, pattern, value, declare=declare)


def _or_default(writer: Writer, pattern: nodes.AssignmentPattern, value: ast.expr) -> ast.expr:
    place = at(pattern)
    temp = writer.temp()
    target = pattern.target
    plain = isinstance(target, nodes.Identifier) and not target.parenthesized
    default = (
        named(writer, pattern.default, target.name)  # type: ignore[union-attr]
        if plain
        else writer.expression(pattern.default)
    )
    missing = is_(walrus(temp, value, place), const(None, place), place)
    return either(missing, default, name(temp, place), place)


def _array_steps(
    writer: Writer, pattern: nodes.ArrayPattern, value: ast.expr, *, declare: bool, what: str
) -> list[ast.expr]:
    place = at(pattern)
    walk = writer.temp()
    steps = [walrus(walk, with_run("iterate", [value, const(what, place)], place), place)]
    for element in pattern.elements:
        if element is None:
            steps.append(helper("step", [name(walk, place)], place))
        elif isinstance(element, nodes.RestElement):
            rest = with_run("rest_of", [name(walk, at(element))], at(element))
            steps += pattern_steps(writer, element.argument, rest, declare=declare)
        else:
            one = helper("step", [name(walk, at(element))], at(element))
            steps += pattern_steps(writer, element, one, declare=declare)
    return steps


def _object_steps(writer: Writer, pattern: nodes.ObjectPattern, value: ast.expr, *, declare: bool) -> list[ast.expr]:
    place = at(pattern)
    source = writer.temp()
    steps = [walrus(source, with_run("coercible", [value], place), place)]
    taken: list[ast.expr] = []
    for item in pattern.properties:
        where = at(item)
        key, before = _pattern_key(writer, item, where)
        steps += before
        taken.append(key)
        got = with_run("get_named", [name(source, where), key], where)
        steps += pattern_steps(writer, item.value, got, declare=declare)
    if pattern.rest is not None:
        excluded = ast.Tuple(taken, ast.Load(), **place)
        rest = with_run("rest_properties", [name(source, place), excluded], place)
        steps += pattern_steps(writer, pattern.rest, rest, declare=declare)
    return steps


def _pattern_key(writer: Writer, item: nodes.PatternProperty, place: At) -> tuple[ast.expr, list[ast.expr]]:
    """The key, and what is to be evaluated before it."""
    if not item.computed:
        return const(key_text(item.key), place), []
    temp = writer.temp()
    key = with_run("to_property_key", [writer.expression(item.key)], place)
    return name(temp, place), [walrus(temp, key, place)]
