"""Operators and conditions.  A condition is written as a test, whose truth in Python is its truth in the language."""

from __future__ import annotations

import ast
from typing import Final

from .. import nodes
from .build import At, all_of, any_of, at, const, either, equal, helper, is_, last, name, negated, walrus, with_run
from .writer import CHAIN, Writer, writes

ARITHMETIC: Final = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "remainder", "**": "power", "<<": "shift_left",
    ">>": "shift_right", ">>>": "shift_right_unsigned", "&": "bit_and", "|": "bit_or", "^": "bit_xor",
}  # fmt: skip

COMPARISONS: Final = {
    "<": "less", "<=": "less_or_equal", ">": "greater", ">=": "greater_or_equal", "in": "has_key",
    "instanceof": "instance_of",
}  # fmt: skip


@writes(nodes.UnaryExpression)
def _unary(writer: Writer, node: nodes.UnaryExpression) -> ast.expr:
    place = at(node)
    argument = node.argument
    match node.operator:
        case "!":
            return negated(test(writer, argument), place)
        case "-" if isinstance(argument, nodes.NumberLiteral):
            return const(-argument.value or -0.0, place)
        case "-":
            return with_run("negate", [writer.expression(argument)], place)
        case "+":
            return with_run("to_number", [writer.expression(argument)], place)
        case "~":
            return with_run("bit_not", [writer.expression(argument)], place)
        case "void":
            return last([writer.expression(argument), const(None, place)], place)
        case "typeof":
            return _typeof(writer, argument, place)
    from .members import delete

    return delete(writer, node)


def _typeof(writer: Writer, argument: nodes.Expression, place: At) -> ast.expr:
    if isinstance(argument, nodes.Identifier) and writer.unit.analysis.references[argument].binding is None:
        return helper("typeof_global", [writer.globals(place, argument.name), const(argument.name, place)], place)
    return helper("typeof", [writer.expression(argument)], place)


@writes(nodes.BinaryExpression)
def _binary(writer: Writer, node: nodes.BinaryExpression) -> ast.expr:
    chain = [node]
    while isinstance(chain[-1].left, nodes.BinaryExpression):
        chain.append(chain[-1].left)
    value = writer.expression(chain[-1].left)
    steps: list[ast.expr] = []
    for count, link in enumerate(reversed(chain), 1):
        value = _operation(writer, link, value)
        if count % CHAIN == 0 and link is not node:
            temp = writer.temp()
            steps.append(walrus(temp, value, at(link)))
            value = name(temp, at(link))
    return last([*steps, value], at(node))


def _operation(writer: Writer, node: nodes.BinaryExpression, left: ast.expr) -> ast.expr:
    place = at(node)
    if node.operator in ("===", "!=="):
        same = _strictly_equal(writer, node, left)
        return same if node.operator == "===" else negated(same, place)
    if node.operator in ("==", "!="):
        same = _loosely_equal(writer, node, left)
        return same if node.operator == "==" else negated(same, place)
    function = ARITHMETIC.get(node.operator) or COMPARISONS[node.operator]
    return with_run(function, [left, writer.expression(node.right)], place)


def _strictly_equal(writer: Writer, node: nodes.BinaryExpression, left: ast.expr) -> ast.expr:
    """With a literal on the right or left, Python's own comparison gives the same answer."""
    place = at(node)
    right = writer.expression(node.right)
    for side in (node.left, node.right):
        if _nothing(writer, side) or isinstance(side, nodes.BooleanLiteral | nodes.NullLiteral):
            if not _is_literal(left, right):
                return is_(left, right, place)
            break
        if isinstance(side, nodes.StringLiteral) or _is_text(side):
            return equal(left, right, place)
        if isinstance(side, nodes.NumberLiteral) and side.value not in (0, 1):
            return equal(left, right, place)
    return with_run("identical", [left, right], place)


def _is_literal(*sides: ast.expr) -> bool:
    """Whether a side is a number or string in the text; Python warns about `is` with those."""
    return any(isinstance(side, ast.Constant) and not isinstance(side.value, bool | None) for side in sides)


