"""The database does what the store in memory does, whatever is asked of both and however the clock runs."""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.ports import StateStore
from storage.memory import MemoryState
from storage.sql.state import SqlState
from tests.storage.conftest import SettableClock, opened

KEYS = st.sampled_from(["a", "b", "", "\ud800"])
OWNERS = st.sampled_from([None, "mara", "tom"])
SECONDS = st.sampled_from([-1.0, 0.0, 1.0, 5.0, 60.0])

Operation = tuple[str, tuple[Any, ...]]

OPERATIONS: st.SearchStrategy[Operation] = st.one_of(
    st.tuples(st.just("create"), st.tuples(KEYS, st.binary(max_size=3), SECONDS, OWNERS)),
    st.tuples(st.just("replace"), st.tuples(KEYS, st.binary(max_size=3), SECONDS, st.integers(0, 3))),
    st.tuples(st.sampled_from(["read", "take", "forget", "hits", "forget_hits"]), st.tuples(KEYS)),
    st.tuples(st.just("owned"), st.tuples(st.sampled_from(["mara", "tom", ""]))),
    st.tuples(st.just("hit"), st.tuples(KEYS, st.sampled_from([1.0, 5.0, 60.0]))),
    st.tuples(st.just("tick"), st.tuples(st.sampled_from([0.5, 1.0, 5.0, -3.0, 100.0]))),
)


async def carry_out(state: StateStore, kind: str, operation: Operation, *, now: float) -> object:
    """What the store answers."""
    name, arguments = operation
    match name, arguments:
        case "create", (key, value, seconds, owner):
            return await state.create(kind, key, value, expires_at=now + seconds, owner=owner)
        case "replace", (key, value, seconds, revision):
            return await state.replace(kind, key, value, revision=revision, expires_at=now + seconds)
        case "hit", (key, window):
            return await state.hit(kind, key, window=window)
        case "owned", (owner,):  # the order of those made in the same instant is nobody's promise
            return sorted(await state.owned(kind, owner), key=lambda stored: stored.key)
        case _, (key,):
            method: Callable[[str, str], Awaitable[object]] = getattr(state, name)
            return await method(kind, key)
    raise AssertionError(name)


def test_a_database_answers_as_the_store_in_memory_does() -> None:
    """Answer by answer, over any sequence of operations."""
    clock, numbers = SettableClock(), itertools.count()
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as folder:
        stack = AsyncExitStack()
        database = runner.run(opened(stack, Path(folder) / "database"))

        @settings(max_examples=100)
        @given(st.lists(OPERATIONS, min_size=5, max_size=40))
        def both_agree(operations: list[Operation]) -> None:
            runner.run(compare(operations, kind=f"k{next(numbers)}"))

        async def compare(operations: list[Operation], *, kind: str) -> None:
            reference, tested = MemoryState(clock), SqlState(database, clock)
            for operation in operations:
                if operation[0] == "tick":
                    clock.now += operation[1][0]
                    continue
                expected = await carry_out(reference, kind, operation, now=clock.now)
                assert await carry_out(tested, kind, operation, now=clock.now) == expected, operation

        both_agree()
        runner.run(stack.aclose())
