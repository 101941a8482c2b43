"""The half of the early errors that is about expressions, patterns and the depth of nesting.

A check visits what is within it directly, without a function of its own in between: each level of nesting costs two of
Python's frames, and `MAX_NESTING` of them must fit below its limit of recursion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, NoReturn

from . import nodes
from .errors import ScriptSyntaxError
from .lexemes import STRICT_RESERVED
from .nodes import MAX_CHAIN, MAX_NESTING


@dataclass(slots=True)
class Surroundings:
    """What the construct at hand stands in, up to the function around it.

    `labels`: name to whether it labels a loop.
    """

    strict: bool
    in_function: bool = False
    new_target: bool = False
    in_method: bool = False
    in_loop: bool = False
    in_switch: bool = False
    labels: dict[str, bool] = field(default_factory=dict)


class ExpressionRules:
    """Walks over expressions; `checks` has the method for each class of nodes."""

    checks: ClassVar[dict[type, Callable[[Any, Any], None]]]

    def __init__(self, program: nodes.Program, source: str) -> None:
        self._source = source
        self._around = Surroundings(strict=program.strict)
        self._depth = 0

    def fail(self, node: nodes.Node, message: str) -> NoReturn:
        raise ScriptSyntaxError(message, node.line, column=node.column, source=self._source, code="early")

    def visit(self, node: Any) -> None:
        """Check a statement, an expression or None."""
        if node is None:
            return
        self._depth += 1
        if self._depth > MAX_NESTING:
            self._fail_for_depth(node)
        self.checks[type(node)](self, node)
        self._depth -= 1

    def _fail_for_depth(self, node: nodes.Node) -> NoReturn:
        self.fail(node, f"the script is nested too deeply: more than {MAX_NESTING} constructs within one another")

    def nothing(self, node: nodes.Node) -> None:
        """Nothing to check."""

    # --- names and targets ---

    def target(self, pattern: Any) -> None:
        """Check what is assigned to or declared, and the defaults and keys within; None is a hole."""
        if pattern is None:
            return
        self._depth += 1
        if self._depth > MAX_NESTING:
            self._fail_for_depth(pattern)
        match pattern:
            case nodes.Identifier():
                self.refuse_target(pattern.name, pattern)
            case nodes.ArrayPattern():
                for element in pattern.elements:
                    self.target(element)
            case nodes.ObjectPattern():
                for member in pattern.properties:
                    self.visit(member.key)
                    self.target(member.value)
                self.target(pattern.rest)
            case nodes.AssignmentPattern():
                self.target(pattern.target)
                self.visit(pattern.default)
            case nodes.RestElement():
                self.target(pattern.argument)
            case _:
                self.checks[type(pattern)](self, pattern)
        self._depth -= 1

    def refuse_target(self, name: str, node: nodes.Node) -> None:
        if self._around.strict and name in ("eval", "arguments"):
            self.fail(node, f"strict code can't declare `{name}` or assign to it")
        self.refuse_reserved(name, node)

    def refuse_reserved(self, name: str, node: nodes.Node) -> None:
        if name in STRICT_RESERVED and self._around.strict:
            self.fail(node, f"`{name}` is a reserved word in strict code and can't be a name")

    def identifier(self, node: nodes.Identifier) -> None:
        self.refuse_reserved(node.name, node)

    def new_target(self, node: nodes.NewTarget) -> None:
        if not self._around.new_target:
            self.fail(node, "`new.target` can only stand in a function")

    def super_base(self, node: nodes.Super) -> None:
        if not self._around.in_method:
            self.fail(node, "`super` can only stand in a method of an object literal")

    # --- literals ---

    def regexp(self, node: nodes.RegExpLiteral) -> None:
        from .library.regexp_parser import parse_pattern  # only scripts with a regular expression pay for its import
        from .library.regexp_syntax import PatternError

        try:
            parse_pattern(node.pattern, node.flags)
        except PatternError as error:
            self.fail(node, error.message)

    def template(self, node: nodes.TemplateLiteral) -> None:
        for expression in node.expressions:
            self.visit(expression)

    def array(self, node: nodes.ArrayExpression) -> None:
        for element in node.elements:
            self.visit(element)

    def object(self, node: nodes.ObjectExpression) -> None:
        for member in node.properties:
            if isinstance(member, nodes.Property):
                self.visit(member.key)
                self.visit(member.value)
            else:
                self.visit(member)

    def spread(self, node: nodes.SpreadElement) -> None:
        self.visit(node.argument)

    # --- operators ---

    def unary(self, node: nodes.UnaryExpression) -> None:
        if node.operator == "delete" and isinstance(node.argument, nodes.Identifier) and self._around.strict:
            self.fail(node, "strict code can't delete a variable, only properties")
        self.visit(node.argument)

    def update(self, node: nodes.UpdateExpression) -> None:
        self.target(node.argument)

    def operation(self, node: nodes.BinaryExpression | nodes.LogicalExpression) -> None:
        rights: list[nodes.Expression] = []
        left: nodes.Expression = node
        while isinstance(left, nodes.BinaryExpression | nodes.LogicalExpression):
            self.refuse_length(len(rights), left, what="operators")
            rights.append(left.right)
            left = left.left
        self.visit(left)
        for right in reversed(rights):
            self.visit(right)

    def assignment(self, node: nodes.AssignmentExpression) -> None:
        self.target(node.target)
        self.visit(node.value)

    def conditional(self, node: nodes.ConditionalExpression) -> None:
        self.visit(node.test)
        self.visit(node.consequent)
        self.visit(node.alternate)

    def sequence(self, node: nodes.SequenceExpression) -> None:
        for expression in node.expressions:
            self.visit(expression)

    # --- members and calls ---

    def access(self, node: Any) -> None:
        """Members, calls and tagged templates, one after the other."""
        links: list[list[Any]] = []
        while True:
            match node:
                case nodes.MemberExpression(object=inner):
                    links.append([node.property])
                case nodes.CallExpression(callee=inner):
                    links.append(node.arguments)
                case nodes.TaggedTemplate(tag=inner):
                    links.append([node.quasi])
                case _:
                    break
            self.refuse_length(len(links) - 1, node, what="members and calls")
            node = inner
        self.visit(node)
        for link in reversed(links):
            for expression in link:
                self.visit(expression)

    def new(self, node: nodes.NewExpression) -> None:
        self.visit(node.callee)
        for argument in node.arguments:
            self.visit(argument)

    def chain(self, node: nodes.ChainExpression) -> None:
        self.visit(node.expression)

    def refuse_length(self, links: int, node: nodes.Node, *, what: str) -> None:
        if links >= MAX_CHAIN:
            self.fail(node, f"more than {MAX_CHAIN} {what} follow one another: split this into several statements")
