"""The state of one attempt to match, and what an operation of a compiled regular expression is.

The compiled form is a graph of operations, each of which knows the next one.  `step` does an operation at the present
place and answers the operation to go on with, or None when it does not match here.
"""

from __future__ import annotations

from dataclasses import dataclass

Entry = tuple["Operation | None", int, int]
"""(operation, FROM_START, at): step it at that place; (operation, low, at): let it retry; (None, cell, value): undo."""
FROM_START = -1


class Matching:
    """The changing state of one attempt: place, cells (group borders, then counters), stack of ways back."""

    __slots__ = ("cells", "debt", "pos", "stack", "text")

    def __init__(self, text: str, pos: int, cell_count: int) -> None:
        self.text = text
        self.pos = pos
        self.cells = [-1] * cell_count
        self.stack: list[Entry] = []
        self.debt = 0

    def write(self, cell: int, value: int) -> None:
        """Set a cell so that backtracking restores it."""
        self.stack.append((None, cell, self.cells[cell]))
        self.cells[cell] = value

    def back(self) -> Operation | None:
        """Return to the latest way not yet tried; None if there is none left."""
        stack, cells = self.stack, self.cells
        while stack:
            operation, low, at = stack.pop()
            if operation is None:
                cells[low] = at
                continue
            if low < 0:
                self.pos = at
                return operation
            following = operation.retry(self, low, at)
            if following is not None:
                return following
        return None

    def cut(self, mark: int, undo: bool) -> None:
        """Forget the ways back above *mark*; with *undo* also take back what was written since."""
        stack = self.stack
        if undo:
            while len(stack) > mark:
                operation, cell, value = stack.pop()
                if operation is None:
                    self.cells[cell] = value
            return
        kept = [entry for entry in stack[mark:] if entry[0] is None]
        del stack[mark:]
        stack += kept


@dataclass(slots=True, eq=False)
class Operation:
    """One operation; as itself it matches nothing and goes nowhere (the end of a pattern)."""

    def step(self, m: Matching) -> Operation | None:
        """Do it at the present place."""
        return None

    def retry(self, m: Matching, low: int, at: int) -> Operation | None:
        """Take up again the way that was left on the stack with *low* (0 or more) and *at*."""
        return None
