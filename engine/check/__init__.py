"""What is wrong with a script, told before anyone meets it: nothing is run.

Errors are certain: the login would fail there.  What may be meant otherwise is a warning.
"""

from __future__ import annotations

from dsl import ScriptSyntaxError
from dsl.nodes import Program
from dsl.parser import parse
from engine.check.events import check_prompt, check_waiting
from engine.check.findings import Finding, Findings, hint
from engine.check.members import check_members
from engine.check.names import (
    check_arguments,
    check_conditions,
    check_entry,
    check_names,
    check_namespaces,
    known_names,
)
from engine.check.steps import Resolve, check_step
from engine.check.tree import callee, calls, own_names
from engine.functions import FUNCTIONS, Functions
from engine.model import Flow
from engine.questions import ON_FAIL

__all__ = ["Finding", "Findings", "check", "hint", "known_names"]


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
    check_names(program, findings, functions)
    check_entry(program, findings)
    check_namespaces(program, findings, functions)
    check_conditions(program, findings)
    check_members(program, findings)
    _check_calls(program, findings, flow, resolve=resolve, functions=functions)
    return findings.sort()


def _check_calls(
    program: Program, findings: Findings, flow: Flow | None, *, resolve: Resolve | None, functions: Functions
) -> None:
    """Calls of our functions; one of the script's own by the same name is none of them."""
    own = own_names(program)
    declared = {function.name: function for function in functions.declared if function.name not in own}
    for call in calls(program):
        function = declared.get(callee(call) or "")
        if function is None:
            continue
        check_arguments(call, function, findings)
        if function.name == "executeStep":
            check_step(call, findings, flow=flow, resolve=resolve)
        elif function.name in ("prompt", "promptIdentifierForStep"):
            check_prompt(call, findings)
        elif ON_FAIL in function.events:
            check_waiting(call, function.events, findings)
