"""Programs that others wrote, run beside the server under test: found, installed where need be, started, ended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import httpx2

from tests.oidc.live import free_socket
from tests.unavailable import unavailable

OPENID_CLIENT = "openid-client@6"


def free_port() -> int:
    """A port that nobody listens on."""
    with free_socket() as listening:
        return int(listening.getsockname()[1])


@contextmanager
def running(program: str, *arguments: str, home: Path | None = None) -> Iterator[None]:
    """A program until the block ends.  That there is none is a failure: `tests.prepare` installs it."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    assert found is not None, f"{program} is not installed"
    environment = {"HOME": str(home or "/tmp"), "PATH": "/usr/bin:/bin"}
    process = subprocess.Popen([found, *arguments], env=environment, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def until_it_answers(address: str) -> None:
    """Wait for a program that has just been started."""
    for _ in range(200):
        try:
            httpx2.get(address)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing answers at {address}")


def openid_client(script: Path) -> list[str]:
    """The command that runs *script* where Node finds openid-client beside it."""
    node, folder = _with_openid_client()
    return [node, shutil.copy(str(script), folder)]


@cache
def _with_openid_client() -> tuple[str, Path]:
    """Node, and a folder in which openid-client is installed."""
    path = str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", "")
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        unavailable("Node and npm are not installed")
    folder = Path(mkdtemp(prefix="doorstep-relying-party-"))
    command = [npm, "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", OPENID_CLIENT]
    installed = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=300, check=False
    )
    if installed.returncode != 0:
        unavailable(f"npm could not install openid-client: {installed.stderr[-300:]}")
    return node, folder
