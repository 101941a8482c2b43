"""The tree of a script: one class for each construct, named as in ESTree, every node with its place in the text.

It holds syntax only; what names mean is worked out by `scopes`, what they do by `codegen`.

How to read it:
- `line` and `column` (1-based, in characters of the source text) are where an error in the node should be shown: for a
  member expression the property, for a call its callee, for a binary expression the operator, else the first token.
- Every string (`name`, `value`, `cooked`, `raw`, `pattern` ...) is a sequence of UTF-16 code units, one per character.
- A name that is a key (`{name: 1}`, `object.name`) is a `StringLiteral`; `computed` tells `a["b"]` from `a.b`.
- Nodes nest at most `MAX_NESTING` deep, so recursive passes are safe, with one exception: a *chain* (binary or logical
  operators that group to the left, calls and members one after the other, `else if`) counts as one level and has up to
  `MAX_CHAIN` links.  A pass goes down these iteratively (`a + b + c ...` by `left`, `a.b().c` by `object`, `callee` or
  `tag`, `else if` by `alternate`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

MAX_NESTING = 200
MAX_CHAIN = 500


@dataclass(slots=True, eq=False, repr=False)
class Node:
    """Base of all; line and column are 1-based."""

    line: int
    column: int

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.line}:{self.column}>"


# --- statements ----------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Program(Node):
    """A whole script; `strict` if it begins with the directive "use strict".

    `modules`: the libraries linked with it, by name, each a function of `exports`, `module` and `require`.
    """

    body: list[Statement]
    strict: bool
    modules: dict[str, Function] = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class ExpressionStatement(Node):
    """`directive` is the raw text between the quotes if the statement belongs to a directive prologue."""

    expression: Expression
    directive: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class BlockStatement(Node):
    body: list[Statement]


@dataclass(slots=True, eq=False, repr=False)
class EmptyStatement(Node):
    pass


@dataclass(slots=True, eq=False, repr=False)
class DebuggerStatement(Node):
    pass


@dataclass(slots=True, eq=False, repr=False)
class IfStatement(Node):
    test: Expression
    consequent: Statement
    alternate: Statement | None


@dataclass(slots=True, eq=False, repr=False)
class ForStatement(Node):
    init: VariableDeclaration | Expression | None
    test: Expression | None
    update: Expression | None
    body: Statement


@dataclass(slots=True, eq=False, repr=False)
class ForInStatement(Node):
    """`left` is a target, or a declaration of one name or pattern (a sloppy `var` may have a value: Annex B.3.5)."""

    left: VariableDeclaration | Pattern
    right: Expression
    body: Statement


@dataclass(slots=True, eq=False, repr=False)
class ForOfStatement(Node):
    left: VariableDeclaration | Pattern
    right: Expression
    body: Statement


@dataclass(slots=True, eq=False, repr=False)
class WhileStatement(Node):
    test: Expression
    body: Statement


@dataclass(slots=True, eq=False, repr=False)
class DoWhileStatement(Node):
    body: Statement
    test: Expression


@dataclass(slots=True, eq=False, repr=False)
class ReturnStatement(Node):
    argument: Expression | None


@dataclass(slots=True, eq=False, repr=False)
class BreakStatement(Node):
    label: str | None


@dataclass(slots=True, eq=False, repr=False)
class ContinueStatement(Node):
    label: str | None


@dataclass(slots=True, eq=False, repr=False)
class ThrowStatement(Node):
    argument: Expression


@dataclass(slots=True, eq=False, repr=False)
class TryStatement(Node):
    """`handler` None: no catch clause; `param` None with a handler: `catch {`."""

    block: BlockStatement
    param: Pattern | None
    handler: BlockStatement | None
    finalizer: BlockStatement | None


@dataclass(slots=True, eq=False, repr=False)
class SwitchStatement(Node):
    discriminant: Expression
    cases: list[SwitchCase]


@dataclass(slots=True, eq=False, repr=False)
class SwitchCase(Node):
    """`test` None is `default`."""

    test: Expression | None
    consequent: list[Statement]


@dataclass(slots=True, eq=False, repr=False)
class LabeledStatement(Node):
    label: str
    body: Statement


@dataclass(slots=True, eq=False, repr=False)
class VariableDeclaration(Node):
    kind: Literal["var", "let", "const"]
    declarations: list[VariableDeclarator]


@dataclass(slots=True, eq=False, repr=False)
class VariableDeclarator(Node):
    id: Pattern
    init: Expression | None


# --- functions -----------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Function(Node):
    """A function of any kind.

    `params`: patterns; only the last may be a `RestElement`, a default is an `AssignmentPattern`.
    `expression`: the body is an expression (arrows only).  `start`, `end`: its text is `source[start:end]`.
    """

    name: str | None
    params: list[Pattern]
    body: BlockStatement | Expression
    kind: Literal["declaration", "expression", "arrow", "method"]
    strict: bool
    expression: bool
    start: int
    end: int

    @property
    def simple(self) -> bool:
        """Whether the parameters are names only (ECMA-262 IsSimpleParameterList)."""
        return all(isinstance(param, Identifier) for param in self.params)


# --- expressions ---------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class Identifier(Node):
    """`parenthesized`: a target that stood in parentheses, so an anonymous function gets no name from it."""

    name: str
    parenthesized: bool = False


@dataclass(slots=True, eq=False, repr=False)
class NumberLiteral(Node):
    """An int where the value is integral and at most 2**53."""

    value: int | float


@dataclass(slots=True, eq=False, repr=False)
class StringLiteral(Node):
    value: str


@dataclass(slots=True, eq=False, repr=False)
class BooleanLiteral(Node):
    value: bool


@dataclass(slots=True, eq=False, repr=False)
class NullLiteral(Node):
    pass


@dataclass(slots=True, eq=False, repr=False)
class RegExpLiteral(Node):
    pattern: str
    flags: str


@dataclass(slots=True, eq=False, repr=False)
class TemplateElement(Node):
    """`cooked` None: an escape that only a tagged template may hold.  Line ends are `\\n` in both."""

    cooked: str | None
    raw: str


@dataclass(slots=True, eq=False, repr=False)
class TemplateLiteral(Node):
    """One more quasi than expressions."""

    quasis: list[TemplateElement]
    expressions: list[Expression]


@dataclass(slots=True, eq=False, repr=False)
class TaggedTemplate(Node):
    tag: Expression
    quasi: TemplateLiteral


@dataclass(slots=True, eq=False, repr=False)
class ArrayExpression(Node):
    """None is a hole."""

    elements: list[Expression | SpreadElement | None]


@dataclass(slots=True, eq=False, repr=False)
class ObjectExpression(Node):
    properties: list[Property | SpreadElement]


@dataclass(slots=True, eq=False, repr=False)
class Property(Node):
    """`key` is a `StringLiteral` or `NumberLiteral` unless `computed`.

    `__proto__` sets the prototype if it is not computed, not shorthand and not a method (Annex B.3.1).
    """

    key: Expression
    computed: bool
    value: Expression
    shorthand: bool
    method: bool


@dataclass(slots=True, eq=False, repr=False)
class SpreadElement(Node):
    argument: Expression


@dataclass(slots=True, eq=False, repr=False)
class UnaryExpression(Node):
    operator: Literal["-", "+", "!", "~", "typeof", "void", "delete"]
    argument: Expression


@dataclass(slots=True, eq=False, repr=False)
class UpdateExpression(Node):
    operator: Literal["++", "--"]
    prefix: bool
    argument: Identifier | MemberExpression


@dataclass(slots=True, eq=False, repr=False)
class BinaryExpression(Node):
    """`operator`: `== != === !== < <= > >= + - * / % ** << >> >>> & | ^ in instanceof`."""

    operator: str
    left: Expression
    right: Expression


@dataclass(slots=True, eq=False, repr=False)
class LogicalExpression(Node):
    operator: Literal["&&", "||", "??"]
    left: Expression
    right: Expression


@dataclass(slots=True, eq=False, repr=False)
class AssignmentExpression(Node):
    """`operator`: `=`, `+=`, `**=`, `&&=` ...; the target is an array or object pattern only with `=`."""

    operator: str
    target: Pattern
    value: Expression


@dataclass(slots=True, eq=False, repr=False)
class ConditionalExpression(Node):
    test: Expression
    consequent: Expression
    alternate: Expression


@dataclass(slots=True, eq=False, repr=False)
class CallExpression(Node):
    """`optional`: `callee?.(...)`; the `ChainExpression` above it is where a short circuit ends."""

    callee: Expression
    arguments: list[Expression | SpreadElement]
    optional: bool


@dataclass(slots=True, eq=False, repr=False)
class NewExpression(Node):
    callee: Expression
    arguments: list[Expression | SpreadElement]


@dataclass(slots=True, eq=False, repr=False)
class MemberExpression(Node):
    """`property` is a `StringLiteral` unless `computed`; `optional`: `object?.name`, `object?.[key]`."""

    object: Expression
    property: Expression
    computed: bool
    optional: bool


@dataclass(slots=True, eq=False, repr=False)
class ChainExpression(Node):
    """The whole of an optional chain: if a `?.` in it meets null or undefined, this is undefined."""

    expression: Expression


@dataclass(slots=True, eq=False, repr=False)
class SequenceExpression(Node):
    expressions: list[Expression]


@dataclass(slots=True, eq=False, repr=False)
class ThisExpression(Node):
    pass


@dataclass(slots=True, eq=False, repr=False)
class NewTarget(Node):
    pass


@dataclass(slots=True, eq=False, repr=False)
class Super(Node):
    """The object of a member and nothing else; `receiver` stands for the `this` that goes with it."""

    receiver: ThisExpression


# --- patterns ------------------------------------------------------------------------------------------------------


@dataclass(slots=True, eq=False, repr=False)
class ArrayPattern(Node):
    """None is a hole; only the last may be a `RestElement`."""

    elements: list[Pattern | None]


@dataclass(slots=True, eq=False, repr=False)
class ObjectPattern(Node):
    properties: list[PatternProperty]
    rest: Pattern | None


@dataclass(slots=True, eq=False, repr=False)
class PatternProperty(Node):
    key: Expression
    computed: bool
    value: Pattern


@dataclass(slots=True, eq=False, repr=False)
class AssignmentPattern(Node):
    """A target with a default for undefined."""

    target: Pattern
    default: Expression


@dataclass(slots=True, eq=False, repr=False)
class RestElement(Node):
    argument: Pattern


Expression: TypeAlias = (
    Identifier | NumberLiteral | StringLiteral | BooleanLiteral | NullLiteral | RegExpLiteral | TemplateLiteral
    | TaggedTemplate | ArrayExpression | ObjectExpression | Function | UnaryExpression | UpdateExpression
    | BinaryExpression | LogicalExpression | AssignmentExpression | ConditionalExpression | CallExpression
    | NewExpression | MemberExpression | ChainExpression | SequenceExpression | ThisExpression | NewTarget
    | Super
)  # fmt: skip
Pattern: TypeAlias = Identifier | MemberExpression | ArrayPattern | ObjectPattern | AssignmentPattern | RestElement
Statement: TypeAlias = (
    ExpressionStatement | BlockStatement | EmptyStatement | DebuggerStatement | IfStatement | ForStatement
    | ForInStatement | ForOfStatement | WhileStatement | DoWhileStatement | ReturnStatement | BreakStatement
    | ContinueStatement | ThrowStatement | TryStatement | SwitchStatement | LabeledStatement | VariableDeclaration
    | Function
)  # fmt: skip
