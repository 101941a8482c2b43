"""The walk through a script that opens its scopes and meets its names.

It goes once through the tree, in the order of evaluation, with an own stack of tasks, so that depth costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeAlias

from . import nodes
from .bindings import Analysis, BindingKind, FunctionInfo, Scope
from .hoisting import (
    as_block,
    children,
    functions_in,
    has_expressions,
    hoist,
    lexical_declarations,
    names_of,
)
from .names import Names, Use

Task: TypeAlias = Callable[[], None]

_WALK_NODES = 4
"""Beginning to walk an iterable is as much work as so many nodes."""

_WEIGHTS: Final = {
    nodes.BinaryExpression: 2, nodes.MemberExpression: 2, nodes.AssignmentExpression: 2, nodes.UpdateExpression: 2,
    nodes.UnaryExpression: 4, nodes.CallExpression: 2, nodes.Property: 2, nodes.NewExpression: 4,
    nodes.ArrayExpression: 4, nodes.TemplateLiteral: 4, nodes.SpreadElement: 4, nodes.ThrowStatement: 8,
    nodes.ObjectExpression: 8, nodes.Function: 8, nodes.RegExpLiteral: 16,
}  # fmt: skip
"""A node that takes longer than a name or a number counts more than once in the size of what it is in."""


class ScopeWalk:
    """One walk through a script."""

    def __init__(self, program: nodes.Program) -> None:
        top = FunctionInfo(None, None, None, program.strict)
        self.analysis = Analysis(program, top)
        self.names = Names(self.analysis)
        self.todo: list[Task] = []
        self._begin_program(program, top)
        while self.todo:
            self.todo.pop()()
        self.names.number()

    def _then(self, *tasks: Task) -> None:
        """Do *tasks* next, in this order."""
        self.todo.extend(reversed(tasks))

    def _visits(self, children: Iterable[nodes.Node | None], scope: Scope) -> list[Task]:
        return [partial(self._visit, child, scope) for child in children if child is not None]

    # --- functions and blocks ---------------------------------------------------------------------------------------

    def _begin_program(self, program: nodes.Program, top: FunctionInfo) -> None:
        scope = top.scope = top.body = self.names.scope("program", None, top)
        self.analysis.scopes[program] = scope
        found = hoist(program.body, program.strict, frozenset())
        for function in found.functions:
            self.analysis.declared[function.name or ""] = None
        self.analysis.declared.update(found.vars)
        self.analysis.declared.update((function.name or "", None) for function in found.annex)
        self.analysis.annex.update(found.annex)
        self._declare_lexical(program.body, scope)
        scope.hoisted = found.functions
        modules = [partial(self._function, module, scope, file) for file, module in program.modules.items()]
        self._then(*self._visits(found.functions, scope), *self._visits(program.body, scope), *modules)

    def _function(self, node: nodes.Function, home: Scope, file: str | None = None) -> None:
        file = home.function.file if file is None else file
        info = FunctionInfo(node, home.function, home, node.strict, name=node.name or "", file=file)
        self.analysis.functions.append(info)
        self.analysis.by_node[node] = info
        info.scope = info.body = self.names.scope("function", home, info)
        self.analysis.scopes[node] = info.scope
        simple = not any(has_expressions(parameter) for parameter in node.params)
        for parameter in node.params:
            for identifier in names_of(parameter):
                info.scope.declare(identifier.name, "parameter", simple)
        if not simple:
            info.body = self.names.scope("body", info.scope, info)
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
        info.nodes += len(found.vars)
        for name in found.vars:
            if name == "arguments" and node.kind != "arrow":
                self.names.arguments(info)
            info.body.declare(name, "var")
        for function in found.annex:
            info.body.declare(function.name or "", "var")
        self.analysis.annex.update(found.annex)
        self._declare_lexical(body, info.body)
        self._name_itself(node, info)
        info.body.hoisted = found.functions
        return self._visits(found.functions, info.body) + self._visits(body, info.body)

    def _name_itself(self, node: nodes.Function, info: FunctionInfo) -> None:
        """A function expression knows itself by its name, unless a name in the same scope is the same."""
        if node.kind == "expression" and node.name is not None and node.name not in (*info.scope.bindings, "arguments"):
            info.scope.declare(node.name, "self")

    def _block(self, node: nodes.BlockStatement, outer: Scope) -> None:
        statements = node.body
        scope = self.names.scope("block", outer, outer.function)
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
        scope.function.nodes += _WEIGHTS.get(type(node), 1)
        match node:
            case nodes.Identifier():
                self.names.use(node, scope, "read")
            case nodes.Function():
                self._visit_function(node, scope)
            case nodes.ThisExpression():
                self.names.receiver(node, "this", scope)
            case nodes.NewTarget():
                self.names.receiver(node, "new.target", scope)
            case nodes.Super():
                self.names.home(node, scope)
                self._visit(node.receiver, scope)
            case nodes.ObjectExpression():
                self._object(node, scope)
            case nodes.UnaryExpression(operator="typeof", argument=nodes.Identifier() as name):
                self.names.use(name, scope, "typeof")
            case nodes.AssignmentExpression():
                self._assignment(node, scope)
            case nodes.UpdateExpression(argument=nodes.Identifier() as name):
                self.names.use(name, scope, "write")
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
                node.consequent = as_block(node.consequent)
                if node.alternate is not None:
                    node.alternate = as_block(node.alternate)
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
                self._then(*self._visits(children(node), scope))

    def _object(self, node: nodes.ObjectExpression, outer: Scope) -> None:
        """The methods of a literal are in a scope that knows the object, for `super`."""
        inner = outer
        if any(isinstance(member, nodes.Property) and member.method for member in node.properties):
            inner = self.names.object(outer)
            self.analysis.scopes[node] = inner
        tasks: list[Task] = []
        for member in node.properties:
            if isinstance(member, nodes.Property) and member.method:
                outer.function.nodes += _WEIGHTS[nodes.Property]
                tasks += [partial(self._visit, member.key, outer), partial(self._visit, member.value, inner)]
            else:
                tasks.append(partial(self._visit, member, outer))
        self._then(*tasks)

    def _assignment(self, node: nodes.AssignmentExpression, scope: Scope) -> None:
        if isinstance(node.target, nodes.Identifier):
            use: Task = partial(self.names.use, node.target, scope, "write")
            self._then(use, partial(self._visit, node.value, scope))
        else:
            self._then(partial(self._target, node.target, scope, "write"), partial(self._visit, node.value, scope))

    def _target(self, pattern: nodes.Pattern, scope: Scope, use: Use) -> None:
        """A pattern, or a part of one, that is assigned to or initialised."""
        match pattern:
            case nodes.Identifier():
                scope.function.nodes += use == "declare"
                self.names.use(pattern, scope, use)
            case nodes.ArrayPattern():
                scope.function.nodes += _WALK_NODES + len(pattern.elements)
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
            scope = self.names.scope("loop", outer, outer.function)
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
            scope = self.names.scope("loop", outer, outer.function)
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
        scope = self.names.scope("switch", outer, outer.function)
        self.analysis.scopes[node] = scope
        scope.hoisted = functions_in(statements)
        for function in scope.hoisted:
            scope.declare(function.name or "", "function")
        self._declare_lexical(statements, scope)
        scope.function.nodes += len(node.cases)
        children = [child for case in node.cases for child in (case.test, *case.consequent)]
        self._then(*self._visits(scope.hoisted, scope), *self._visits(children, scope))

    def _try(self, node: nodes.TryStatement, outer: Scope) -> None:
        tasks = self._visits([node.block], outer)
        if node.handler is not None:
            scope = outer
            if node.param is not None:
                scope = self.names.scope("catch", outer, outer.function)
                self.analysis.scopes[node] = scope
                plain = isinstance(node.param, nodes.Identifier)
                names = [identifier.name for identifier in names_of(node.param)]
                for name in names:
                    scope.declare(name, "catch", ready=plain)
                tasks += [partial(self._target, node.param, scope, "declare"), partial(self._initialised, names, scope)]
            tasks += self._visits([node.handler], scope)
        self._then(*tasks, *self._visits([node.finalizer], outer))
