"""The objects of a snapshot, still empty: made first, so that whatever refers to them can.

Functions are complete then: what they hold are scopes, which are made before.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from ..arrays import Arguments, Arr
from ..base import ERROR_PROTO, OBJECT_PROTO, ErrorObject, Obj
from ..callables import FUNCTION_PROTO, Bound, Function, Invocable
from ..exotics import Date, HostObject, Iterator, MapObject, RegExp, SetObject, Wrapper
from ..library import PATHS
from ..library.regexp_exec import matcher_of
from ..sparse import Sparse
from .checking import damaged, expect_count, expect_list, expect_number, expect_text
from .layout import DEFAULT_HIDDEN, ITERATOR_KINDS, Kind, SnapshotError

if TYPE_CHECKING:
    from ..run import Run
    from .scopes import Scopes


def built_in(run: Run, path: str) -> Obj:
    """The built-in or function of the host that goes by *path*."""
    found = PATHS.get(path) or run.host.by_path.get(path)
    if found is None:
        raise SnapshotError(f"the snapshot needs '{path[:80]}', which there is no more")
    return found


def host_object(run: Run, path: str) -> HostObject:
    """The object of the host that goes by *path*."""
    bound = run.host_object(path)
    return bound if isinstance(bound, HostObject) else damaged("an object of the host")


def _make_function(run: Run, scopes: Scopes, body: Any) -> Function:
    """A function with what it captured."""
    codes = run.program.codes
    if type(body) is int and body >= 0:
        code = codes[body]
        return Function(code, run.top if code.chain[0] == 0 else scopes.captured(None, code))
    code = codes[expect_count(body[0])]
    return Function(code, scopes.captured(body[1], code), expect_text(body[2]) if len(body) > 2 else None)


def _make_error(run: Run, scopes: Scopes, body: Any) -> ErrorObject:
    made = ErrorObject(ERROR_PROTO)
    made.hidden = DEFAULT_HIDDEN[Kind.ERROR]
    return made


def _make_wrapper(run: Run, scopes: Scopes, body: Any) -> Wrapper:
    if isinstance(body, bool):
        return Wrapper(body)
    return Wrapper(expect_text(body) if isinstance(body, str | bytes) else expect_number(body))


def _make_regexp(run: Run, scopes: Scopes, body: Any) -> RegExp:
    source, flags = expect_list(body)
    source, flags = expect_text(source), expect_text(flags)
    made = RegExp(source, flags, matcher_of(source, flags))
    made.props.clear()
    return made


def _make_iterator(run: Run, scopes: Scopes, body: Any) -> Iterator:
    return Iterator(ITERATOR_KINDS[expect_count(expect_list(body)[0])], None)


def _make_bound(run: Run, scopes: Scopes, body: Any) -> Bound:
    _, _, _, name, length = expect_list(body)
    made = Bound.__new__(Bound)
    Invocable.__init__(made, FUNCTION_PROTO)
    made.name, made.length = expect_text(name), expect_number(length)
    return made


def _make_arguments(run: Run, scopes: Scopes, body: Any) -> Arguments:
    made = Arguments([])
    made.props.clear()
    return made


MAKERS: Final[dict[int, Callable[[Run, Scopes, Any], Obj]]] = {
    Kind.OBJECT: lambda run, scopes, body: Obj(OBJECT_PROTO), Kind.ERROR: _make_error,
    Kind.ARRAY: lambda run, scopes, body: Arr([]), Kind.FUNCTION: _make_function, Kind.WRAPPER: _make_wrapper,
    Kind.REGEXP: _make_regexp, Kind.DATE: lambda run, scopes, body: Date(math.nan),
    Kind.MAP: lambda run, scopes, body: MapObject(), Kind.SET: lambda run, scopes, body: SetObject(),
    Kind.ITERATOR: _make_iterator, Kind.BOUND: _make_bound, Kind.ARGUMENTS: _make_arguments,
    Kind.SPARSE: lambda run, scopes, body: Sparse([]),
    Kind.HOST: lambda run, scopes, body: host_object(run, expect_text(body)),
}  # fmt: skip
