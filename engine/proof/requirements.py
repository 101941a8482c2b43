"""What must hold of every way in, and whether it does: proven, a counterexample that was played, or not proven."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from engine.functions import Functions
from engine.model import Flow
from engine.proof.graph import ANY_NAME, Edge, Graph, Node
from engine.proof.scenarios import scenarios_of
from engine.simulation import BadScenario

Answer = Literal["proven", "counterexample", "not proven"]
MOST_WAYS = 12
"""Ways around a requirement that are tried, and scenarios tried for each."""
MOST_SCENARIOS = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one requirement.  because: in words; scenario: a login that gets around it."""

    require: str
    answer: Answer
    because: str
    scenario: dict[str, Any] | None = None


Replay = Callable[[dict[str, Any]], "tuple[str, frozenset[str]]"]
"""Plays a scenario: how it ended, and the factors with which somebody got in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement about factors.  factors: one of them must be proven; who: only of those who have that."""

    text: str
    factors: frozenset[str]
    who: tuple[str, str] | None = None

    @classmethod
    def read(cls, text: str) -> Wanted:
        """`push`, `password|push`, `push@role=admin`; besides roles, `group` and `acr`.  Raises ValueError."""
        factors, at, who = text.partition("@")
        word, equals, name = who.partition("=")
        if at and not (equals and name and word in ("role", "group", "acr")):
            raise ValueError(f"{text}: after @ comes role=NAME, group=NAME or acr=LEVEL")
        return cls(text, frozenset(factors.split("|")), (word, name) if at else None)

    def is_missed_by(self, edge: Edge) -> bool:
        """Whether somebody whom it is about gets in by that edge without it."""
        lacks = self.who is not None and bool({self.who, (self.who[0], ANY_NAME)} & edge.lacks)
        return not edge.factors & self.factors and not lacks


@dataclass(frozen=True, slots=True)
class Court:
    """Where requirements are judged.  pool: what the script mentions."""

    graph: Graph
    flow: Flow
    functions: Functions
    replay: Replay
    pool: Sequence[object]

    def judge(self, wanted: Wanted) -> Verdict:
        """Whether it holds of every way in."""
        graph, text = self.graph, wanted.text
        around = [edge for edge in graph.successes() if wanted.is_missed_by(edge)]
        for edge in around[:MOST_WAYS]:
            for way in _ways_to(edge):
                scenario = self._played(way, wanted)
                if scenario is not None:
                    return Verdict(text, "counterexample", f"somebody gets in without it: {_story(way)}", scenario)
        if around:
            way = _ways_to(around[0])[0]
            return Verdict(text, "not proven", f"{_line(way)}nobody found a login that goes this way: {_story(way)}")
        if graph.gaps:
            return Verdict(text, "not proven", next(iter(graph.gaps)))
        return Verdict(text, "proven", "it is on every way in" if graph.successes() else "nobody gets in at all")

    def _played(self, way: Sequence[Edge], wanted: Wanted) -> dict[str, Any] | None:
        """A scenario that was played and got in so."""
        for scenario in islice(
            scenarios_of(way, self.flow, self.functions, pool=self.pool, who=wanted.who), MOST_SCENARIOS
        ):
            try:
                result, factors = self.replay(scenario)
            except BadScenario:
                continue
            if result == "success" and not factors & wanted.factors:
                return scenario
        return None


def _line(way: Sequence[Edge]) -> str:
    """The last place on the way where something was decided."""
    places = [condition.place for edge in way for condition in edge.conditions]
    return f"line {places[-1].line}: " if places else ""


def _ways_to(edge: Edge) -> list[list[Edge]]:
    """Some ways from the beginning that end with *edge*, the shortest first."""
    found: list[list[Edge]] = []
    waiting: list[list[Edge]] = [[edge]]
    while waiting and len(found) < 4:
        way = waiting.pop(0)
        if way[0].source.number == 0:
            found.append(way)
            continue
        seen = {one.source for one in way}
        waiting += [[before, *way] for before in way[0].source.incoming[:4] if before.source not in seen]
        if len(waiting) > 200:
            break
    return found or [[edge]]


def ways(graph: Graph, most: int = 200) -> Iterator[list[Edge]]:
    """Ways to success on which no state comes twice, the first found first; at most *most*."""
    stack: list[list[Edge]] = [[edge] for edge in reversed(graph.nodes[0].edges)]
    told, looked = 0, 0
    while stack and told < most and looked < 20_000:
        way = stack.pop()
        looked += 1
        last = way[-1]
        if last.target == "success":
            told += 1
            yield way
        elif isinstance(last.target, Node) and last.target not in {edge.source for edge in way}:
            stack += [[*way, edge] for edge in reversed(last.target.edges)]


def _story(way: Sequence[Edge]) -> str:
    return "; ".join(edge.label for edge in way if edge.label) or "at once"
