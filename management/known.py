"""What callers have read of things that were changed since, so that whoever comes too late is told what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from configuration.difference import between
from engine.ports import Clock, StateStore

KEPT = 24 * 3600.0
"""Seconds that a state of a thing is kept after the change that ended it."""
LARGEST = 64 * 1024
"""Bytes of one state; of larger things nothing is kept."""

_KIND = "known"


@dataclass(frozen=True, slots=True)
class Known:
    """By the tag that was read; sealed in the state store."""

    state: StateStore
    clock: Clock

    async def keep(self, tag: str, shown: Mapping[str, Any]) -> None:
        """Keep what is about to change."""
        octets = json.dumps(shown).encode()
        if len(octets) <= LARGEST:
            await self.state.create(_KIND, _key(tag), octets, expires_at=self.clock() + KEPT)

    async def difference(self, tags: list[str], shown: Mapping[str, Any]) -> list[str]:
        """The lines in which what is *shown* now differs from what one of *tags* was; none if that is not known."""
        for tag in tags:
            stored = await self.state.read(_KIND, _key(tag)) if len(tag) == _TAG else None
            if stored is not None and len(json.dumps(shown)) <= LARGEST:
                return between(json.loads(stored.value), dict(shown))
        return []


_TAG = len('""') + 32


def _key(tag: str) -> str:
    return tag.strip('"')
