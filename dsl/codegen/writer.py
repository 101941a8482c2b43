"""The state of writing one function: its statements so far, temporaries, where bindings live, how much is nested.

How each construct is written stands in the sibling modules, which register with `writes`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from .. import nodes
from ..bindings import Analysis, Binding, FunctionInfo, Scope
from ..callables import FunctionCode
from ..errors import ScriptSyntaxError
from .build import (
    At,
    assign,
    assign_name,
    at,
    const,
    do,
    either,
    helper,
    is_,
    item,
    last,
    name,
    pay_memory,
    walrus,
    with_run,
)
from .jumps import Jumps

MAX_BLOCKS: Final = 18
"""CPython allows 20 blocks (loops, try, handlers) in one another."""

CHAIN: Final = 6
"""So many links of a chain are written inside of one another before a temporary holds the value."""

W = TypeVar("W", bound=Callable[..., Any])
WRITERS: Final[dict[type[nodes.Node], Callable[..., Any]]] = {}
CONSTANTS: Final[dict[str, Any]] = {"undefined": None, "NaN": float("nan"), "Infinity": float("inf")}


def writes(*kinds: type[nodes.Node]) -> Callable[[W], W]:
    """Register how nodes of *kinds* are written: an expression's writer returns an ast.expr, a statement's emits."""

    def register(writer: W) -> W:
        for kind in kinds:
            WRITERS[kind] = writer
        return writer

    return register


SCOPE_BYTES: Final = 64
SLOT_BYTES: Final = 32
"""A slot and the number in it."""


class Unit:
    """What the functions of one script share: the analysis, the texts by file, the codes of all functions.

    traced: whether conditions tell the run which way they went.
    """

    def __init__(self, analysis: Analysis, sources: Mapping[str, str], *, traced: bool) -> None:
        self.analysis = analysis
        self.sources = sources
        self.traced = traced
        self.codes: list[FunctionCode] = []
        self.template_sites: list[nodes.TaggedTemplate] = []


class Writer:
    """Writes the body of one function.

    completion: whether statements leave their value in `cv`, as only the script's top level needs.
    """

    def __init__(self, unit: Unit, info: FunctionInfo) -> None:
        self.unit = unit
        self.info = info
        self.body: list[ast.stmt] = []
        self.scope: Scope = info.body
        self.completion = info.node is None
        self.jumps = Jumps()
        self.strict = info.strict
        self.uses_globals = False
        self.names_global_object = False
        self.outer_depth = -1
        self.late: list[str] = []
        """Temporaries that may be read without having been set: they are None from the start of the function."""
        self._blocks = 0
        self._count = 0
        self._around = [] if info.home is None else info.home.lists()

    # --- nodes ------------------------------------------------------------------------------------------------------

    def expression(self, node: nodes.Node) -> ast.expr:
        """The Python expression for *node*."""
        written: ast.expr = WRITERS[type(node)](self, node)
        return written

    def statement(self, node: nodes.Node) -> None:
        """Emit the statements for *node*."""
        WRITERS[type(node)](self, node)

    def emit(self, *statements: ast.stmt) -> None:
        self.body.extend(statements)

    def temp(self) -> str:
        """A new temporary."""
        self._count += 1
        return f"t{self._count}"

    def frame_size(self) -> int:
        """How many slots a call of the function takes, so far."""
        own = [scope for scope in self.unit.analysis.scopes.values() if scope.function is self.info]
        return self._count + sum(len(scope.bindings) for scope in {*own, self.info.scope, self.info.body})

    @contextmanager
    def part(self) -> Iterator[list[ast.stmt]]:
        """Collect what is emitted inside in a list of its own."""
        outer, self.body = self.body, []
        try:
            yield self.body
        finally:
            self.body = outer

    @contextmanager
    def nested(self, node: nodes.Node, blocks: int = 1) -> Iterator[None]:
        """Inside of so many more Python blocks."""
        self._blocks += blocks
        if self._blocks > MAX_BLOCKS:
            raise ScriptSyntaxError(
                "loops, switches and try statements are nested too deeply; move the inner ones to a function",
                node.line, column=node.column, source=self.unit.sources[self.info.file], code="early",
            )  # fmt: skip
        yield
        self._blocks -= blocks

    @contextmanager
    def inside(self, node: nodes.Node) -> Iterator[Scope | None]:
        """In the scope that belongs to *node*, if it has one; its list is made by enter_scope."""
        scope = self.unit.analysis.scopes.get(node)
        outer = self.scope
        self.scope = outer if scope is None else scope
        try:
            yield scope
        finally:
            self.scope = outer

    # --- where bindings live ----------------------------------------------------------------------------------------

    def list_of(self, scope: Scope, place: At) -> ast.expr:
        """The list that holds *scope* at run time."""
        if scope.function is self.info:
            return name(f"s{scope.id}", place)
        return self.outer(self._around.index(scope), place)

    def outer(self, depth: int, place: At) -> ast.expr:
        """The captured list so many steps outwards."""
        self.outer_depth = max(self.outer_depth, depth)
        return name(f"o{depth}", place)

    def around(self, scope: Scope, place: At) -> ast.expr:
        """The list that encloses *scope*, None at the top."""
        enclosing = scope.parent.lists() if scope.parent is not None else []
        return self.list_of(enclosing[0], place) if enclosing else const(None, place)

    def current_list(self, place: At) -> ast.expr:
        """What a closure made here captures."""
        return self.list_of(self.scope.lists()[0], place)

    def enter_scope(self, scope: Scope, place: At) -> None:
        """Make the list of *scope* and let what may be read too early say so."""
        captured = [binding for binding in scope.bindings.values() if binding.captured]
        if scope.materialised:
            values = [self.initial(binding, place) for binding in captured]
            elements = [self.around(scope, place), *values]
            self.emit(*pay_memory(SCOPE_BYTES + SLOT_BYTES * len(elements), place))
            self.emit(assign_name(f"s{scope.id}", ast.List(elements, ast.Load(), **place), place))
        for binding in scope.bindings.values():
            if binding.checked and not binding.captured and binding.kind in ("let", "const", "parameter", "catch"):
                self.emit(assign_name(binding.local, name("TDZ", place), place))

    def initial(self, binding: Binding, place: At) -> ast.expr:
        """What a captured binding's slot holds at first."""
        if binding.kind in ("let", "const") or binding.checked:
            return name("TDZ", place)
        return const(None, place)

    def read_binding(self, binding: Binding, place: At) -> ast.expr:
        """The value at the place of *binding*, as it is."""
        if binding.kind == "self" and not binding.captured:
            return name("fn", place)
        if binding.captured:
            return item(self.list_of(binding.scope, place), binding.slot, place)
        return name(_receiver(binding), place)

    def target(self, binding: Binding, place: At) -> ast.expr:
        """The place of *binding* as the target of an assignment."""
        if binding.captured:
            slot = const(binding.slot, place)
            return ast.Subscript(self.list_of(binding.scope, place), slot, ast.Store(), **place)
        return ast.Name(_receiver(binding), ast.Store(), **place)

    # --- names ------------------------------------------------------------------------------------------------------

    def read(self, node: nodes.Identifier) -> ast.expr:
        """The value of a name, or a ReferenceError."""
        reference = self.unit.analysis.references[node]
        place = at(node)
        if reference.binding is None:
            return self.read_global(node.name, place)
        value = self.read_binding(reference.binding, place)
        if reference.ready:
            return value
        error = with_run("too_early", [const(node.name, place)], place)
        return either(is_(value, name("TDZ", place), place), error, self.read_binding(reference.binding, place), place)

    def globals(self, place: At, identifier: str) -> ast.expr:
        """The table in which *identifier* is looked up or set."""
        self.uses_globals = True
        self.names_global_object |= identifier == "globalThis"
        return name("g", place)

    def read_global(self, identifier: str, place: At) -> ast.expr:
        if identifier in CONSTANTS:
            return const(CONSTANTS[identifier], place)
        value = item(self.globals(place, identifier), identifier, place)
        if identifier in self.unit.analysis.declared:
            return value
        known = ast.Compare(const(identifier, place), [ast.In()], [self.globals(place, identifier)], **place)
        return either(known, value, with_run("undeclared", [const(identifier, place)], place), place)

    def set(self, node: nodes.Identifier, value: ast.expr, declare: bool = False) -> ast.expr:
        """An expression that assigns; its value is *value*."""
        reference = self.unit.analysis.references[node]
        binding = reference.binding
        place = at(node)
        if binding is None:
            return self._set_global(node.name, value, place)
        if not declare and binding.kind in ("const", "self"):
            return self._refuse(node, binding, value, place)
        if not declare and not reference.ready:
            return self._set_if_ready(node, binding, value, place)
        if binding.captured:
            slot = const(binding.slot, place)
            return helper("store", [self.list_of(binding.scope, place), slot, value], place)
        return walrus(_receiver(binding), value, place)

    def assign(self, node: nodes.Identifier, value: ast.expr, declare: bool = False) -> None:
        """Emit an assignment whose value nobody asks for."""
        reference = self.unit.analysis.references[node]
        binding = reference.binding
        place = at(node)
        if binding is None:
            if node.name in self.unit.analysis.declared and node.name not in CONSTANTS:
                key = const(node.name, place)
                names = self.globals(place, node.name)
                self.emit(assign(ast.Subscript(names, key, ast.Store(), **place), value, place))
                return
        elif declare or (binding.kind not in ("const", "self") and reference.ready):
            self.emit(assign(self.target(binding, place), value, place))
            return
        self.emit(do(self.set(node, value, declare), place))

    def _set_global(self, identifier: str, value: ast.expr, place: At) -> ast.expr:
        if identifier in CONSTANTS:
            return with_run("set_constant", [const(identifier, place), value], place) if self.strict else value
        key, names = const(identifier, place), self.globals(place, identifier)
        if identifier in self.unit.analysis.declared:
            return helper("store", [names, key, value], place)
        if not self.strict:
            return with_run("set_undeclared", [key, value], place)
        known = ast.Compare(key, [ast.In()], [names], **place)
        return with_run("set_known", [key, known, value], place)

    def _refuse(self, node: nodes.Identifier, binding: Binding, value: ast.expr, place: At) -> ast.expr:
        if binding.kind == "self" and not self.strict:
            return value
        now = const(None, place) if binding.kind == "self" else self.read_binding(binding, place)
        temp = self.temp()
        error = with_run("set_constant_binding", [now, const(node.name, place)], place)
        return last([walrus(temp, value, place), error], place)

    def _set_if_ready(self, node: nodes.Identifier, binding: Binding, value: ast.expr, place: At) -> ast.expr:
        temp = self.temp()
        early = is_(self.read_binding(binding, place), name("TDZ", place), place)
        check = either(early, with_run("too_early", [const(node.name, place)], place), const(None, place), place)
        held = name(temp, place)
        if binding.captured:
            slot = const(binding.slot, place)
            done = helper("store", [self.list_of(binding.scope, place), slot, held], place)
        else:
            done = walrus(binding.local, held, place)
        return last([walrus(temp, value, place), check, done], place)


def _receiver(binding: Binding) -> str:
    """The Python local of a binding that no inner function captures."""
    return {"this": "this", "new.target": "new", "self": "fn"}.get(binding.kind, binding.local)
