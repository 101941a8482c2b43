"""Uses of names: which binding each one means, what is captured by it, and where bindings live in the end."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from . import nodes
from .bindings import Analysis, Binding, BindingKind, FunctionInfo, Reference, Scope, ScopeKind

HOME: Final = "<home>"
"""The name of the object that a method was defined in; no script can write it."""

Use: TypeAlias = Literal["read", "typeof", "write", "declare"]
"""How a name is used; declare: the write that initialises it."""


class Names:
    """The names of one script.  scopes: all of them, in the order in which they were met."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.scopes: list[Scope] = []

    def scope(self, kind: ScopeKind, parent: Scope | None, function: FunctionInfo) -> Scope:
        """A new scope."""
        scope = Scope(kind, parent, function)
        self.scopes.append(scope)
        return scope

    def use(self, node: nodes.Identifier, scope: Scope, use: Use) -> None:
        """Note that *node* names something, and find what."""
        binding = self._find(node.name, scope)
        if binding is None:
            self.analysis.references[node] = Reference(None, True)
            if node.name not in self.analysis.declared:
                self.analysis.unresolved.append((node, self._wanted(use, scope)))
            return
        self._refer(node, binding, scope.function)
        if not binding.ready and use != "declare":
            binding.checked = True

    def _wanted(self, use: Use, scope: Scope) -> Literal["read", "typeof", "write"]:
        """In strict code a name must exist before it can be written."""
        if use in ("write", "declare"):
            return "read" if scope.function.strict else "write"
        return "typeof" if use == "typeof" else "read"

    def receiver(self, node: nodes.Node, name: BindingKind, scope: Scope) -> None:
        """this and new.target belong to the nearest function that is no arrow; at the top there is none."""
        owner: FunctionInfo | None = scope.function
        while owner is not None and owner.arrow:
            owner = owner.parent
        if owner is None or owner.node is None:
            self.analysis.references[node] = Reference(None, True)
        else:
            self._refer(node, owner.scope.declare(f"<{name}>", name), scope.function)

    def object(self, parent: Scope) -> Scope:
        """A new scope for the methods of an object literal."""
        scope = self.scope("object", parent, parent.function)
        scope.declare(HOME, "home")
        return scope

    def home(self, node: nodes.Super, scope: Scope) -> None:
        """Note that *node* means the object of the literal whose method it stands in."""
        binding = self._find(HOME, scope)
        assert binding is not None, "super stands in methods only"
        self._refer(node, binding, scope.function)

    def _refer(self, node: nodes.Node, binding: Binding, function: FunctionInfo) -> None:
        self.analysis.references[node] = Reference(binding, binding.ready)
        user: FunctionInfo | None = function
        while user is not None and user is not binding.scope.function:
            binding.captured = True
            user.free[binding] = None
            user = user.parent

    def _find(self, name: str, scope: Scope | None) -> Binding | None:
        while scope is not None:
            binding = scope.bindings.get(name)
            if binding is not None:
                return binding
            function = scope.function
            if name == "arguments" and scope.kind == "function" and not function.arrow:
                return self.arguments(function)
            scope = scope.parent
        return None

    def arguments(self, function: FunctionInfo) -> Binding:
        """The arguments object; in sloppy code with simple parameters it is another view on the parameters."""
        node = function.node
        if node is not None and not node.strict and node.simple:
            for binding in function.scope.bindings.values():
                if binding.kind == "parameter":
                    binding.captured = True
        return function.scope.declare("arguments", "arguments")

    def number(self) -> None:
        """Give functions their ids in source order, captured bindings their slots, the others their locals."""
        analysis = self.analysis
        analysis.functions.sort(key=_start)
        for at, function in enumerate(analysis.functions):
            function.id = at
        count = 0
        for scope in self.scopes:
            slot = 1
            for binding in scope.bindings.values():
                if scope.kind == "program" or binding.captured:
                    binding.captured = True
                    binding.slot = slot
                    slot += 1
                else:
                    count += 1
                    binding.local = f"l{count}"
            if slot > 1 or scope.kind == "program":
                scope.id = len(analysis.lists)
                analysis.lists.append(scope)


def _start(function: FunctionInfo) -> tuple[str, int]:
    return function.file, function.node.start if function.node is not None else -1
