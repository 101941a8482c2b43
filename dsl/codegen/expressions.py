"""Expressions: literals, operators, conditions, objects, arrays, templates; the rest is in members and assignments."""

from __future__ import annotations

import ast
from contextlib import nullcontext

from .. import nodes
from ..conversions import number_to_string
from .build import (
    at,
    const,
    last,
    list_,
    name,
    walrus,
    with_run,
)
from .writer import Writer, writes

# --- literals and names -----------------------------------------------------------------------------------------------


@writes(nodes.NumberLiteral, nodes.StringLiteral, nodes.BooleanLiteral)
def _literal(writer: Writer, node: nodes.NumberLiteral | nodes.StringLiteral | nodes.BooleanLiteral) -> ast.expr:
    return const(node.value, at(node))


@writes(nodes.NullLiteral)
def _null(writer: Writer, node: nodes.NullLiteral) -> ast.expr:
    return name("NULL", at(node))


@writes(nodes.RegExpLiteral)
def _regexp(writer: Writer, node: nodes.RegExpLiteral) -> ast.expr:
    place = at(node)
    return with_run("regexp", [const(node.pattern, place), const(node.flags, place)], place)


@writes(nodes.Identifier)
def _identifier(writer: Writer, node: nodes.Identifier) -> ast.expr:
    return writer.read(node)


@writes(nodes.ThisExpression, nodes.NewTarget)
def _receiver(writer: Writer, node: nodes.ThisExpression | nodes.NewTarget) -> ast.expr:
    binding = writer.unit.analysis.references[node].binding
    place = at(node)
    if binding is None:
        top = isinstance(node, nodes.ThisExpression)
        return ast.Attribute(name("run", place), "global_object", ast.Load(), **place) if top else const(None, place)
    return writer.read_binding(binding, place)


@writes(nodes.Super)
def _super(writer: Writer, node: nodes.Super) -> ast.expr:
    return super_with(writer, node, writer.expression(node.receiver))


def super_with(writer: Writer, node: nodes.Super, receiver: ast.expr) -> ast.expr:
    """`super` whose `this` is *receiver*."""
    place = at(node)
    binding = writer.unit.analysis.references[node].binding
    assert binding is not None
    return with_run("super_base", [writer.read_binding(binding, place), receiver], place)


@writes(nodes.TemplateLiteral)
def _template(writer: Writer, node: nodes.TemplateLiteral) -> ast.expr:
    place = at(node)
    if not node.expressions:
        return const(node.quasis[0].cooked, place)
    parts: list[ast.expr] = []
    for at_, quasi in enumerate(node.quasis):
        if quasi.cooked:
            parts.append(const(quasi.cooked, place))
        if at_ < len(node.expressions):
            expression = node.expressions[at_]
            parts.append(with_run("to_string", [writer.expression(expression)], at(expression)))
    return with_run("template", parts, place)


@writes(nodes.ArrayExpression)
def _array(writer: Writer, node: nodes.ArrayExpression) -> ast.expr:
    place = at(node)
    items = [name("HOLE", place) if element is None else spread(writer, element) for element in node.elements]
    return with_run("array", [list_(items, place)], place)


def spread(writer: Writer, node: nodes.Expression | nodes.SpreadElement) -> ast.expr:
    """An element or argument; a spread one as a starred expression."""
    if not isinstance(node, nodes.SpreadElement):
        return writer.expression(node)
    place = at(node)
    what = const(described(node.argument), place)
    return ast.Starred(with_run("spread", [writer.expression(node.argument), what], place), ast.Load(), **place)


# --- objects ----------------------------------------------------------------------------------------------------------


@writes(nodes.ObjectExpression)
def _object(writer: Writer, node: nodes.ObjectExpression) -> ast.expr:
    place = at(node)
    plain = [prop for prop in node.properties if isinstance(prop, nodes.Property) and _is_plain(prop)]
    scope = writer.unit.analysis.scopes.get(node)
    home = scope if scope is not None and scope.materialised else None
    if len(plain) == len(node.properties) and home is None:
        keys: list[ast.expr | None] = [const(key_text(prop.key), at(prop.key)) for prop in plain]
        values = [named(writer, prop.value, key_text(prop.key)) for prop in plain]
        return with_run("literal", [ast.Dict(keys, values, **place)], place)
    temp = writer.temp()
    steps = [walrus(temp, with_run("new_object", [], place), place)]
    if home is not None:
        known = with_run("home_scope", [writer.around(home, place), name(temp, place)], place)
        steps.append(walrus(f"s{home.id}", known, place))
    steps += [_property(writer, temp, prop, node) for prop in node.properties]
    return last([*steps, name(temp, place)], place)


def _is_plain(prop: nodes.Property) -> bool:
    return not prop.computed and (prop.shorthand or prop.method or key_text(prop.key) != "__proto__")


def _property(
    writer: Writer, temp: str, prop: nodes.Property | nodes.SpreadElement, literal: nodes.ObjectExpression
) -> ast.expr:
    place = at(prop)
    target = name(temp, place)
    if isinstance(prop, nodes.SpreadElement):
        return with_run("copy_properties", [target, writer.expression(prop.argument)], place)
    if not prop.computed and not _is_plain(prop):
        return with_run("set_prototype", [target, writer.expression(prop.value)], place)
    nameless = isinstance(prop.value, nodes.Function) and prop.value.name is None
    define = "define_function" if prop.computed and nameless else "define"
    if prop.computed:
        key = with_run("to_property_key", [writer.expression(prop.key)], place)
    else:
        key = const(key_text(prop.key), place)
    with writer.inside(literal) if prop.method else nullcontext():
        value = writer.expression(prop.value) if prop.computed else named(writer, prop.value, key_text(prop.key))
    return with_run(define, [target, key, value], place)


def key_text(key: nodes.Expression) -> str:
    """A literal key as the property key it means."""
    if isinstance(key, nodes.NumberLiteral):
        return number_to_string(key.value)
    assert isinstance(key, nodes.StringLiteral), "other keys are computed"
    return key.value


def named(writer: Writer, node: nodes.Expression, key: str) -> ast.expr:
    """*node*; an anonymous function takes the name *key* (NamedEvaluation, 8.4.5)."""
    if isinstance(node, nodes.Function) and node.name is None:
        info = writer.unit.analysis.by_node[node]
        info.name = writer.unit.codes[info.id].name = key
    return writer.expression(node)


# --- operators --------------------------------------------------------------------------------------------------------


# --- conditions -------------------------------------------------------------------------------------------------------


@writes(nodes.SequenceExpression)
def _sequence(writer: Writer, node: nodes.SequenceExpression) -> ast.expr:
    return last([writer.expression(expression) for expression in node.expressions], at(node))


# --- words for messages -----------------------------------------------------------------------------------------------


def described(node: nodes.Expression, room: int = 4) -> str:
    """*node* in words, as an error message names it."""
    match node:
        case nodes.Identifier():
            return node.name[:60]
        case nodes.ThisExpression():
            return "this"
        case nodes.Super():
            return "super"
        case nodes.MemberExpression() if room:
            inner = described(node.object, room - 1)
            if node.computed or not isinstance(node.property, nodes.StringLiteral):
                return f"{inner}[...]"
            return f"{inner}.{node.property.value[:60]}"
        case nodes.CallExpression() if room:
            return f"{described(node.callee, room - 1)}(...)"
        case nodes.ChainExpression():
            return described(node.expression, room)
    return "value"
