"""What a script can never do: every way through it, with the factors on it, and whether requirements hold of all.

Nothing is played on real people or services; a counterexample is told only once `simulate` has gone that way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dsl import ScriptSyntaxError
from dsl.nodes import NumberLiteral, StringLiteral
from dsl.parser import parse
from dsl.values import text
from engine.check.tree import walk
from engine.model import Flow
from engine.proof.explorer import Surroundings, explore
from engine.proof.graph import Condition, Edge, Graph, Happening, Node, Range
from engine.proof.requirements import Court, Replay, Verdict, Wanted, ways

__all__ = [
    "Condition",
    "Edge",
    "Graph",
    "Happening",
    "Node",
    "Proof",
    "Range",
    "Surroundings",
    "Verdict",
    "Way",
    "prove",
]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to success.  steps: what was done; factors: what was proven by that; when: the conditions, in words."""

    steps: tuple[Happening, ...]
    factors: frozenset[str]
    when: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found.  warnings: what the reader of the verdicts should know."""

    graph: Graph
    ways: Sequence[Way]
    verdicts: Sequence[Verdict]
    warnings: Sequence[str]

    @property
    def holds(self) -> bool:
        """Whether everything that was asked is proven."""
        return all(verdict.answer == "proven" for verdict in self.verdicts)


def prove(flow: Flow, require: Sequence[str], *, around: Surroundings, replay: Replay) -> Proof:
    """Explore the flow's script and judge each requirement.  Raises ScriptSyntaxError.

    require: factors, each by its id; `a|b` is one of the two, `a@role=admin` is for these people (Wanted).
    replay: plays a scenario on the same flow.
    """
    graph = explore(flow, around)
    court = Court(graph, flow, around.functions, replay, _constants(flow.script or ""))
    verdicts = [court.judge(Wanted.read(text)) for text in require]
    warnings = [] if graph.successes() or graph.gaps else ["no way leads to success: nobody can log in"]
    found = [_way(way) for way in ways(graph)]
    return Proof(graph, tuple(dict.fromkeys(found)), verdicts, warnings)


def _way(edges: Sequence[Edge]) -> Way:
    steps = tuple(one for edge in edges for one in edge.happened if one.kind == "step")
    when = tuple(dict.fromkeys(word for edge in edges for word in _words(edge)))
    return Way(steps, edges[-1].factors, when)


def _words(edge: Edge) -> Sequence[str]:
    told = [f"{one.about}: {one.outcome}" for one in edge.happened if one.kind in ("call", "prompt", "skip")]
    return [*told, *map(str, edge.conditions)]


def _constants(source: str) -> Sequence[object]:
    """Texts and numbers that the script mentions: what its conditions are likely to be about."""
    try:
        nodes = list(walk(parse(source)))
    except ScriptSyntaxError:
        return ()
    found = [text(one.value) for one in nodes if isinstance(one, StringLiteral) and len(one.value) < 200]
    return list(dict.fromkeys([*found, *(one.value for one in nodes if isinstance(one, NumberLiteral))]))
