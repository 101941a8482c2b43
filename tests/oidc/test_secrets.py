"""How client secrets are stored."""

from __future__ import annotations

import pytest

from oidc.secrets import hash_secret, is_weak, new_secret, verify_secret


def test_oidc_16_a_secret_fits_its_own_hash_only() -> None:
    """And the same secret is never stored the same way twice."""
    stored = hash_secret("a secret")
    assert verify_secret(stored, "a secret")
    assert not verify_secret(stored, "a secreT")
    assert stored != hash_secret("a secret")
    assert "a secret" not in stored


@pytest.mark.parametrize("stored", [None, "", "sha256", "sha256$zz$00", "plain$00$" + "0" * 64, "sha256$$", "a$b$c$d"])
def test_what_is_no_hash_fits_nothing(stored: str | None) -> None:
    """Neither the empty secret nor any other."""
    assert not verify_secret(stored, "")
    assert not verify_secret(stored, "secret")


def test_a_new_secret_is_not_weak() -> None:
    """256 random bits."""
    assert not is_weak(new_secret())
    assert is_weak("letmein")
    assert is_weak("a" * 40)
