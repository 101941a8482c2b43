"""The OpenID profiles, case by case; each is named after its rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.oidc.profiles.__main__ import PROFILES
from tests.oidc.profiles.stage import Case, Stage, stage


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A living provider."""
    with stage(tmp_path_factory.mktemp("profiles")) as made:
        yield made


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=rule) for cases in PROFILES.values() for rule, case in cases.items()],
)
def test_oidc_39_a_profile_is_kept(on: Stage, case: Case) -> None:
    """What the profile's rule says, over real HTTP."""
    case(on)
