"""What is wrong with names: unknown ones, a missing entry point, arguments left out, `=` where `===` was meant."""

from __future__ import annotations

from dsl.hostapi import HostFunction
from dsl.library import REALM
from dsl.nodes import (
    AssignmentExpression,
    BooleanLiteral,
    CallExpression,
    ConditionalExpression,
    DoWhileStatement,
    ExpressionStatement,
    Function,
    Identifier,
    IfStatement,
    MemberExpression,
    NullLiteral,
    NumberLiteral,
    Program,
    SpreadElement,
    StringLiteral,
    VariableDeclaration,
    WhileStatement,
)
from dsl.scopes import did_you_mean, unknown_names
from engine.check.findings import Finding, Findings
from engine.check.tree import callee, calls, member, own_names, walk
from engine.functions import Functions
from engine.script import ENTRY_POINT

INSTEAD = {
    "console": "use Log.info",
    "print": "use Log.info",
    "alert": "use Log.info, or prompt to show a page",
    "setTimeout": "nothing waits in a script: what comes later belongs into a handler",
    "setInterval": "nothing waits in a script: what comes later belongs into a handler",
    "Promise": "nothing waits in a script: what comes later belongs into a handler",
    "fetch": "use httpGet or httpPost",
    "XMLHttpRequest": "use httpGet or httpPost",
    "document": "a script runs on the server: use prompt to show a page",
    "window": "a script runs on the server: use prompt to show a page",
    "Symbol": "it is not part of the script language",
    "Proxy": "it is not part of the script language",
    "Reflect": "it is not part of the script language",
    "BigInt": "it is not part of the script language",
    "eval": "it is not part of the script language",
    "onInitialRequest": f"the entry point is {ENTRY_POINT}",
}
"""What to do instead, for names that scripts elsewhere have."""


def known_names(functions: Functions) -> frozenset[str]:
    """Every global name that a script finds defined."""
    return functions.table.names() | REALM.keys() | {"globalThis"}


def check_names(program: Program, findings: Findings, functions: Functions) -> None:
    """Names that nobody defines."""
    for line, column, name, suggestion in unknown_names(program, known_names(functions)):
        told = INSTEAD.get(name) or (f"did you mean {suggestion}?" if suggestion else "")
        text = f"{name} is not defined" + (f" ({told})" if told else "")
        findings.errors.append(Finding(line, column, "name", text))


def check_entry(program: Program, findings: Findings) -> None:
    """The function where a login begins, and a step that it leads to."""
    names = _top_level_names(program)
    if ENTRY_POINT not in names:
        meant = did_you_mean(ENTRY_POINT, names)
        found = f", and {meant} is another name" if meant is not None else ""
        text = f"the script must define function {ENTRY_POINT}(context): a login begins there{found}"
        findings.errors.append(Finding(1, 1, "entry", text))
    elif not findings.errors and not any(callee(call) == "executeStep" for call in calls(program)):
        findings.warnings.append(Finding(1, 1, "entry", "no step is ever asked for, so nobody can log in"))


def _top_level_names(program: Program) -> set[str]:
    """Functions and variables of the script's top level."""
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


def check_namespaces(program: Program, findings: Findings, functions: Functions) -> None:
    """Members of `Log` that it does not have: calling one throws."""
    spaces = {name: [function.name for function in made] for name, made in functions.table.namespaces.items()}
    for own in own_names(program):
        spaces.pop(own, None)
    for call in calls(program):
        match call.callee:
            case MemberExpression(object=Identifier(name=space)) as called if space in spaces:
                asked, known = member(called), spaces[space]
                if asked is not None and asked not in known:
                    findings.error(called, "name", f"{space} has no {asked} (it has {', '.join(known)})")


def check_arguments(call: CallExpression, function: HostFunction, findings: Findings) -> None:
    """A call with fewer arguments than the function needs, or more than it takes."""
    parameters = function.parameters
    if any(one.rest for one in parameters) or any(isinstance(one, SpreadElement) for one in call.arguments):
        return
    names, given = [one.name for one in parameters], len(call.arguments)
    missing = [one.name for one in parameters[given:] if not one.optional]
    if missing:
        text = f"{function.name} takes ({', '.join(names)}), and here is no {' and no '.join(missing)}"
        findings.warn(call, "arguments", text)
    elif given > len(parameters):
        text = f"{function.name} takes ({', '.join(names)}), and what follows is ignored"
        findings.warn(call, "arguments", text)


def check_conditions(program: Program, findings: Findings) -> None:
    """A condition that assigns something that stands there: it always goes the same way."""
    for node in walk(program):
        match node:
            case (
                IfStatement(test=test)
                | WhileStatement(test=test)
                | DoWhileStatement(test=test)
                | ConditionalExpression(test=test)
            ):
                _check_condition(test, findings)


def _check_condition(test: object, findings: Findings) -> None:
    constant = (StringLiteral, NumberLiteral, BooleanLiteral, NullLiteral)
    if isinstance(test, AssignmentExpression) and test.operator == "=" and isinstance(test.value, constant):
        text = "= assigns, so this condition always goes the same way (did you mean ===?)"
        findings.warn(test, "condition", text)
