"""break and continue.  Every construct that can be left is a Python loop; a jump to an outer one sets a flag and
breaks, and each loop between looks at the flag when it ends.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .. import nodes
from .build import At, assign_name, at, const, if_, name

Verb: TypeAlias = Literal["break", "continue"]


@dataclass(slots=True, eq=False)
class Target:
    """A construct under way.  passing: flags of jumps that break out of it towards one further out.

    finalizers: how many finally blocks were around it; continued: whether a continue aims at it.
    """

    number: int
    labels: tuple[str, ...]
    loop: bool
    switch: bool
    finalizers: int
    continued: bool = False
    passing: dict[str, tuple[Target, Verb]] = field(default_factory=dict)


class Jumps:
    """The constructs around the place that is being written, innermost last."""

    def __init__(self) -> None:
        self.targets: list[Target] = []
        self.labels: list[str] = []
        self.finalizers = 0
        self._count = 0

    def begin(self, *, loop: bool = False, switch: bool = False) -> Target:
        """A construct begins; it takes the labels that stand before it."""
        self._count += 1
        target = Target(self._count, tuple(self.labels), loop, switch, self.finalizers)
        self.labels = []
        self.targets.append(target)
        return target

    def end(self, target: Target, loop: ast.stmt, node: nodes.Node) -> list[ast.stmt]:
        """The finished construct with the flags around it."""
        self.targets.pop()
        place = at(node)
        before = [assign_name(flag, const(False, place), place) for flag in target.passing]
        after = [
            if_(name(flag, place), self._leave(goal, verb, place), [], place)
            for flag, (goal, verb) in target.passing.items()
        ]
        return [*before, loop, *after]

    def find(self, verb: Verb, label: str | None) -> Target:
        """What a break or continue aims at."""
        for target in reversed(self.targets):
            if label is not None:
                if label in target.labels:
                    return target
            elif target.loop or (verb == "break" and target.switch):
                return target
        raise AssertionError("early errors refuse a jump without a target")

    def jump(self, node: nodes.BreakStatement | nodes.ContinueStatement) -> list[ast.stmt]:
        """The statements of a break or continue."""
        verb: Verb = "break" if isinstance(node, nodes.BreakStatement) else "continue"
        goal = self.find(verb, node.label)
        goal.continued = goal.continued or verb == "continue"
        place = at(node)
        statements = self._forget(goal, place)
        if goal is not self.targets[-1]:
            flag = f"j{goal.number}{verb[0]}"
            for target in self.targets[self.targets.index(goal) + 1 :]:
                target.passing[flag] = (goal, verb)
            statements.append(assign_name(flag, const(True, place), place))
        return statements + self._leave(goal, verb, place)

    def _leave(self, goal: Target, verb: Verb, place: At) -> list[ast.stmt]:
        if goal is self.targets[-1] and verb == "continue":
            return [ast.Continue(**place)]
        return [ast.Break(**place)]

    def _forget(self, goal: Target, place: At) -> list[ast.stmt]:
        """A jump out of a finally block overrides the jump that led there, so that one's flag is taken back."""
        if goal.finalizers == self.finalizers:
            return []
        flags = {flag for target in self.targets for flag in target.passing}
        return [assign_name(flag, const(False, place), place) for flag in sorted(flags)]
