"""`for (var i = 0; i < list.length; i++)` over a list of unknown length: like for-of, where i is only an index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import nodes
from ..callables import SCRIPT_FILE
from ..parser import parse
from .terms import Term, constant
from .unknown import Unknown
from .widening import Widening

if TYPE_CHECKING:
    from types import FrameType

    from ..run import Run
    from .paths import Path

MOST_TURNS = 12
"""Turns of a loop that changes something each time."""


def is_over(path: Path, run: Run, size: Unknown, index: int) -> bool:
    """Whether the loop that compares its counter with the length of a list may end here for all longer lists."""
    walked = size.term[1]
    frame = _frame()
    if frame is None or index < 0:
        return False
    key = (id(frame), frame.f_lasti, walked)
    widening, last = path.loops.get(key, (None, -1))
    if widening is None or last != index - 1:
        widening = Widening(walked)
    path.loops[key] = (widening, index)
    file = frame.f_code.co_filename.removeprefix(SCRIPT_FILE)
    is_plain = frame.f_lineno in _plain_lines(run.program.sources[file])
    if is_plain and widening.repeats(path, run, index, counter=index):
        return True
    if index > MOST_TURNS:
        path.give_up("a loop over a list of unknown length changes something in each turn")
    return False


def is_length(value: object) -> bool:
    """Whether it is the length of something unknown."""
    return isinstance(value, Unknown) and _is_length(value.term)


def _is_length(term: Term) -> bool:
    return len(term) == 3 and term[0] == "get" and term[2] == constant("length")


def _frame() -> FrameType | None:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not frame.f_code.co_filename.startswith(SCRIPT_FILE):
        frame = frame.f_back
    return frame


# --- which loops use their counter as nothing but an index ------------------------------------------------------------


@lru_cache(maxsize=64)
def _plain_lines(source: str) -> frozenset[int]:
    """The lines of the conditions of such loops."""
    program = parse(source)
    functions: list[nodes.Node] = [
        program,
        *(one for one in _within(program, nested=True) if isinstance(one, nodes.Function)),
    ]
    return frozenset(line for function in functions for line in _plain_in(function))


def _plain_in(function: nodes.Node) -> Iterator[int]:
    own = list(_within(function, nested=False))
    inner = {one.name for nested in own if isinstance(nested, nodes.Function)
             for one in _within(nested, nested=True) if isinstance(one, nodes.Identifier)}  # fmt: skip
    for loop in own:
        match loop:
            case nodes.ForStatement(
                test=nodes.BinaryExpression(operator="<", left=nodes.Identifier(name=name)) as test
            ):
                lists = _list_of(test.right, own)
                if lists is not None and name not in inner and _is_plain(name, lists, own):
                    yield test.left.line


def _list_of(bound: nodes.Expression, own: list[nodes.Node]) -> str | None:
    """The list whose length is the bound, in words."""
    match bound:
        case nodes.MemberExpression(object=listed, property=nodes.StringLiteral(value="length")):
            return _words(listed)
        case nodes.Identifier(name=name):
            given = [one.init for one in own if isinstance(one, nodes.VariableDeclarator) and _names(one.id, name)]
            if len(given) == 1 and isinstance(given[0], nodes.MemberExpression) and not _is_assigned(name, own):
                return _list_of(given[0], own)
    return None


def _is_assigned(name: str, own: list[nodes.Node]) -> bool:
    return any(
        (isinstance(one, nodes.AssignmentExpression) and _names(one.target, name))
        or (isinstance(one, nodes.UpdateExpression) and _names(one.argument, name))
        for one in own
    )  # fmt: skip


def _is_plain(name: str, listed: str, own: list[nodes.Node]) -> bool:
    """Whether the counter is only set, compared, counted and used to read that list."""
    allowed: set[int] = set()
    for one in own:
        match one:
            case nodes.ForStatement():
                allowed |= _head(one, name)
            case nodes.MemberExpression(computed=True, object=read, property=nodes.Identifier() as key):
                if _words(read) == listed:
                    allowed.add(id(key))
            case nodes.AssignmentExpression(target=nodes.MemberExpression(property=nodes.Identifier() as key)):
                if key.name == name:
                    return False
    if any(isinstance(one, nodes.AssignmentExpression) and _words(one.target) == listed for one in own):
        return False
    return all(id(one) in allowed for one in own if isinstance(one, nodes.Identifier) and one.name == name)


def _head(loop: nodes.ForStatement, name: str) -> set[int]:
    """The places of the counter in the head of its loop."""
    found: set[int] = set()
    match loop.test:
        case nodes.BinaryExpression(left=nodes.Identifier() as left):
            found.add(id(left))
    match loop.update:
        case nodes.UpdateExpression(operator="++", argument=nodes.Identifier() as counted):
            found.add(id(counted))
        case nodes.AssignmentExpression(
            operator="+=", target=nodes.Identifier() as counted, value=nodes.NumberLiteral(value=1)
        ):
            found.add(id(counted))
    match loop.init:
        case nodes.VariableDeclaration(declarations=declared):
            found |= {
                id(one.id) for one in declared if isinstance(one.init, nodes.NumberLiteral) and one.init.value == 0
            }
        case nodes.AssignmentExpression(
            operator="=", target=nodes.Identifier() as counted, value=nodes.NumberLiteral(value=0)
        ):
            found.add(id(counted))
    return found


def _names(node: object, name: str) -> bool:
    return isinstance(node, nodes.Identifier) and node.name == name


def _words(node: object) -> str:
    """A chain of names as text; something that equals nothing for all else."""
    match node:
        case nodes.Identifier(name=name):
            return name
        case nodes.MemberExpression(object=inner, property=nodes.StringLiteral(value=name)):
            return f"{_words(inner)}.{name}"
    return f"? {id(node)}"


def _within(root: nodes.Node, *, nested: bool) -> Iterator[nodes.Node]:
    """All nodes in *root*; nested: those inside of functions in it too."""
    stack: list[object] = [getattr(root, part.name) for part in fields(root)]
    while stack:
        node = stack.pop()
        if isinstance(node, list | dict):
            stack += node.values() if isinstance(node, dict) else node
        elif isinstance(node, nodes.Node):
            yield node
            if nested or not isinstance(node, nodes.Function):
                stack += [getattr(node, part.name) for part in fields(node)]
