"""Cover grammars: an expression that turns out to be a destructuring target or an arrow function's parameters
(ECMA-262 13.15.5, 15.3).  Patterns that the grammar knows as such (declarations, parameters) are checked here too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from . import nodes

Fail = Callable[[nodes.Node, str], NoReturn]


@dataclass(slots=True, eq=False)
class CoverInitializer(nodes.Property):
    """`{name = default}`: no expression, only ever part of a pattern."""

    default: nodes.Expression


class Covers:
    """How expressions looked in the text, as far as their nodes don't tell; kept until the script is read.

    `faults`: what is wrong with an object literal unless it is a pattern.  All is keyed by identity and holds the node,
    so that no identity comes back.
    """

    def __init__(self, fail: Fail) -> None:
        self._fail = fail
        self._parenthesized: dict[int, nodes.Node] = {}
        self._trailing_comma: dict[int, nodes.Node] = {}
        self.faults: dict[int, tuple[nodes.Node, str]] = {}

    def add_parentheses(self, node: nodes.Node) -> None:
        """Remember that *node* stands in parentheses."""
        self._parenthesized[id(node)] = node

    def add_trailing_comma(self, literal: nodes.Node) -> None:
        """Remember that a comma follows the last element of *literal*, an array or an object."""
        self._trailing_comma[id(literal)] = literal

    def add_fault(self, node: nodes.Node, message: str) -> None:
        """Remember that *node* is an error unless it turns out to be (part of) a pattern."""
        self.faults.setdefault(id(node), (node, message))

    def in_parentheses(self, node: nodes.Node) -> bool:
        """Whether *node* stands in parentheses."""
        return id(node) in self._parenthesized

    def target(self, node: nodes.Node, operator: str) -> Any:
        """Return what *node* is as the target of an assignment with *operator*."""
        pattern = isinstance(node, nodes.ArrayExpression | nodes.ObjectExpression)
        if operator == "=" and pattern and not self.in_parentheses(node):
            return self.element(node)
        return self.simple_target(node, f"the left side of `{operator}`")

    def simple_target(self, node: nodes.Node, place: str) -> Any:
        """Return *node* if it is a name or a member; *place* says in the complaint where it stands."""
        if isinstance(node, nodes.Identifier):
            node.parenthesized = self.in_parentheses(node)
            return node
        if isinstance(node, nodes.MemberExpression):
            return node
        self._fail(node, f"{place} can't be assigned to: it must be a variable or a property")

    def element(self, node: nodes.Node) -> Any:
        """Return what *node*, an expression, is as an element of a destructuring assignment's target."""
        if self.in_parentheses(node):
            return self.simple_target(node, "this part of the pattern")
        match node:
            case nodes.AssignmentExpression(operator="="):
                return nodes.AssignmentPattern(node.target.line, node.target.column, node.target, node.value)
            case nodes.ArrayExpression():
                return self._array(node)
            case nodes.ObjectExpression():
                return self._object(node)
            case nodes.AssignmentPattern():
                return node
            case nodes.SpreadElement():
                return nodes.RestElement(node.line, node.column, self._rest_target(node.argument))
        return self.simple_target(node, "this part of the pattern")

    def _rest_target(self, node: nodes.Node) -> Any:
        if isinstance(node, nodes.AssignmentExpression) and not self.in_parentheses(node):
            self._fail(node, "a rest element takes all that is left and can't have a default")
        return self.element(node)

    # An array or an object and `element` make two of Python's frames for each level of brackets, and no more.

    def _array(self, node: nodes.ArrayExpression) -> nodes.ArrayPattern:
        elements: list[Any] = []
        for element in node.elements:
            elements.append(None if element is None else self.element(element))
        self._refuse_trailing_comma(node, elements)
        return nodes.ArrayPattern(node.line, node.column, self.checked_rest(elements))

    def _object(self, node: nodes.ObjectExpression) -> nodes.ObjectPattern:
        self.faults.pop(id(node), None)
        members: list[Any] = []
        for member in node.properties:
            if isinstance(member, nodes.SpreadElement):
                target = self.simple_target(member.argument, "the target of `...` in an object pattern")
                members.append(nodes.RestElement(member.line, member.column, target))
                continue
            value = self.element(self._value(member))
            members.append(nodes.PatternProperty(member.line, member.column, member.key, member.computed, value))
        self._refuse_trailing_comma(node, members)
        return self.object_pattern(node, members)

    def _value(self, member: nodes.Property) -> nodes.Node:
        self.faults.pop(id(member), None)
        if isinstance(member, CoverInitializer):
            return nodes.AssignmentPattern(member.line, member.column, self.element(member.value), member.default)
        if member.method:
            self._fail(member, "a method can't be part of a pattern")
        return member.value

    def _refuse_trailing_comma(self, literal: nodes.Node, elements: list[Any]) -> None:
        if id(literal) in self._trailing_comma and elements and isinstance(elements[-1], nodes.RestElement):
            self._fail(elements[-1], "no comma may follow a rest element")

    # --- patterns that are known as such ---

    def checked_rest(self, elements: list[Any]) -> list[Any]:
        """Return *elements* if a rest element is only the last of them."""
        for element in elements[:-1]:
            if isinstance(element, nodes.RestElement):
                self._fail(element, "a rest element must be the last")
        return elements

    def object_pattern(self, at: Any, properties: list[Any]) -> nodes.ObjectPattern:
        """Return the object pattern of *properties*, whose last may be the rest."""
        rest = None
        if properties and isinstance(properties[-1], nodes.RestElement):
            rest = properties[-1].argument
        self.checked_rest(properties)
        return nodes.ObjectPattern(at.line, at.column, properties[:-1] if rest else properties, rest)

    def binding(self, pattern: Any) -> Any:
        """Return *pattern* if all that it assigns to are plain names, as parameters must be."""
        match pattern:
            case nodes.Identifier(parenthesized=False):
                pass
            case nodes.ArrayPattern():
                for element in pattern.elements:
                    if element is not None:
                        self.binding(element)
            case nodes.ObjectPattern():
                for member in pattern.properties:
                    self.binding(member.value)
                if pattern.rest is not None and not isinstance(pattern.rest, nodes.Identifier):
                    self._fail(pattern.rest, "the rest of an object can only be given a name here")
                if pattern.rest is not None:
                    self.binding(pattern.rest)
            case nodes.AssignmentPattern():
                self.binding(pattern.target)
            case nodes.RestElement():
                self.binding(pattern.argument)
            case _:
                self._fail(pattern, "a parameter must be a name or a pattern of names")
        return pattern
