"""A script and the file of the flow that it is for, as `check`, `simulate` and `test` read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commands import terminal
from commands.terminal import Stop
from configuration.document import Document, FlowEntry, NamedText, SettingsEntry
from configuration.flows import bare_flow
from configuration.form import parse, parse_flow_file
from configuration.organisation import settings_of
from configuration.part import LONGEST_SCRIPT
from configuration.placed import Judgement, Placed
from configuration.problems import ConfigurationErrors
from configuration.reading import NotText, Reading, Unreadable, read, read_text
from configuration.sources import file_text, script_text
from engine.model import Flow, Library, OrganisationSettings, PromptTemplate


@dataclass(frozen=True, slots=True)
class FlowFile:
    """A flow without its script, and what a whole configuration says beside it.

    require: of the application that uses the flow, if it is one only.
    """

    flow: Flow
    libraries: Sequence[Library] = ()
    prompts: Sequence[PromptTemplate] = ()
    settings: OrganisationSettings = field(default_factory=OrganisationSettings)
    require: frozenset[str] = frozenset()


def source_of(script: Path) -> str:
    """The script's text.  Raises NotText where its file is there and is none, Stop where it cannot be read."""
    try:
        return read_text(script, limit=LONGEST_SCRIPT)
    except NotText:
        raise
    except Unreadable as problem:
        raise Stop(f"{script} {problem.text}", code=terminal.MISUSED) from None


def flow_file(file: Path, source: str, *, script: Path) -> FlowFile:
    """What *file* says of the flow that the script is for.  Raises Stop."""
    try:
        return flow_in(read(file), source, script=script)
    except ConfigurationErrors as errors:
        raise Stop(*map(str, errors.problems), code=terminal.MISUSED) from None


def flow_in(reading: Reading, source: str, *, script: Path) -> FlowFile:
    """The same for what was read already.  Raises ConfigurationErrors, Stop."""
    judgement = Judgement()
    placed = _the_one(parse_flow_file(reading), reading.name, source=source, script=script)
    flow = bare_flow(placed, judgement)
    judgement.raise_errors()
    terminal.warn(judgement.warnings)
    return FlowFile(flow) if placed.where == () else _with_the_rest(flow, parse(reading), reading)


def _with_the_rest(flow: Flow, document: Document, reading: Reading) -> FlowFile:
    settings = document.settings or SettingsEntry()
    sections = {
        name: Placed(settings, reading, ("settings",))
        for name in ("push", "scripts", "http", "organisation")
        if getattr(settings, name) is not None
    }
    requirements = {frozenset(one.require) for one in document.applications or () if one.flow == flow.id}
    return FlowFile(
        flow,
        libraries=[Library(one.name, _text(one, reading)) for one in document.libraries or ()],
        prompts=[PromptTemplate(one.name, _text(one, reading)) for one in document.prompts or ()],
        settings=settings_of(sections, OrganisationSettings()),
        require=requirements.pop() if len(requirements) == 1 else frozenset(),
    )


def _text(entry: NamedText, reading: Reading) -> str:
    try:
        return entry.source if entry.source is not None else file_text(entry.file or "", reading).source
    except Unreadable as problem:
        raise Stop(f"{reading.name}: {problem.text}", code=terminal.MISUSED) from None


def _the_one(flows: list[Placed[FlowEntry]], file: str, *, source: str, script: Path) -> Placed[FlowEntry]:
    """The flow that runs this script, or the only one there is."""
    found = [placed for placed in flows if _runs(placed, source)] or flows
    if len(found) != 1:
        names = ", ".join(placed.entry.id for placed in found) or "none"
        raise Stop(f"{file}: cannot tell which flow {script} is for; it has: {names}", code=terminal.MISUSED)
    return found[0]


def _runs(placed: Placed[FlowEntry], source: str) -> bool:
    try:
        return placed.entry.script is not None and script_text(placed.entry.script, placed.reading).source == source
    except Unreadable:
        return False
