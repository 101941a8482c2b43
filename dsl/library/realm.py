"""The built-ins by name, before the code behind them is loaded.

realm.json says which built-ins there are.  All are made at import, empty; the first call of one imports its module,
which completes it and its neighbours.  After adding a built-in: `python -m dsl.library.realm_file`.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dsl.values import (
    ARRAY_ITERATOR_PROTO,
    ARRAY_PROTO,
    BOOLEAN_PROTO,
    DATE_PROTO,
    ERROR_PROTO,
    EVAL_ERROR_PROTO,
    FUNCTION_PROTO,
    ITERATOR_PROTO,
    MAP_ITERATOR_PROTO,
    MAP_PROTO,
    NUMBER_PROTO,
    OBJECT_PROTO,
    RANGE_ERROR_PROTO,
    REFERENCE_ERROR_PROTO,
    REGEXP_ITERATOR_PROTO,
    REGEXP_PROTO,
    SET_ITERATOR_PROTO,
    SET_PROTO,
    STRING_ITERATOR_PROTO,
    STRING_PROTO,
    SYNTAX_ERROR_PROTO,
    TYPE_ERROR_PROTO,
    URI_ERROR_PROTO,
    Native,
    NativeCall,
    NativeConstruct,
    Obj,
    Value,
    seal_realm,
)

if TYPE_CHECKING:
    from dsl.run import Run

SAVED: Final = Path(__file__).with_name("realm.json")
GLOBALS: Final = ""
"""The path of what holds the global names."""

PROTOTYPES: Final[dict[str, Obj]] = {
    "Object.prototype": OBJECT_PROTO, "Function.prototype": FUNCTION_PROTO, "Array.prototype": ARRAY_PROTO,
    "String.prototype": STRING_PROTO, "Number.prototype": NUMBER_PROTO, "Boolean.prototype": BOOLEAN_PROTO,
    "Date.prototype": DATE_PROTO, "RegExp.prototype": REGEXP_PROTO, "Map.prototype": MAP_PROTO,
    "Set.prototype": SET_PROTO, "Error.prototype": ERROR_PROTO, "EvalError.prototype": EVAL_ERROR_PROTO,
    "RangeError.prototype": RANGE_ERROR_PROTO, "ReferenceError.prototype": REFERENCE_ERROR_PROTO,
    "SyntaxError.prototype": SYNTAX_ERROR_PROTO, "TypeError.prototype": TYPE_ERROR_PROTO,
    "URIError.prototype": URI_ERROR_PROTO, "%IteratorPrototype%": ITERATOR_PROTO,
    "%Array IteratorPrototype%": ARRAY_ITERATOR_PROTO, "%String IteratorPrototype%": STRING_ITERATOR_PROTO,
    "%Map IteratorPrototype%": MAP_ITERATOR_PROTO, "%Set IteratorPrototype%": SET_ITERATOR_PROTO,
    "%RegExp String IteratorPrototype%": REGEXP_ITERATOR_PROTO,
}  # fmt: skip
"""The prototypes that the value model holds."""

TAGS: Final[dict[Obj, str]] = {}
"""What Object.prototype.toString calls the objects that have a tag of their own (%Symbol.toStringTag%)."""


class NotDeclared(LookupError):
    """A module defines a built-in that realm.json does not know."""

    def __init__(self, name: str) -> None:
        super().__init__(f"realm.json does not know {name}: run `python -m dsl.library.realm_file`")


class Realm:
    """All built-ins by path.  learning: whether modules may define what is not declared (to write realm.json)."""

    def __init__(self) -> None:
        self.by_path: dict[str, Obj] = {}
        self.globals: dict[str, Value] = {}
        self.learning = False

    def declare(self, saved: dict[str, Any]) -> None:
        """Make all that *saved*, the content of realm.json, names."""
        made: dict[str, Obj] = dict(PROTOTYPES)
        for path, proto in saved["objects"].items():
            made[path] = Obj(made[proto])
        for path, length, module, constructs, proto in saved["natives"]:
            made[path] = _later(path, length, module, constructs=constructs, proto=made[proto] if proto else None)
        for path, props in saved["properties"].items():
            target = self.globals if path == GLOBALS else made[path].props
            for key, value in props.items():
                target[key] = made[value[0] if value else f"{path}.{key}"] if isinstance(value, list) else value
        TAGS.update((made[path], tag) for path, tag in saved["tags"].items())
        for built_in in made.values():
            seal_realm(built_in)
        self.by_path = made

    def object(self, path: str, proto: Obj) -> Obj:
        """The plain object of that path."""
        found = self.by_path.get(path)
        return Obj(proto) if found is None and self._may_make(path) else found  # type: ignore[return-value]

    def function(
        self,
        path: str,
        length: int,
        *,
        call: NativeCall,
        construct: NativeConstruct | None = None,
        proto: Obj | None = None,
    ) -> Native:
        """The function of that path, which is complete from now on."""
        return self.complete(self.by_path.get(path), path, length, call=call, construct=construct, proto=proto)

    def complete(
        self,
        declared: Value,
        name: str,
        length: int,
        *,
        call: NativeCall,
        construct: NativeConstruct | None = None,
        proto: Obj | None = None,
    ) -> Native:
        """Give *declared* its code; a new native while learning."""
        if not isinstance(declared, Native):
            self._may_make(name)
            return Native(name, length, call=call, construct=construct, proto=proto)
        if declared.length != length or (declared.construct is None) != (construct is None):
            raise NotDeclared(f"{name} as it is now")
        declared.call, declared.construct = call, construct
        return declared

    def _may_make(self, name: str) -> bool:
        if not self.learning:
            raise NotDeclared(name)
        return True


def _later(path: str, length: int, module: str, *, constructs: bool, proto: Obj | None) -> Native:
    """A native whose first call, or construction, imports *module*, which completes it."""

    def load() -> None:
        import_module(f"dsl.library.{module}")
        if made.call is call:
            raise NotDeclared(path)

    def call(run: Run, this: Value, args: list[Value]) -> Value:
        load()
        return made.call(run, this, args)

    def construct(run: Run, args: list[Value], new_target: Obj) -> Value:
        load()
        assert made.construct is not None
        return made.construct(run, args, new_target)

    name = path.rpartition(".")[2]
    made = Native(name, length, call=call, construct=construct if constructs else None, proto=proto)
    return made


BUILT_INS: Final = Realm()
BUILT_INS.declare(json.loads(SAVED.read_text("utf-8")))
