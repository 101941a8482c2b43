"""How a snapshot is laid out.

    [FORMAT, LAYOUT, digest, shape, plain]          shape, as bytes: [roots, top, globals, records, scopes]

plain: the values that are no objects, in the order in which the shape has room for them.  So the shape is the same for
all logins that wait at the same place of a script, and code that is made for it can load it.  records: the heap, one
entry for each object, `[kind, body]` or `[kind, body, extra]`; they refer to one another by number.  scopes: the lists
that closures share, `[id, around, slots]`; around: the number of the scope around it, true for the top level, null if
nobody needs it; slots: by their number, those that can still be touched.  globals: name (or the number of a declared
name) and value, in turn, for what differs from a fresh run.  top: the slots of the script's top level.  A value is
null, which takes the next of the plain ones, or a list: `[]` null, `[n]` the n-th record, `["path"]` a built-in or a
function of the host, `[-1]` and below the marks.  A string that UTF-8 cannot hold is bytes.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..arrays import ARRAY_PROTO
from ..base import ERROR_PROTO, HOLE, OBJECT_PROTO, TDZ, Obj, Value
from ..callables import FUNCTION_PROTO
from ..errors import DslError
from ..exotics import DATE_PROTO, ITERATOR_PROTOS, MAP_PROTO, REGEXP_PROTO, SET_PROTO

if TYPE_CHECKING:
    from ..program import Program

FORMAT: Final = 3
"""Goes up when the bytes are laid out otherwise."""

LAYOUT: Final = 1
"""Goes up when functions, scopes or slots of the same script are numbered otherwise."""

DIGEST_BYTES: Final = 8


class Kind(IntEnum):
    """What a record is."""

    OBJECT = 0
    ARRAY = 1
    FUNCTION = 2
    ERROR = 3
    WRAPPER = 4
    REGEXP = 5
    DATE = 6
    MAP = 7
    SET = 8
    ITERATOR = 9
    BOUND = 10
    ARGUMENTS = 11
    HOST = 12
    SPARSE = 13


MARKS: Final[dict[Value, int]] = {HOLE: -1, TDZ: -2}
GLOBAL_MARK: Final = -3
GONE_MARK: Final = -4

ITERATOR_KINDS: Final = tuple(ITERATOR_PROTOS)

DEFAULT_PROTOS: Final[dict[Kind, Obj]] = {
    Kind.OBJECT: OBJECT_PROTO, Kind.ARRAY: ARRAY_PROTO, Kind.FUNCTION: FUNCTION_PROTO, Kind.ERROR: ERROR_PROTO,
    Kind.REGEXP: REGEXP_PROTO, Kind.DATE: DATE_PROTO, Kind.MAP: MAP_PROTO, Kind.SET: SET_PROTO,
    Kind.BOUND: FUNCTION_PROTO, Kind.ARGUMENTS: OBJECT_PROTO, Kind.SPARSE: ARRAY_PROTO,
}  # fmt: skip
"""Prototypes that are not written.  Those of wrappers and iterators follow from what they hold."""

DEFAULT_HIDDEN: Final[dict[Kind, frozenset[str]]] = {
    Kind.ERROR: frozenset(("message",)),
    Kind.REGEXP: frozenset(("lastIndex",)),
    Kind.ARGUMENTS: frozenset(("length", "callee")),
}


class SnapshotError(DslError):
    """The bytes are no snapshot of this program by this version, or the heap holds what cannot be stored."""


def program_mark(program: Program) -> bytes:
    """What ties a snapshot to its program."""
    return _mark(program.digest)


@lru_cache(512)
def _mark(digest: str) -> bytes:
    return bytes.fromhex(digest)[:DIGEST_BYTES]
