"""Runs a login of a script that ships on an SQLite file: each answer in this process, or each in one of its own.

As a program: reads {script, way, apart} from standard input and prints the trace as JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from engine.core import Engine, Ports  # noqa: E402
from engine.model import Application, LoginRequest  # noqa: E402
from engine.outcome import Answer, Granted, Page, Refused, Reply  # noqa: E402
from engine.ports import ConfigurationChange  # noqa: E402
from engine.registry import Registry  # noqa: E402
from storage.open import Stores, open_stores  # noqa: E402
from tests.engine.world import MARA, Clock, Spawned, Word  # noqa: E402
from tests.journeys.test_scripts_that_ship import flow_of  # noqa: E402

KEY = bytes(32)


def words(answer: str) -> dict[str, str]:
    """What the person posts."""
    if answer == "enroll":
        return {"username": "mara", "word": "dead", "scenario": "INIT_PUSH_ENROLL"}
    return {"username": "mara", "word": answer}


def told(reply: Reply) -> str:
    """A reply in one word."""
    match reply:
        case Page():
            return f"{reply.page} {reply.message or ''}".strip()
        case Granted():
            return f"in {' '.join(reply.result.amr)}"
        case Refused():
            return f"out {reply.failed.reason} {reply.failed.error}"


def engine(stores: Stores) -> Engine:
    """An engine on these stores, with two plain factors."""
    ports = Ports(
        stores.state, stores.directory, stores.configuration, stores.audit, stores.signals, Spawned(), Clock()
    )
    factors = [Word("password", stores.directory), Word("push", stores.directory)]  # type: ignore[arg-type]
    return Engine(ports, Registry(factors))


async def opened(folder: str) -> Stores:
    """The stores of this login."""
    return await open_stores(f"sqlite:///{folder}/doorstep.db", keys=(KEY,), clock=Clock())


async def begin(folder: str, script: str) -> dict[str, Any]:
    """The first page."""
    stores = await opened(folder)
    application = Application("app", "App", ("https://app.test/cb",), script)
    await stores.configuration.commit(
        ConfigurationChange(applications=[application], flows=[flow_of(script)], users=[MARA])
    )
    started = await engine(stores).start(LoginRequest("app", "https://app.test/cb"))
    await stores.close()
    return held(started.flow_id, started.secret, started.reply)


async def answer(folder: str, browser: dict[str, Any], word: str) -> dict[str, Any]:
    """One answer, and the page that follows."""
    stores = await opened(folder)
    reply = await engine(stores).answer(
        browser["flow"], browser["secret"], Answer(words(word), token=browser["token"])
    )
    await stores.close()
    return held(browser["flow"], browser["secret"], reply)


def held(flow: str, secret: str, reply: Reply) -> dict[str, Any]:
    """What the browser holds."""
    token = reply.token if isinstance(reply, Page) else ""
    return {"flow": flow, "secret": secret, "token": token, "told": told(reply)}


def elsewhere(folder: str, browser: dict[str, Any], word: str) -> dict[str, Any]:
    """The same answer, taken by a new process."""
    asked = json.dumps({"folder": folder, "browser": browser, "word": word})
    done = subprocess.run([sys.executable, __file__], input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def trace(script: str, way: list[str], *, apart: bool) -> list[str]:
    """Every page and the end."""
    with tempfile.TemporaryDirectory() as folder:
        browser = asyncio.run(begin(folder, script))
        seen = [browser["told"]]
        for word in way:
            browser = elsewhere(folder, browser, word) if apart else asyncio.run(answer(folder, browser, word))
            seen.append(browser["told"])
    return seen


if __name__ == "__main__":
    given = json.load(sys.stdin)
    if "script" in given:
        print(json.dumps(trace(given["script"], given["way"], apart=given["apart"])))
    else:
        print(json.dumps(asyncio.run(answer(given["folder"], given["browser"], given["word"]))))
