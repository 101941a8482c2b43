"""What is wrong with a script, told before anyone meets it: nothing is run.

Errors are certain: the login would fail there.  What may be meant otherwise is a warning.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

from dsl import ScriptSyntaxError
from dsl.library import REALM
from dsl.nodes import (
    ArrayExpression,
    AssignmentExpression,
    CallExpression,
    Expression,
    ExpressionStatement,
    Function,
    Identifier,
    Node,
    NumberLiteral,
    ObjectExpression,
    Program,
    Property,
    StringLiteral,
    UnaryExpression,
    VariableDeclaration,
)
from dsl.parser import parse
from dsl.scopes import unknown_names
from engine.functions import FUNCTIONS, Functions
from engine.functions.steps import OPTION_KEYS
from engine.model import Flow, Step
from engine.questions import ON_FAIL, ON_SUCCESS, ON_TIMEOUT
from engine.script import ENTRY_POINT

HANDLERS = ("onSuccess", "onFail", "onFallback", "onUserAbort", "onTimeout", "onSkip")
"""Event handlers that a step or a waiting call may have."""

NOT_CALLABLE = (ArrayExpression, NumberLiteral, ObjectExpression, StringLiteral)
"""What a handler certainly cannot be."""

Resolve = Callable[[str], str | None]
"""The authenticator that a name means, or None."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a script.

    line, column: 1-based.  code: syntax, early, name, entry, step, options or handler.
    """

    line: int
    column: int
    code: str
    text: str


@dataclass(slots=True)
class Findings:
    """All there is to say, in the order of the script."""

    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)

    def sort(self) -> Findings:
        """The same, in the order of the script."""
        self.errors.sort(key=lambda finding: (finding.line, finding.column))
        self.warnings.sort(key=lambda finding: (finding.line, finding.column))
        return self


def check(
    source: str, flow: Flow | None = None, *, resolve: Resolve | None = None, functions: Functions = FUNCTIONS
) -> Findings:
    """Look a script over.  flow: what it will steer, if known; resolve: which authenticators there are.

    functions: what scripts may call in this house.
    """
    findings = Findings()
    try:
        program = parse(source)
    except ScriptSyntaxError as error:
        findings.errors.append(Finding(error.line or 1, error.column or 1, error.code, error.message))
        return findings
    _check_names(program, findings, functions)
    _check_entry(program, findings)
    waiting = {one.name: one.events for one in functions.declared if ON_FAIL in one.events and one.name != "prompt"}
    for call in _calls(program):
        _check_call(call, findings, flow, resolve)
        if _callee(call) in waiting:
            _check_waiting(call, waiting[_callee(call) or ""], findings)
    return findings.sort()


def _check_names(program: Program, findings: Findings, functions: Functions) -> None:
    for line, column, name, suggestion in unknown_names(program, known_names(functions)):
        hint = f" (did you mean {suggestion}?)" if suggestion else ""
        findings.errors.append(Finding(line, column, "name", f"{name} is not defined{hint}"))


def known_names(functions: Functions) -> frozenset[str]:
    """Every global name that a script finds defined."""
    return functions.table.names() | REALM.keys() | {"globalThis"}


def _check_entry(program: Program, findings: Findings) -> None:
    if ENTRY_POINT not in _top_level_names(program):
        text = f"the script must define function {ENTRY_POINT}(context): a login begins there"
        findings.errors.append(Finding(1, 1, "entry", text))
    elif not findings.errors and not any(_callee(call) == "executeStep" for call in _calls(program)):
        findings.warnings.append(Finding(1, 1, "entry", "no step is ever asked for, so nobody can log in"))


def _top_level_names(program: Program) -> set[str]:
    names: set[str] = set()
    for statement in program.body:
        match statement:
            case Function(name=str() as name):
                names.add(name)
            case VariableDeclaration():
                names |= {d.id.name for d in statement.declarations if isinstance(d.id, Identifier)}
            case ExpressionStatement(expression=AssignmentExpression(target=Identifier(name=name))):
                names.add(name)
    return names


def _check_call(call: CallExpression, findings: Findings, flow: Flow | None, resolve: Resolve | None) -> None:
    match _callee(call):
        case "executeStep":
            _check_step(call, findings, flow, resolve)
        case "prompt":
            handlers = call.arguments[-1] if len(call.arguments) > 1 else None
            if handlers is None or (isinstance(handlers, ObjectExpression) and not _keys(handlers)):
                text = "a prompt without handlers ends the login as failed when it is answered"
                findings.warnings.append(Finding(call.line, call.column, "handler", text))


def _check_waiting(call: CallExpression, events: tuple[str, ...], findings: Findings) -> None:
    """A call whose outcome may have no handler ends the login there."""
    last = call.arguments[-1] if call.arguments else None
    if not isinstance(last, ObjectExpression) or any(not isinstance(entry, Property) for entry in last.properties):
        return
    missing = [event for event in events if event not in _keys(last) and event in (ON_SUCCESS, ON_FAIL, ON_TIMEOUT)]
    if missing:
        text = f"{_callee(call)} has no {' and no '.join(missing)}: that outcome ends the login as failed"
        findings.warnings.append(Finding(call.line, call.column, "handler", text))


def _check_step(call: CallExpression, findings: Findings, flow: Flow | None, resolve: Resolve | None) -> None:
    step = _check_number(call, findings, flow)
    objects = [argument for argument in call.arguments[1:] if isinstance(argument, ObjectExpression)]
    options = _options_of(call, findings)
    if options is not None and step is not None and resolve is not None:
        _check_filter(options, step, findings, resolve)
    if objects and objects[-1] is not options:
        _check_handlers(objects[-1], findings)


def _check_number(call: CallExpression, findings: Findings, flow: Flow | None) -> Step | None:
    """The step a literal number names; an error if it names none."""
    if not call.arguments:
        findings.errors.append(Finding(call.line, call.column, "step", "executeStep needs the number of a step"))
        return None
    first = call.arguments[0]
    number = _literal_number(first)
    if isinstance(first, StringLiteral):
        text = f"the step must be a number, not the text {first.value!r}"
        findings.errors.append(Finding(first.line, first.column, "step", text))
    if number is None or flow is None:
        return None
    step = flow.step(int(number)) if number == int(number) else None
    if step is None:
        known = ", ".join(str(step.id) for step in flow.steps)
        text = f"the flow {flow.id} has no step {number:g} (it has {known})"
        findings.errors.append(Finding(first.line, first.column, "step", text))
    return step


def _options_of(call: CallExpression, findings: Findings) -> ObjectExpression | None:
    """The options of the call, as the engine will take them, with a hint where they stand in an unusual place."""
    rest = call.arguments[1:]
    first = rest[0] if rest else None
    if not isinstance(first, ObjectExpression):
        return None
    keys = _keys(first)
    has_options, has_handlers = bool(keys & set(OPTION_KEYS)), bool(keys & set(HANDLERS))
    if len(rest) == 1 and has_options and not has_handlers:
        text = "taken as options because there are no handlers in it; pass {} as third argument to say so"
        findings.warnings.append(Finding(first.line, first.column, "options", text))
        return first
    if len(rest) == 1 and has_options:
        text = "options stand among the handlers and are ignored: pass them as the second of three arguments"
        findings.warnings.append(Finding(first.line, first.column, "options", text))
    if len(rest) > 1 and has_handlers:
        text = "handlers stand among the options and are ignored: pass them as the last argument"
        findings.warnings.append(Finding(first.line, first.column, "options", text))
    return first if len(rest) > 1 else None


def _check_filter(options: ObjectExpression, step: Step, findings: Findings, resolve: Resolve) -> None:
    """A literal filter must leave at least one way to do the step."""
    wanted = _property(options, "authenticationOptions")
    if not isinstance(wanted, ArrayExpression):
        return
    entries = [entry for entry in wanted.elements if isinstance(entry, ObjectExpression)]
    if len(entries) != len(wanted.elements) or not all(_is_literal(entry) for entry in entries):
        return
    if not any(_can_match(entry, step, resolve) for entry in entries):
        known = ", ".join(option.authenticator for option in step.options)
        text = f"authenticationOptions leaves nothing of step {step.id} (it has {known})"
        findings.errors.append(Finding(wanted.line, wanted.column, "options", text))


def _can_match(entry: ObjectExpression, step: Step, resolve: Resolve) -> bool:
    name, idp = _literal(_property(entry, "authenticator")), _literal(_property(entry, "idp"))
    if name is None and idp is None:
        return False
    return any(
        (name is None or resolve(name) == option.authenticator) and (idp or "LOCAL").upper() == option.idp.upper()
        for option in step.options
    )


def _check_handlers(handlers: ObjectExpression, findings: Findings) -> None:
    for entry in handlers.properties:
        if isinstance(entry, Property) and isinstance(entry.key, StringLiteral) and not entry.computed:
            name = entry.key.value
            if name in HANDLERS and isinstance(entry.value, NOT_CALLABLE):
                text = f"{name} is not a function and never called"
                findings.warnings.append(Finding(entry.line, entry.column, "handler", text))
            if name not in HANDLERS and name not in OPTION_KEYS:
                close = difflib.get_close_matches(name, HANDLERS, n=1)
                hint = f" (did you mean {close[0]}?)" if close else ""
                text = f"{name} is no event of a step and never called{hint}"
                findings.warnings.append(Finding(entry.line, entry.column, "handler", text))


# --- reading the tree -------------------------------------------------------------------------------------------------


def _calls(program: Program) -> Iterator[CallExpression]:
    """Every call in the script; goes down without recursion, for chains may be long."""
    stack: list[object] = [program]
    while stack:
        found = stack.pop()
        if isinstance(found, list):
            stack.extend(found)
        elif isinstance(found, Node):
            if isinstance(found, CallExpression):
                yield found
            stack.extend(getattr(found, part.name) for part in fields(found))


def _callee(call: CallExpression) -> str | None:
    return call.callee.name if isinstance(call.callee, Identifier) else None


def _keys(given: ObjectExpression) -> set[str]:
    return {
        entry.key.value
        for entry in given.properties
        if isinstance(entry, Property) and isinstance(entry.key, StringLiteral)
    }


def _property(given: ObjectExpression, name: str) -> Expression | None:
    for entry in given.properties:
        if isinstance(entry, Property) and isinstance(entry.key, StringLiteral) and entry.key.value == name:
            return entry.value
    return None


def _literal(value: Expression | None) -> str | None:
    return value.value if isinstance(value, StringLiteral) else None


def _is_literal(entry: ObjectExpression) -> bool:
    values = (_property(entry, name) for name in ("authenticator", "idp"))
    return all(value is None or isinstance(value, StringLiteral) for value in values)


def _literal_number(value: object) -> float | None:
    match value:
        case NumberLiteral(value=number):
            return float(number)
        case UnaryExpression(operator="-", argument=NumberLiteral(value=number)):
            return -float(number)
    return None
