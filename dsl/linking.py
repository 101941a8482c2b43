"""A script and the libraries it requires, put together as one program: a library is a function, run when required."""

from __future__ import annotations

from collections.abc import Mapping

from . import nodes
from .errors import ScriptSyntaxError
from .parser import MAX_SOURCE_BYTES, parse

PARAMETERS = ("exports", "module", "require")
"""What a library finds defined besides the globals."""


def parse_linked(sources: Mapping[str, str], max_bytes: int | None = None) -> nodes.Program:
    """The tree of the script (under "") with its libraries.  Raises ScriptSyntaxError, with the library as its file.

    max_bytes: of the script as UTF-8; what any text may have if it is None, as it always is for libraries.
    """
    program = parse(sources[""], max_bytes=MAX_SOURCE_BYTES if max_bytes is None else max_bytes)
    program.modules = {name: _module(name, source) for name, source in sources.items() if name}
    return program


def _module(name: str, source: str) -> nodes.Function:
    try:
        program = parse(source)
    except ScriptSyntaxError as error:
        error.file = name
        raise
    line, column = program.line, program.column
    parameters: list[nodes.Pattern] = [nodes.Identifier(line, column, name=parameter) for parameter in PARAMETERS]
    body = nodes.BlockStatement(line, column, body=program.body)
    return nodes.Function(
        line, column, name=None, params=parameters, body=body, kind="expression", strict=program.strict,
        expression=False, start=0, end=len(source),
    )  # fmt: skip
