"""`doorstep check`: what is wrong with a login script, before anyone meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import JsonOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from configuration.document import FlowEntry
    from configuration.placed import Placed
    from engine.check import Finding, Findings
    from engine.model import Flow


def check(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT", help="The script to check.")],
    flow: Annotated[
        Path | None,
        typer.Option("--flow", metavar="FILE", help="The flow it is for: a flow object or a configuration."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what is wrong with a script.  Exit code 1 if there is an error."""
    from commands.scripts import check_script
    from configuration.reading import NotText
    from engine.check import Finding, Findings

    try:
        source = _source(script)
    except NotText as problem:
        findings = Findings(errors=[Finding(1, 1, "syntax", f"the script {problem.text}")])
    else:
        findings = check_script(source, _flow(flow, source, script=script) if flow is not None else None)
    if as_json:
        terminal.say(json.dumps({"errors": _plain(findings.errors), "warnings": _plain(findings.warnings)}, indent=2))
    else:
        _tell(script, findings)
    if findings.errors:
        raise typer.Exit(terminal.FAILED)


def _source(script: Path) -> str:
    """The script's text.  Raises NotText where its file is there and is none."""
    from configuration.part import LONGEST_SCRIPT
    from configuration.reading import NotText, Unreadable, read_text

    try:
        return read_text(script, limit=LONGEST_SCRIPT)
    except NotText:
        raise
    except Unreadable as problem:
        raise Stop(f"{script} {problem.text}", code=terminal.MISUSED) from None


def _flow(file: Path, source: str, *, script: Path) -> Flow:
    """The flow of *file* that the script is for."""
    from configuration.flows import bare_flow
    from configuration.form import parse_flow_file
    from configuration.placed import Judgement
    from configuration.problems import ConfigurationErrors
    from configuration.reading import read

    judgement = Judgement()
    try:
        placed = _the_one(parse_flow_file(read(file)), file, source=source, script=script)
        flow = bare_flow(placed, judgement)
        judgement.raise_errors()
    except ConfigurationErrors as errors:
        raise Stop(*map(str, errors.problems), code=terminal.MISUSED) from None
    terminal.warn(judgement.warnings)
    return flow


def _the_one(flows: list[Placed[FlowEntry]], file: Path, *, source: str, script: Path) -> Placed[FlowEntry]:
    """The flow that runs this script, or the only one there is."""
    found = [placed for placed in flows if _runs(placed, source)] or flows
    if len(found) != 1:
        names = ", ".join(placed.entry.id for placed in found) or "none"
        raise Stop(f"{file}: cannot tell which flow {script} is for; it has: {names}", code=terminal.MISUSED)
    return found[0]


def _runs(placed: Placed[FlowEntry], source: str) -> bool:
    from configuration.reading import Unreadable
    from configuration.sources import script_text

    try:
        return placed.entry.script is not None and script_text(placed.entry.script, placed.reading).source == source
    except Unreadable:
        return False


def _plain(findings: list[Finding]) -> list[dict[str, int | str]]:
    return [{"line": one.line, "column": one.column, "code": one.code, "text": one.text} for one in findings]


def _tell(script: Path, findings: Findings) -> None:
    lines = [(one, "error") for one in findings.errors] + [(one, "warning") for one in findings.warnings]
    for one, word in sorted(lines, key=lambda line: (line[0].line, line[0].column)):
        terminal.say(f"{script}:{one.line}:{one.column}: {word} {one.code}: {one.text}")
