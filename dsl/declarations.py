"""Which names are declared where, and which declarations exclude one another (ECMA-262 8.2, 14.2.1, 16.1.1, Annex B.3).

Only for refusing: what a name is bound to at run time is worked out by scopes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NoReturn

from . import nodes

Kind = Literal["function", "block", "catch"]
Fail = Callable[[nodes.Node, str], NoReturn]


@dataclass(slots=True)
class _Scope:
    """`lexical`: name to (line, whether it is a function that sloppy code may declare twice).

    `variables`: the `var` names declared here or in a block within.  `parameters`: of a function, or of the catch
    clause whose block this is; `plain`: that parameter is a name, so `var` may repeat it (Annex B.3.4).
    """

    kind: Kind
    parameters: frozenset[str] = frozenset()
    plain: bool = False
    lexical: dict[str, tuple[int, bool]] = field(default_factory=dict)
    variables: dict[str, int] = field(default_factory=dict)


class Declarations:
    """The scopes that enclose the place a walk over a script has come to."""

    def __init__(self, fail: Fail) -> None:
        self._fail = fail
        self._scopes = [_Scope("function")]

    def enter(self, kind: Kind, parameters: frozenset[str] = frozenset(), *, plain: bool = False) -> None:
        """Begin a scope; parameters: names that its lexical declarations can't repeat."""
        self._scopes.append(_Scope(kind, parameters, plain))

    def leave(self) -> None:
        """End the scope that began last."""
        self._scopes.pop()

    def lexical(self, name: str, node: nodes.Node, *, repeatable: bool = False) -> None:
        """Declare *name* by let or const, or by a function in a block.

        repeatable: a function in sloppy code, which may stand beside another one of that name (Annex B.3.2.4).
        """
        scope = self._scopes[-1]
        if name in scope.parameters:
            self._fail(node, f"`{name}` is already declared as a parameter")
        if name in scope.variables:
            line = scope.variables[name]
            self._fail(node, f"`{name}` is already declared with `var` or as a function, in line {line}")
        if name in scope.lexical:
            line, other_repeatable = scope.lexical[name]
            if not (repeatable and other_repeatable):
                self._fail(node, f"`{name}` is already declared, in line {line}")
        scope.lexical[name] = (node.line, repeatable)

    def variable(self, name: str, node: nodes.Node) -> None:
        """Declare *name* by `var`: in this scope and in all around it, up to the function."""
        for scope in reversed(self._scopes):
            if name in scope.lexical:
                self._fail(node, f"`{name}` is already declared, in line {scope.lexical[name][0]}")
            if scope.kind == "catch" and name in scope.parameters and not scope.plain:
                self._fail(node, f"`{name}` is already declared as the parameter of `catch`")
            scope.variables.setdefault(name, node.line)
            if scope.kind == "function":
                return

    def function(self, name: str, node: nodes.Node, *, strict: bool) -> None:
        """Declare *name* by a function declaration: like `var` at the top of a function, else like let."""
        if self._scopes[-1].kind == "function":
            self.variable(name, node)
        else:
            self.lexical(name, node, repeatable=not strict)


def bound_names(pattern: nodes.Pattern) -> Iterator[nodes.Identifier]:
    """Give the names that *pattern*, of a declaration or a parameter, declares."""
    match pattern:
        case nodes.Identifier():
            yield pattern
        case nodes.ArrayPattern():
            for element in pattern.elements:
                if element is not None:
                    yield from bound_names(element)
        case nodes.ObjectPattern():
            for member in pattern.properties:
                yield from bound_names(member.value)
            if pattern.rest is not None:
                yield from bound_names(pattern.rest)
        case nodes.AssignmentPattern():
            yield from bound_names(pattern.target)
        case nodes.RestElement():
            yield from bound_names(pattern.argument)
