"""The scope lists of a snapshot: made first, for functions to capture them; their slots are filled last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..base import TDZ, Value
from .checking import damaged, expect_count

if TYPE_CHECKING:
    from ..callables import FunctionCode
    from ..run import Run


class Scopes:
    """The lists that closures share, by number.  records: as they are written."""

    def __init__(self, run: Run, records: list[Any]) -> None:
        sizes = run.program.scope_sizes
        self._run = run
        self._records = records
        self._lists: list[list[Any]] = [[None] * sizes[expect_count(scope_id)] for scope_id, _, _ in records]
        parents = run.program.scope_parents
        for scope, (scope_id, around, _) in zip(self._lists, records, strict=True):
            if around is not None:
                scope[0] = self.list_of(around, parents[scope_id])

    def list_of(self, number: Any, scope_id: int) -> list[Any]:
        """The list of that number, which must be of that scope."""
        if scope_id == 0:
            return self._run.top if number is True else damaged("a scope")
        if type(number) is not int or number < 0 or self._records[number][0] != scope_id:
            damaged("a scope")
        return self._lists[number]

    def captured(self, number: Any, code: FunctionCode) -> list[Any] | None:
        """What a function holds; every scope that it can touch must be there."""
        innermost = code.chain[0]
        if innermost == 0:
            return self._run.top
        if number is None:
            return damaged("a closure") if code.uses else None
        if type(number) is not int or number < 0 or self._records[number][0] != innermost:
            damaged("a scope")
        captured = self._lists[number]
        if len(code.uses) > 1:
            self._check_chain(captured, code)
        return captured

    def _check_chain(self, scope: list[Any], code: FunctionCode) -> None:
        for scope_id in code.chain[1 : len(code.uses)]:
            scope = scope[0]
            if scope is None:
                damaged("a closure")
            if scope_id == 0:
                break

    def fill(self, read: Callable[[Any, Value], Value]) -> None:
        """Put what is written into the slots.  read: the value of what is written; a slot may be not initialised."""
        for scope, (_, _, slots) in zip(self._lists, self._records, strict=True):
            for slot, written in slots.items():
                if type(slot) is not int or not 0 < slot < len(scope):
                    damaged("a slot")
                scope[slot] = read(written, TDZ)
