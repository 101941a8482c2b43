"""Names to bindings: which scope a name belongs to, what is captured, which reads may come before initialisation.

The tree is walked once, in the order of evaluation, with an own stack of tasks, so that its depth costs nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import partial
from typing import Literal, TypeAlias

from . import nodes
from .bindings import Analysis, Binding, BindingKind, FunctionInfo, Reference, Scope, ScopeKind
from .hoisting import functions_in, has_expressions, hoist, lexical_declarations, names_of, unlabelled

Task: TypeAlias = Callable[[], None]
Use: TypeAlias = Literal["read", "typeof", "write", "declare"]
"""How a name is used; declare: the write that initialises it."""


def analyse(program: nodes.Program) -> Analysis:
    """Resolve every name of *program*."""
    return _Walk(program).analysis


def unknown_names(program: nodes.Program, known: Iterable[str]) -> list[tuple[int, int, str, str | None]]:
    """The names that nobody defines: (line, column, name, a known name that was perhaps meant).

    known: the names of built-ins and of the host.  A name that the script assigns somewhere in sloppy code is defined;
    `typeof name` asks whether it is.
    """
    analysis = analyse(program)
    defined = set(known) | set(analysis.declared)
    if not _all_strict(analysis):
        defined |= {identifier.name for identifier, use in analysis.unresolved if use == "write"}
    candidates = sorted(defined | {name for scope in analysis.scopes.values() for name in scope.bindings})
    return sorted(
        (identifier.line, identifier.column, identifier.name, did_you_mean(identifier.name, candidates))
        for identifier, use in analysis.unresolved
        if use != "typeof" and identifier.name not in defined
    )


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name most like *name*, if one is like it at all."""
    lowered = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(name.lower()[:100], lowered, n=1, cutoff=0.75)
    return lowered[close[0]] if close else None


def _all_strict(analysis: Analysis) -> bool:
    return analysis.top.strict


