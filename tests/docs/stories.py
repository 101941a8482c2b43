"""Plays the stories that stand in the comments of example scripts, on an engine with plain factors.

`// mara: password ✗, password, push → in`: who signs in, what each page is and how it is answered, and the end.
A page is answered rightly; `✗` wrongly; `(word)` with that word: `abort`, `fallback`, an option of `choose`, a field of
a prompt as `name=value`, or one of its buttons.  `mara (urn:doorstep:2)`: the application asked for that level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.outcome import Page
from tests.engine.world import Visit, World

STEPS = {1: "password", 2: "push", 3: "password|push"}
"""The flow of the examples, as docs/scripts.md says."""

_STORY = re.compile(r"^// (mara|noah)(?: \((\S+)\))?: (.*) → (in|out: \S+)$", re.MULTILINE)
_PAGE = re.compile(r"([a-z-]+)(?: (✗)| \(([^)]+)\))?$")


@dataclass(frozen=True, slots=True)
class Story:
    """One way through a script.  pages: (page, how it is answered)."""

    person: str
    level: str
    pages: tuple[tuple[str, str], ...]
    end: str


def stories(script: str) -> list[Story]:
    """The stories in a script's comments.  Raises ValueError for one that cannot be read."""
    return [
        Story(person, level, tuple(_page(text) for text in told.split(", ") if text), end)
        for person, level, told, end in _STORY.findall(script)
    ]


def _page(text: str) -> tuple[str, str]:
    match = _PAGE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a page and an answer: {text!r}")
    return match[1], "no" if match[2] else match[3] or "yes"


async def play(script: str, story: Story) -> list[str]:
    """What happens: the pages as they come, then the end."""
    world = World()
    await world.configure(script, steps=STEPS)
    visit = await world.start(acr_values=(story.level,) if story.level else ())
    seen = []
    for _, answer in story.pages:
        seen.append(visit.page)
        if not isinstance(visit.reply, Page):
            return seen
        await _answer(visit, story.person, answer)
    return [*seen, visit.page.replace("word.", f"{seen[-1]}.") if seen else visit.page]


async def _answer(visit: Visit, person: str, answer: str) -> None:
    assert isinstance(visit.reply, Page)
    name, is_field, value = answer.partition("=")
    match visit.page:
        case "choose":
            await visit.post(authenticator=answer)
        case "prompt" if is_field:
            await visit.post(**{name: value})
        case "prompt":
            await visit.post(**{f"action.{answer}": ""})
        case _ if answer == "abort":
            await visit.post(action="abort")
        case _:
            await visit.post(word=answer, **({} if visit.reply.username else {"username": person}))
