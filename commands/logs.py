"""How the log looks: lines for people, or one JSON object a line for programs.  Never decides what is logged."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

TEXT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """One JSON object a line, so that no text of a record can look like another line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (flow := _flow(record)) is not None:
            entry["flow"] = flow
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=True)


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
"""What could break a line, steer a terminal, or turn the reading direction."""


class TextLines(logging.Formatter):
    """One line a record for people; what came from outside and is not seen, line breaks too, is shown as such."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        flow = _flow(record)
        text = record.getMessage() if flow is None else f"{record.getMessage()} (login {flow})"
        record.message = _UNSEEN.sub(lambda found: repr(found[0])[1:-1], text)
        record.asctime = self.formatTime(record, self.datefmt)
        line = self.formatMessage(record)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _flow(record: logging.LogRecord) -> str | None:
    """The login that a record is about, as the audit names it."""
    flow = getattr(record, "flow", None)
    return flow[:64] if isinstance(flow, str) else None


def log_configuration(log_format: str, level: str = "INFO") -> dict[str, Any]:
    """A `logging.config` dictionary.  log_format: text or json; level: the least that is written."""
    formatter: dict[str, Any] = {"()": JsonLines} if log_format == "json" else {"()": TextLines, "fmt": TEXT}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": formatter},
        "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "lines"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {name: {"level": level} for name, level in _LEVELS.items()},
    }


_LEVELS = {"uvicorn": "WARNING", "httpx2": "WARNING", "httpcore2": "WARNING", "alembic": "WARNING"}
"""Libraries that would tell of every request or step."""