class _Walk:
    """One walk through a script."""

    def __init__(self, program: nodes.Program) -> None:
        top = FunctionInfo(None, None, None, program.strict)
        self.analysis = Analysis(program, top)
        self.order: list[Scope] = []
        self.todo: list[Task] = []
        self._begin_program(program, top)
        while self.todo:
            self.todo.pop()()
        self._number()

    def _then(self, *tasks: Task) -> None:
        """Do *tasks* next, in this order."""
        self.todo.extend(reversed(tasks))

    def _visits(self, children: Iterable[nodes.Node | None], scope: Scope) -> list[Task]:
        return [partial(self._visit, child, scope) for child in children if child is not None]

    def _scope(self, kind: ScopeKind, parent: Scope | None, function: FunctionInfo) -> Scope:
        scope = Scope(kind, parent, function)
        self.order.append(scope)
        return scope

    # --- functions and blocks ---------------------------------------------------------------------------------------

    def _begin_program(self, program: nodes.Program, top: FunctionInfo) -> None:
        scope = top.scope = top.body = self._scope("program", None, top)
        self.analysis.scopes[program] = scope
        found = hoist(program.body, program.strict, frozenset())
        for function in found.functions:
            self.analysis.declared[function.name or ""] = None
        self.analysis.declared.update(found.vars)
        self.analysis.declared.update((function.name or "", None) for function in found.annex)
        self.analysis.annex.update(found.annex)
        self._declare_lexical(program.body, scope)
        scope.hoisted = found.functions
        self._then(*self._visits(found.functions, scope), *self._visits(program.body, scope))

    def _function(self, node: nodes.Function, home: Scope) -> None:
        info = FunctionInfo(node, home.function, home, node.strict, name=node.name or "")
        self.analysis.functions.append(info)
        self.analysis.by_node[node] = info
        info.scope = info.body = self._scope("function", home, info)
        self.analysis.scopes[node] = info.scope
        simple = not any(has_expressions(parameter) for parameter in node.params)
        for parameter in node.params:
            for identifier in names_of(parameter):
                info.scope.declare(identifier.name, "parameter", simple)
        if not simple:
            info.body = self._scope("body", info.scope, info)
        self._then(*self._parameters(node, info), *self._body(node, info))

    def _parameters(self, node: nodes.Function, info: FunctionInfo) -> list[Task]:
        tasks: list[Task] = []
        for parameter in node.params:
            tasks.append(partial(self._target, parameter, info.scope, "declare"))
            names = [identifier.name for identifier in names_of(parameter)]
            tasks.append(partial(self._initialised, names, info.scope))
        return tasks

    def _body(self, node: nodes.Function, info: FunctionInfo) -> list[Task]:
        if not isinstance(node.body, nodes.BlockStatement):
            self._name_itself(node, info)
            return self._visits([node.body], info.body)
        body = node.body.body
        parameters = frozenset(info.scope.bindings)
        found = hoist(body, node.strict, parameters)
        for name in [function.name or "" for function in found.functions]:
            info.body.declare(name, "function")
        for name in found.vars:
            if name == "arguments" and node.kind != "arrow":
                self._arguments(info)
            info.body.declare(name, "var")
        for function in found.annex:
            info.body.declare(function.name or "", "var")
        self.analysis.annex.update(found.annex)
        self._declare_lexical(body, info.body)
        self._name_itself(node, info)
        info.body.hoisted = found.functions
        return self._visits(found.functions, info.body) + self._visits(body, info.body)

    def _name_itself(self, node: nodes.Function, info: FunctionInfo) -> None:
        """A function expression knows itself by its name, unless a parameter or variable has the same."""
        taken = info.scope.bindings.keys() | info.body.bindings.keys()
        if node.kind == "expression" and node.name is not None and node.name not in taken:
            info.scope.declare(node.name, "self")

    def _block(self, node: nodes.BlockStatement, outer: Scope) -> None:
        statements = node.body
        scope = self._scope("block", outer, outer.function)
        self.analysis.scopes[node] = scope
        scope.hoisted = functions_in(statements)
        for function in scope.hoisted:
            scope.declare(function.name or "", "function")
        self._declare_lexical(statements, scope)
        self._then(*self._visits(scope.hoisted, scope), *self._visits(statements, scope))

    def _declare_lexical(self, statements: list[nodes.Statement], scope: Scope) -> None:
        for declaration in lexical_declarations(statements):
            self._declare(declaration, scope)

    def _declare(self, declaration: nodes.VariableDeclaration, scope: Scope) -> None:
        kind: BindingKind = "const" if declaration.kind == "const" else "let"
        for declarator in declaration.declarations:
            for identifier in names_of(declarator.id):
                scope.declare(identifier.name, kind, ready=False)

    def _initialised(self, names: list[str], scope: Scope) -> None:
        """From here on the bindings are initialised; not in a switch, where a case may jump over the declaration."""
        if scope.kind != "switch":
            for name in names:
                if name in scope.bindings:
                    scope.bindings[name].ready = True

    # --- nodes ------------------------------------------------------------------------------------------------------

    def _visit(self, node: nodes.Node, scope: Scope) -> None:
        scope.function.nodes += 1
        match node:
            case nodes.Identifier():
                self._use(node, scope, "read")
            case nodes.Function():
                self._visit_function(node, scope)
            case nodes.ThisExpression():
                self._receiver(node, "this", scope)
            case nodes.NewTarget():
                self._receiver(node, "new.target", scope)
            case nodes.UnaryExpression(operator="typeof", argument=nodes.Identifier() as name):
                self._use(name, scope, "typeof")
            case nodes.AssignmentExpression():
                self._assignment(node, scope)
            case nodes.UpdateExpression(argument=nodes.Identifier() as name):
                self._use(name, scope, "write")
            case nodes.VariableDeclaration():
                self._then(*self._declarators(node, scope))
            case _:
                self._visit_statement(node, scope)

    def _visit_function(self, node: nodes.Function, scope: Scope) -> None:
        """Declarations were visited when their block began."""
        if node not in self.analysis.by_node:
            self._function(node, scope)

    def _visit_statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.BlockStatement():
                self._block(node, scope)
            case nodes.IfStatement():
                node.consequent = _as_block(node.consequent)
                if node.alternate is not None:
                    node.alternate = _as_block(node.alternate)
                self._then(*self._visits([node.test, node.consequent, node.alternate], scope))
            case nodes.ForStatement():
                self._for(node, scope)
            case nodes.ForInStatement() | nodes.ForOfStatement():
                self._for_each(node, scope)
            case nodes.WhileStatement() | nodes.DoWhileStatement():
                self._then(*self._counted(node, self._visits([node.test, node.body], scope), scope))
            case nodes.SwitchStatement():
                self._switch(node, scope)
            case nodes.TryStatement():
                self._try(node, scope)
            case _:
                self._then(*self._visits(_children(node), scope))

    def _assignment(self, node: nodes.AssignmentExpression, scope: Scope) -> None:
        if isinstance(node.target, nodes.Identifier):
            use: Task = partial(self._use, node.target, scope, "write")
            self._then(use, partial(self._visit, node.value, scope))
        else:
            self._then(partial(self._target, node.target, scope, "write"), partial(self._visit, node.value, scope))

    def _target(self, pattern: nodes.Pattern, scope: Scope, use: Use) -> None:
        """A pattern, or a part of one, that is assigned to or initialised."""
        match pattern:
            case nodes.Identifier():
                self._use(pattern, scope, use)
            case nodes.ArrayPattern():
                elements = [element for element in pattern.elements if element is not None]
                self._then(*(partial(self._target, element, scope, use) for element in elements))
            case nodes.ObjectPattern():
                tasks: list[Task] = []
                for item in pattern.properties:
                    tasks.append(partial(self._visit, item.key, scope))
                    tasks.append(partial(self._target, item.value, scope, use))
                rest = [] if pattern.rest is None else [partial(self._target, pattern.rest, scope, use)]
                self._then(*tasks, *rest)
            case nodes.AssignmentPattern():
                target = partial(self._target, pattern.target, scope, use)
                self._then(partial(self._visit, pattern.default, scope), target)
            case nodes.RestElement():
                self._target(pattern.argument, scope, use)
            case nodes.MemberExpression():
                self._visit(pattern, scope)

    def _declarators(self, node: nodes.VariableDeclaration, scope: Scope) -> list[Task]:
        tasks: list[Task] = []
        for declarator in node.declarations:
            tasks += self._visits([declarator.init], scope)
            tasks.append(partial(self._target, declarator.id, scope, "write" if node.kind == "var" else "declare"))
            if node.kind != "var":
                names = [identifier.name for identifier in names_of(declarator.id)]
                tasks.append(partial(self._initialised, names, scope))
        return tasks

    def _for(self, node: nodes.ForStatement, outer: Scope) -> None:
        scope = outer
        if isinstance(node.init, nodes.VariableDeclaration) and node.init.kind != "var":
            scope = self._scope("loop", outer, outer.function)
            self.analysis.scopes[node] = scope
            self._declare(node.init, scope)
        turn = self._visits([node.test, node.body, node.update], scope)
        self._then(*self._visits([node.init], scope), *self._counted(node, turn, scope))

    def _for_each(self, node: nodes.ForInStatement | nodes.ForOfStatement, outer: Scope) -> None:
        if not isinstance(node.left, nodes.VariableDeclaration):
            assign: Task = partial(self._target, node.left, outer, "write")
            turn = [assign, *self._visits([node.body], outer)]
            self._then(*self._visits([node.right], outer), *self._counted(node, turn, outer))
            return
        scope = outer
        if node.left.kind != "var":
            scope = self._scope("loop", outer, outer.function)
            self.analysis.scopes[node] = scope
            self._declare(node.left, scope)
        head = self._declarators(node.left, scope)
        turn = self._visits([node.body], scope)
        if node.left.kind == "var":
            self._then(*head, *self._visits([node.right], scope), *self._counted(node, turn, scope))
        else:
            self._then(*self._visits([node.right], scope), *self._counted(node, [*head, *turn], scope))

    def _counted(self, node: nodes.Node, tasks: list[Task], scope: Scope) -> list[Task]:
        """*tasks*, with the number of nodes that they visit noted as the cost of *node*."""
        function = scope.function

        def begin() -> None:
            self.analysis.costs[node] = -function.nodes

        def end() -> None:
            self.analysis.costs[node] += function.nodes

        return [begin, *tasks, end]

    def _switch(self, node: nodes.SwitchStatement, outer: Scope) -> None:
        statements = [statement for case in node.cases for statement in case.consequent]
        self._then(
            partial(self._visit, node.discriminant, outer),
            partial(self._switch_cases, node, statements, outer),
        )

    def _switch_cases(self, node: nodes.SwitchStatement, statements: list[nodes.Statement], outer: Scope) -> None:
        scope = self._scope("switch", outer, outer.function)
        self.analysis.scopes[node] = scope
        scope.hoisted = functions_in(statements)
        for function in scope.hoisted:
            scope.declare(function.name or "", "function")
        self._declare_lexical(statements, scope)
        children = [child for case in node.cases for child in (case.test, *case.consequent)]
        self._then(*self._visits(scope.hoisted, scope), *self._visits(children, scope))

    def _try(self, node: nodes.TryStatement, outer: Scope) -> None:
        tasks = self._visits([node.block], outer)
        if node.handler is not None:
            scope = outer
            if node.param is not None:
                scope = self._scope("catch", outer, outer.function)
                self.analysis.scopes[node] = scope
                plain = isinstance(node.param, nodes.Identifier)
                names = [identifier.name for identifier in names_of(node.param)]
                for name in names:
                    scope.declare(name, "catch", ready=plain)
                tasks += [partial(self._target, node.param, scope, "declare"), partial(self._initialised, names, scope)]
            tasks += self._visits([node.handler], scope)
        self._then(*tasks, *self._visits([node.finalizer], outer))

    # --- names ------------------------------------------------------------------------------------------------------

    def _use(self, node: nodes.Identifier, scope: Scope, use: Use) -> None:
        binding = self._find(node.name, scope)
        if binding is None:
            self.analysis.references[node] = Reference(None, True)
            if node.name not in self.analysis.declared:
                self.analysis.unresolved.append((node, "write" if use == "declare" else use))
            return
        self._refer(node, binding, scope.function)
        if not binding.ready and use != "declare":
            binding.checked = True

    def _receiver(self, node: nodes.Node, name: BindingKind, scope: Scope) -> None:
        """this and new.target belong to the nearest function that is no arrow; at the top there is none."""
        owner: FunctionInfo | None = scope.function
        while owner is not None and owner.arrow:
            owner = owner.parent
        if owner is None or owner.node is None:
            self.analysis.references[node] = Reference(None, True)
        else:
            self._refer(node, owner.scope.declare(f"<{name}>", name), scope.function)

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
                return self._arguments(function)
            scope = scope.parent
        return None

    def _arguments(self, function: FunctionInfo) -> Binding:
        """The arguments object; in sloppy code with simple parameters it is another view on the parameters."""
        node = function.node
        if node is not None and not node.strict and node.simple:
            for binding in function.scope.bindings.values():
                if binding.kind == "parameter":
                    binding.captured = True
        return function.scope.declare("arguments", "arguments")

    # --- the end ----------------------------------------------------------------------------------------------------

    def _number(self) -> None:
        """Give functions their ids in source order, captured bindings their slots, the others their locals."""
        analysis = self.analysis
        analysis.functions.sort(key=_start)
        for at, function in enumerate(analysis.functions):
            function.id = at
        count = 0
        for scope in self.order:
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


def _start(function: FunctionInfo) -> int:
    return function.node.start if function.node is not None else -1


def _as_block(statement: nodes.Statement) -> nodes.Statement:
    """A function declaration as the branch of an if stands in a block of its own (Annex B.3.3)."""
    if isinstance(unlabelled(statement), nodes.Function):
        return nodes.BlockStatement(statement.line, statement.column, [statement])
    return statement


_FIELDS: dict[type[nodes.Node], tuple[str, ...]] = {}


def _fields(kind: type[nodes.Node]) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold nodes."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind) if field.name not in ("line", "column"))
    return _FIELDS[kind]


def _children(node: nodes.Node) -> list[nodes.Node]:
    """The nodes directly in *node*, in order.  The names asked for are those of our own node classes."""
    found: list[nodes.Node] = []
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, nodes.Node):
            found.append(value)
        elif isinstance(value, list):
            found.extend(child for child in value if isinstance(child, nodes.Node))
    return found
