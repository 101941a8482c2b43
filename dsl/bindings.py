"""What scopes.py finds out: bindings, the scopes that hold them, and what each function can see.

A binding is a Python local of the generated code, unless a function nested in its own captures it; then it is a slot of
its scope's list `[enclosing list, slot 1, slot 2, ...]`.  Slots are numbered in the order of declaration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from . import nodes

BindingKind: TypeAlias = Literal[
    "var", "let", "const", "function", "parameter", "catch", "self", "this", "arguments", "new.target", "home"
]
ScopeKind: TypeAlias = Literal["program", "function", "body", "block", "loop", "switch", "catch", "object"]


@dataclass(slots=True, eq=False)
class Binding:
    """A name in a scope.

    ready: (while walking) whatever is read from here on comes after its initialisation.  checked: some reference may
    come too early, so the place must hold TDZ at first.  self is the name of a function expression inside of itself.
    """

    name: str
    kind: BindingKind
    scope: Scope
    ready: bool = True
    checked: bool = False
    captured: bool = False
    slot: int = 0
    local: str = ""


@dataclass(slots=True, eq=False)
class Scope:
    """A scope; id: its number among the scopes that are lists at run time, -1 if it is none.

    hoisted: the function declarations to be made on entry, in order.
    """

    kind: ScopeKind
    parent: Scope | None
    function: FunctionInfo
    bindings: dict[str, Binding] = field(default_factory=dict)
    hoisted: list[nodes.Function] = field(default_factory=list)
    id: int = -1

    def declare(self, name: str, kind: BindingKind, ready: bool = True) -> Binding:
        """Add *name*, or find it where it was declared already."""
        if name not in self.bindings:
            self.bindings[name] = Binding(name, kind, self, ready)
        return self.bindings[name]

    @property
    def size(self) -> int:
        """Length of the list, with the link to the enclosing one."""
        return 1 + sum(binding.captured for binding in self.bindings.values())

    @property
    def materialised(self) -> bool:
        """Whether the scope is a list at run time."""
        return self.id >= 0

    def lists(self) -> list[Scope]:
        """This scope and those around it, outwards, as far as they are lists at run time."""
        found: list[Scope] = []
        scope: Scope | None = self
        while scope is not None:
            if scope.materialised:
                found.append(scope)
            scope = scope.parent
        return found


@dataclass(slots=True, eq=False)
class FunctionInfo:
    """A function of the source, or (node None) the script itself.

    home: the scope in which its closures are made.  scope: its parameters; body: its variables, the same scope unless
    the parameters contain expressions.  file: the library it stands in, "" for the script.  free: what it, or one
    nested in it, uses of the functions around it.  nodes: its size, as a measure of what one pass through it may cost.
    """

    node: nodes.Function | None
    parent: FunctionInfo | None
    home: Scope | None
    strict: bool
    id: int = -1
    name: str = ""
    file: str = ""
    free: dict[Binding, None] = field(default_factory=dict)
    nodes: int = 0
    scope: Scope = field(init=False)
    body: Scope = field(init=False)

    @property
    def arrow(self) -> bool:
        return self.node is not None and self.node.kind == "arrow"


@dataclass(slots=True, eq=False, frozen=True)
class Reference:
    """A use of a name.  binding None: a global.  ready: it surely comes after the initialisation."""

    binding: Binding | None
    ready: bool


@dataclass(slots=True, eq=False)
class Analysis:
    """All that is known about the names of one script.

    declared: global names made by var and function declarations; annex: functions in sloppy blocks that also set a
    variable of that name (Annex B.3.3); costs: nodes in a loop's body; unresolved: uses of global names.
    """

    program: nodes.Program
    top: FunctionInfo
    functions: list[FunctionInfo] = field(default_factory=list)
    by_node: dict[nodes.Node, FunctionInfo] = field(default_factory=dict)
    scopes: dict[nodes.Node, Scope] = field(default_factory=dict)
    lists: list[Scope] = field(default_factory=list)
    references: dict[nodes.Node, Reference] = field(default_factory=dict)
    declared: dict[str, None] = field(default_factory=dict)
    annex: set[nodes.Function] = field(default_factory=set)
    costs: dict[nodes.Node, int] = field(default_factory=dict)
    unresolved: list[tuple[nodes.Identifier, Literal["read", "typeof", "write"]]] = field(default_factory=list)
