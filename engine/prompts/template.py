"""What a template of a prompt is, and what all of them share: bounded texts, and the action that was posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.model import Call
from engine.outcome import Answer, Challenge
from engine.turn import Turn

LONGEST = 500
"""Characters of one text on a page."""
SUCCESS = "onSuccess"


@dataclass(frozen=True, slots=True)
class Event:
    """The prompt is over.  handler: the one that runs next."""

    handler: str


class Template(Protocol):
    """One kind of page."""

    name: str

    async def begin(self, turn: Turn, call: Call) -> Challenge | Event:
        """The first page, or an event if there is nothing to ask."""
        ...

    def show(self, turn: Turn, call: Call) -> Challenge:
        """The page as it stands now; changes nothing."""
        ...

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """What the answer means; None shows the page again."""
        ...


def given(call: Call) -> Mapping[str, Any]:
    """The data that the script gave."""
    data = call.options.get("data", {})
    return data if isinstance(data, Mapping) else {}


def text(value: object, *, longest: int = LONGEST) -> str:
    """A text for a page, whatever the script gave."""
    return value[:longest] if isinstance(value, str) else ""


def actions(call: Call) -> list[str]:
    """The actions that have a handler: `onCancel` is `cancel`."""
    return [name[2].lower() + name[3:] for name in call.handlers if name.startswith("on") and len(name) > 2]


def posted_action(answer: Answer) -> str | None:
    """The action of the button that was used, `""` without one; None if there were several."""
    found = [name.removeprefix("action.") for name in answer.fields if name.startswith("action.")]
    return None if len(found) > 1 else found[0] if found else ""


def event_of(action: str) -> Event:
    """`cancel` is `onCancel`; no action is success."""
    return Event(f"on{action[:1].upper()}{action[1:]}" if action else SUCCESS)
