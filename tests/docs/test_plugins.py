"""docs/plugins.md: the example package is installed as it is, its own test passes, and its functions serve a script."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine import apart, outside, plugins
from engine.plugins import Facts, Parameter, Person, Plugin
from tests.docs.documents import DOCS, ROOT, blocks, code, codes, table

PAGE = DOCS / "plugins.md"
EXAMPLE = DOCS / "examples" / "plugin"
PLAY = """
import anyio
from engine.check import check
from engine.core import Engine, Ports
from engine.plugins import load
from tests.engine.world import Spawned, World

async def main(source):
    functions = load()
    assert not check(source, functions=functions).errors
    for name, pages in (("mara", ["password", "push"]), ("noah", ["password"])):
        world = World()
        world.clock.now = 1_767_258_000.0
        await world.configure(source)
        ports = Ports(
            world.state, world.directory, world.configuration, world.audit, world.signals, Spawned(), world.clock
        )
        world.engine = Engine(ports, world.registry, functions)
        visit = await world.start()
        for page in pages:
            assert visit.page == page, visit.page
            await visit.prove(None if visit.reply.username else name)
        print(name, visit.page)

anyio.run(main, open("login.js").read())
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example installed, as pip does it."""
    source, folder = tmp_path_factory.mktemp("source") / "plugin", tmp_path_factory.mktemp("installed")
    shutil.copytree(EXAMPLE, source)
    quiet = ["-q", "--disable-pip-version-check", "--no-deps", "--target", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "install", *quiet, str(source)], check=True, capture_output=True)
    return folder


def run(installed: Path, *command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A Python process that finds the example."""
    environment = {**os.environ, "PYTHONPATH": f"{installed}:{ROOT}"}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_examples_own_test_passes(installed: Path) -> None:
    """Without a server."""
    done = run(installed, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_office_hours.py", folder=EXAMPLE)
    assert done.returncode == 0, done.stdout
    assert ".. " in done.stdout


def test_the_example_serves_the_script_of_the_document(installed: Path, tmp_path: Path) -> None:
    """Found by its entry points: mara is on the late shift, noah is not on the rota."""
    (script,) = blocks(PAGE, "js")
    (tmp_path / "login.js").write_text(script.text, "utf-8")
    done = run(installed, "-c", PLAY, folder=tmp_path)
    assert done.stdout.splitlines() == ["mara in", "noah out: script.fail"], done.stderr


def test_check_knows_the_functions_of_an_installed_plugin(installed: Path, tmp_path: Path) -> None:
    """And does not, where it is not installed."""
    (script,) = blocks(PAGE, "js")
    path = tmp_path / "login.js"
    path.write_text(script.text, "utf-8")
    command = ("-c", "from server import main; main()", "check", str(path))
    assert run(installed, *command).returncode == 0
    assert "lookUpShift is not defined" in run(tmp_path, *command).stdout


def test_the_python_of_the_document_is_the_examples() -> None:
    """Word for word."""
    (shown,) = blocks(PAGE, "python")
    assert shown.text in (EXAMPLE / "office_hours.py").read_text("utf-8")


def test_the_contract_is_told_as_it_is() -> None:
    """Fields, types and limits."""
    assert {code(row[0]) for row in table(PAGE, "The contract")} == {one.name for one in dataclasses.fields(Plugin)}
    text = PAGE.read_text("utf-8")
    told = set(codes(text))
    assert {one.name for one in dataclasses.fields(Facts)} <= told
    assert {one.name for one in dataclasses.fields(Person)} <= told
    assert {one.name for one in dataclasses.fields(Parameter)} == {"name", "type", "optional"}
    assert f"at most {plugins.LARGEST:,}\nbytes" in text
    assert f"longer than {outside.LONGEST:.0f} seconds" in text
    assert f"{apart.MOST_LEFT} of its calls took longer and still run, or {apart.MOST_AT_ONCE} run" in text
