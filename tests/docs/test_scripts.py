"""docs/scripts.md: every example runs and ends as its comments say; every table is as the code is."""

from __future__ import annotations

import json
import re

import pytest

from dsl.parser import MAX_SOURCE_BYTES
from engine import libraries, logins, outside, progress, script
from engine.check import Finding, check
from engine.context import claims, scene
from engine.functions import asking, endings, handlers
from engine.model import SCRIPT_LIMITS, Flow, Option, Step
from engine.outcome import Refused
from engine.prompts import form
from login import pages as login_pages
from tests.docs.documents import DOCS, DOCUMENTS, Block, blocks, code, table
from tests.docs.stories import STEPS, Story, play, stories
from tests.engine.world import World
from web import forms

PAGE = DOCS / "scripts.md"
ELSEWHERE = ("plugins.md", "language.md")
"""Documents whose examples have tests of their own."""
EXAMPLES = [block for path in DOCUMENTS if path.name not in ELSEWHERE for block in blocks(path, "js")]
FLOW = Flow("example", tuple(Step(id, tuple(map(Option, names.split("|")))) for id, names in STEPS.items()))
LIMITS = {
    "bytes of source": MAX_SOURCE_BYTES,
    "steps of computing in one function the server calls": SCRIPT_LIMITS.fuel,
    "bytes of memory in one function the server calls": SCRIPT_LIMITS.memory,
    "nested calls": SCRIPT_LIMITS.depth,
    "calls waiting in the queue": script.MAX_CALLS,
    "steps, prompts and calls in one login": SCRIPT_LIMITS.rounds,
    "wrong tries of a step without `onFail`": progress.MAX_TRIES,
    "bytes kept between two pages": SCRIPT_LIMITS.snapshot,
    "seconds from the first page to the end": logins.LIFETIME,
    "handlers of one call": handlers.MAX_HANDLERS,
    "inputs of one prompt": form.MAX_INPUTS,
    "fields of one form that only the script reads": login_pages.MOST_OTHERS,
    "bytes of one field": forms.LONGEST_VALUE,
    "characters of one value handed to the server": scene.MAX_TEXT,
    "characters of one text in `fail` and `sendError`": endings.MAX_TEXT,
    "entries one function may write to the log": SCRIPT_LIMITS.log,
    "questions one function may ask of the server": script.MAX_QUESTIONS,
    "seconds one question may take": int(outside.LONGEST),
    "seconds all questions of one request may take": int(outside.LONGEST_OF_TURN),
    "users of whom one login writes claims": claims.MOST_WRITTEN,
    "claims one login writes of a user": claims.MOST_CLAIMS,
    "bytes of all claims one login writes": claims.MOST_BYTES,
    "events one request may publish without waiting": asking.MOST_LATER,
    "libraries of one script": libraries.MOST,
}
MEMBERS = {
    "context": "context",
    "A step": "context.steps[1]",
    "A user": "context.steps[1].subject",
    "Push": "context.push",
    "The request and the response": "",
}
"""Where the members of each table of the context are found."""


def named(block: Block) -> str:
    return f"{block.document}:{block.line}"


def entry(body: str) -> str:
    return f"function onLoginRequest(context) {{ {body} }}"


# --- examples ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", EXAMPLES, ids=named)
def test_a_check_finds_in_an_example_what_its_comments_say(block: Block) -> None:
    """`// error name: text` stands in the line it is about; without such comments there is nothing to say."""
    found = check(block.text, FLOW, resolve=lambda name: name)
    said = [
        (number, *match.groups())
        for number, line in enumerate(block.text.splitlines(), start=1)
        for match in re.finditer(r"// (error|warning) (\w+): (.*)$", line)
    ]
    told = [_told(one, "error") for one in found.errors] + [_told(one, "warning") for one in found.warnings]
    assert sorted(told) == sorted(said)


def _told(finding: Finding, word: str) -> tuple[int, str, str, str]:
    return finding.line, word, finding.code, finding.text


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("block", "story"),
    [(block, story) for block in EXAMPLES for story in stories(block.text)],
    ids=lambda value: named(value) if isinstance(value, Block) else " ".join(page for page, _ in value.pages),
)
async def test_an_example_goes_as_its_story_says(block: Block, story: Story) -> None:
    """The pages in order, and the end."""
    assert await play(block.text, story) == [*(page for page, _ in story.pages), story.end]


@pytest.mark.parametrize("block", EXAMPLES, ids=named)
def test_an_example_without_faults_has_a_story(block: Block) -> None:
    """Every whole script is run; the first page of the project may leave the comments out."""
    assert stories(block.text) or "// error" in block.text or "// warning" in block.text or "README" in block.document


@pytest.mark.anyio
@pytest.mark.parametrize("block", [block for block in EXAMPLES if block.document == "README.md"], ids=named)
async def test_the_script_on_the_front_page_lets_the_right_person_in(block: Block) -> None:
    """Mara, who is an admin, proves both."""
    assert await play(block.text, Story("mara", "", (("password", "yes"), ("push", "yes")), "in")) == [
        "password", "push", "in",
    ]  # fmt: skip


def test_every_kind_of_finding_has_an_example() -> None:
    """And the table names every kind."""
    kinds = {code(row[0]) for row in table(PAGE, "check")}
    shown = {kind for block in EXAMPLES for kind in re.findall(r"// (?:error|warning) (\w+):", block.text)}
    assert kinds == shown


@pytest.mark.anyio
@pytest.mark.parametrize("row", table(PAGE, "What fails a login"), ids=lambda row: row[0])
async def test_what_fails_a_login_fails_it_with_that_reason(row: list[str]) -> None:
    """The example in the row is the body of the entry point."""
    body, reason = code(row[1]), code(row[2])
    source = f"var {body}" if body.startswith("onLoginRequest") else entry(body)
    assert await play(source, Story("mara", "", (), "")) == [f"out: {reason}"]


# --- tables -----------------------------------------------------------------------------------------------------------


def test_limits_are_told_as_they_are() -> None:
    """Each of them, with its value."""
    told = {row[0].strip("*"): row[1] for row in table(PAGE, "Limits")}
    assert told == {name: f"{value:,}" for name, value in LIMITS.items()}


@pytest.mark.anyio
@pytest.mark.parametrize("heading", MEMBERS)
async def test_the_context_has_the_members_that_are_told(heading: str) -> None:
    """All of them and no others; `writable` is what an assignment shows."""
    told = {code(row[0]): row[2] == "yes" for row in table(PAGE, heading)}
    where = [MEMBERS[heading]] if MEMBERS[heading] else ["context.request", "context.response"]
    found: dict[str, bool] = {}
    for path in where:
        prefix = f"{path.removeprefix('context.')}." if not MEMBERS[heading] else ""
        found |= {prefix + name: written for name, written in (await members(path)).items()}
    assert told == found


async def members(path: str) -> dict[str, bool]:
    """The names below *path*, and whether an assignment changes what they hold."""
    world = World()
    report = f"""
        Object.keys({path}).forEach(function (name) {{
            var text = 'was written', object = {{}};
            {path}[name] = text;
            var changed = {path}[name] === text;
            {path}[name] = object;
            context.response.headers[name] = String(changed || {path}[name] === object);
        }});
        fail({{errorMessage: JSON.stringify(context.response.headers)}});"""
    source = entry(f"executeStep(1, {{onSuccess: function (context) {{ {report} }}}});")
    await world.configure(source, steps=STEPS)
    visit = await world.start()
    await visit.prove("mara")
    assert isinstance(visit.reply, Refused)
    return {name: value == "true" for name, value in json.loads(visit.reply.failed.description or "").items()}
