"""Statements without loops: expressions, declarations, blocks, if, return, throw, try, labels."""

from __future__ import annotations

import ast
from typing import Final

from .. import nodes
from ..hoisting import unlabelled
from .assignments import bump, pattern_steps, value_for
from .build import At, assign_name, at, attribute, const, do, forever, helper, if_, name, negated, with_run
from .expressions import described, named
from .operations import test
from .writer import CONSTANTS, Writer, writes

FLAT_FROM: Final = 8
"""An `else if` chain with more links is written flat, so that its length does not become depth."""


def statements(writer: Writer, body: list[nodes.Statement]) -> None:
    """Emit all of *body*."""
    for statement in body:
        writer.statement(statement)


def complete(writer: Writer, node: nodes.Node) -> None:
    """At the script's top level, a construct whose value is undefined unless a statement in it says otherwise."""
    if writer.completion:
        place = at(node)
        writer.emit(assign_name("cv", const(None, place), place))


@writes(nodes.EmptyStatement, nodes.DebuggerStatement)
def _nothing(writer: Writer, node: nodes.Node) -> None:
    pass


@writes(nodes.ExpressionStatement)
def _expression_statement(writer: Writer, node: nodes.ExpressionStatement) -> None:
    if writer.completion:
        if isinstance(node.expression, nodes.AssignmentExpression):
            complete(writer, node)  # so that it does not hold the old value: see arithmetic.append
        writer.emit(assign_name("cv", writer.expression(node.expression), at(node)))
    else:
        effect(writer, node.expression)


def effect(writer: Writer, node: nodes.Expression) -> None:
    """Emit an expression whose value nobody asks for."""
    match node:
        case nodes.UpdateExpression() if bump(writer, node):
            return
        case nodes.AssignmentExpression(target=nodes.Identifier() as target) if not _is_logical(node):
            writer.assign(target, value_for(writer, node))
        case nodes.AssignmentExpression(operator="=", target=nodes.ArrayPattern() | nodes.ObjectPattern()):
            take_apart(writer, node.target, writer.expression(node.value), what=described(node.value))
        case nodes.SequenceExpression():
            for expression in node.expressions:
                effect(writer, expression)
        case _:
            writer.emit(do(writer.expression(node), at(node)))


def _is_logical(node: nodes.AssignmentExpression) -> bool:
    return node.operator in ("&&=", "||=", "??=")


def take_apart(
    writer: Writer, pattern: nodes.Pattern, value: ast.expr, *, declare: bool = False, what: str = "value"
) -> None:
    """Emit the steps that assign *value* to *pattern*."""
    if isinstance(pattern, nodes.Identifier):
        writer.assign(pattern, value, declare)
        return
    place = at(pattern)
    writer.emit(*(do(step, place) for step in pattern_steps(writer, pattern, value, declare=declare, what=what)))


@writes(nodes.VariableDeclaration)
def _declaration(writer: Writer, node: nodes.VariableDeclaration) -> None:
    declare = node.kind != "var"
    for declarator in node.declarations:
        target = declarator.id
        if declarator.init is not None:
            named_ = isinstance(target, nodes.Identifier)
            value = named(writer, declarator.init, target.name) if named_ else writer.expression(declarator.init)  # type: ignore[union-attr]
            take_apart(writer, target, value, declare=declare, what=described(declarator.init))
        elif declare:
            take_apart(writer, target, const(None, at(declarator)), declare=True)


@writes(nodes.Function)
def _function(writer: Writer, node: nodes.Function) -> ast.expr | None:
    """As an expression: a new closure.  As a statement: it was made when its block began (see `enter_block`)."""
    place = at(node)
    if node.kind == "declaration":
        if node in writer.unit.analysis.annex:
            _set_variable_too(writer, node, place)
        return None
    return closure(writer, node)


def closure(writer: Writer, node: nodes.Function) -> ast.expr:
    """A closure of *node* over the scopes of this place."""
    place = at(node)
    code = name(f"c{writer.unit.analysis.by_node[node].id}", place)
    return with_run("closure", [code, writer.current_list(place)], place)


def _set_variable_too(writer: Writer, node: nodes.Function, place: At) -> None:
    """A function in a block of sloppy code also becomes a variable of the function around it (Annex B.3.3)."""
    identifier = node.name or ""
    if writer.info.node is None and identifier in CONSTANTS:
        return
    value = writer.read_binding(writer.scope.bindings[identifier], place)
    variable = writer.info.body.bindings.get(identifier)
    if writer.info.node is None:
        names = writer.globals(place, identifier)
        target: ast.expr = ast.Subscript(names, const(identifier, place), ast.Store(), **place)
    else:
        assert variable is not None
        target = writer.target(variable, place)
    writer.emit(ast.Assign([target], value, **place))


def enter_block(writer: Writer, node: nodes.Node) -> None:
    """In the scope of a block: make its list and its functions."""
    place = at(node)
    writer.enter_scope(writer.scope, place)
    for function in writer.scope.hoisted:
        target = writer.target(writer.scope.bindings[function.name or ""], place)
        writer.emit(ast.Assign([target], closure(writer, function), **place))


@writes(nodes.BlockStatement)
def _block(writer: Writer, node: nodes.BlockStatement) -> None:
    with writer.inside(node):
        enter_block(writer, node)
        statements(writer, node.body)


