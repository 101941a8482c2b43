"""The functions alone, as their author tests them: they need no server."""

from __future__ import annotations

import asyncio

import pytest
from office_hours import is_office_hour, look_up_shift

from engine.plugins import Facts, Person, PluginError

NINE = 1_767_258_000.0  # 2026-01-01T09:00:00Z
FACTS = Facts(application_id="payroll", ip="203.0.113.9", user_agent="", now=NINE, key="k", person=None)


def test_an_hour_is_in_the_office_from_the_first_to_before_the_last() -> None:
    """In UTC."""
    assert asyncio.run(is_office_hour(FACTS, 9, 17)) is True
    assert asyncio.run(is_office_hour(FACTS, 7, 9)) is False


def test_who_is_not_on_the_rota_has_no_shift() -> None:
    """The script's onFail says what follows."""
    mara = Person("u-1", "mara", (), (), {})
    assert asyncio.run(look_up_shift(FACTS, mara)) == {"shift": "late"}
    with pytest.raises(PluginError):
        asyncio.run(look_up_shift(FACTS, None))
