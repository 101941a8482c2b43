"""The pages that a script asks for with `prompt`, and what a person's answer to one means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model import Call
from engine.outcome import Answer, Challenge

TEMPLATES = frozenset({"genericForm"})
"""The templates a script may name."""
MAX_INPUTS = 20
"""Fields one form may have."""


def prompt_page(call: Call) -> Challenge:
    """The page of a prompt.  fields: title, text, inputs [{id, label}], actions."""
    given = call.options.get("data", {})
    actions = [name[2].lower() + name[3:] for name in call.handlers if name.startswith("on") and len(name) > 2]
    return Challenge("prompt", {**_form(given), "actions": actions})


def prompt_answer(call: Call, answer: Answer) -> str | None:
    """The handler that the answer means (`on` and the posted action), or None if a field of the form is missing."""
    actions = [name.removeprefix("action.") for name in answer.fields if name.startswith("action.")]
    if len(actions) > 1:
        return None
    action = actions[0] if actions else "success"
    asked = [field["id"] for field in _form(call.options.get("data", {}))["inputs"]]
    if action == "success" and not all(name in answer.fields for name in asked):
        return None
    if action == "success" and not asked and not actions:
        return None
    return f"on{action[:1].upper()}{action[1:]}"


def _form(given: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a generic form, whatever the script gave, as bounded text."""
    inputs = given.get("inputs")
    fields = inputs if isinstance(inputs, list) else []
    return {
        "title": _text(given.get("title")),
        "text": _text(given.get("text")),
        "username": _text(given.get("username")),
        "inputs": [
            {"id": _text(entry.get("id"))[:64], "label": _text(entry.get("label")) or _text(entry.get("id"))}
            for entry in fields[:MAX_INPUTS]
            if isinstance(entry, Mapping) and _text(entry.get("id"))
        ],
    }


def _text(value: object) -> str:
    return value[:500] if isinstance(value, str) else ""
