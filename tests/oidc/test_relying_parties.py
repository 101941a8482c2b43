"""openid-client, Authlib's client and mod_auth_openidc sign people in with us, feature by feature."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.oidc.relying.features import FEATURES, Scene, scene
from tests.oidc.relying.parties import PARTIES

OFFERED = [
    pytest.param(party, feature, id=f"{party.name}-{feature}")
    for party in PARTIES
    for feature in FEATURES
    if feature not in party.lacks
]


@pytest.fixture(scope="module")
def at(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A relying party and its server."""
    with scene(tmp_path_factory.mktemp("relying"), request.param) as made:
        yield made


@pytest.mark.parametrize(("at", "feature"), OFFERED, indirect=["at"])
def test_a_relying_party_gets_what_it_asks_for(at: Scene, feature: str) -> None:
    """Every feature that the program offers works with ours."""
    FEATURES[feature](at)
