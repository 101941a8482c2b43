"""Python code that loads the snapshots of one shape, which the general way has read and found sound before.

It is the heap written down: one statement makes each scope, function, array, object, and object of the host; the plain
values are its arguments.  Only heaps of these kinds, as they were made, have such code.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

from ..arrays import Arr
from ..base import HOLE, NULL, OBJECT_PROTO, TDZ, Obj
from ..callables import Function
from ..codegen.build import assign, assign_name, attribute, const, define, do, helper, list_, name
from .checking import expect_text
from .layout import MARKS, Kind
from .making import built_in, host_object

if TYPE_CHECKING:
    from ..base import Value
    from ..program import Program
    from ..run import Run

_PLACE: Final = {"lineno": 1, "col_offset": 0, "end_lineno": 1, "end_col_offset": 0}
_NAMESPACE: Final[dict[str, Any]] = {
    "__builtins__": {}, "Obj": Obj, "Arr": Arr, "Function": Function, "OBJECT_PROTO": OBJECT_PROTO,
    "HOLE": HOLE, "TDZ": TDZ, "NULL": NULL, "built_in": built_in,
    "host_object": host_object,
}  # fmt: skip
_MARK_NAMES: Final = {MARKS[HOLE]: "HOLE", MARKS[TDZ]: "TDZ"}


class _UnusualError(Exception):
    """The shape holds what has no code."""


def compile_shape(program: Program, parts: list[Any]) -> Callable[[Run, list[Value]], list[Value]] | None:
    """load(run, plain) for that shape, or None if it holds what has no code.  It raises where *plain* does not fit."""
    try:
        body = _Code(program, records=parts[3], scopes=parts[4]).written(*parts[:3])
    except _UnusualError:
        return None
    module = ast.Module([define("load", ("run", "plain"), body, _PLACE)], [])
    namespace = {**_NAMESPACE, **{f"c{code.id}": code for code in program.codes}}
    FunctionType(compile(module, "<snapshot>", "exec", dont_inherit=True), namespace)()
    load: Callable[[Run, list[Value]], list[Value]] = namespace["load"]
    return load


class _Code:
    """The statements.  Objects are made from the last to the first, as what an object holds mostly has a higher number.

    late: what puts those that were not made yet where they belong.
    """

    def __init__(self, program: Program, *, records: list[Any], scopes: list[Any]) -> None:
        self._program = program
        self._records = records
        self._scopes = scopes
        self._plain = 0
        self._late: list[ast.stmt] = []

    def written(self, roots: list[Any], top: list[Any], names: list[Any]) -> list[ast.stmt]:
        """All of it, in the order of the layout, because that numbers the plain values."""
        found = list_([self._value(root) for root in roots], _PLACE)
        slots = list_([const(None, _PLACE), *(self._value(slot) for slot in top)], _PLACE)
        declared = self._globals(names)
        records = [self._record(number, record) for number, record in enumerate(self._records)]
        scopes = [self._scope(number, scope) for number, scope in enumerate(self._scopes)]
        plain: list[ast.expr] = [ast.Name(f"p{at}", ast.Store(), **_PLACE) for at in range(self._plain)]
        return [
            assign(ast.Tuple(plain, ast.Store(), **_PLACE), name("plain", _PLACE), _PLACE),
            assign_name("top", attribute("run", "top", _PLACE), _PLACE),
            *scopes,
            *reversed(records),
            *self._late,
            do(_call("top", "clear"), _PLACE),
            do(_call("top", "extend", slots), _PLACE),
            *declared,
            ast.Return(found, **_PLACE),
        ]

    def _value(self, written: Any, holder: ast.expr | None = None, *, made_after: int = -1) -> ast.expr:
        """What *written* stands for; if it is made later, undefined for now.

        holder: the place where it belongs.  made_after: objects up to this number are made after it.
        """
        match written:
            case None:
                self._plain += 1
                return name(f"p{self._plain - 1}", _PLACE)
            case []:
                return name("NULL", _PLACE)
            case [str(path)]:
                return helper("built_in", [name("run", _PLACE), const(path, _PLACE)], _PLACE)
            case [int(number)] if number in _MARK_NAMES:
                return name(_MARK_NAMES[number], _PLACE)
            case [int(number)] if number > made_after:
                return name(_object(number), _PLACE)
            case [int(number)] if number >= 0 and holder is not None:
                self._late.append(assign(holder, name(_object(number), _PLACE), _PLACE))
                return const(None, _PLACE)
        raise _UnusualError

    def _globals(self, names: list[Any]) -> list[ast.stmt]:
        """What the script declares: what is given, else its function, else nothing; a name that is there keeps it."""
        given: dict[str, ast.expr] = {}
        declared = tuple(self._program.declared)
        if "globalThis" in declared:
            raise _UnusualError
        for key, written in zip(names[::2], names[1::2], strict=True):
            if type(key) is not int:
                raise _UnusualError
            given[declared[key]] = self._value(written)
        hoisted = {at: _function(code, name("top", _PLACE)) for at, code in self._program.hoisted.items()}
        values = [given.get(at) or hoisted.get(at) or _call("g", "get", const(at, _PLACE)) for at in declared]
        table = ast.Dict([const(at, _PLACE) for at in declared], values, **_PLACE)
        return [assign_name("g", attribute("run", "globals", _PLACE), _PLACE), do(_call("g", "update", table), _PLACE)]

    def _scope(self, number: int, record: list[Any]) -> ast.stmt:
        """A scope's list.  All it holds is made later, but for the plain values."""
        scope_id, around, slots = record
        made = f"s{number}"
        held = [const(None, _PLACE)] * self._program.scope_sizes[scope_id]
        if around is not None:
            self._late.append(assign(_at(made, 0), name("top" if around is True else f"s{around}", _PLACE), _PLACE))
        for slot, written in slots.items():
            held[slot] = self._value(written, _at(made, slot), made_after=len(self._records))
        return assign_name(made, list_(held, _PLACE), _PLACE)

    def _record(self, number: int, record: list[Any]) -> ast.stmt:
        """The object of that number."""
        match record:
            case [Kind.OBJECT, dict(body)]:
                made = self._object(number, body)
            case [Kind.ARRAY, list(body)]:
                made = self._array(number, body)
            case [Kind.FUNCTION, body]:
                made = self._closure(body)
            case [Kind.HOST, path]:
                made = helper("host_object", [name("run", _PLACE), const(expect_text(path), _PLACE)], _PLACE)
            case _:
                raise _UnusualError
        return assign_name(_object(number), made, _PLACE)

    def _object(self, number: int, body: dict[Any, Any]) -> ast.expr:
        props = attribute(_object(number), "props", _PLACE)
        keys = [expect_text(key) for key in body]
        values = [
            self._value(written, _in(props, key), made_after=number)
            for key, written in zip(keys, body.values(), strict=True)
        ]
        table = ast.Dict([const(key, _PLACE) for key in keys], values, **_PLACE)
        return helper("Obj", [name("OBJECT_PROTO", _PLACE), table], _PLACE)

    def _array(self, number: int, body: list[Any]) -> ast.expr:
        items = attribute(_object(number), "items", _PLACE)
        values = [self._value(written, _in(items, at), made_after=number) for at, written in enumerate(body)]
        return helper("Arr", [list_(values, _PLACE)], _PLACE)

    def _closure(self, body: Any) -> ast.expr:
        code, scope, own_name = (body + [None] * 2)[:3] if isinstance(body, list) else (body, None, None)
        captured = const(None, _PLACE) if scope is None else name(f"s{scope}", _PLACE)
        if self._program.codes[code].chain[0] == 0:
            captured = name("top", _PLACE)
        return _function(code, captured, () if own_name is None else (const(expect_text(own_name), _PLACE),))


def _object(number: int) -> str:
    return f"o{number}"


def _function(code: int, scope: ast.expr, own_name: tuple[ast.expr, ...] = ()) -> ast.expr:
    return helper("Function", [name(f"c{code}", _PLACE), scope, *own_name], _PLACE)


def _call(owner: str, method: str, *args: ast.expr) -> ast.expr:
    return ast.Call(attribute(owner, method, _PLACE), list(args), [], **_PLACE)


def _in(container: ast.expr, key: object) -> ast.expr:
    return ast.Subscript(container, const(key, _PLACE), ast.Store(), **_PLACE)


def _at(scope: str, slot: int) -> ast.expr:
    return _in(name(scope, _PLACE), slot)
