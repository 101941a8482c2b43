"""The builder's part for expressions of several: members, calls, operators, assignments.

Operators come as a flat list, and precedence is climbed here (ECMA-262 13.5 to 13.13); optional chains end here (13.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import nodes
from .lexer import Lexer, Token
from .literals import LiteralBuilder, Symbols

_PRECEDENCE = {
    operator: level
    for level, operators in enumerate(
        ("??", "||", "&&", "|", "^", "&", "== != === !==", "< > <= >= in instanceof", "<< >> >>>", "+ -", "* / %", "**")
    )
    for operator in operators.split()
}
_RIGHT_TO_LEFT = "**"
_LOGICAL = frozenset({"??", "||", "&&"})


@dataclass(slots=True, eq=False)
class Operands:
    """Operands and, between them, the tokens of binary operators, in the order of the text."""

    items: list[Any]


class ExpressionBuilder(LiteralBuilder):
    """Builds the nodes of expressions.

    `_open_chains`: the ends of optional chains that may still go on.  `_without_arguments`: `new` without parentheses.
    """

    def __init__(self, lexer: Lexer) -> None:
        super().__init__(lexer)
        self._open_chains: dict[int, nodes.Node] = {}
        self._without_arguments: dict[int, nodes.Node] = {}

    # --- members and calls ---

    def tagged(self, c: Symbols) -> nodes.TaggedTemplate:
        tag, literal = c
        if id(tag) in self._open_chains:
            self.fail(literal, "a template with a tag can't be part of an optional chain")
        return nodes.TaggedTemplate(tag.line, tag.column, tag, literal)

    def member(self, c: Symbols) -> nodes.Node:
        owner, _, word = c
        return self._link(owner, self._member(owner, word))

    def super_member(self, c: Symbols) -> nodes.MemberExpression:
        word, _, key = c
        return self._member(_super(word), key)

    def super_index(self, c: Symbols) -> nodes.MemberExpression:
        word, bracket, key, _ = c
        return nodes.MemberExpression(bracket.line, bracket.column, _super(word), key, True, False)

    def optional_member(self, c: Symbols) -> nodes.Node:
        owner, _, word = c
        return self._open(owner, self._member(owner, word))

    def index(self, c: Symbols) -> nodes.Node:
        owner, bracket, key, _ = c
        return self._link(owner, nodes.MemberExpression(bracket.line, bracket.column, owner, key, True, False))

    def optional_index(self, c: Symbols) -> nodes.Node:
        owner, _, bracket, key, _ = c
        return self._open(owner, nodes.MemberExpression(bracket.line, bracket.column, owner, key, True, False))

    def call(self, c: Symbols) -> nodes.Node:
        callee, arguments = c
        return self._link(callee, nodes.CallExpression(callee.line, callee.column, callee, arguments, False))

    def optional_call(self, c: Symbols) -> nodes.Node:
        callee, _, arguments = c
        return self._open(callee, nodes.CallExpression(callee.line, callee.column, callee, arguments, False))

    def arguments(self, c: Symbols) -> list[Any]:
        return c[1] if len(c) > 2 else []

    def new(self, c: Symbols) -> nodes.NewExpression:
        expression = nodes.NewExpression(c[0].line, c[0].column, c[1], c[2] if len(c) > 2 else [])
        if len(c) == 2:
            self._without_arguments[id(expression)] = expression
        return expression

    def chain_end(self, c: Symbols) -> Any:
        expression = c[0]
        if self._open_chains and self._open_chains.pop(id(expression), None) is not None:
            return nodes.ChainExpression(expression.line, expression.column, expression)
        return expression

    def _member(self, owner: Any, word: Token) -> nodes.MemberExpression:
        name = nodes.StringLiteral(word.line, word.column, word.value)
        return nodes.MemberExpression(word.line, word.column, owner, name, False, False)

    def _link(self, owner: nodes.Node, link: nodes.Node) -> nodes.Node:
        if self._open_chains and self._open_chains.pop(id(owner), None) is not None:
            self._open_chains[id(link)] = link
        return link

    def _open(self, owner: nodes.Node, link: nodes.MemberExpression | nodes.CallExpression) -> nodes.Node:
        if id(owner) in self._without_arguments and not self.covers.in_parentheses(owner):
            self.fail(owner, "an optional chain can't begin with `new` without arguments: write `new X()?.`")
        link.optional = True
        self._open_chains.pop(id(owner), None)
        self._open_chains[id(link)] = link
        return link

    # --- operators ---

    def postfix(self, c: Symbols) -> nodes.UpdateExpression:
        operand, operator = c
        target = self._simple_target(operand, f"the operand of `{operator.text}`")
        return nodes.UpdateExpression(operand.line, operand.column, operator.text, False, target)

    def prefix(self, c: Symbols) -> nodes.UpdateExpression:
        operator, operand = c
        target = self._simple_target(operand, f"the operand of `{operator.text}`")
        return nodes.UpdateExpression(operator.line, operator.column, operator.text, True, target)

    def unary(self, c: Symbols) -> nodes.UnaryExpression:
        operator, operand = c
        return nodes.UnaryExpression(operator.line, operator.column, operator.text, operand)

    def operation(self, c: Symbols) -> Operands:
        if isinstance(c[0], Operands):
            c[0].items += c[1:]
            return c[0]
        return Operands(c)

    def resolved(self, c: Symbols) -> Any:
        """Turn a flat list of operands and operators into a tree."""
        operation = c[0]
        if not isinstance(operation, Operands):
            return operation
        operands: list[Any] = []
        operators: list[Token] = []
        for item in operation.items:
            if not isinstance(item, Token):
                operands.append(item)
                continue
            while operators and _binds_first(operators[-1].text, item.text):
                self._apply(operators.pop(), operands)
            operators.append(item)
        while operators:
            self._apply(operators.pop(), operands)
        return operands[0]

    def _apply(self, token: Token, operands: list[Any]) -> None:
        right = operands.pop()
        left = operands.pop()
        operator = token.text
        if operator in _LOGICAL:
            self._refuse_mixture(token, (left, right))
            logical = nodes.LogicalExpression(token.line, token.column, operator, left, right)  # type: ignore[arg-type]
            operands.append(logical)
            return
        if operator == "**" and isinstance(left, nodes.UnaryExpression) and not self.covers.in_parentheses(left):
            self.fail(left, f"`{left.operator}` before `**` needs parentheses: (-a) ** b or -(a ** b)")
        operands.append(nodes.BinaryExpression(token.line, token.column, operator, left, right))

    def _refuse_mixture(self, token: Token, operands: tuple[Any, Any]) -> None:
        for operand in operands:
            if isinstance(operand, nodes.LogicalExpression) and not self.covers.in_parentheses(operand):
                operators = {operand.operator, token.text}
                if "??" in operators and len(operators) > 1:
                    self.fail(token, "`??` together with `||` or `&&` needs parentheses")

    def conditional(self, c: Symbols) -> nodes.ConditionalExpression:
        test, _, consequent, _, alternate = c
        test = self.resolved([test])
        return nodes.ConditionalExpression(test.line, test.column, test, consequent, alternate)

    def assign(self, c: Symbols) -> nodes.AssignmentExpression:
        left, operator, value = c
        target = self.target(left, operator.text)
        return nodes.AssignmentExpression(left.line, left.column, operator.text, target, value)

    def sequence(self, c: Symbols) -> nodes.SequenceExpression:
        first, _, last = c
        if isinstance(first, nodes.SequenceExpression) and not self.covers.in_parentheses(first):
            first.expressions.append(last)
            return first
        return nodes.SequenceExpression(first.line, first.column, [first, last])

    def target(self, left: Any, operator: str) -> Any:
        """Return *left* as what `operator` assigns to."""
        self._refuse_chain(left)
        return self.covers.target(left, operator)

    def _simple_target(self, operand: Any, place: str) -> Any:
        self._refuse_chain(operand)
        return self.covers.simple_target(operand, place)

    def _refuse_chain(self, left: Any) -> None:
        if id(left) in self._open_chains or isinstance(left, nodes.ChainExpression):
            self.fail(left, "an optional chain (`?.`) can't be assigned to")


def _super(word: Token) -> nodes.Super:
    return nodes.Super(word.line, word.column, nodes.ThisExpression(word.line, word.column))


def _binds_first(left: str, right: str) -> bool:
    """Whether in `a left b right c` the left operator takes `b`."""
    if left == right == _RIGHT_TO_LEFT:
        return False
    return _PRECEDENCE[left] >= _PRECEDENCE[right]

