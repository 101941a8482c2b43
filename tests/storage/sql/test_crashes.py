"""What is left when a process is killed or a disk forgets the end of a file."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from storage.sql.engine import SqliteDatabase
from storage.sql.state import SqlState
from tests.storage.conftest import SettableClock, opened

pytestmark = pytest.mark.anyio

WRITE = """
import asyncio, itertools, sys
from pathlib import Path
from storage.sql.engine import SqliteDatabase
from storage.sql.state import SqlState

async def main():
    state = SqlState(await SqliteDatabase.open(Path(sys.argv[1])), lambda: 1_800_000_000.0)
    for number in itertools.count():
        await state.create("login", str(number), b"x" * 500, expires_at=1_800_000_010.0)
        print(number, flush=True)

asyncio.run(main())
"""


async def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, clock: SettableClock) -> None:
    """Every record of which the process had said that it is stored is there afterwards."""
    file = tmp_path / "doorstep.sqlite3"
    async with AsyncExitStack() as stack:
        await opened(stack, file)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITE, str(file), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    acknowledged = [await process.stdout.readline() for _ in range(100)]
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    acknowledged += [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
    async with AsyncExitStack() as stack:
        state = SqlState(await opened(stack, file), clock)
        for line in acknowledged:
            assert await state.read("login", line.decode().strip()) is not None


async def test_a_log_cut_anywhere_opens_at_its_last_whole_commit(tmp_path: Path, clock: SettableClock) -> None:
    """The first records are all there, the last ones not at all, and none in between is missing."""
    file = tmp_path / "doorstep.sqlite3"
    async with AsyncExitStack() as stack:
        state = SqlState(await opened(stack, file), clock)
        for number in range(6):
            await state.create("login", str(number), b"x" * 500, expires_at=clock.now + 10)
        copy(file, tmp_path / "copy")
    for cut in cuts(tmp_path / "copy"):
        async with AsyncExitStack() as stack:
            database = await SqliteDatabase.open(cut)
            stack.push_async_callback(database.close)
            found = [await SqlState(database, clock).read("login", str(number)) is not None for number in range(6)]
        assert found == sorted(found, reverse=True)
    assert all(found)


def copy(file: Path, folder: Path) -> None:
    """The database as a power cut would find it."""
    folder.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{file}{end}", folder / f"doorstep.sqlite3{end}")


def cuts(folder: Path) -> Iterator[Path]:
    """The database with its log cut at many lengths, the full one last."""
    file = folder / "doorstep.sqlite3"
    base, log = file.read_bytes(), Path(f"{file}-wal").read_bytes()
    start = log_of_the_records(log)
    for length in itertools.chain(range(start, len(log), 3191), [len(log)]):
        file.write_bytes(base)
        Path(f"{file}-wal").write_bytes(log[:length])
        Path(f"{file}-shm").unlink(missing_ok=True)
        yield file


def log_of_the_records(log: bytes) -> int:
    """Where in the log the first page with a record begins; the layout of the tables stands before it."""
    return log.index(b"x" * 400) // (4096 + 24) * (4096 + 24)
