"""Text -> tree: the LALR(1) machine over the tables of grammar.lark.

Its stack is a list, so no text however nested reaches Python's limit of recursion.  The rules that a parsed script must
still keep are checked by early_errors, as the last step of `parse`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import diagnostics, grammar_tables, nodes
from .builder import Builder
from .early_errors import check
from .errors import ScriptSyntaxError
from .grammar_tables import Rule, Tables
from .lexer import Lexer

MAX_SOURCE_BYTES = 64 * 1024
_MAX_STACK = 6000  # symbols; the longest permitted chain of `else if` and the deepest permitted nesting need fewer


def parse(source: str, *, max_bytes: int = MAX_SOURCE_BYTES) -> nodes.Program:
    """Return the tree of *source*, a script.

    max_bytes: of the source as UTF-8.  Raises ScriptSyntaxError, with code "syntax" if the text is not a script and
    "early" if it breaks a rule that holds before running.
    """
    if len(source) > max_bytes or len(source.encode("utf-8", "surrogatepass")) > max_bytes:
        raise ScriptSyntaxError(f"the script is larger than {max_bytes} bytes", 1, column=1)
    lexer = Lexer(source)
    builder = Builder(lexer)
    program = _Machine(grammar_tables.load(), lexer, builder=builder).run()
    builder.finish()
    check(program, source, octals=lexer.octals)
    return program


class _Machine:
    """One parse: a stack of states and a stack of what the builder made."""

    def __init__(self, tables: Tables, lexer: Lexer, *, builder: Builder) -> None:
        self._rows = tables.rows
        self._accept = tables.accept
        self._lexer = lexer
        self._states = [0]
        self._values: list[Any] = []
        self._rules = [_bound(rule, builder) for rule in tables.rules]

    def run(self) -> nodes.Program:
        """Feed the parser until the script ends."""
        lexer, rows, states, values = self._lexer, self._rows, self._states, self._values
        while True:
            token = lexer.next(rows[states[-1]], self._accepts)
            self._reduce(token.type)
            state = rows[states[-1]][token.type]
            if state == self._accept:
                program: nodes.Program = values[-1]
                return program
            states.append(state)
            values.append(token)
            if len(states) > _MAX_STACK:
                lexer.fail("the script is nested too deeply", token.start)

    def _reduce(self, terminal: str) -> None:
        """Reduce until *terminal* can be shifted."""
        rows, states, values, rules = self._rows, self._states, self._values, self._rules
        while True:
            code = rows[states[-1]].get(terminal)
            if code is None:
                diagnostics.complain(self._lexer, self._accepts)
            if code >= 0:
                return
            make, size, origin = rules[~code]
            if make is None:
                states[-1] = rows[states[-2]][origin]
                continue
            if size:
                children = values[-size:]
                del states[-size:], values[-size:]
            else:
                children = []
            values.append(make(children))
            states.append(rows[states[-1]][origin])

    def _accepts(self, terminal: str) -> bool:
        """Whether *terminal* could be shifted now, after the reductions that it brings about."""
        rows = self._rows
        states = self._states.copy()
        while True:
            code = rows[states[-1]].get(terminal)
            if code is None:
                return False
            if code >= 0:
                return True
            _, size, origin = self._rules[~code]
            del states[len(states) - size :]
            states.append(rows[states[-1]][origin])


def _bound(rule: Rule, builder: Builder) -> tuple[Callable[[list[Any]], Any] | None, int, str]:
    """Return (the builder's method, size, origin) of *rule*."""
    return None if rule.make is None else getattr(builder, rule.make), rule.size, rule.origin
