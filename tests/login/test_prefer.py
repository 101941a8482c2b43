"""The wait preference of RFC 7240."""

from __future__ import annotations

import pytest

from login.prefer import wait_preference


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ([], 0),
        (["wait=10"], 10),
        (["respond-async, wait=10"], 10),
        (["respond-async", "WAIT = 7"], 7),
        (['wait="5"'], 5),
        (["wait=5, wait=9"], 5),
        (["wait=99999"], 30),
        (["wait=-1"], 0),
        (["wait=1e9"], 0),
        (["wait"], 0),
        (["waiting=5"], 0),
        (["wait=" + "9" * 5000], 0),
    ],
)
def test_the_first_well_formed_wait_counts(headers: list[str], seconds: int) -> None:
    """At most thirty seconds; anything else is ignored, as preferences are."""
    assert wait_preference(headers) == seconds
