"""What the language refuses before running: the "Static Semantics: Early Errors" of ECMA-262 that show in the tree.

The walk also bounds the nesting of nodes for all later passes, and settles `strict` of every function, which a parser
that builds from the inside out can't know.
"""

from __future__ import annotations

from bisect import bisect_right

from . import nodes
from .declarations import Declarations, bound_names
from .early_expressions import ExpressionRules, Surroundings
from .errors import ScriptSyntaxError
from .lexemes import place

Octals = list[tuple[int, str]]

_LOOPS = (
    nodes.ForStatement, nodes.ForInStatement, nodes.ForOfStatement, nodes.WhileStatement, nodes.DoWhileStatement,
)  # fmt: skip


def check(program: nodes.Program, source: str, *, octals: Octals) -> None:
    """Raise ScriptSyntaxError (code "early") for a rule that *program* breaks.

    octals: the places (offset, what it is) that strict code forbids.
    """
    rules = _Rules(program, source)
    for statement in program.body:
        rules.visit(statement)
    rules.refuse_octals(octals)


class _Rules(ExpressionRules):
    """Walks over a script; `_strict_parts` are the stretches (start, end) of the source that are strict code."""

    def __init__(self, program: nodes.Program, source: str) -> None:
        super().__init__(program, source)
        self._declarations = Declarations(self.fail)
        self._strict_parts = [(0, len(source) + 1)] if program.strict else []

    def refuse_octals(self, octals: Octals) -> None:
        """Raise for the first octal in strict code."""
        parts = sorted(self._strict_parts)
        for offset, subject in octals:
            part = bisect_right(parts, (offset, len(self._source) + 1)) - 1
            if part >= 0 and offset < parts[part][1]:
                line, column = place(self._source, offset)
                message = f"strict code can't contain {subject}"
                raise ScriptSyntaxError(message, line, column=column, source=self._source, code="early")

    # --- blocks and branches ---

    def block(self, node: nodes.BlockStatement) -> None:
        self._declarations.enter("block")
        for statement in node.body:
            self.visit(statement)
        self._declarations.leave()

    def expression_statement(self, node: nodes.ExpressionStatement) -> None:
        self.visit(node.expression)

    def if_statement(self, node: nodes.IfStatement) -> None:
        links = 0
        branch: nodes.Statement | None = node
        while isinstance(branch, nodes.IfStatement):
            self.refuse_length(links, branch, what="`else if`")
            links += 1
            self.visit(branch.test)
            self._check_branch(branch.consequent)
            self.visit(branch.consequent)
            self._declarations.leave()
            branch = branch.alternate
        if branch is not None:
            self._check_branch(branch)
            self.visit(branch)
            self._declarations.leave()

    def _check_branch(self, branch: nodes.Statement) -> None:
        """Begin the scope of a branch: a function there is as if in a block of its own (Annex B.3.3)."""
        if not isinstance(branch, nodes.Function):
            self._check_body(branch)
        elif self._around.strict:
            self.fail(branch, "strict code can't declare a function here: put it in a block { }")
        self._declarations.enter("block")

    def _check_body(self, body: nodes.Statement) -> None:
        """Refuse a function as the body of a loop, or behind a label in a branch."""
        inner = _behind_labels(body)
        if isinstance(inner, nodes.Function):
            self.fail(inner, "a function can't be declared here: put it in a block { }")

    def switch_statement(self, node: nodes.SwitchStatement) -> None:
        self.visit(node.discriminant)
        outer, self._around.in_switch = self._around.in_switch, True
        self._declarations.enter("block")
        for case in node.cases:
            self.visit(case.test)
            for statement in case.consequent:
                self.visit(statement)
        self._declarations.leave()
        self._around.in_switch = outer

    def try_statement(self, node: nodes.TryStatement) -> None:
        self.visit(node.block)
        if node.handler is not None:
            self._check_catch(node.param)
            for statement in node.handler.body:
                self.visit(statement)
            self._declarations.leave()
        self.visit(node.finalizer)

    def _check_catch(self, parameter: nodes.Pattern | None) -> None:
        """Check the parameter of a catch clause and begin the scope of its block."""
        names: dict[str, nodes.Identifier] = {}
        for name in bound_names(parameter) if parameter is not None else ():
            if name.name in names:
                self.fail(name, f"`{name.name}` is declared twice as the parameter of `catch`")
            names[name.name] = name
        self.target(parameter)
        self._declarations.enter("catch", frozenset(names), plain=isinstance(parameter, nodes.Identifier))

    # --- loops ---

    def for_statement(self, node: nodes.ForStatement) -> None:
        self._declarations.enter("block")
        self.visit(node.init)
        self.visit(node.test)
        self.visit(node.update)
        self._check_body(node.body)
        outer, self._around.in_loop = self._around.in_loop, True
        self.visit(node.body)
        self._around.in_loop = outer
        self._declarations.leave()

    def for_in_of(self, node: nodes.ForInStatement | nodes.ForOfStatement) -> None:
        self._declarations.enter("block")
        if isinstance(node.left, nodes.VariableDeclaration):
            declarator = node.left.declarations[0]
            if declarator.init is not None and self._around.strict:
                self.fail(declarator, "strict code can't give the variable of a for-in loop a value")
            self.variable_declaration(node.left)
        else:
            self.target(node.left)
        self.visit(node.right)
        self._check_body(node.body)
        outer, self._around.in_loop = self._around.in_loop, True
        self.visit(node.body)
        self._around.in_loop = outer
        self._declarations.leave()

    def while_statement(self, node: nodes.WhileStatement | nodes.DoWhileStatement) -> None:
        self.visit(node.test)
        self._check_body(node.body)
        outer, self._around.in_loop = self._around.in_loop, True
        self.visit(node.body)
        self._around.in_loop = outer

    # --- jumps and labels ---

    def return_statement(self, node: nodes.ReturnStatement) -> None:
        if not self._around.in_function:
            self.fail(node, "`return` can only stand in a function")
        self.visit(node.argument)

    def throw_statement(self, node: nodes.ThrowStatement) -> None:
        self.visit(node.argument)

    def break_statement(self, node: nodes.BreakStatement) -> None:
        around = self._around
        if node.label is None:
            if not (around.in_loop or around.in_switch):
                self.fail(node, "`break` can only stand in a loop or a switch statement")
        elif node.label not in around.labels:
            self.fail(node, f"there is no label `{node.label}` around this `break`")

    def continue_statement(self, node: nodes.ContinueStatement) -> None:
        around = self._around
        if not around.in_loop:
            self.fail(node, "`continue` can only stand in a loop")
        if node.label is None or around.labels.get(node.label):
            return
        if node.label in around.labels:
            self.fail(node, f"`continue` needs the label of a loop, and `{node.label}` labels something else")
        self.fail(node, f"there is no label `{node.label}` around this `continue`")

    def labeled_statement(self, node: nodes.LabeledStatement) -> None:
        outer = self._around.labels
        if node.label in outer:
            self.fail(node, f"the label `{node.label}` is already used around this statement")
        self.refuse_reserved(node.label, node)
        labeled = _behind_labels(node)
        if isinstance(labeled, nodes.Function) and self._around.strict:
            self.fail(labeled, "strict code can't put a label before a function")
        self._around.labels = {**outer, node.label: isinstance(labeled, _LOOPS)}
        self.visit(node.body)
        self._around.labels = outer

    # --- declarations and functions ---

    def variable_declaration(self, node: nodes.VariableDeclaration) -> None:
        for declarator in node.declarations:
            for name in bound_names(declarator.id):
                if node.kind == "var":
                    self._declarations.variable(name.name, name)
                    continue
                if name.name == "let":
                    self.fail(name, f"`let` can't be a name in a `{node.kind}` declaration")
                self._declarations.lexical(name.name, name)
            self.target(declarator.id)
            self.visit(declarator.init)

    def function(self, node: nodes.Function) -> None:
        outer = self._around
        if node.kind == "declaration" and node.name is not None:
            self._declarations.function(node.name, node, strict=outer.strict)
        if node.strict and not node.simple:
            self.fail(node, 'a function with "use strict" can only have parameters that are plain names')
        if node.strict and not outer.strict:
            self._strict_parts.append((node.start, node.end))
        node.strict = node.strict or outer.strict
        new_target = outer.new_target or node.kind != "arrow"
        in_method = node.kind == "method" or (outer.in_method and node.kind == "arrow")
        self._around = Surroundings(node.strict, in_function=True, new_target=new_target, in_method=in_method)
        if node.name is not None:
            self.refuse_target(node.name, node)
        self._declarations.enter("function", self._parameters(node))
        for part in node.body.body if isinstance(node.body, nodes.BlockStatement) else [node.body]:
            self.visit(part)
        self._declarations.leave()
        self._around = outer

    def _parameters(self, node: nodes.Function) -> frozenset[str]:
        """Check the parameters and return their names."""
        names: set[str] = set()
        unique = node.strict or not node.simple or node.kind in ("arrow", "method")
        for parameter in node.params:
            for name in bound_names(parameter):
                if unique and name.name in names:
                    self.fail(name, f"two parameters are named `{name.name}`")
                names.add(name.name)
            self.target(parameter)
        return frozenset(names)

    checks = {  # noqa: RUF012
        nodes.ArrayExpression: ExpressionRules.array,
        nodes.AssignmentExpression: ExpressionRules.assignment,
        nodes.BinaryExpression: ExpressionRules.operation,
        nodes.BlockStatement: block,
        nodes.BooleanLiteral: ExpressionRules.nothing,
        nodes.BreakStatement: break_statement,
        nodes.CallExpression: ExpressionRules.access,
        nodes.ChainExpression: ExpressionRules.chain,
        nodes.ConditionalExpression: ExpressionRules.conditional,
        nodes.ContinueStatement: continue_statement,
        nodes.DebuggerStatement: ExpressionRules.nothing,
        nodes.DoWhileStatement: while_statement,
        nodes.EmptyStatement: ExpressionRules.nothing,
        nodes.ExpressionStatement: expression_statement,
        nodes.ForInStatement: for_in_of,
        nodes.ForOfStatement: for_in_of,
        nodes.ForStatement: for_statement,
        nodes.Function: function,
        nodes.Identifier: ExpressionRules.identifier,
        nodes.IfStatement: if_statement,
        nodes.LabeledStatement: labeled_statement,
        nodes.LogicalExpression: ExpressionRules.operation,
        nodes.MemberExpression: ExpressionRules.access,
        nodes.NewExpression: ExpressionRules.new,
        nodes.NewTarget: ExpressionRules.new_target,
        nodes.NullLiteral: ExpressionRules.nothing,
        nodes.NumberLiteral: ExpressionRules.nothing,
        nodes.ObjectExpression: ExpressionRules.object,
        nodes.RegExpLiteral: ExpressionRules.regexp,
        nodes.ReturnStatement: return_statement,
        nodes.SequenceExpression: ExpressionRules.sequence,
        nodes.SpreadElement: ExpressionRules.spread,
        nodes.StringLiteral: ExpressionRules.nothing,
        nodes.Super: ExpressionRules.super_base,
        nodes.SwitchStatement: switch_statement,
        nodes.TaggedTemplate: ExpressionRules.access,
        nodes.TemplateLiteral: ExpressionRules.template,
        nodes.ThisExpression: ExpressionRules.nothing,
        nodes.ThrowStatement: throw_statement,
        nodes.TryStatement: try_statement,
        nodes.UnaryExpression: ExpressionRules.unary,
        nodes.UpdateExpression: ExpressionRules.update,
        nodes.VariableDeclaration: variable_declaration,
        nodes.WhileStatement: while_statement,
    }


def _behind_labels(statement: nodes.Statement) -> nodes.Statement:
    """Return what *statement* is without its labels."""
    while isinstance(statement, nodes.LabeledStatement):
        statement = statement.body
    return statement
