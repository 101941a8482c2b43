"""An application that is told of logouts by the back channel."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs


class Told(HTTPServer):
    """An application that is told of logouts.  status: what it answers."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.status = 200
        self.heard = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Told

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.tokens += parse_qs(body)["logout_token"]
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.server.heard.set()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""
