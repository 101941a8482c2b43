"""Runs commands as a person would: with arguments, in an empty folder, reading what is printed."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands import cli

SERVER = Path(__file__).resolve().parents[2] / "server.py"


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("DOORSTEP_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command; *stdin* is what is piped into it."""

    def run_command(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["doorstep", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        try:
            cli()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run_command


@contextmanager
def started(*arguments: str, until: str) -> Iterator[str]:
    """A command that goes on; gives what it printed up to the line with *until*, and ends it by Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, str(SERVER), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_hears_ctrl_c,
    )
    watchdog = threading.Timer(90, process.kill)
    watchdog.start()
    try:
        yield _read(process, until)
        process.send_signal(signal.SIGINT)
        process.communicate()
        assert process.returncode in (0, -signal.SIGINT, 130)
    finally:
        watchdog.cancel()
        process.kill()
        process.wait()


def _hears_ctrl_c() -> None:
    """A shell that began the tests in the background would have them deaf to it, and what they begin as well."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _read(process: subprocess.Popen[str], until: str) -> str:
    assert process.stdout is not None
    lines = ""
    for line in process.stdout:
        lines += line
        if until in line:
            return lines
    raise AssertionError(f"it ended without {until!r}:\n{lines}")


def free_ports() -> int:
    """A port that is free, and so is the next."""
    while True:
        with closing(socket.socket()) as one, closing(socket.socket()) as other:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port
