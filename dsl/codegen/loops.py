"""Loops and switch.  Each turn of a loop pays fuel by the size of its body."""

from __future__ import annotations

import ast

from .. import nodes
from .build import all_of, any_of, assign_name, at, const, do, equal, forever, if_, is_, name, pay_memory, with_run
from .expressions import described
from .jumps import Target
from .operations import test
from .statements import branch, complete, effect, enter_block, statements, take_apart
from .writer import SCOPE_BYTES, SLOT_BYTES, Writer, writes

NODES_PER_STEP = 32
"""One step of fuel is about so many nodes of the tree."""


def fuel(nodes_: int, node: nodes.Node) -> list[ast.stmt]:
    """Pay for a pass through so many nodes, and stop if nothing is left."""
    place = at(node)
    left = ast.Attribute(name("run", place), "fuel", ast.Load(), **place)
    cost = const(1 + nodes_ // NODES_PER_STEP, place)
    store = ast.Attribute(name("run", place), "fuel", ast.Store(), **place)
    spent = ast.Assign([store, ast.Name("f", ast.Store(), **place)], ast.BinOp(left, ast.Sub(), cost, **place), **place)
    empty = ast.Compare(name("f", place), [ast.Lt()], [const(0, place)], **place)
    stop = ast.Call(ast.Attribute(name("run", place), "out_of_fuel", ast.Load(), **place), [], [], **place)
    return [spent, if_(empty, [do(stop, place)], [], place)]


def _turn(writer: Writer, node: nodes.Node, body: nodes.Statement) -> list[ast.stmt]:
    scope = writer.unit.analysis.scopes.get(node)
    renewed = scope.size if scope is not None and scope.materialised else 0
    return fuel(writer.unit.analysis.costs[node] + renewed, node) + branch(writer, body)


def _begin(writer: Writer, node: nodes.Node) -> Target:
    complete(writer, node)
    return writer.jumps.begin(loop=True)


@writes(nodes.WhileStatement)
def _while(writer: Writer, node: nodes.WhileStatement) -> None:
    target = _begin(writer, node)
    with writer.nested(node):
        condition = test(writer, node.test)
        loop = ast.While(condition, _turn(writer, node, node.body), [], **at(node))
    writer.emit(*writer.jumps.end(target, loop, node))


@writes(nodes.DoWhileStatement)
def _do_while(writer: Writer, node: nodes.DoWhileStatement) -> None:
    """first = True; while first or test: first = False; body."""
    place = at(node)
    target = _begin(writer, node)
    first = writer.temp()
    with writer.nested(node):
        body = [assign_name(first, const(False, place), place), *_turn(writer, node, node.body)]
        condition = any_of([name(first, place), test(writer, node.test)], place)
    loop = ast.While(condition, body, [], **place)
    writer.emit(assign_name(first, const(True, place), place), *writer.jumps.end(target, loop, node))


@writes(nodes.ForStatement)
def _for(writer: Writer, node: nodes.ForStatement) -> None:
    """With a continue in the body the update comes first in each turn but the first; else it ends the turn."""
    place = at(node)
    with writer.inside(node) as scope:
        complete(writer, node)
        labels, writer.jumps.labels = writer.jumps.labels, []
        if scope is not None:
            writer.enter_scope(scope, place)
        if isinstance(node.init, nodes.VariableDeclaration):
            writer.statement(node.init)
        elif node.init is not None:
            effect(writer, node.init)
        _renew(writer, node)
        writer.jumps.labels = labels
        target = writer.jumps.begin(loop=True)
        with writer.nested(node):
            condition = const(True, place) if node.test is None else test(writer, node.test)
            body = _turn(writer, node, node.body)
            update = _update(writer, node)
        if target.continued:
            _emit_for_with_continue(writer, node, target, condition, body, update)
        else:
            loop = ast.While(condition, body + update, [], **place)
            writer.emit(*writer.jumps.end(target, loop, node))


def _update(writer: Writer, node: nodes.ForStatement) -> list[ast.stmt]:
    """The next turn gets bindings of its own, then the update is done."""
    with writer.part() as body:
        _renew(writer, node)
        if node.update is not None:
            effect(writer, node.update)
    return body


def _renew(writer: Writer, node: nodes.ForStatement) -> None:
    """Give the next turn bindings of its own, for closures may hold them (CreatePerIterationEnvironment, 14.7.4.4).

    The first turn too: a closure made by the init keeps the bindings of before.
    """
    place = at(node)
    scope = writer.unit.analysis.scopes.get(node)
    if scope is not None and scope.materialised:
        whole = ast.Slice(None, None, None, **place)
        copied = ast.Subscript(name(f"s{scope.id}", place), whole, ast.Load(), **place)
        writer.emit(*pay_memory(SCOPE_BYTES + SLOT_BYTES * scope.size, place))
        writer.emit(assign_name(f"s{scope.id}", copied, place))


def _emit_for_with_continue(
    writer: Writer,
    node: nodes.ForStatement,
    target: Target,
    condition: ast.expr,
    body: list[ast.stmt],
    update: list[ast.stmt],
) -> None:
    place = at(node)
    again = writer.temp()
    turn = [
        if_(name(again, place), update, [assign_name(again, const(True, place), place)], place),
        if_(condition, [ast.Pass(**place)], [ast.Break(**place)], place),
        *body,
    ]
    writer.emit(assign_name(again, const(False, place), place))
    writer.emit(*writer.jumps.end(target, forever(turn, place), node))


@writes(nodes.ForInStatement, nodes.ForOfStatement)
def _for_each(writer: Writer, node: nodes.ForInStatement | nodes.ForOfStatement) -> None:
    place = at(node)
    with writer.inside(node) as scope:
        complete(writer, node)
        walked = _walked(writer, node)
        if scope is not None:
            writer.enter_scope(scope, place)
        target = writer.jumps.begin(loop=True)
        value = writer.temp()
        with writer.nested(node), writer.part() as body:
            writer.emit(*fuel(writer.unit.analysis.costs[node], node))
            if isinstance(node, nodes.ForOfStatement):
                hole = is_(name(value, place), name("HOLE", place), place)
                writer.emit(if_(hole, [assign_name(value, const(None, place), place)], [], place))
            if scope is not None:
                writer.enter_scope(scope, place)
            _bind(writer, node.left, name(value, place))
            writer.statement(node.body)
        loop = ast.For(ast.Name(value, ast.Store(), **place), walked, body, [], **place)
        writer.emit(*writer.jumps.end(target, loop, node))


def _walked(writer: Writer, node: nodes.ForInStatement | nodes.ForOfStatement) -> ast.expr:
    """What Python's for walks.  The names of the head are in scope, but not initialised, while it is evaluated."""
    place = at(node.right)
    left = node.left
    if isinstance(left, nodes.VariableDeclaration) and left.kind == "var" and left.declarations[0].init is not None:
        writer.statement(left)
    return with_run(*_walk(writer, node), place)


def _walk(writer: Writer, node: nodes.ForInStatement | nodes.ForOfStatement) -> tuple[str, list[ast.expr]]:
    value = writer.expression(node.right)
    if isinstance(node, nodes.ForInStatement):
        return "for_in_keys", [value]
    return "each", [value, const(described(node.right), at(node.right))]


def _bind(writer: Writer, left: nodes.VariableDeclaration | nodes.Pattern, value: ast.expr) -> None:
    if isinstance(left, nodes.VariableDeclaration):
        take_apart(writer, left.declarations[0].id, value, declare=left.kind != "var")
    else:
        take_apart(writer, left, value)


# --- switch -----------------------------------------------------------------------------------------------------------


@writes(nodes.SwitchStatement)
def _switch(writer: Writer, node: nodes.SwitchStatement) -> None:
    """Find the number of the case to begin at; then each case runs if its number is not smaller."""
    place = at(node)
    complete(writer, node)
    labels, writer.jumps.labels = writer.jumps.labels, []
    value, chosen = writer.temp(), writer.temp()
    writer.emit(assign_name(value, writer.expression(node.discriminant), place))
    writer.jumps.labels = labels
    with writer.inside(node):
        enter_block(writer, node)
        _choose(writer, node, value, chosen)
        target = writer.jumps.begin(switch=True)
        with writer.nested(node), writer.part() as body:
            for number, case in enumerate(node.cases):
                with writer.part() as consequent:
                    statements(writer, case.consequent)
                if consequent:
                    reached = ast.Compare(name(chosen, place), [ast.LtE()], [const(number, place)], **place)
                    writer.emit(if_(reached, consequent, [], at(case)))
            body.append(ast.Break(**place))
        writer.emit(*writer.jumps.end(target, forever(body, place), node))


def _choose(writer: Writer, node: nodes.SwitchStatement, value: str, chosen: str) -> None:
    """Cases are compared in order until one is equal; `default` counts only if none is."""
    place = at(node)
    fallback = next((number for number, case in enumerate(node.cases) if case.test is None), len(node.cases))
    writer.emit(assign_name(chosen, const(-1, place), place))
    for number, case in enumerate(node.cases):
        if case.test is not None:
            where = at(case)
            same = _same(writer, name(value, where), case.test)
            fresh = equal(name(chosen, where), const(-1, where), where)
            found = [assign_name(chosen, const(number, where), where)]
            writer.emit(if_(all_of([fresh, same], where), found, [], where))
    none = equal(name(chosen, place), const(-1, place), place)
    writer.emit(if_(none, [assign_name(chosen, const(fallback, place), place)], [], place))


def _same(writer: Writer, value: ast.expr, node: nodes.Expression) -> ast.expr:
    """Python's own comparison is enough for a literal, but for 0 and 1, which are equal to False and True there."""
    number = node.argument if isinstance(node, nodes.UnaryExpression) and node.operator == "-" else node
    plain = isinstance(number, nodes.NumberLiteral) and number.value not in (0, 1)
    if plain or isinstance(node, nodes.StringLiteral):
        return equal(value, writer.expression(node), at(node))
    return with_run("identical", [value, writer.expression(node)], at(node))