def _loosely_equal(writer: Writer, node: nodes.BinaryExpression, left: ast.expr) -> ast.expr:
    place = at(node)
    if isinstance(node.right, nodes.NullLiteral) or _nothing(writer, node.right):
        return nullish(writer, left, place)
    right = writer.expression(node.right)
    if _is_text(node.left) and isinstance(node.right, nodes.StringLiteral):
        return equal(left, right, place)
    return with_run("loose_equals", [left, right], place)


def nullish(writer: Writer, value: ast.expr, place: At, temp: str | None = None) -> ast.expr:
    """Whether *value* is undefined or null; *temp* holds it afterwards."""
    temp = temp or writer.temp()
    none = is_(walrus(temp, value, place), const(None, place), place)
    return any_of([none, is_(name(temp, place), name("NULL", place), place)], place)


def _nothing(writer: Writer, node: nodes.Expression) -> bool:
    """Whether *node* is the global `undefined`."""
    if not isinstance(node, nodes.Identifier) or node.name != "undefined":
        return False
    return writer.unit.analysis.references[node].binding is None


def _is_text(node: nodes.Expression) -> bool:
    """Whether *node* is a string whatever happens."""
    return isinstance(node, nodes.UnaryExpression) and node.operator == "typeof"


@writes(nodes.ConditionalExpression)
def _conditional(writer: Writer, node: nodes.ConditionalExpression) -> ast.expr:
    condition = test(writer, node.test)
    return either(condition, writer.expression(node.consequent), writer.expression(node.alternate), at(node))


@writes(nodes.LogicalExpression)
def _logical(writer: Writer, node: nodes.LogicalExpression) -> ast.expr:
    """The operands are tried in turn; a temporary holds the one that was looked at last."""
    place = at(node)
    operands = _operands(node)
    if is_boolean(node):
        tests = [test(writer, operand) for operand in operands]
        return (all_of if node.operator == "&&" else any_of)(tests, place)
    temp = writer.temp()
    tries = [_try_operand(writer, node.operator, operand, temp) for operand in operands[:-1]]
    tries.append(walrus(temp, writer.expression(operands[-1]), at(operands[-1])))
    chained = all_of(tries, place) if node.operator == "&&" else any_of(tries, place)
    return last([chained, name(temp, place)], place)


def _try_operand(writer: Writer, operator: str, operand: nodes.Expression, temp: str) -> ast.expr:
    """True (&&) or false (||, ??) if the next operand is to be tried."""
    place = at(operand)
    value = writer.expression(operand)
    if operator == "??":
        return negated(nullish(writer, value, place, temp), place)
    return helper("truthy", [walrus(temp, value, place)], place)


def _operands(node: nodes.LogicalExpression) -> list[nodes.Expression]:
    """The operands of a chain of one operator, in order."""
    found = [node.right]
    left: nodes.Expression = node.left
    while isinstance(left, nodes.LogicalExpression) and left.operator == node.operator:
        found.append(left.right)
        left = left.left
    return [left, *reversed(found)]


def is_boolean(node: nodes.Expression) -> bool:
    """Whether *node* is true or false whatever happens."""
    match node:
        case nodes.BooleanLiteral():
            return True
        case nodes.UnaryExpression(operator="!" | "delete"):
            return True
        case nodes.BinaryExpression():
            return node.operator not in ARITHMETIC
        case nodes.LogicalExpression(operator="&&" | "||"):
            return all(is_boolean(operand) for operand in _operands(node))
    return False


def test(writer: Writer, node: nodes.Expression) -> ast.expr:
    """*node* as a condition: an expression whose truth in Python is the value's truth in the language.

    In a traced program it also tells the run which way it went.
    """
    condition = _condition(writer, node)
    if not writer.unit.traced:
        return condition
    place = at(node)
    where = [const(writer.info.file, place), const(node.line, place), const(node.column, place)]
    return with_run("told", [condition, *where], place)


def _condition(writer: Writer, node: nodes.Expression) -> ast.expr:
    place = at(node)
    if isinstance(node, nodes.LogicalExpression) and node.operator != "??":
        tests = [_condition(writer, operand) for operand in _operands(node)]
        return all_of(tests, place) if node.operator == "&&" else any_of(tests, place)
    value = writer.expression(node)
    if is_boolean(node):
        return value
    if isinstance(value, ast.Name):
        return all_of([value, equal(value, value, place)], place)
    return helper("truthy", [value], place)
