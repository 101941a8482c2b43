"""Runs `doorstep` commands in processes of their own, quickly: one process has the imports behind it and forks.

`python -m tests.contract.commands` is that process: a line of JSON in for each command, a line out with its end.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
"""Seconds a command may take on a busy machine."""


class Commands:
    """The process that forks; started with the first command, ended with the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(
        self, arguments: list[str], *, folder: Path, environment: Mapping[str, str], said: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one to its end, in *folder*.  said: standard input."""
        order = {"arguments": arguments, "folder": str(folder), "environment": dict(environment), "said": said}
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        print(json.dumps(order), file=process.stdin, flush=True)
        came = json.loads(process.stdout.readline())
        return subprocess.CompletedProcess(arguments, came["code"], came["stdout"], came["stderr"])

    def end(self) -> None:
        """End the process that forks."""
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait()
            self._process = None

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.contract.commands"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DOORSTEP_")}
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=kept, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self._process


COMMANDS = Commands()


def _serve_orders() -> None:
    _import_all("commands", "configuration", "authenticators", "storage.sql")
    for line in sys.stdin:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as said:
            order = json.loads(line)
            said.write(order["said"].encode())
            said.seek(0)
            child = os.fork()
            if child == 0:
                _be(order, said, out, err)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            print(json.dumps({"code": code, "stdout": _text(out), "stderr": _text(err)}), flush=True)


def _import_all(*packages: str) -> None:
    """So that no fork has to."""
    for package in packages:
        for module in pkgutil.walk_packages([str(ROOT.joinpath(*package.split(".")))], f"{package}."):
            importlib.import_module(module.name)


def _be(order: Mapping[str, Any], said: IO[bytes], out: IO[bytes], err: IO[bytes]) -> None:
    """In the fork: become that command.  Does not return."""
    signal.alarm(PATIENCE)
    for number, stream in enumerate((said, out, err)):
        os.dup2(stream.fileno(), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the parent's has read ahead
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["doorstep", *order["arguments"]]
    code: Any = 1
    try:
        from server import main

        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode()


if __name__ == "__main__":
    _serve_orders()
