"""What is wrong with `executeStep`: the number, the options, the handlers."""

from __future__ import annotations

from collections.abc import Callable

from dsl.nodes import ArrayExpression, CallExpression, ObjectExpression, StringLiteral
from engine.check.events import HANDLERS, check_events, check_given
from engine.check.findings import Findings
from engine.check.tree import keys, literal, literal_number, value_of
from engine.functions.steps import OPTION_KEYS
from engine.model import Flow, Step

Resolve = Callable[[str], str | None]
"""The authenticator that a name means, or None."""


def check_step(call: CallExpression, findings: Findings, *, flow: Flow | None, resolve: Resolve | None) -> None:
    """One call of `executeStep`."""
    step = _check_number(call, findings, flow)
    objects = [argument for argument in call.arguments[1:] if isinstance(argument, ObjectExpression)]
    options = _options_of(call, findings)
    if options is not None and step is not None and resolve is not None:
        _check_filter(options, step, findings, resolve=resolve)
    if objects and objects[-1] is not options:
        check_events(objects[-1], findings, of="a step", events=(*HANDLERS, *OPTION_KEYS))
    if len(call.arguments) > 1:
        check_given(call.arguments[-1], findings)


def _check_number(call: CallExpression, findings: Findings, flow: Flow | None) -> Step | None:
    """The step a literal number names; an error if it names none."""
    if not call.arguments:
        findings.error(call, "step", "executeStep needs the number of a step")
        return None
    first = call.arguments[0]
    number = literal_number(first)
    if isinstance(first, StringLiteral):
        findings.error(first, "step", f"the step must be a number, not the text {first.value!r}")
    if number is None or flow is None:
        return None
    step = flow.step(int(number)) if number == int(number) else None
    if step is None:
        known = ", ".join(str(step.id) for step in flow.steps)
        findings.error(first, "step", f"the flow {flow.id} has no step {number:g} (it has {known})")
    return step


def _options_of(call: CallExpression, findings: Findings) -> ObjectExpression | None:
    """The options of the call, as the engine will take them, with a hint where they stand in an unusual place."""
    rest = call.arguments[1:]
    first = rest[0] if rest else None
    if not isinstance(first, ObjectExpression):
        return None
    names = keys(first)
    has_options, has_handlers = bool(names & set(OPTION_KEYS)), bool(names & set(HANDLERS))
    if len(rest) == 1 and has_options and not has_handlers:
        text = "taken as options because there are no handlers in it; pass {} as third argument to say so"
        findings.warn(first, "options", text)
        return first
    if len(rest) == 1 and has_options:
        text = "options stand among the handlers and are ignored: pass them as the second of three arguments"
        findings.warn(first, "options", text)
    if len(rest) > 1 and has_handlers:
        text = "handlers stand among the options and are ignored: pass them as the last argument"
        findings.warn(first, "options", text)
    return first if len(rest) > 1 else None


def _check_filter(options: ObjectExpression, step: Step, findings: Findings, *, resolve: Resolve) -> None:
    """A literal filter must leave at least one way to do the step."""
    wanted = value_of(options, "authenticationOptions")
    if not isinstance(wanted, ArrayExpression):
        return
    entries = [entry for entry in wanted.elements if isinstance(entry, ObjectExpression)]
    if len(entries) != len(wanted.elements) or not all(_is_literal(entry) for entry in entries):
        return
    if not any(_can_match(entry, step, resolve) for entry in entries):
        known = ", ".join(option.authenticator for option in step.options)
        findings.error(wanted, "options", f"authenticationOptions leaves nothing of step {step.id} (it has {known})")


def _can_match(entry: ObjectExpression, step: Step, resolve: Resolve) -> bool:
    name, idp = literal(value_of(entry, "authenticator")), literal(value_of(entry, "idp"))
    if name is None and idp is None:
        return False
    return any(
        (name is None or resolve(name) == option.authenticator) and (idp or "LOCAL").upper() == option.idp.upper()
        for option in step.options
    )


def _is_literal(entry: ObjectExpression) -> bool:
    values = (value_of(entry, name) for name in ("authenticator", "idp"))
    return all(value is None or isinstance(value, StringLiteral) for value in values)
