"""One server for each file of cases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.town import Town, document, town


@pytest.fixture(scope="module")
def whole_place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Progressive enrollment is on."""
    with town(tmp_path_factory.mktemp("town")) as made:
        yield made


@pytest.fixture(scope="module")
def whole_strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Progressive enrollment is off, the number challenge is on."""
    with town(tmp_path_factory.mktemp("strict"), document(progressive=False, number=True)) as made:
        yield made


@pytest.fixture
def place(whole_place: Town) -> Iterator[Town]:
    """The first, in the present, whatever the case before did to the clock."""
    whole_place.clock.ahead = 0.0
    return whole_place


@pytest.fixture
def strict(whole_strict: Town) -> Iterator[Town]:
    """The second, in the present."""
    whole_strict.clock.ahead = 0.0
    return whole_strict
