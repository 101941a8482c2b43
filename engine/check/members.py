"""Members of the context, a step, a user and the request that these do not have: reading one gives undefined.

Only where it is certain what an expression is: from the parameter of a handler, or a variable that is set once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from dsl.nodes import (
    ArrayPattern,
    AssignmentExpression,
    AssignmentPattern,
    ForInStatement,
    ForOfStatement,
    Function,
    Identifier,
    MemberExpression,
    Node,
    PatternProperty,
    Program,
    Property,
    TryStatement,
    UpdateExpression,
    VariableDeclarator,
)
from engine.check.findings import Findings
from engine.check.tree import member, named, walk
from engine.context.shapes import shapes
from engine.script import ENTRY_POINT

LEADS_TO = {
    ("context", "steps"): "steps",
    ("context", "currentStep"): "step",
    ("context", "currentKnownSubject"): "user",
    ("context", "lastLoginFailedUser"): "user",
    ("context", "request"): "request",
    ("context", "response"): "response",
    ("step", "subject"): "user",
}
"""What a member is, where that has a closed shape itself."""
CALLED = {
    "context": "the context",
    "steps": "context.steps",
    "step": "a step",
    "user": "a user",
    "request": "the request",
    "response": "the response",
}
OF_EVERY_OBJECT = frozenset(
    {
        "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString",
        "valueOf",
    }
)  # fmt: skip
_HANDLER = re.compile(r"on[A-Z]")


def check_members(program: Program, findings: Findings) -> None:
    """Warn of each member that is not there."""
    nodes = list(walk(program))
    kinds = _kinds(nodes)
    for node in nodes:
        if not isinstance(node, MemberExpression):
            continue
        kind, name = _kind(node.object, kinds), member(node)
        if kind is not None and name is not None and not _is_there(kind, name):
            meant = findings.hint(name, shapes()[kind])
            findings.warn(node, "member", f"{CALLED[kind]} has no {name}, so this is undefined{meant}")


def _is_there(kind: str, name: str) -> bool:
    """Whether it has that member; which steps there are is not asked here."""
    return name in shapes()[kind] or name in OF_EVERY_OBJECT or (kind == "steps" and name.isdecimal())


def _kinds(nodes: list[Node]) -> dict[str, str]:
    """The names of which it is certain what they are."""
    kinds = dict.fromkeys(_contexts(nodes), "context")
    for _ in range(3):  # a variable may come from another one
        kinds |= {name: kind for name, value in _once(nodes) if (kind := _kind(value, kinds)) is not None}
    return kinds


def _kind(value: object, kinds: Mapping[str, str]) -> str | None:
    """What a name or a chain of members is."""
    chain: list[MemberExpression] = []
    while isinstance(value, MemberExpression):
        chain.append(value)
        value = value.object
    kind = kinds.get(value.name) if isinstance(value, Identifier) else None
    for link in reversed(chain):
        name = member(link)
        is_number = kind == "steps" and (name is None or name.isdecimal())
        kind = "step" if is_number else LEADS_TO.get((kind or "", name or ""))
    return kind


def _contexts(nodes: list[Node]) -> set[str]:
    """Names of the first parameter of handlers, if nothing else goes by that name."""
    handlers = {id(function) for function in _handlers(nodes)}
    functions = [node for node in nodes if isinstance(node, Function)]
    first = [f.params[0] for f in functions if id(f) in handlers and f.params]
    others = {id(name) for f in functions for name in f.params[id(f) in handlers :]}
    ambiguous = {n.name for n in nodes if isinstance(n, Identifier) and id(n) in others} - {"context"}
    variables = {one.id.name for one in nodes if isinstance(one, VariableDeclarator) and _is_name(one.id)}
    return {one.name for one in first if _is_name(one)} - ambiguous - variables - _written(nodes)


def _handlers(nodes: list[Node]) -> Iterator[Function]:
    """The entry point, and functions that stand as `on...` in an object."""
    for node in nodes:
        match node:
            case Function(name=name) if name == ENTRY_POINT:
                yield node
            case VariableDeclarator(id=Identifier(name=name), init=Function() as function) if name == ENTRY_POINT:
                yield function
            case AssignmentExpression(target=Identifier(name=name), value=Function() as function) if (
                name == ENTRY_POINT
            ):
                yield function
            case Property(value=Function() as function) if _HANDLER.match(named(node) or ""):
                yield function


def _once(nodes: list[Node]) -> Iterator[tuple[str, Node]]:
    """Variables that are set where they are declared and nowhere else, with their value."""
    declared = [(one.id.name, one.init) for one in nodes if isinstance(one, VariableDeclarator) and _is_name(one.id)]
    times = Counter(name for name, _ in declared)
    parameters = {one.name for f in nodes if isinstance(f, Function) for one in f.params if _is_name(one)}
    changed = _written(nodes) | parameters
    for name, value in declared:
        if times[name] == 1 and name not in changed and value is not None:
            yield name, value


def _written(nodes: list[Node]) -> set[str]:
    """Names that something is put into elsewhere than where they are declared."""
    found: list[object] = []
    for node in nodes:
        match node:
            case AssignmentExpression(target=target) | UpdateExpression(argument=target):
                found.append(target)
            case ForInStatement(left=target) | ForOfStatement(left=target) | TryStatement(param=target):
                found.append(target)
            case PatternProperty(value=target) | AssignmentPattern(target=target):
                found.append(target)
            case ArrayPattern(elements=elements):
                found += elements
    return {one.name for one in found if _is_name(one)}


def _is_name(node: object) -> TypeGuard[Identifier]:
    return isinstance(node, Identifier)
