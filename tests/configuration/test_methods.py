"""The names that configurations know are those that the authenticators have."""

from __future__ import annotations

from authenticators.identifier import Identifier
from authenticators.password import Password
from authenticators.push.authenticator import Push
from configuration.methods import METHODS, method_named


def test_the_table_says_what_the_authenticators_say() -> None:
    """Ids, aliases and whether they prove something; what is not there is not available."""
    real = {kind.id: kind for kind in (Identifier, Password, Push)}
    available = {method.id: method for method in METHODS if method.available}
    assert available.keys() == real.keys()
    for name, method in available.items():
        assert method.factor == real[name].factor
        assert {alias.lower() for alias in method.aliases} == real[name].aliases


def test_names_are_known_in_any_case() -> None:
    """As imported configurations and scripts write them."""
    for name, meant in (("BASICAUTHENTICATOR", "password"), ("fidoauthenticator", "passkey"), ("Push", "push")):
        method = method_named(name)
        assert method is not None
        assert method.id == meant
    assert method_named("telepathy") is None
