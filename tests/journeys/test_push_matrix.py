"""A part of the push matrix and of the bombing; the whole of both is behind their commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.push_bombing import ANSWERS, Answer, Scene, bombed
from tests.journeys.push_matrix import ENDS, KINDS, PROVIDERS, Kind, Matrix, matrix

CELLS = [
    (kind, PROVIDERS[(row + column) % len(PROVIDERS)], end)
    for row, kind in enumerate(KINDS)
    for column, end in enumerate(ENDS)
]
"""Each kind of device and each way to end, with the providers in turn."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    """One server for all cells."""
    with matrix(tmp_path_factory.mktemp("matrix")) as made:
        yield made


@pytest.mark.parametrize(("kind", "provider", "end"), CELLS, ids=lambda part: getattr(part, "name", part))
def test_a_push_ends_as_it_must(run: Matrix, kind: Kind, provider: str, end: str) -> None:
    """Over real HTTP, from the enrollment on."""
    assert run.cell(kind, provider, end) == ENDS[end][1]


@pytest.mark.parametrize(
    ("answer", "most"), [*zip(ANSWERS, (10, 5, 3), strict=True)], ids=lambda part: str(part)[:30]
)
def test_strangers_reach_the_phone_a_few_times_and_keep_nobody_out(tmp_path: Path, answer: Answer, most: int) -> None:
    """Twelve minutes of fifty addresses; then the person signs in with their own browser."""
    with bombed(tmp_path) as place:
        hour = Scene(place, answer).play(minutes=12, every=12, own_at=lambda minute: minute == 11)
    assert hour.arrived <= most
    assert (hour.own_in, hour.strangers_in, hour.pages) == (1, 0, 1)
