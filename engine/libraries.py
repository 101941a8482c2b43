"""Which function libraries a script requires, and a flow with them at hand, frozen when its login begins."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache

from dsl import ScriptSyntaxError
from dsl.nodes import CallExpression, Identifier, Node, StringLiteral
from dsl.parser import parse
from dsl.values import text
from engine.model import Flow, Library
from engine.ports import FunctionConfiguration

REQUIRING = frozenset({"require", "loadLocalLibrary"})
"""The functions that name a library."""
MOST = 32
"""Libraries that one script may need, those of its libraries included."""


async def linked(flow: Flow, configuration: FunctionConfiguration) -> Flow:
    """The flow with every library that its script names literally, and theirs; one that is missing is left out."""
    found: dict[str, Library] = {}
    names = list(required(flow.script or ""))
    while names and len(found) < MOST:
        name = names.pop()
        library = await configuration.library(name) if name not in found else None
        if library is not None:
            found[name] = library
            names += required(library.source)
    return replace(flow, libraries=tuple(found.values())) if found else flow


@lru_cache(maxsize=256)
def required(source: str) -> tuple[str, ...]:
    """The names of the libraries that a text requires, each once; none if it cannot be read."""
    try:
        stack: list[object] = [parse(source)] if "require" in source or "loadLocalLibrary" in source else []
    except ScriptSyntaxError:
        return ()
    names: dict[str, None] = {}
    while stack:
        found = stack.pop()
        if isinstance(found, list):
            stack += found
        elif isinstance(found, Node):
            stack += [getattr(found, part.name) for part in fields(found)]
            match found:
                case CallExpression(callee=Identifier(name=callee), arguments=[StringLiteral(value=name), *_]):
                    names.update({text(name): None} if callee in REQUIRING else {})
    return tuple(names)
