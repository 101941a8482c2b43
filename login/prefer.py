"""The one preference of RFC 7240 that we honour: how long a client would wait for an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 30
"""Seconds."""

_WAIT = re.compile(r"""\s*wait\s*=\s*(?:(\d{1,9})|"(\d{1,9})")\s*(?:;.*)?""", re.IGNORECASE)


def wait_preference(headers: Iterable[str]) -> int:
    """Seconds to wait, at most 30; 0 without the preference (RFC 7240 §4.3; the first one counts, §2).

    >>> wait_preference(["respond-async, wait=100"])
    30
    """
    for part in ",".join(headers).split(",")[:16]:
        found = _WAIT.fullmatch(part)
        if found:
            return min(int(found[1] or found[2]), LONGEST)
    return 0
