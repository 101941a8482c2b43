"""What is wrong with event handlers: names that nothing calls, and values that nothing can call."""

from __future__ import annotations

import re
from collections.abc import Collection

from dsl.nodes import (
    ArrayExpression,
    CallExpression,
    Expression,
    Function,
    NumberLiteral,
    ObjectExpression,
    Property,
    SpreadElement,
    StringLiteral,
)
from engine.check.findings import Findings
from engine.check.tree import callee, keys, named
from engine.questions import ON_FAIL, ON_SUCCESS, ON_TIMEOUT

HANDLERS = ("onSuccess", "onFail", "onFallback", "onUserAbort", "onTimeout", "onSkip")
"""Event handlers that a step or a waiting call may have."""
NOT_CALLABLE = (ArrayExpression, NumberLiteral, ObjectExpression, StringLiteral)
"""What a handler certainly cannot be."""
_ACTION = re.compile(r"on[A-Z]")


def check_events(handlers: ObjectExpression, findings: Findings, *, of: str, events: Collection[str]) -> None:
    """The handlers of a step or a call.  events: what they may be called."""
    for entry in handlers.properties:
        name = named(entry)
        if name is None or not isinstance(entry, Property):
            continue
        if name not in events:
            text = f"{name} is no event of {of} and never called{findings.hint(name, events)}"
            findings.warn(entry, "handler", text)
        elif name.startswith("on"):
            _check_function(entry, name, findings)


def check_given(argument: Expression | SpreadElement, findings: Findings) -> None:
    """Handlers are an object; a function in its place is called by nothing."""
    if isinstance(argument, Function):
        text = "this function is never called: handlers are an object such as {onSuccess: function (context) {}}"
        findings.warn(argument, "handler", text)


def check_prompt(call: CallExpression, findings: Findings) -> None:
    """A prompt: every button has a handler `on...`, and without any it can only fail."""
    handlers = call.arguments[-1] if len(call.arguments) > 1 else None
    if handlers is None or (isinstance(handlers, ObjectExpression) and not keys(handlers)):
        findings.warn(call, "handler", "a prompt without handlers ends the login as failed when it is answered")
    elif isinstance(handlers, ObjectExpression):
        for entry in handlers.properties:
            name = named(entry)
            if name is not None and isinstance(entry, Property) and not _ACTION.match(name):
                meant = findings.hint(name, HANDLERS) or " (an event is on and a name with a capital letter)"
                findings.warn(entry, "handler", f"{name} is no event of a prompt and never called{meant}")
            elif name is not None and isinstance(entry, Property):
                _check_function(entry, name, findings)
    else:
        check_given(handlers, findings)


def check_waiting(call: CallExpression, events: Collection[str], findings: Findings) -> None:
    """A call whose outcome may have no handler ends the login there."""
    last = call.arguments[-1] if call.arguments else None
    if last is not None:
        check_given(last, findings)
    if not isinstance(last, ObjectExpression) or any(not isinstance(entry, Property) for entry in last.properties):
        return
    check_events(last, findings, of=str(callee(call)), events=events)
    missing = [event for event in events if event not in keys(last) and event in (ON_SUCCESS, ON_FAIL, ON_TIMEOUT)]
    if missing:
        text = f"{callee(call)} has no {' and no '.join(missing)}: that outcome ends the login as failed"
        findings.warn(call, "handler", text)


def _check_function(entry: Property, name: str, findings: Findings) -> None:
    if isinstance(entry.value, NOT_CALLABLE):
        findings.warn(entry, "handler", f"{name} is not a function and never called")
