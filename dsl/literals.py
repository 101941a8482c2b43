"""The builder's part for literals and patterns: lists, keys, arrays, objects, templates.

A method is named after the rule of grammar.lark whose symbols' values it turns into one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NoReturn

from . import lexemes, nodes
from .errors import ScriptSyntaxError
from .lexer import Lexer, Token
from .patterns import CoverInitializer, Covers
from .units import units

Symbols = list[Any]


@dataclass(slots=True, eq=False)
class Key:
    """A property's key and its first token."""

    node: Any
    computed: bool
    token: Token


class LiteralBuilder:
    """Builds the nodes of literals and patterns."""

    def __init__(self, lexer: Lexer) -> None:
        self.lexer = lexer
        self.covers = Covers(self.fail)
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
            self.refuse_comma_after_rest(elements)
        return nodes.ArrayPattern(opening.line, opening.column, self.covers.checked_rest(elements))

    def object_pattern(self, c: Symbols) -> nodes.ObjectPattern:
        members = c[1] if len(c) > 2 else []
        if len(c) > 3:
            self.refuse_comma_after_rest(members)
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

    def refuse_comma_after_rest(self, elements: list[Any]) -> None:
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


def _sets_prototype(member: Any) -> bool:
    if not isinstance(member, nodes.Property) or member.computed or member.shorthand or member.method:
        return False
    return isinstance(member.key, nodes.StringLiteral) and member.key.value == "__proto__"
