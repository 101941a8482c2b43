"""What a test says when this machine lacks something that it needs."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def unavailable(why: str) -> NoReturn:
    """Skip, but never where everything must be run."""
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
