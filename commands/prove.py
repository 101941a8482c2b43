"""`doorstep prove`: every way through a script, and whether requirements hold on all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import terminal
from commands.options import JsonOption
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.flows import FlowFile
    from engine.proof import Proof


def prove(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT", help="The script to prove things of.")],
    flow: Annotated[Path, typer.Option("--flow", metavar="FILE", help="The flow it is for, or a configuration.")],
    require: Annotated[
        str | None,
        typer.Option("--require", metavar="FACTORS", help="Factors without which nobody may get in: password,push."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell every way to success and whether requirements hold on all.  Exit code 1 unless everything is proven."""
    from commands.flows import flow_file, source_of
    from configuration.reading import NotText
    from dsl import ScriptSyntaxError

    try:
        source = source_of(script)
        file = flow_file(flow, source, script=script)
        wanted = sorted(file.require) if require is None else _named(require)
        proof = proof_of(source, file, wanted)
    except NotText as problem:
        raise Stop(f"{script} {problem.text}", code=terminal.MISUSED) from None
    except ValueError as problem:
        raise Stop(f"--require: {problem}", code=terminal.MISUSED) from None
    except ScriptSyntaxError as problem:
        raise Stop(f"{script}:{problem.line}:{problem.column}: error {problem.message}") from None
    if as_json:
        terminal.say(json.dumps(plain(proof), indent=2, ensure_ascii=False))
    else:
        terminal.say(*told(proof))
    if not proof.holds:
        raise typer.Exit(terminal.FAILED)


def _named(require: str) -> list[str]:
    """The ids of the factors that are required.  Raises Stop for a name that nobody knows."""
    from configuration.methods import method_named

    named = []
    for one in (part.strip() for part in require.split(",") if part.strip()):
        factors, at, who = one.partition("@")
        methods = [(name, method_named(name.strip())) for name in factors.split("|")]
        for name, method in methods:
            if method is None or not method.factor:
                raise Stop(f"--require: {name} is no factor", code=terminal.MISUSED)
        named.append("|".join(method.id for _, method in methods if method is not None) + at + who)
    return list(dict.fromkeys(named))


def proof_of(source: str, file: FlowFile, require: list[str]) -> Proof:
    """What is proven of the script in its flow."""
    from dataclasses import replace

    from commands.simulate import play
    from configuration.methods import METHODS
    from engine.plugins import load
    from engine.proof import Surroundings
    from engine.proof import prove as proven
    from engine.simulation import scenario_of

    def replay(scenario: dict[str, Any]) -> tuple[str, frozenset[str]]:
        played = play(source, file, scenario_of(scenario))
        ends = [entry for entry in played.trace if entry["what"] == "end" and entry["result"] == "success"]
        return played.result, frozenset(ends[-1]["factors"].split()) if ends else frozenset()

    around = Surroundings(
        functions=load(),
        methods={method.id: frozenset(alias.lower() for alias in method.aliases) for method in METHODS},
        require=file.require,
        prompts=frozenset(one.name for one in file.prompts),
    )
    flow = replace(file.flow, script=source, libraries=tuple(file.libraries))
    return proven(flow, require, around=around, replay=replay)


def plain(proof: Proof) -> dict[str, Any]:
    """The proof as JSON has it."""
    return {
        "ways": [
            {
                "steps": [
                    {"step": one.about, "authenticator": one.authenticator, "outcome": one.outcome} for one in way.steps
                ],
                "factors": sorted(way.factors),
                "when": list(way.when),
            }
            for way in proof.ways
        ],
        "requirements": [
            {"require": one.require, "answer": one.answer, "because": one.because, "scenario": one.scenario}
            for one in proof.verdicts
        ],
        "warnings": list(proof.warnings),
    }


def told(proof: Proof) -> list[str]:
    """The proof in words."""
    lines = [f"ways to success: {len(proof.ways)}"]
    for way in proof.ways:
        steps = ", ".join(f"step {one.about} ({one.authenticator}) {one.outcome}" for one in way.steps) or "no step"
        lines.append(f"  {steps}: {' and '.join(sorted(way.factors)) or 'nothing proven'}")
        lines += [f"      when {condition}" for condition in way.when]
    for verdict in proof.verdicts:
        lines.append(f"{verdict.require}: {verdict.answer}, {verdict.because}")
        if verdict.scenario is not None:
            lines.append(json.dumps(verdict.scenario, indent=2, ensure_ascii=False))
    return [*lines, *(f"warning: {warning}" for warning in proof.warnings)]
