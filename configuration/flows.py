"""Flow entries to flows: aliases become ids, steps are there that are pointed at, the script has no errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from configuration.document import FlowEntry
from configuration.methods import method_named, names
from configuration.placed import Judgement, Placed
from configuration.problems import Position, Problem, did_you_mean
from configuration.reading import Unreadable
from configuration.sequence import OptionEntry, StepEntry
from configuration.sources import Text, script_text
from engine.model import Flow, Option, Step


class Finding(Protocol):
    """One thing a script's check has to say.  line, column: from 1; code: e.g. `name`."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...


class Findings(Protocol):
    """All it has to say."""

    @property
    def errors(self) -> Sequence[Finding]: ...
    @property
    def warnings(self) -> Sequence[Finding]: ...


CheckScript = Callable[[str, Flow], Findings]
"""Says what is wrong with a script for a flow, before anyone meets it."""

_DEFAULT_STEPS = (Step(1, (Option("password"),)),)


def flow_of(placed: Placed[FlowEntry], judgement: Judgement, *, check_script: CheckScript) -> Flow:
    """The flow an entry describes; what is wrong with it goes to *judgement*."""
    before = len(judgement.errors)
    text = _script(placed, judgement)
    flow = bare_flow(placed, judgement)
    _judge_available(placed, flow, judgement)
    if text is None:
        return flow
    flow = replace(flow, script=text.source)
    if len(judgement.errors) == before:
        findings = check_script(text.source, flow)
        judgement.errors.extend(_told(placed, finding, text) for finding in findings.errors)
        judgement.warnings.extend(_told(placed, finding, text) for finding in findings.warnings)
    return flow


def bare_flow(placed: Placed[FlowEntry], judgement: Judgement) -> Flow:
    """The flow without its script; reserved authenticators that this version does not have may stand in it."""
    entry = placed.entry
    if entry.sequence is not None and entry.sequence.type == "DEFAULT":
        return Flow(entry.id, _DEFAULT_STEPS)
    inner = ("authenticationSequence",) if entry.sequence is not None else ()
    form = entry.sequence or entry
    steps = tuple(
        Step(step.id, _options(placed, step, judgement, keys=(*inner, "steps", index)))
        for index, step in enumerate(form.steps or ())
    )
    lowest = min(step.id for step in steps)
    subject = form.subject_step or lowest
    flow = Flow(entry.id, steps, subject, form.attribute_step or subject)
    _judge_steps(placed, flow, judgement)
    return flow


def _judge_steps(placed: Placed[FlowEntry], flow: Flow, judgement: Judgement) -> None:
    for name, number in (("subject_step", flow.subject_step), ("attribute_step", flow.attribute_step)):
        if flow.step(number) is None:
            judgement.errors.append(placed.problem(f"{name} is {number}, but the flow has no step {number}", name))
    if not any(_proves(option) for step in flow.steps for option in step.options):
        problem = placed.problem("no step proves anything, so this flow can never succeed")
        judgement.warnings.append(replace(problem, closes=True))


def _judge_available(placed: Placed[FlowEntry], flow: Flow, judgement: Judgement) -> None:
    """A flow that serves people needs authenticators that are there."""
    for option in (option for step in flow.steps for option in step.options):
        method = method_named(option.authenticator)
        if method is not None and not method.available:
            text = f"the authenticator {method.id} is not in this version; there are: {', '.join(names())}"
            judgement.errors.append(placed.problem(text, "steps"))


def _proves(option: Option) -> bool:
    method = method_named(option.authenticator)
    return method is not None and method.factor


def _options(
    placed: Placed[FlowEntry], step: StepEntry, judgement: Judgement, *, keys: tuple[str | int, ...]
) -> tuple[Option, ...]:
    options: list[Option] = []
    for index, entry in enumerate(step.options):
        at = (*keys, "options", index, "authenticator")
        refusal = _refusal(entry, options)
        if refusal is not None:
            judgement.errors.append(placed.problem(refusal, *at))
            continue
        method = method_named(entry.authenticator)
        assert method is not None
        options.append(Option(method.id, entry.idp))
    return tuple(options)


def _refusal(entry: OptionEntry, options: Sequence[Option]) -> str | None:
    method = method_named(entry.authenticator)
    if method is None:
        hint = did_you_mean(entry.authenticator, names())
        return f"there is no authenticator {entry.authenticator}{hint}; there are: {', '.join(names())}"
    if any(option.authenticator == method.id for option in options):
        return f"the step offers {method.id} twice"
    return None


def _script(placed: Placed[FlowEntry], judgement: Judgement) -> Text | None:
    entry = placed.entry
    if entry.sequence is not None:
        given = entry.sequence.script if entry.sequence.type == "USER_DEFINED" else None
        return Text(given) if given and given.strip() else None
    if entry.script is None:
        return None
    try:
        return script_text(entry.script, placed.reading)
    except Unreadable as problem:
        judgement.errors.append(placed.problem(problem.text, "script"))
        return None


def _told(placed: Placed[FlowEntry], finding: Finding, text: Text) -> Problem:
    said = f"{finding.code}: {finding.text}"
    if text.name is None:
        return placed.problem(f"line {finding.line}, column {finding.column} of the script: {said}", "script")
    return Problem(text.name, f"{said} (flow {placed.entry.id})", (), Position(finding.line, finding.column))
