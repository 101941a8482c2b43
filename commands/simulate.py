"""`doorstep simulate`: plays a flow on supposed answers, without network, clock or people."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import terminal
from commands.options import JsonOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.flows import FlowFile
    from engine.ports import Clock
    from engine.simulation import Played, Scenario, Stores


def simulate(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT", help="The script to play.")],
    flow: Annotated[Path, typer.Option("--flow", metavar="FILE", help="The flow it is for, or a configuration.")],
    scenario: Annotated[Path, typer.Option("--scenario", metavar="FILE", help="What is supposed (JSON or YAML).")],
    as_json: JsonOption = False,
) -> None:
    """Play a flow on supposed answers and tell what happens.  Exit code 1 where the script itself is at fault."""
    from commands.check import tell
    from commands.flows import flow_file, source_of
    from commands.scripts import check_script
    from configuration.reading import NotText
    from engine.simulation import BadScenario, scenario_of

    try:
        source = source_of(script)
        supposed = scenario_of(plain_file(scenario))
    except NotText as problem:
        raise Stop(f"{script} {problem.text}", code=terminal.MISUSED) from None
    except BadScenario as problem:
        raise Stop(f"{scenario}: {problem}", code=terminal.MISUSED) from None
    file = flow_file(flow, source, script=script)
    result = play(source, file, supposed)
    if as_json:
        terminal.say(json.dumps(plain(result), indent=2, ensure_ascii=False))
    else:
        terminal.say(*story(result, source))
        if result.result == "error":
            tell(script, source, check_script(source, file.flow))
    if result.result == "error":
        raise typer.Exit(terminal.FAILED)


def plain_file(path: Path) -> Any:
    """The plain data of a JSON or YAML file.  Raises Stop."""
    from configuration.problems import ConfigurationErrors
    from configuration.reading import read

    try:
        return read(path).value
    except ConfigurationErrors as errors:
        raise Stop(*map(str, errors.problems), code=terminal.MISUSED) from None


def play(source: str, file: FlowFile, scenario: Scenario) -> Played:
    """What happens when the script runs the flow on the scenario's answers."""
    from dataclasses import replace

    from configuration.methods import METHODS
    from engine.plugins import load
    from engine.simulation import House, simulate

    house = House(
        functions=load(),
        methods={method.id: frozenset(alias.lower() for alias in method.aliases) for method in METHODS},
        require=file.require,
        libraries=file.libraries,
        prompts=file.prompts,
        settings=file.settings,
    )
    flow = replace(file.flow, script=source)
    return asyncio.run(simulate(flow, scenario, house=house, make_stores=_empty))


def _empty(clock: Clock) -> Stores:
    """Stores in memory, for one login."""
    from engine.simulation import Stores
    from storage.memory import MemoryConfiguration, MemoryDirectory, MemoryState
    from storage.signals import LocalSignals

    directory = MemoryDirectory()
    return Stores(MemoryState(clock), directory, MemoryConfiguration(directory), LocalSignals())


def plain(result: Played) -> dict[str, Any]:
    """The result as JSON has it."""
    import msgspec

    made: dict[str, Any] = msgspec.to_builtins(result)
    return made


def story(result: Played, source: str) -> list[str]:
    """The trace in words, one line an entry, and the result; where the script is wrong, its line too."""
    lines = [line for entry in result.trace for line in (_told(entry), *_excerpt(entry, source))]
    end = f"result: {result.result}"
    if result.subject is not None:
        end += f", {result.subject}"
    if result.acr is not None:
        end += f", acr {result.acr}"
    lines.append(f"{end}; {result.fuel} steps of computing")
    if result.error is not None:
        lines.append(f"because: {result.error}")
    if result.unused:
        lines.append(f"answers that nothing asked for: {', '.join(result.unused)}")
    return lines


def _excerpt(entry: dict[str, Any], source: str) -> list[str]:
    """The line of an error, with a caret at the place."""
    from dsl.errors import excerpt

    if entry["what"] != "error" or "line" not in entry:
        return []
    return [f"    {line}" for line in excerpt(source, entry["line"], column=entry["column"]).splitlines()]


def _told(entry: dict[str, Any]) -> str:
    match entry:
        case {"what": "run", "handler": handler, "step": step}:
            return f"{handler} of step {step}"
        case {"what": "run", "handler": handler, "call": call}:
            return f"{handler} of {call}"
        case {"what": "run", "handler": handler}:
            return str(handler)
        case {"what": "branch", "line": line, "column": column, "taken": taken}:
            inside = f"{entry['library']}:" if "library" in entry else ""
            return f"    {inside}{line}:{column} is {'true' if taken else 'false'}"
        case {"what": "log", "text": text}:
            return f"    log: {text}"
        case {"what": "error", "text": text}:
            return f"    error: {text}"
        case {"what": "ask", "line": line, **asked}:
            about = " ".join(f"{name} {value}" for name, value in asked.items())
            return f"    line {line} asks for {about}"
        case {"what": "step", "step": step, "authenticator": authenticator, "outcome": outcome}:
            return f"step {step} ({authenticator}): {outcome}"
        case {"what": "outcome", "call": call, "event": event}:
            return f"{call}: {event}"
        case {"what": "end", "result": word, **why}:
            return f"end: {word} ({'; '.join(str(value) for value in why.values() if value)})"
    return str(entry)
