"""A tree as one line of text, for tables of expected trees: `(Kind field field ...)`, without places."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from dsl import nodes

_HIDDEN = {"line", "column", "start", "end", "parenthesized", "strict", "directive"}


def shape(node: Any) -> str:
    """Return *node* in short: names and literals as they are, operators in prefix form."""
    match node:
        case nodes.Program() | nodes.BlockStatement():
            return "{" + " ".join(shape(statement) for statement in node.body) + "}"
        case nodes.ExpressionStatement():
            return shape(node.expression)
        case nodes.Identifier():
            return node.name
        case nodes.NumberLiteral() | nodes.StringLiteral() | nodes.BooleanLiteral():
            return repr(node.value)
        case nodes.BinaryExpression() | nodes.LogicalExpression():
            return f"({node.operator} {shape(node.left)} {shape(node.right)})"
        case nodes.Node():
            shown = [field.name for field in fields(node) if field.name not in _HIDDEN]
            parts = [_kind(node), *(shape(getattr(node, name)) for name in shown)]
            return f"({' '.join(part for part in parts if part)})"
        case list():
            return "[" + " ".join(shape(part) for part in node) + "]"
        case True:
            return "+"
        case False:
            return ""
        case None:
            return "-"
    return str(node)


def _kind(node: nodes.Node) -> str:
    return type(node).__name__.removesuffix("Expression").removesuffix("Statement").removesuffix("Literal")
