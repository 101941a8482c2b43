"""Shorthands that make nodes of Python's `ast`.  Every node gets the place of the script's node it comes from.

Column numbers are stored as they are, 1-based, so that a traceback's positions are the script's.
"""

from __future__ import annotations

import ast
from typing import Any, TypeAlias

from .. import nodes

At: TypeAlias = dict[str, Any]


def at(node: nodes.Node) -> At:
    """The place of *node*, as the keyword arguments that ast nodes take."""
    line, column = node.line, node.column
    return {"lineno": line, "col_offset": column, "end_lineno": line, "end_col_offset": column}


def name(identifier: str, place: At) -> ast.expr:
    return ast.Name(identifier, ast.Load(), **place)


def const(value: object, place: At) -> ast.expr:
    return ast.Constant(value, **place)  # type: ignore[arg-type]


def helper(function: str, args: list[ast.expr], place: At) -> ast.expr:
    """function(*args) without the run."""
    return ast.Call(name(function, place), args, [], **place)


def with_run(function: str, args: list[ast.expr], place: At) -> ast.expr:
    """function(run, *args)."""
    return ast.Call(name(function, place), [name("run", place), *args], [], **place)


def walrus(identifier: str, value: ast.expr, place: At) -> ast.expr:
    return ast.NamedExpr(ast.Name(identifier, ast.Store(), **place), value, **place)


def item(container: ast.expr, key: object, place: At) -> ast.expr:
    """container[key] with a constant key, for reading."""
    return ast.Subscript(container, const(key, place), ast.Load(), **place)


def attribute(owner: str, field: str, place: At) -> ast.expr:
    return ast.Attribute(name(owner, place), field, ast.Load(), **place)


def is_(left: ast.expr, right: ast.expr, place: At) -> ast.expr:
    return ast.Compare(left, [ast.Is()], [right], **place)


def equal(left: ast.expr, right: ast.expr, place: At) -> ast.expr:
    return ast.Compare(left, [ast.Eq()], [right], **place)


def either(test: ast.expr, then: ast.expr, otherwise: ast.expr, place: At) -> ast.expr:
    return ast.IfExp(test, then, otherwise, **place)


def all_of(tests: list[ast.expr], place: At) -> ast.expr:
    return ast.BoolOp(ast.And(), tests, **place)


def any_of(tests: list[ast.expr], place: At) -> ast.expr:
    return ast.BoolOp(ast.Or(), tests, **place)


def negated(test: ast.expr, place: At) -> ast.expr:
    return ast.UnaryOp(ast.Not(), test, **place)


def list_(items: list[ast.expr], place: At) -> ast.expr:
    return ast.List(items, ast.Load(), **place)


def last(items: list[ast.expr], place: At) -> ast.expr:
    """All of *items* in order; the value is the last one's."""
    if len(items) == 1:
        return items[0]
    return ast.Subscript(ast.Tuple(items, ast.Load(), **place), const(-1, place), ast.Load(), **place)


def assign(target: ast.expr, value: ast.expr, place: At) -> ast.stmt:
    return ast.Assign([target], value, **place)


def assign_name(identifier: str, value: ast.expr, place: At) -> ast.stmt:
    return ast.Assign([ast.Name(identifier, ast.Store(), **place)], value, **place)


def do(value: ast.expr, place: At) -> ast.stmt:
    return ast.Expr(value, **place)


def if_(test: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt], place: At) -> ast.stmt:
    return ast.If(test, then or [ast.Pass(**place)], otherwise, **place)


def forever(body: list[ast.stmt], place: At) -> ast.stmt:
    return ast.While(const(True, place), body or [ast.Pass(**place)], [], **place)


def define(identifier: str, parameters: tuple[str, ...], body: list[ast.stmt], place: At) -> ast.stmt:
    """def identifier(parameters): body."""
    args = ast.arguments(
        posonlyargs=[], args=[ast.arg(parameter, None, **place) for parameter in parameters], vararg=None,
        kwonlyargs=[], kw_defaults=[], kwarg=None, defaults=[],
    )  # fmt: skip
    return ast.FunctionDef(identifier, args, body or [ast.Pass(**place)], [], **place)


def pay_memory(size: int, place: At) -> list[ast.stmt]:
    """Pay for so many bytes, and stop if there are not enough."""
    store = ast.Attribute(name("run", place), "memory", ast.Store(), **place)
    rest = ast.BinOp(attribute("run", "memory", place), ast.Sub(), const(size, place), **place)
    spent = ast.Assign([store, ast.Name("f", ast.Store(), **place)], rest, **place)
    empty = ast.Compare(name("f", place), [ast.Lt()], [const(0, place)], **place)
    stop = ast.Call(attribute("run", "charge_memory", place), [const(0, place)], [], **place)
    return [spent, if_(empty, [do(stop, place)], [], place)]
