"""The built-ins of the script language: one immutable realm, made at import and shared by all runs.

REALM: global name -> value.  PATHS: path -> built-in object, as snapshots name them; `path_of` is its inverse.
"""

from __future__ import annotations

from dsl.library import (
    array,
    boolean,
    date,
    error,
    function,
    globals,
    iterator,
    json,
    map_set,
    math,
    number,
    object,
    regexp,
    string,
    uri,
)
from dsl.values import Obj, Value, seal_realm

REALM: dict[str, Value] = {
    "Object": object.OBJECT,
    "Function": function.FUNCTION,
    "Array": array.ARRAY,
    "String": string.STRING,
    "Number": number.NUMBER,
    "Boolean": boolean.BOOLEAN,
    "Math": math.MATH,
    "JSON": json.JSON,
    "Date": date.DATE,
    "RegExp": regexp.REGEXP,
    "Map": map_set.MAP,
    "Set": map_set.SET,
    **error.KINDS,
    **uri.FUNCTIONS,
    **globals.FUNCTIONS,
    **globals.CONSTANTS,
}


def _collect() -> dict[str, Obj]:
    """Every built-in object that the realm can reach, by the first path to it."""
    roots: dict[str, Value] = {**REALM, **{f"%{name}Prototype%": proto for name, proto in iterator.PROTOTYPES.items()}}
    paths: dict[Obj, str] = {}
    waiting = list(roots.items())
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, Obj) and value not in paths:
            paths[value] = path
            waiting += [(f"{path}.{key}", each) for key, each in value.props.items()]
    return {path: built_in for built_in, path in paths.items()}


PATHS: dict[str, Obj] = _collect()
_PATH_OF: dict[Obj, str] = {built_in: path for path, built_in in PATHS.items()}
for _built_in in _PATH_OF:
    seal_realm(_built_in)


def path_of(built_in: Obj) -> str | None:
    """The path that names a built-in in snapshots; None for an object that is not one."""
    return _PATH_OF.get(built_in)


__all__ = ["PATHS", "REALM", "path_of"]
