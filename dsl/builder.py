"""The builder's part for statements and functions, and the whole of it.

Whether the program keeps the rules on names, labels, strictness and nesting is not its business: see early_errors.
"""

from __future__ import annotations

from typing import Any

from . import lexemes, nodes
from .expressions import ExpressionBuilder
from .lexer import Token
from .literals import Key, Symbols


class Builder(ExpressionBuilder):
    """Builds the tree of one script; `finish` must be called at the end."""

    def finish(self) -> None:
        """Raise what was an error unless a pattern came of it."""
        faults = sorted(self.covers.faults.values(), key=lambda fault: (fault[0].line, fault[0].column))
        if faults:
            self.fail(*faults[0])

    def program(self, c: Symbols) -> nodes.Program:
        return nodes.Program(1, 1, c[0], self._is_strict(c[0]))

    def second(self, c: Symbols) -> Any:
        return c[1]

    # --- declarations ---

    def variables(self, c: Symbols) -> nodes.VariableDeclaration:
        keyword, declarators = c
        return nodes.VariableDeclaration(keyword.line, keyword.column, keyword.kind, declarators)

    def declarator(self, c: Symbols) -> nodes.VariableDeclarator:
        return nodes.VariableDeclarator(c[0].line, c[0].column, c[0], c[2] if len(c) > 1 else None)

    def declared(self, c: Symbols) -> nodes.VariableDeclaration:
        return self._with_values(c[0])

    def _with_values(self, declaration: nodes.VariableDeclaration) -> nodes.VariableDeclaration:
        for declarator in declaration.declarations:
            if declarator.init is not None:
                continue
            if not isinstance(declarator.id, nodes.Identifier):
                self.fail(declarator, "a pattern in a declaration needs a value: `= ...` is missing")
            if declaration.kind == "const":
                self.fail(declarator, f"the constant {declarator.id.name} needs a value: `= ...` is missing")
        return declaration

    # --- statements ---

    def block(self, c: Symbols) -> nodes.BlockStatement:
        return nodes.BlockStatement(c[0].line, c[0].column, c[1])

    def empty_statement(self, c: Symbols) -> nodes.EmptyStatement:
        return nodes.EmptyStatement(c[0].line, c[0].column)

    def debugger_statement(self, c: Symbols) -> nodes.DebuggerStatement:
        return nodes.DebuggerStatement(c[0].line, c[0].column)

    def expression_statement(self, c: Symbols) -> nodes.ExpressionStatement:
        return nodes.ExpressionStatement(c[0].line, c[0].column, c[0])

    def if_statement(self, c: Symbols) -> nodes.IfStatement:
        return nodes.IfStatement(c[0].line, c[0].column, c[2], c[4], c[6] if len(c) > 5 else None)

    def for_statement(self, c: Symbols) -> nodes.ForStatement:
        keyword, _, init, _, test, _, update, _, body = c
        if isinstance(init, nodes.VariableDeclaration):
            self._with_values(init)
        return nodes.ForStatement(keyword.line, keyword.column, init, test, update, body)

    def for_in_statement(self, c: Symbols) -> nodes.ForInStatement:
        keyword, _, left, _, right, _, body = c
        return nodes.ForInStatement(keyword.line, keyword.column, self._for_target(left, "in"), right, body)

    def for_of_statement(self, c: Symbols) -> nodes.ForOfStatement:
        keyword, opening, left, _, right, _, body = c
        first = _first_of(left)
        begins = isinstance(first, nodes.Identifier) and self._is_first_after(opening, first)
        if begins and (first.name == "let" or (first.name == "async" and first is left)):
            self.fail(first, f"`for (... of ...)` can't begin with `{first.name}` without parentheses")
        return nodes.ForOfStatement(keyword.line, keyword.column, self._for_target(left, "of"), right, body)

    def _is_first_after(self, opening: Token, name: nodes.Identifier) -> bool:
        """Whether *name* comes right after *opening*, written without an escape."""
        source, offset = self.lexer.source, self.lexer.offset(name.line, name.column)
        between = lexemes.TRIVIA.match(source, opening.end)
        return between is not None and between.end() == offset and source.startswith(name.name, offset)

    def _for_target(self, left: Any, word: str) -> Any:
        """Check what a for-in or for-of loop assigns to."""
        if isinstance(left, nodes.ArrayExpression | nodes.ObjectExpression):
            return self.target(left, "=")
        if not isinstance(left, nodes.VariableDeclaration):
            return self._simple_target(left, f"the target of `for (... {word} ...)`")
        if len(left.declarations) > 1:
            self.fail(left.declarations[1], f"`for (... {word} ...)` declares one variable, not several")
        declarator = left.declarations[0]
        plain_var = word == "in" and left.kind == "var" and isinstance(declarator.id, nodes.Identifier)
        if declarator.init is not None and not plain_var:
            self.fail(declarator, f"the variable of `for (... {word} ...)` can't be given a value")
        return left

    def while_statement(self, c: Symbols) -> nodes.WhileStatement:
        return nodes.WhileStatement(c[0].line, c[0].column, c[2], c[4])

    def do_statement(self, c: Symbols) -> nodes.DoWhileStatement:
        return nodes.DoWhileStatement(c[0].line, c[0].column, c[1], c[4])

    def return_statement(self, c: Symbols) -> nodes.ReturnStatement:
        return nodes.ReturnStatement(c[0].line, c[0].column, c[1] if len(c) > 2 else None)

    def break_statement(self, c: Symbols) -> nodes.BreakStatement:
        return nodes.BreakStatement(c[0].line, c[0].column, c[1].value if len(c) > 2 else None)

    def continue_statement(self, c: Symbols) -> nodes.ContinueStatement:
        return nodes.ContinueStatement(c[0].line, c[0].column, c[1].value if len(c) > 2 else None)

    def throw_statement(self, c: Symbols) -> nodes.ThrowStatement:
        return nodes.ThrowStatement(c[0].line, c[0].column, c[1])

    def try_statement(self, c: Symbols) -> nodes.TryStatement:
        keyword, block = c[:2]
        clauses = c[2:]
        finalizer = clauses.pop() if isinstance(clauses[-1], nodes.BlockStatement) else None
        parameter, handler = clauses[0] if clauses else (None, None)
        return nodes.TryStatement(keyword.line, keyword.column, block, parameter, handler, finalizer)

    def catch_clause(self, c: Symbols) -> tuple[Any, nodes.BlockStatement]:
        return (c[2] if len(c) > 2 else None), c[-1]

    def switch_statement(self, c: Symbols) -> nodes.SwitchStatement:
        keyword, _, discriminant, _, _, cases, _ = c
        defaults = [case for case in cases if case.test is None]
        if len(defaults) > 1:
            self.fail(defaults[1], "a switch statement can have only one `default`")
        return nodes.SwitchStatement(keyword.line, keyword.column, discriminant, cases)

    def switch_case(self, c: Symbols) -> nodes.SwitchCase:
        return nodes.SwitchCase(c[0].line, c[0].column, c[1], c[3])

    def default_case(self, c: Symbols) -> nodes.SwitchCase:
        return nodes.SwitchCase(c[0].line, c[0].column, None, c[2])

    def labeled_statement(self, c: Symbols) -> nodes.LabeledStatement:
        return nodes.LabeledStatement(c[0].line, c[0].column, c[0].value, c[2])

    # --- functions ---

    def parameters(self, c: Symbols) -> list[Any]:
        if len(c) > 1:
            self.refuse_comma_after_rest(c[0])
        return self.covers.checked_rest(c[0])

    def function_declaration(self, c: Symbols) -> nodes.Function:
        keyword, name, _, parameters, _, opening, statements, closing = c
        body = nodes.BlockStatement(opening.line, opening.column, statements)
        return self._function("declaration", keyword, name=name, parameters=parameters, body=body, end=closing.end)

    def function_expression(self, c: Symbols) -> nodes.Function:
        name = c[1] if len(c) > 7 else None
        parameters, _, opening, statements, closing = c[-5:]
        body = nodes.BlockStatement(opening.line, opening.column, statements)
        return self._function("expression", c[0], name=name, parameters=parameters, body=body, end=closing.end)

    def method(self, c: Symbols) -> nodes.Property:
        key: Key = c[0]
        _, _, parameters, _, opening, statements, closing = c
        body = nodes.BlockStatement(opening.line, opening.column, statements)
        value = self._function("method", key.token, name=None, parameters=parameters, body=body, end=closing.end)
        return nodes.Property(key.token.line, key.token.column, key.node, key.computed, value, False, True)

    def short_arrow(self, c: Symbols) -> nodes.Function:
        name, _, body = c
        return self._arrow(name, [self.identifier([name])], body=body)

    def arrow(self, c: Symbols) -> nodes.Function:
        (opening, inside), _, body = c
        if isinstance(inside, list):
            return self._arrow(opening, inside, body=body)
        return self._arrow(opening, self._parameters_of(inside), body=body)

    def arrow_head(self, c: Symbols) -> tuple[Token, list[Any]]:
        """Parameters that can't be an expression in parentheses: none, a trailing comma, a rest."""
        parameters = [] if isinstance(c[1], Token) else self._parameters_of(c[1])
        if len(c) > 3 and not isinstance(c[-2], Token):
            parameters.append(self.rest(c[-3:-1]))
        return c[0], parameters

    def arrow_block(self, c: Symbols) -> nodes.BlockStatement:
        return self.block(c)

    def _parameters_of(self, expression: Any) -> list[Any]:
        several = isinstance(expression, nodes.SequenceExpression) and not self.covers.in_parentheses(expression)
        return [self.covers.element(part) for part in (expression.expressions if several else [expression])]

    def _arrow(self, start: Token, parameters: list[Any], *, body: Any) -> nodes.Function:
        for parameter in parameters:
            self.covers.binding(parameter)
        return self._function("arrow", start, name=None, parameters=parameters, body=body, end=self.lexer.before.end)

    def _function(
        self, kind: Any, start: Token, *, name: Token | None, parameters: list[Any], body: Any, end: int
    ) -> nodes.Function:
        expression = not isinstance(body, nodes.BlockStatement)
        strict = not expression and self._is_strict(body.body)
        written = None if name is None else name.value
        return nodes.Function(
            start.line, start.column, written, parameters, body, kind, strict, expression, start.start, end
        )  # fmt: skip

    def _is_strict(self, statements: list[nodes.Statement]) -> bool:
        """Mark the directives at the beginning of a body, and return whether "use strict" is among them."""
        strict = False
        for statement in statements:
            if not isinstance(statement, nodes.ExpressionStatement):
                break
            literal = statement.expression
            if not isinstance(literal, nodes.StringLiteral) or self.covers.in_parentheses(literal):
                break
            found = lexemes.LEXEME.match(self.lexer.source, self.lexer.offset(literal.line, literal.column))
            statement.directive = found.group()[1:-1] if found else None
            strict = strict or statement.directive == "use strict"
        return strict


def _first_of(expression: Any) -> Any:
    """Return the innermost expression that *expression*, a member or a call, begins with."""
    while True:
        match expression:
            case nodes.MemberExpression():
                expression = expression.object
            case nodes.CallExpression():
                expression = expression.callee
            case nodes.TaggedTemplate():
                expression = expression.tag
            case _:
                return expression