@writes(nodes.IfStatement)
def _if(writer: Writer, node: nodes.IfStatement) -> None:
    complete(writer, node)
    links = [node]
    while isinstance(links[-1].alternate, nodes.IfStatement):
        links.append(links[-1].alternate)
    if len(links) > FLAT_FROM:
        _flat_if(writer, links)
        return
    otherwise: list[ast.stmt] = []
    tests = [test(writer, link.test) for link in links]
    branches = [branch(writer, link.consequent) for link in links]
    if links[-1].alternate is not None:
        otherwise = branch(writer, links[-1].alternate)
    for link, condition, then in reversed(list(zip(links, tests, branches, strict=True))):
        otherwise = [if_(condition, then, otherwise, at(link))]
    writer.emit(*otherwise)


def _flat_if(writer: Writer, links: list[nodes.IfStatement]) -> None:
    """if a: done = True ...; if not done and b: ... and so on."""
    place = at(links[0])
    open_ = writer.temp()
    writer.emit(assign_name(open_, const(True, place), place))
    for link in links:
        place = at(link)
        condition = ast.BoolOp(ast.And(), [name(open_, place), test(writer, link.test)], **place)
        then = [assign_name(open_, const(False, place), place), *branch(writer, link.consequent)]
        writer.emit(if_(condition, then, [], place))
    if links[-1].alternate is not None:
        writer.emit(if_(name(open_, place), branch(writer, links[-1].alternate), [], place))


def branch(writer: Writer, node: nodes.Statement) -> list[ast.stmt]:
    """The statements of *node* on their own."""
    with writer.part() as body:
        writer.statement(node)
    return body


@writes(nodes.ReturnStatement)
def _return(writer: Writer, node: nodes.ReturnStatement) -> None:
    place = at(node)
    value = const(None, place) if node.argument is None else writer.expression(node.argument)
    writer.emit(ast.Return(value, **place))


@writes(nodes.ThrowStatement)
def _throw(writer: Writer, node: nodes.ThrowStatement) -> None:
    place = at(node)
    writer.emit(ast.Raise(helper("Throw", [writer.expression(node.argument)], place), None, **place))


@writes(nodes.BreakStatement, nodes.ContinueStatement)
def _jump(writer: Writer, node: nodes.BreakStatement | nodes.ContinueStatement) -> None:
    writer.emit(*writer.jumps.jump(node))


@writes(nodes.LabeledStatement)
def _labelled(writer: Writer, node: nodes.LabeledStatement) -> None:
    body = unlabelled(node)
    if isinstance(body, nodes.Function):
        writer.statement(body)
        return
    writer.jumps.labels.append(node.label)
    if isinstance(node.body, nodes.LabeledStatement) or _takes_labels(node.body):
        writer.statement(node.body)
        return
    target = writer.jumps.begin()
    with writer.nested(node), writer.part() as inner:
        writer.statement(node.body)
        inner.append(ast.Break(**at(node)))
    writer.emit(*writer.jumps.end(target, forever(inner, at(node)), node))


def _takes_labels(node: nodes.Statement) -> bool:
    return isinstance(
        node,
        nodes.ForStatement
        | nodes.ForInStatement
        | nodes.ForOfStatement
        | nodes.WhileStatement
        | nodes.DoWhileStatement
        | nodes.SwitchStatement,
    )


# --- try --------------------------------------------------------------------------------------------------------------


@writes(nodes.TryStatement)
def _try(writer: Writer, node: nodes.TryStatement) -> None:
    complete(writer, node)
    if node.finalizer is None:
        writer.emit(*_try_catch(writer, node))
        return
    place = at(node)
    with writer.nested(node, 2):
        guarded = _try_catch(writer, node) if node.handler is not None else branch(writer, node.block)
    mark: list[ast.stmt] = [do(with_run("doomed", [name("e", place)], place), place), ast.Raise(None, None, **place)]
    doomed = ast.ExceptHandler(name("BaseException", place), "e", mark, **place)
    marked = ast.Try(guarded or [ast.Pass(**place)], [doomed], [], [], **place)
    writer.emit(ast.Try([marked], [], [], [_finally(writer, node.finalizer)], **place))


def _try_catch(writer: Writer, node: nodes.TryStatement) -> list[ast.stmt]:
    """The handler comes behind Python's own, not within: that nests less, and no exception is under way in it."""
    place = at(node)
    handler = node.handler
    assert handler is not None
    with writer.nested(node):
        body = branch(writer, node.block)
    thrown = writer.temp()
    with writer.part() as caught:
        complete(writer, handler)
        with writer.inside(node) as scope:
            if scope is not None and node.param is not None:
                writer.enter_scope(scope, at(node.param))
                take_apart(writer, node.param, name(thrown, at(node.param)), declare=True)
            writer.statement(handler)
    keep = assign_name(thrown, attribute("e", "value", place), place)
    except_ = ast.ExceptHandler(name("Throw", place), "e", [keep], **place)
    was_thrown = ast.Compare(name(thrown, place), [ast.IsNot()], [name("HOLE", place)], **place)
    return [
        assign_name(thrown, name("HOLE", place), place),
        ast.Try(body or [ast.Pass(**place)], [except_], [], [], **place),
        if_(was_thrown, caught or [ast.Pass(**place)], [], place),
    ]


def _finally(writer: Writer, finalizer: nodes.BlockStatement) -> ast.stmt:
    """The finally block, skipped when the run was stopped; its own value does not count unless it jumps away."""
    place = at(finalizer)
    writer.jumps.finalizers += 1
    with writer.nested(finalizer, 2), writer.part() as body:
        kept = writer.temp()
        if writer.completion:
            writer.emit(assign_name(kept, name("cv", place), place), assign_name("cv", const(None, place), place))
        writer.statement(finalizer)
        if writer.completion:
            writer.emit(assign_name("cv", name(kept, place), place))
    writer.jumps.finalizers -= 1
    return if_(negated(attribute("run", "aborted", place), place), body, [], place)
