"""The policy of a page names its application and nothing else."""

from __future__ import annotations

import pytest

from web.headers import content_security_policy, source_of


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://app.example.test:8443/cb?x=;%20script-src%20*", "https://app.example.test:8443"),
        ("http://[::1]:9000/cb", "http://[::1]:9000"),
        ("com.example.app:/callback", "com.example.app:"),
        ("https://user@good.test/cb", "https://good.test"),
        ("https://a;script-src *.test/", None),
        ("https:///cb", None),
        ("https://x:port/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("/local", None),
    ],
)
def test_a_source_is_an_origin_or_an_apps_own_scheme(address: str, source: str | None) -> None:
    """Nothing from an address can add a directive."""
    assert source_of(address) == source


def test_a_policy_allows_forms_to_end_at_the_application() -> None:
    """Browsers apply form-action to the redirect as well."""
    policy = content_security_policy(form_targets=["https://app.example.test/cb"], more=["worker-src 'self'"])
    assert policy.endswith("form-action 'self' https://app.example.test; worker-src 'self'")
    assert policy.startswith("default-src 'none'")
