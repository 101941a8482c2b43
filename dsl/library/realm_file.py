"""Writes realm.json: which built-ins the library's modules define, found by letting them define all of them.

`python -m dsl.library.realm_file` writes the file; with `--check` it only tells, by its exit code, whether it is right.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any, Final

from dsl.library.realm import BUILT_INS, GLOBALS, PROTOTYPES, SAVED, TAGS
from dsl.values import OPEN, Native, Obj, Value

MODULES: Final = (
    "array", "boolean", "date", "error", "function", "globals", "iterator", "json", "map_set", "math", "number",
    "object", "regexp", "string", "uri",
)  # fmt: skip
"""The modules that define built-ins.  One named `array_search` is loaded by `array`."""


def learned() -> str:
    """The text of realm.json as the modules have it now; this process is of no other use afterwards."""
    _forget()
    names = _global_names()
    paths = _paths({**names, **{path: proto for path, proto in PROTOTYPES.items() if path.startswith("%")}})
    made = {built_in: path for built_in, path in paths.items() if path not in PROTOTYPES}
    held = [(GLOBALS, names), *((path, built_in.props) for built_in, path in paths.items() if built_in.props)]
    return _text(
        {
            "objects": {path: paths[each.proto] for each, path in made.items() if type(each) is Obj and each.proto},
            "natives": [_native(each, path, paths) for each, path in made.items() if isinstance(each, Native)],
            "properties": {path: _properties(path, props, paths) for path, props in held},
            "tags": {paths[tagged]: tag for tagged, tag in TAGS.items()},
        }
    )


def load_all() -> None:
    """Import what is behind every built-in, so that no run has to wait for it."""
    for module in MODULES:
        import_module(f"dsl.library.{module}")


def _forget() -> None:
    """Take back all that was declared, so that the modules define it anew."""
    if any(f"dsl.library.{module}" in sys.modules for module in MODULES):
        raise RuntimeError("the library is loaded already: this needs a process of its own")
    BUILT_INS.learning = True
    BUILT_INS.by_path.clear()
    TAGS.clear()
    for proto in PROTOTYPES.values():
        proto.props.clear()
        proto.level = OPEN


def _global_names() -> dict[str, Value]:
    from dsl.library import (
        array,
        boolean,
        date,
        error,
        function,
        globals,
        json,
        map_set,
        math,
        number,
        object,
        regexp,
        string,
        uri,
    )

    return {
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


def _paths(roots: dict[str, Value]) -> dict[Obj, str]:
    """Every built-in that can be reached, with the first path to it."""
    paths: dict[Obj, str] = {}
    waiting = list(roots.items())
    while waiting:
        path, value = waiting.pop(0)
        if isinstance(value, Obj) and value not in paths:
            paths[value] = path
            waiting += [(f"{path}.{key}", each) for key, each in value.props.items()]
    return paths


def _native(native: Native, path: str, paths: dict[Obj, str]) -> list[Any]:
    """[path, length, module, whether it constructs, path of its prototype if that is not Function.prototype]."""
    module = native.call.__module__.rpartition(".")[2]
    module = module if module in MODULES else module.partition("_")[0]
    proto = None if native.proto is PROTOTYPES["Function.prototype"] or native.proto is None else paths[native.proto]
    return [path, native.length, module, native.construct is not None, proto]


def _properties(path: str, props: dict[str, Value], paths: dict[Obj, str]) -> dict[str, Any]:
    """A primitive as itself; a built-in as a list of its path, which is empty if that is `path.key`."""
    return {
        key: value if not isinstance(value, Obj) else [] if paths[value] == f"{path}.{key}" else [paths[value]]
        for key, value in props.items()
    }


def _text(fields: dict[str, Any]) -> str:
    """JSON with a line for each entry; NaN and Infinity as Python writes them."""
    parts = []
    for name, entries in fields.items():
        if isinstance(entries, dict):
            lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in entries.items()]
            parts.append(f'"{name}": {{\n' + ",\n".join(lines) + "\n}")
        else:
            parts.append(f'"{name}": [\n' + ",\n".join(map(json.dumps, entries)) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    text = learned()
    if sys.argv[1:] == ["--check"]:
        sys.exit(text != SAVED.read_text("utf-8"))
    SAVED.write_text(text, "utf-8")
