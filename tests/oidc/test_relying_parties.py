"""openid-client, Authlib's client and mod_auth_openidc sign people in with us, feature by feature."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.oidc.relying.features import FEATURES, Scene, scene
from tests.oidc.relying.parties import PARTIES


@pytest.fixture(scope="module", params=PARTIES, ids=lambda party: party.name)
def at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A relying party and its server."""
    with scene(tmp_path_factory.mktemp("relying"), request.param) as made:
        yield made


@pytest.mark.parametrize("feature", FEATURES)
def test_a_relying_party_gets_what_it_asks_for(at: Scene, feature: str) -> None:
    """Every feature that the program offers works with ours."""
    if feature in at.party.lacks:
        pytest.skip(f"{at.party.name} does not offer it")
    FEATURES[feature](at)
