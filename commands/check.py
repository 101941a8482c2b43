"""`doorstep check`: what is wrong with a login script, before anyone meets it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import terminal
from commands.options import JsonOption

if TYPE_CHECKING:
    from engine.check import Finding, Findings


def check(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT", help="The script to check.")],
    flow: Annotated[
        Path | None,
        typer.Option("--flow", metavar="FILE", help="The flow it is for: a flow object or a configuration."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what is wrong with a script.  Exit code 1 if there is an error."""
    from commands.flows import flow_file, source_of
    from commands.scripts import check_script
    from configuration.reading import NotText
    from engine.check import Finding, Findings

    source = ""
    try:
        source = source_of(script)
    except NotText as problem:
        findings = Findings(errors=[Finding(1, 1, "syntax", f"the script {problem.text}")])
    else:
        findings = check_script(source, flow_file(flow, source, script=script).flow if flow is not None else None)
    if as_json:
        terminal.say(json.dumps({"errors": _plain(findings.errors), "warnings": _plain(findings.warnings)}, indent=2))
    else:
        tell(script, source, findings)
    if findings.errors:
        raise typer.Exit(terminal.FAILED)


def _plain(findings: list[Finding]) -> list[dict[str, int | str]]:
    return [{"line": one.line, "column": one.column, "code": one.code, "text": one.text} for one in findings]


def tell(script: Path, source: str, findings: Findings) -> None:
    """One line a finding; at a terminal also the line of the script, with a caret at the place."""
    from dsl.errors import excerpt

    lines = [(one, "error") for one in findings.errors] + [(one, "warning") for one in findings.warnings]
    for one, word in sorted(lines, key=lambda line: (line[0].line, line[0].column)):
        terminal.say(f"{script}:{one.line}:{one.column}: {word} {one.code}: {one.text}")
        if sys.stdout.isatty():
            terminal.say(*excerpt(source, one.line, column=one.column).splitlines())
