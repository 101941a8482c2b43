"""Nodes to Python: the tree of a script becomes a Python `ast`, is compiled, and never exists as text.

Each function of the script is one Python function on the top level of the generated module; what it captures reaches it
by explicit lists (see bindings).  Names of the script appear only as constants: its variables are numbered locals.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

from .. import nodes
from ..bindings import Analysis, FunctionInfo
from ..callables import SCRIPT_FILE, FunctionCode
from ..errors import ScriptSyntaxError
from . import assignments, expressions, loops, members, operations, statements  # noqa: F401  (they register their writers)
from .build import at
from .functions import write_function, write_main
from .runtime import NAMESPACE
from .writer import Unit

if TYPE_CHECKING:
    from ..base import Value
    from ..run import Run

_PYTHON_DEPTH: Final = 12_000


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """Compiled code: the top level and every function by its id."""

    main: Callable[[Run], Value]
    codes: tuple[FunctionCode, ...]


def generate(
    analysis: Analysis, sources: Mapping[str, str], *, traced: bool = False, explored: bool = False
) -> Generated:
    """Compile an analysed script.  Raises ScriptSyntaxError if it is nested deeper than Python can compile.

    sources: the text of the script under "", and those of the libraries linked with it.  traced: conditions tell the
    run which way they went.  explored: values need not be known (dsl.exploration).
    """
    unit = Unit(analysis, sources, traced=traced)
    unit.codes = [_code(info, sources[info.file]) for info in analysis.functions]
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _PYTHON_DEPTH))
    written: dict[str, list[ast.stmt]] = {file: [] for file in sources}
    for info in analysis.functions:
        written[info.file].append(write_function(unit, info))
    written[""].append(write_main(unit))
    namespace = _namespace(explored)
    namespace.update({f"c{code.id}": code for code in unit.codes})
    for file, functions in written.items():
        module = ast.Module(functions, [])
        _define(_asking(module) if explored else module, namespace, analysis.program, file)
    for code in unit.codes:
        code.body = namespace[f"f{code.id}"]
    return Generated(namespace["main"], tuple(unit.codes))


def _namespace(explored: bool) -> dict[str, Any]:
    if not explored:
        return dict(NAMESPACE)
    from ..exploration import explored_namespace  # it is loaded for the first proof

    return dict(explored_namespace())


def _asking(module: ast.Module) -> ast.Module:
    from ..exploration.operations import IsCalled

    made: ast.Module = IsCalled().visit(module)
    return made


def _define(module: ast.Module, namespace: dict[str, Any], program: nodes.Program, file: str) -> None:
    """Compile and run the module, which only defines functions."""
    try:
        compiled = compile(module, SCRIPT_FILE + file, "exec", dont_inherit=True, optimize=0)
    except (RecursionError, MemoryError, SyntaxError):
        place = at(program)
        raise ScriptSyntaxError(
            "the script is nested too deeply", place["lineno"], column=place["col_offset"], code="early"
        ) from None
    FunctionType(compiled, namespace)()


def _code(info: FunctionInfo, source: str) -> FunctionCode:
    node = info.node
    assert node is not None
    assert info.home is not None
    around = info.home.lists()
    return FunctionCode(
        id=info.id,
        name=info.name,
        length=_length(node),
        strict=node.strict,
        arrow=info.arrow,
        constructor=node.kind in ("declaration", "expression"),
        source=source[node.start : node.end],
        body=_not_yet,
        chain=tuple(scope.id for scope in around),
        uses=_uses(info, [scope.id for scope in around]),
    )


def _uses(info: FunctionInfo, around: list[int]) -> tuple[tuple[int, ...], ...]:
    """For each list around, the slots that the function needs; nothing beyond the last one needed."""
    slots: list[set[int]] = [set() for _ in around]
    for binding in info.free:
        slots[around.index(binding.scope.id)].add(binding.slot)
    while slots and not slots[-1]:
        slots.pop()
    return tuple(tuple(sorted(needed)) for needed in slots)


def _length(node: nodes.Function) -> int:
    """The number of parameters before the first with a default and before the rest."""
    for count, parameter in enumerate(node.params):
        if isinstance(parameter, nodes.AssignmentPattern | nodes.RestElement):
            return count
    return len(node.params)


def _not_yet(run: Run, function: object, this: Value, args: list[Value], new_target: object) -> Value:
    raise AssertionError("the code is not compiled yet")
