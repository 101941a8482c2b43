"""The server knows itself from its configuration."""

from __future__ import annotations

import pytest

from web.site import UnsafeSite, site_of


def test_an_issuer_names_origin_and_hosts() -> None:
    """A default port may be written or left out."""
    site = site_of("https://id.example.test:443/")
    assert site.origin == "https://id.example.test"
    assert site.hosts == {"id.example.test", "id.example.test:443"}
    assert site.secure


def test_a_loopback_issuer_answers_to_every_loopback_name() -> None:
    """On its own port only."""
    site = site_of("http://localhost:8400")
    assert site.hosts == {"localhost:8400", "127.0.0.1:8400", "[::1]:8400"}
    assert not site.secure


@pytest.mark.parametrize(
    "issuer",
    ["", "id.example.test", "ftp://x", "https://", "https://x/path", "https://x?q", "https://u@x", "http://id.example.test",
     "https://x:99999"],
)  # fmt: skip
def test_an_unusable_issuer_is_refused(issuer: str) -> None:
    """Plain http is for the loopback."""
    with pytest.raises(UnsafeSite):
        site_of(issuer)


def test_only_configured_proxies_are_trusted() -> None:
    """By network, in both families."""
    site = site_of("https://id.example.test", trusted_proxies=["10.0.0.0/8", "::1"])
    assert site.trusts("10.2.3.4")
    assert site.trusts("::1")
    assert not site.trusts("11.0.0.1")
    assert not site.trusts("")
    with pytest.raises(UnsafeSite):
        site_of("https://id.example.test", trusted_proxies=["proxy"])
