"""The builder's half for expressions: one method for each rule of grammar.lark, from the symbols' values to a node.

Operators come as a flat list, and precedence is climbed here (ECMA-262 13.5 to 13.13); optional chains are closed here (13.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

from . import lexemes, nodes
from .base import units
from .errors import ScriptSyntaxError
from .lexer import Lexer, Token
from .patterns import CoverInitializer, Covers

Symbols = list[Any]

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


@dataclass(slots=True, eq=False)
class Key:
    """A property's key and its first token."""

    node: Any
    computed: bool
    token: Token


class ExpressionBuilder:
    """Builds the nodes of expressions and patterns."""

    def __init__(self, lexer: Lexer) -> None:
        self.lexer = lexer
        self.covers = Covers(self.fail)
        self._open_chains: dict[int, nodes.Node] = {}
        self._without_arguments: dict[int, nodes.Node] = {}
        self._bad_templates: dict[int, tuple[nodes.Node, int, str]] = {}

    def fail(self, node: Any, message: str) -> NoReturn:
        """Complain about *node*, a node or a token."""
        raise ScriptSyntaxError(message, node.line, column=node.column, source=self.lexer.source, code="early")

    # --- lists ---

    def none(self, _: Symbols) -> list[Any]:
        return []

    def one(self, c: Symbols) -> list[Any]:
        return [c[0]]

    def append(self, c: Symbols) -> list[Any]:
        c[0].append(c[1])
        return c[0]  # type: ignore[no-any-return]

    def append_both(self, c: Symbols) -> list[Any]:
        c[0] += c[1:]
        return c[0]  # type: ignore[no-any-return]

    def more(self, c: Symbols) -> list[Any]:
        c[0].append(c[2])
        return c[0]  # type: ignore[no-any-return]

    def absent(self, _: Symbols) -> None:
        return None

    # --- primary expressions ---

    def identifier(self, c: Symbols) -> nodes.Identifier:
        token = c[0]
        return nodes.Identifier(token.line, token.column, token.value)

    def this(self, c: Symbols) -> nodes.ThisExpression:
        return nodes.ThisExpression(c[0].line, c[0].column)

    def null(self, c: Symbols) -> nodes.NullLiteral:
        return nodes.NullLiteral(c[0].line, c[0].column)

    def boolean(self, c: Symbols) -> nodes.BooleanLiteral:
        return nodes.BooleanLiteral(c[0].line, c[0].column, c[0].kind == "true")

    def number(self, c: Symbols) -> nodes.NumberLiteral:
        return nodes.NumberLiteral(c[0].line, c[0].column, c[0].value)

    def string(self, c: Symbols) -> nodes.StringLiteral:
        return nodes.StringLiteral(c[0].line, c[0].column, c[0].value)

    def regexp(self, c: Symbols) -> nodes.RegExpLiteral:
        pattern, flags = c[0].value
        return nodes.RegExpLiteral(c[0].line, c[0].column, units(pattern), units(flags))

    def new_target(self, c: Symbols) -> nodes.NewTarget:
        new, _, word = c
        if word.text != "target":
            self.fail(word, "only `target` can follow `new.`")
        return nodes.NewTarget(new.line, new.column)

    def group(self, c: Symbols) -> tuple[Token, Any]:
        return c[0], c[1]

    def parenthesized(self, c: Symbols) -> Any:
        expression = c[0][1]
        self.covers.add_parentheses(expression)
        return expression

    def array(self, c: Symbols) -> nodes.ArrayExpression:
        opening, elements, _ = c
        array = nodes.ArrayExpression(opening.line, opening.column, elements)
        if elements[-1] is None:
            elements.pop()
            self.covers.add_trailing_comma(array)
        return array

    def spread(self, c: Symbols) -> nodes.SpreadElement:
        return nodes.SpreadElement(c[0].line, c[0].column, c[1])

    # --- objects ---

    def name_key(self, c: Symbols) -> Key:
        return Key(nodes.StringLiteral(c[0].line, c[0].column, c[0].value), False, c[0])

    string_key = name_key

    def number_key(self, c: Symbols) -> Key:
        return Key(self.number(c), False, c[0])

    def computed_key(self, c: Symbols) -> Key:
        return Key(c[1], True, c[0])

    def object(self, c: Symbols) -> nodes.ObjectExpression:
        members = c[1] if len(c) > 2 else []
        literal = nodes.ObjectExpression(c[0].line, c[0].column, members)
        if len(c) > 3:
            self.covers.add_trailing_comma(literal)
        prototypes = [member for member in members if _sets_prototype(member)]
        if len(prototypes) > 1:
            self.covers.add_fault(literal, "an object literal can set `__proto__` only once")
        return literal

    def property(self, c: Symbols) -> nodes.Property:
        key, _, value = c
        return nodes.Property(key.token.line, key.token.column, key.node, key.computed, value, False, False)

    def shorthand(self, c: Symbols) -> nodes.Property:
        word = c[0]
        key, name = self._shorthand(word)
        return nodes.Property(word.line, word.column, key, False, name, True, False)

    def cover_initializer(self, c: Symbols) -> nodes.Property:
        word, _, default = c
        key, name = self._shorthand(word)
        member = CoverInitializer(word.line, word.column, key, False, name, True, False, default)
        self.covers.add_fault(member, "`=` has a meaning only in a pattern: a property is written `name: value`")
        return member

    def _shorthand(self, word: Token) -> tuple[nodes.StringLiteral, nodes.Identifier]:
        if word.value in lexemes.RESERVED:
            self.fail(word, f"`{word.value}` is a reserved word and can't be a variable")
        at = (word.line, word.column)
        return nodes.StringLiteral(*at, word.value), nodes.Identifier(*at, word.value)

    # --- patterns ---

    def array_pattern(self, c: Symbols) -> nodes.ArrayPattern:
        opening, elements, _ = c
        if elements[-1] is None:
            elements.pop()
            self._refuse_comma_after_rest(elements)
        return nodes.ArrayPattern(opening.line, opening.column, self.covers.checked_rest(elements))

    def object_pattern(self, c: Symbols) -> nodes.ObjectPattern:
        members = c[1] if len(c) > 2 else []
        if len(c) > 3:
            self._refuse_comma_after_rest(members)
        return self.covers.object_pattern(c[0], members)

    def property_pattern(self, c: Symbols) -> nodes.PatternProperty:
        key, _, value = c
        return nodes.PatternProperty(key.token.line, key.token.column, key.node, key.computed, value)

    def shorthand_pattern(self, c: Symbols) -> nodes.PatternProperty:
        word = c[0]
        key, name = self._shorthand(word)
        target: nodes.Pattern = name
        if len(c) > 1:
            target = nodes.AssignmentPattern(word.line, word.column, name, c[2])
        return nodes.PatternProperty(word.line, word.column, key, False, target)

    def default_pattern(self, c: Symbols) -> nodes.AssignmentPattern:
        target, _, default = c
        return nodes.AssignmentPattern(target.line, target.column, target, default)

    def rest(self, c: Symbols) -> nodes.RestElement:
        return nodes.RestElement(c[0].line, c[0].column, c[1])

    def rest_name(self, c: Symbols) -> nodes.RestElement:
        return nodes.RestElement(c[0].line, c[0].column, self.identifier(c[1:]))

    def _refuse_comma_after_rest(self, elements: list[Any]) -> None:
        if elements and isinstance(elements[-1], nodes.RestElement):
            self.fail(elements[-1], "no comma may follow a rest element")

    # --- templates ---

    def template(self, c: Symbols) -> nodes.TemplateLiteral:
        parts = [c[0], *c[1], c[2]] if len(c) > 1 else c
        literal = nodes.TemplateLiteral(c[0].line, c[0].column, [], parts[1::2])
        for token in parts[::2]:
            cooked, raw, fault = lexemes.template_values(token.value)
            literal.quasis.append(nodes.TemplateElement(token.line, token.column, cooked, raw))
            if fault is not None and id(literal) not in self._bad_templates:
                self._bad_templates[id(literal)] = (literal, token.start + 1 + fault.at, fault.message)
        return literal

    def untagged(self, c: Symbols) -> nodes.TemplateLiteral:
        if id(c[0]) in self._bad_templates:
            _, offset, message = self._bad_templates[id(c[0])]
            self.lexer.fail(message, offset)
        return c[0]  # type: ignore[no-any-return]

    def tagged(self, c: Symbols) -> nodes.TaggedTemplate:
        tag, literal = c
        if id(tag) in self._open_chains:
            self.fail(literal, "a template with a tag can't be part of an optional chain")
        return nodes.TaggedTemplate(tag.line, tag.column, tag, literal)

    # --- members and calls ---

    def member(self, c: Symbols) -> nodes.Node:
        owner, _, word = c
        return self._link(owner, self._member(owner, word))

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


def _sets_prototype(member: Any) -> bool:
    if not isinstance(member, nodes.Property) or member.computed or member.shorthand or member.method:
        return False
    return isinstance(member.key, nodes.StringLiteral) and member.key.value == "__proto__"


def _binds_first(left: str, right: str) -> bool:
    """Whether in `a left b right c` the left operator takes `b`."""
    if left == right == _RIGHT_TO_LEFT:
        return False
    return _PRECEDENCE[left] >= _PRECEDENCE[right]

