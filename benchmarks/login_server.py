"""The server that `benchmarks.login_ratio` measures: one worker as `doorstep serve` runs it, on SQLite.

`python -m benchmarks.login_server FOLDER PORT`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from benchmarks.login_ratio import document
from benchmarks.waiting_server import settings
from commands.listening import create_app, listen, uvicorn_config
from tests.journeys.living import House

if __name__ == "__main__":
    port = int(sys.argv[2])
    configured = settings(Path(sys.argv[1]), port)
    House(str(configured.issuer), configured).apply(document())
    server = uvicorn.Server(uvicorn_config(create_app(configured), log_config=None))
    server.run(sockets=listen("127.0.0.1", port))
