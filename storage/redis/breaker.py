"""Stops asking a server that does not answer: after a few failures in a row everybody is told at once, for a moment."""

from __future__ import annotations

from collections.abc import Callable

FAILURES = 5
"""In a row, after which nobody asks."""
PAUSE = 0.5
"""Seconds after which one caller tries again for all."""


class Breaker:
    """Closed while calls succeed.  monotonic: seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._failures = 0
        self._until = 0.0

    def lets_through(self) -> bool:
        """Whether a call may be tried.  While it is open, one after each pause may."""
        if self._failures < FAILURES:
            return True
        now = self._monotonic()
        if now < self._until:
            return False
        self._until = now + PAUSE
        return True

    def succeeded(self) -> None:
        """An answer came."""
        self._failures = 0

    def failed(self) -> None:
        """None came, or none that helps."""
        self._failures += 1
        self._until = self._monotonic() + PAUSE
