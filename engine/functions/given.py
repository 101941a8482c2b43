"""What functions are given, read strictly: a user, the user of a context, a list of texts; None for anything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dsl.conversions import to_string
from dsl.plain import TEXT_OF_A_STEP
from dsl.values import MISSING, NULL, Arr, Obj, Value, text
from engine.context import Context, UserObject

if TYPE_CHECKING:
    from dsl import Run

MOST_TEXTS = 500
"""Entries of one list that are read."""
LONGEST_TEXT = 255
"""Characters a role, a group or a name may have."""


def user_given(value: Value) -> UserObject | None:
    """The user object itself, not one of its parts."""
    return value if type(value) is UserObject else None


def user_of(context: Value) -> UserObject | None:
    """The user whom the login is about, from its context."""
    return user_given(context.members()["currentKnownSubject"]()) if type(context) is Context else None


def step_user_of(context: Value) -> UserObject | None:
    """The user of the step that has just ended, from the context."""
    step = context.members()["currentStep"]() if type(context) is Context else NULL
    return user_given(step.get_own("subject")) if isinstance(step, Obj) else None


def texts_given(run: Run, value: Value) -> Sequence[str] | None:
    """The texts of a list, each once and in order; None if it is no list, or has anything else in it."""
    if not isinstance(value, Arr) or len(value.items) > MOST_TEXTS or value.get_own("length") != len(value.items):
        return None
    run.charge_fuel(1 + len(value.items))
    found = [text_of(run, item) if isinstance(item, str) else "" for item in value.items]
    fit = all(0 < len(one) <= LONGEST_TEXT and "\0" not in one for one in found)
    return list(dict.fromkeys(found)) if fit else None


def some_texts(run: Run, value: Value) -> set[str]:
    """The texts among the entries of a list, or a single text: what is asked about, where more does no harm."""
    entries = value.items[:MOST_TEXTS] if isinstance(value, Arr) else [value]
    run.charge_fuel(1 + len(entries))
    return {text_of(run, item) for item in entries if isinstance(item, str)}


def own(value: Value, key: str) -> Value:
    """A property of a plain object of the script's; None if it has none."""
    found = value.get_own(key) if isinstance(value, Obj) else MISSING
    return None if found is MISSING or found is NULL else found


def text_given(run: Run, value: Value) -> str | None:
    """A text, number or yes/no as text; None for anything else."""
    return text_of(run, to_string(run, value)) if isinstance(value, str | int | float) else None


def text_of(run: Run, units: str) -> str:
    """A script's text as ordinary text, paid for by its length."""
    run.charge_fuel(len(units) // TEXT_OF_A_STEP)
    return text(units)


def keys_of(run: Run, value: Obj) -> list[str]:
    """The keys of an object, paid for by their number and length."""
    keys = value.own_keys()
    run.charge_fuel(len(keys) + sum(map(len, keys)) // TEXT_OF_A_STEP)
    return keys
