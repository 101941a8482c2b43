"""The parser of queries and forms."""

from __future__ import annotations

import contextlib
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oidc.encoding
import oidc.parameters
import oidc.redirects
from oidc.errors import MalformedParameters
from oidc.parameters import parse


@pytest.mark.parametrize("module", [oidc.parameters, oidc.encoding, oidc.redirects])
def test_the_examples_are_true(module: object) -> None:
    """An example in a docstring is executed."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_an_empty_value_counts_as_left_out() -> None:
    """RFC 6749 §3.1; yet a name sent twice was sent twice."""
    parameters = parse(b"state=&state=x&nonce=")
    assert parameters.get("nonce") is None
    assert parameters.repeated == {"state"}


@pytest.mark.parametrize("encoded", [b"a=%", b"a=%4", b"a=%zz", b"a=%ff", b"a=%ed%a0%80", b"a=%00", b"%c0%80=x"])
def test_what_is_no_utf8_text_is_malformed(encoded: bytes) -> None:
    """Broken escapes, lone surrogates, overlong forms and NUL are not repaired."""
    with pytest.raises(MalformedParameters):
        parse(encoded)


@given(st.binary(max_size=200))
def test_any_bytes_are_parameters_or_malformed(encoded: bytes) -> None:
    """Nothing else is ever raised."""
    with contextlib.suppress(MalformedParameters):
        parse(encoded)
