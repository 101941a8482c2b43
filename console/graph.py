"""The picture of a flow: the states of its graph in layers, as plain values for an SVG.  Draws nothing itself.

An arrow carries the numbers of the edges that it stands for; the edges are told in words below the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.proof import Edge, Graph, Node

WIDTH, HEIGHT = 168, 48
ACROSS, DOWN = 212, 116
"""From one box to the next."""
MARGIN = 24
MOST = 80
"""Edges that are told."""


@dataclass(frozen=True, slots=True)
class Box:
    """A state or an end.  kind: `state`, `success` or `fail`; x, y: its upper left corner; note: what is done there."""

    title: str
    note: str
    kind: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """path: as SVG has it; numbers: of its edges; x, y: where they stand."""

    path: str
    numbers: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Told:
    """An edge in words."""

    number: int
    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole.  left: how many edges are not told any more."""

    width: int
    height: int
    boxes: Sequence[Box]
    arrows: Sequence[Arrow]
    edges: Sequence[Told]
    left: int


def picture(graph: Graph, methods: Mapping[int, str]) -> Picture:
    """Of a graph.  methods: what a step offers, by its number."""
    layers = _layers(graph)
    widest = max(len(layer) for layer in layers)
    boxes: dict[object, Box] = {}
    for row, layer in enumerate(layers):
        start = MARGIN + (widest - len(layer)) * ACROSS // 2
        for column, one in enumerate(layer):
            boxes[one] = _box(one, methods, start + column * ACROSS, MARGIN + row * DOWN)
    edges = list(graph.edges())
    arrows = [_arrow(boxes[key[0]], boxes[key[1]], numbers) for key, numbers in _joined(edges).items()]
    told = [
        Told(number, boxes[one.source].title, boxes[one.target].title, one.label)
        for number, one in enumerate(edges[:MOST], 1)
    ]
    width, height = MARGIN * 4 + widest * ACROSS, MARGIN * 2 + len(layers) * DOWN - (DOWN - HEIGHT)
    return Picture(width, height, list(boxes.values()), arrows, told, max(0, len(edges) - MOST))


def _layers(graph: Graph) -> list[list[Node | str]]:
    """States by how many answers lead to them, each near those that lead there; the ends below."""
    place: dict[object, float] = {}
    layers: list[list[Node | str]] = []
    for round_ in sorted({node.round for node in graph.nodes}):
        layer = [node for node in graph.nodes if node.round == round_]
        layer.sort(key=lambda node: _mean([place[e.source] for e in node.incoming if e.source in place]))
        place |= {node: index - len(layer) / 2 for index, node in enumerate(layer)}
        layers.append([*layer])
    ends = sorted({edge.target for edge in graph.edges() if isinstance(edge.target, str)}, reverse=True)
    return [*layers, [*ends]] if ends else layers


def _mean(places: list[float]) -> float:
    return sum(places) / len(places) if places else 0.0


def _box(one: Node | str, methods: Mapping[int, str], x: int, y: int) -> Box:
    if isinstance(one, str):
        return Box(one, "", one, x, y)
    note = methods.get(one.step, "") if one.step is not None else ""
    return Box(_short(one.waits_for, 20), _short(note, 24), "state", x, y)


def _joined(edges: Sequence[Edge]) -> dict[tuple[object, object], list[int]]:
    """The numbers of the edges between each two."""
    joined: dict[tuple[object, object], list[int]] = {}
    for number, edge in enumerate(edges, 1):
        joined.setdefault((edge.source, edge.target), []).append(number)
    return joined


def _arrow(source: Box, target: Box, numbers: list[int]) -> Arrow:
    text = ", ".join(map(str, numbers)) if len(numbers) < 4 else f"{numbers[0]}, … {numbers[-1]}"
    curve = _curve(source, target)
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = curve
    at = [(8 * a + 12 * b + 6 * c + d) // 27 for a, b, c, d in zip(*curve, strict=True)]  # a third of the way
    return Arrow(f"M{x1} {y1}C{x2} {y2} {x3} {y3} {x4} {y4}", text, at[0], at[1] + 4)


def _curve(source: Box, target: Box) -> tuple[tuple[int, int], ...]:
    """The four points of a cubic curve: straight down to the next layer, else out at the side and around the boxes."""
    middle, under, above = WIDTH // 2, source.y + HEIGHT, target.y - 5
    if target.y == source.y + DOWN:
        x1, x2, bend = source.x + middle, target.x + middle, (above - under) // 2
        return (x1, under), (x1, under + bend), (x2, above - bend), (x2, above)
    if target.y > source.y:
        side = -1 if target.x < source.x else 1
        x1, x2, y1 = source.x + middle + side * middle, target.x + middle, source.y + HEIGHT // 2
        return (x1, y1), (x1 + side * 48, y1), (max(x2 + side * 24, 4), above - DOWN), (x2, above)
    x1, y1, x2, y2 = source.x + WIDTH, source.y + HEIGHT // 2, target.x + WIDTH + 5, target.y + HEIGHT // 2
    if source is target:
        y1, y2 = y1 - 12, y2 + 12
    out = max(x1, x2) + 48
    return (x1, y1), (out, y1), (out, y2), (x2, y2)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
