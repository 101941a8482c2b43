"""Reading the tree of a script for checks: its nodes, its calls, and what stands in them literally."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from dsl.nodes import (
    AssignmentExpression,
    CallExpression,
    Expression,
    Function,
    Identifier,
    MemberExpression,
    Node,
    NumberLiteral,
    ObjectExpression,
    Program,
    Property,
    StringLiteral,
    UnaryExpression,
    VariableDeclarator,
)


def walk(program: Program) -> Iterator[Node]:
    """Every node of the script; goes down without recursion, for chains may be long."""
    stack: list[object] = [program]
    while stack:
        found = stack.pop()
        if isinstance(found, list):
            stack.extend(found)
        elif isinstance(found, Node):
            yield found
            stack.extend(getattr(found, part.name) for part in fields(found))


def own_names(program: Program) -> set[str]:
    """Every name that the script gives to something itself: these are none of ours there."""
    return {name for node in walk(program) for name in _given(node)}


def _given(node: Node) -> Iterator[str]:
    match node:
        case Function(name=name, params=params):
            yield from [name] if name is not None else []
            yield from (one.name for one in params if isinstance(one, Identifier))
        case VariableDeclarator(id=Identifier(name=name)) | AssignmentExpression(target=Identifier(name=name)):
            yield name


def calls(program: Program) -> Iterator[CallExpression]:
    """Every call in the script."""
    return (node for node in walk(program) if isinstance(node, CallExpression))


def callee(call: CallExpression) -> str | None:
    """The name that is called, if it is one."""
    return call.callee.name if isinstance(call.callee, Identifier) else None


def named(entry: object) -> str | None:
    """The name of a property that stands there literally."""
    if isinstance(entry, Property) and isinstance(entry.key, StringLiteral) and not entry.computed:
        return entry.key.value
    return None


def member(node: MemberExpression) -> str | None:
    """The name of the member that is read or written, if it stands there."""
    return node.property.value if isinstance(node.property, StringLiteral) else None


def keys(given: ObjectExpression) -> set[str]:
    """The names of an object's properties."""
    return {name for entry in given.properties if (name := named(entry)) is not None}


def value_of(given: ObjectExpression, name: str) -> Expression | None:
    """The value of a property that stands there."""
    return next((e.value for e in given.properties if isinstance(e, Property) and named(e) == name), None)


def literal(value: Expression | None) -> str | None:
    """A text that stands there."""
    return value.value if isinstance(value, StringLiteral) else None


def literal_number(value: object) -> float | None:
    """A number that stands there."""
    match value:
        case NumberLiteral(value=number):
            return float(number)
        case UnaryExpression(operator="-", argument=NumberLiteral(value=number)):
            return -float(number)
    return None
