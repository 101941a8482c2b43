"""The server that `benchmarks.waiting` measures: one worker as `doorstep serve` runs it, on SQLite.

It says besides when each phone's answer was stored: `push:ID SECONDS` on standard output, by the clock that all
processes of a machine share.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import uvicorn

import storage.sql.signals
from commands.listening import create_app, listen, take_all_files, uvicorn_config
from commands.settings import Settings
from tests.journeys.living import House, configuration


def settings(folder: Path, port: int) -> Settings:
    """Of the server, which believes what the benchmark says of addresses."""
    return Settings.model_construct(
        issuer=f"http://localhost:{port}",
        database_url=f"sqlite:///{folder / 'doorstep.db'}",
        secret_key_file=folder / "secret.key",
        trusted_proxies=["127.0.0.1"],
    )


def document(people: int) -> dict[str, object]:
    """People who sign in with their phone alone; requests that can be answered for ten minutes."""
    whole = configuration()
    whole["flows"] = [{"id": "phone", "steps": [{"id": 1, "options": [{"authenticator": "push"}]}], "subject_step": 1}]
    whole["applications"][0]["flow"] = "phone"
    whole["users"] = [{"username": f"person{n}"} for n in range(people)]
    many = dict.fromkeys(("per_10_minutes", "per_day", "per_address"), 1000000)
    whole["settings"]["push"] = {
        "progressive_enrollment": False, "resend_interval": 600, "grace": 0, "budget": many,
    }  # fmt: skip
    return whole


def tell_when_stored() -> None:
    """Say when a phone's answer was stored: the very next thing is to wake whoever waits for it."""
    notify = storage.sql.signals.SqlSignals.notify

    async def telling(self: storage.sql.signals.SqlSignals, channel: str) -> None:
        if channel.startswith("push:"):
            print(channel, time.monotonic(), flush=True)
        await notify(self, channel)

    storage.sql.signals.SqlSignals.notify = telling  # type: ignore[method-assign]


def main() -> None:
    """`python -m benchmarks.waiting_server FOLDER PORT PEOPLE`."""
    folder, port, people = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    configured = settings(folder, port)
    House(str(configured.issuer), configured).apply(document(people))
    tell_when_stored()
    take_all_files()
    server = uvicorn.Server(uvicorn_config(create_app(configured), log_config=None))
    server.run(sockets=listen("127.0.0.1", port))


if __name__ == "__main__":
    main()
