"""Every kind of value in one place: import from here.  the definitions are in base, units,
callables, arrays, tables and exotics.

An object is asked by methods with fixed names (get, get_own, has_own, put, delete, own_keys, enumerable); names of
properties come from scripts and are keys of tables, never Python attributes.
"""

from __future__ import annotations

from .arrays import ARRAY_PROTO, GAP_BYTES, ITEM_BYTES, Arguments, Arr
from .base import (
    ERROR_PROTO,
    EVAL_ERROR_PROTO,
    FROZEN,
    HOLE,
    MAX_SAFE,
    MISSING,
    NOT_EXTENSIBLE,
    NULL,
    OBJECT_BYTES,
    OBJECT_PROTO,
    OPEN,
    PROPERTY_BYTES,
    RANGE_ERROR_PROTO,
    REALM,
    REFERENCE_ERROR_PROTO,
    SEALED,
    STRING_BYTES,
    SYNTAX_ERROR_PROTO,
    TDZ,
    TYPE_ERROR_PROTO,
    URI_ERROR_PROTO,
    Abort,
    ErrorObject,
    LimitReached,
    Mark,
    NativeCall,
    NativeConstruct,
    Null,
    Obj,
    Throw,
    Value,
    new_error,
    ordered,
    throw_range_error,
    throw_reference_error,
    throw_syntax_error,
    throw_type_error,
    throw_uri_error,
)
from .callables import FUNCTION_PROTO, Bound, Function, FunctionCode, Invocable, Native
from .exotics import (
    ARRAY_ITERATOR_PROTO,
    BOOLEAN_PROTO,
    DATE_PROTO,
    ITERATOR_PROTO,
    ITERATOR_PROTOS,
    MAP_ITERATOR_PROTO,
    MAP_PROTO,
    NUMBER_PROTO,
    REGEXP_ITERATOR_PROTO,
    REGEXP_PROTO,
    SET_ITERATOR_PROTO,
    SET_PROTO,
    STRING_ITERATOR_PROTO,
    STRING_PROTO,
    Collection,
    Date,
    GlobalObject,
    HostObject,
    Iterator,
    MapObject,
    RegExp,
    SetObject,
    Wrapper,
)
from .tables import Cursor, OrderedTable
from .units import MAX_INDEX, brief, code_points, index_of, text, units

__all__ = [
    "ARRAY_ITERATOR_PROTO", "ARRAY_PROTO", "BOOLEAN_PROTO", "DATE_PROTO", "ERROR_PROTO", "EVAL_ERROR_PROTO",
    "FROZEN", "FUNCTION_PROTO", "GAP_BYTES", "HOLE", "ITEM_BYTES", "ITERATOR_PROTO", "ITERATOR_PROTOS",
    "MAP_ITERATOR_PROTO", "MAP_PROTO", "MAX_INDEX", "MAX_SAFE", "MISSING", "NOT_EXTENSIBLE", "NULL", "NUMBER_PROTO",
    "OBJECT_BYTES", "OBJECT_PROTO", "OPEN", "PROPERTY_BYTES", "RANGE_ERROR_PROTO", "REALM", "REFERENCE_ERROR_PROTO",
    "REGEXP_ITERATOR_PROTO", "REGEXP_PROTO", "SEALED", "SET_ITERATOR_PROTO", "SET_PROTO", "STRING_BYTES",
    "STRING_ITERATOR_PROTO", "STRING_PROTO", "SYNTAX_ERROR_PROTO", "TDZ", "TYPE_ERROR_PROTO", "URI_ERROR_PROTO",
    "Abort", "Arguments", "Arr", "Bound", "Collection", "Cursor", "Date", "ErrorObject", "Function", "FunctionCode",
    "GlobalObject", "HostObject", "Invocable", "Iterator", "LimitReached", "MapObject", "Mark", "Native",
    "NativeCall", "NativeConstruct", "Null", "Obj", "OrderedTable", "RegExp", "SetObject", "Throw", "Value",
    "Wrapper", "brief", "code_points", "index_of", "new_error", "ordered", "seal_realm", "text",
    "throw_range_error", "throw_reference_error", "throw_syntax_error", "throw_type_error", "throw_uri_error",
    "units",
]  # fmt: skip


def seal_realm(built_in: Obj) -> None:
    """Make a finished built-in object immutable for every run; its properties are not enumerable."""
    built_in.hidden = frozenset(built_in.props)
    built_in.level = REALM
