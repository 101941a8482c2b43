"""What exploring finds: where a login can wait, what can happen there, and where it can end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from dsl.exploration import Facts, Term

End = Literal["success", "fail"]
ANY_NAME = "*"
"""Stands for every name, where a person is known to have none of a kind."""


@dataclass(frozen=True, slots=True)
class Range:
    """A place in the script, or in a library of it.  Lines and columns are 1-based."""

    line: int
    column: int
    file: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the script that was decided.  text: in the script's own words."""

    text: str
    taken: bool
    place: Range

    def __str__(self) -> str:
        return self.text if self.taken else f"not ({self.text})"


@dataclass(frozen=True, slots=True)
class Happening:
    """What was answered to the login.  kind: step, prompt, call, skip, or asked and secret in the middle of a run.

    about: which; outcome: the event or word; authenticator: how a step was done; data: what came back.
    """

    kind: str
    about: int | str
    outcome: str
    authenticator: str | None = None
    data: Term | None = None

    def __str__(self) -> str:
        by = f" ({self.authenticator})" if self.authenticator else ""
        return f"{self.kind} {self.about}{by}: {self.outcome}"


@dataclass(eq=False, slots=True)
class Edge:
    """One way from a state to the next, or to an end.

    decided: what the way takes for granted; generation: of its leaves; lacks: what the person does
    not have on this way (role, group or level, and its name); why, detail: the reason of an end; told: steps and
    calls as the audit of a login tells them.
    """

    source: Node
    target: Node | End
    happened: tuple[Happening, ...]
    conditions: tuple[Condition, ...]
    decided: tuple[tuple[Term, Any], ...]
    generation: int
    factors: frozenset[str]
    lacks: frozenset[tuple[str, str]]
    why: str = ""
    detail: str = ""
    told: tuple[tuple[Any, ...], ...] = ()

    @property
    def label(self) -> str:
        """What happens and under which conditions, in words."""
        told = [str(one) for one in self.happened if one.kind not in ("asked", "secret")]
        return "; ".join([*told, *map(str, self.conditions)])


@dataclass(eq=False, slots=True)
class Node:
    """A state in which a login waits for a person.  number: in the order of being found; 0 is the beginning.

    waits_for: `step 1`, `prompt genericForm`; line: where the script asked for it.  round: how many answers it takes to
    come there at least.
    """

    number: int
    login: bytes
    facts: Facts
    waits_for: str
    line: int
    round: int = 0
    step: int | None = None
    handlers: frozenset[str] = frozenset()
    factors: frozenset[str] = frozenset()
    edges: list[Edge] = field(default_factory=list)
    incoming: list[Edge] = field(default_factory=list)


@dataclass(slots=True)
class Graph:
    """All states and edges.  gaps: what could not be told, each with its line; runs: how much work it was."""

    nodes: list[Node] = field(default_factory=list)
    gaps: dict[str, None] = field(default_factory=dict)
    calls: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    runs: int = 0

    def edges(self) -> Iterator[Edge]:
        """All of them."""
        for node in self.nodes:
            yield from node.edges

    def successes(self) -> list[Edge]:
        """Those that let somebody in."""
        return [edge for edge in self.edges() if edge.target == "success"]
