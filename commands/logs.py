"""How the log looks: lines for people, or one JSON object a line for programs.  Never decides what is logged."""

from __future__ import annotations

import json
import logging
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
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=True)


class TextLines(logging.Formatter):
    """One line a record for people; line breaks that came from outside are shown as such."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        record.message = record.getMessage().replace("\r", "\\r").replace("\n", "\\n")
        record.asctime = self.formatTime(record, self.datefmt)
        line = self.formatMessage(record)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


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
