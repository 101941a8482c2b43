"""Object.freeze, seal and preventExtensions, and the questions about them (ECMA-262 §20.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library.building import MethodTable, own_keys
from dsl.operators import arg
from dsl.values import (
    FROZEN,
    NOT_EXTENSIBLE,
    OPEN,
    REALM,
    SEALED,
    Arguments,
    Arr,
    Obj,
    RegExp,
    Value,
    Wrapper,
)

if TYPE_CHECKING:
    from dsl.run import Run


def _restrict(run: Run, target: Value, level: int) -> Value:
    if isinstance(target, Obj) and target.level != REALM:
        target.restrict(run, level)
    return target


def _freeze(run: Run, this: Value, args: list[Value]) -> Value:
    return _restrict(run, arg(args, 0), FROZEN)


def _seal(run: Run, this: Value, args: list[Value]) -> Value:
    return _restrict(run, arg(args, 0), SEALED)


def _prevent_extensions(run: Run, this: Value, args: list[Value]) -> Value:
    return _restrict(run, arg(args, 0), NOT_EXTENSIBLE)


def _level(target: Obj) -> int:
    """How far *target* is restricted; a built-in counts as open, as it would be by the standard."""
    return OPEN if target.level == REALM else target.level


def _is_extensible(run: Run, this: Value, args: list[Value]) -> Value:
    target = arg(args, 0)
    return isinstance(target, Obj) and _level(target) == OPEN


def _is_sealed(run: Run, this: Value, args: list[Value]) -> Value:
    target = arg(args, 0)
    if not isinstance(target, Obj) or _level(target) >= SEALED:
        return True
    return _level(target) == NOT_EXTENSIBLE and all(_permanent(target, key) for key in own_keys(run, target))


def _is_frozen(run: Run, this: Value, args: list[Value]) -> Value:
    target = arg(args, 0)
    if not isinstance(target, Obj) or _level(target) >= FROZEN:
        return True
    if _level(target) == OPEN:
        return False
    sealed = target.level == SEALED
    keys = own_keys(run, target)
    return all(target.read_only(key) and (sealed or _permanent(target, key)) for key in keys)


def _permanent(target: Obj, key: str) -> bool:
    """Whether the own property *key* of an object that is not sealed cannot be deleted all the same."""
    match target:
        case Arguments():
            return False
        case Arr():
            return key == "length"
        case RegExp():
            return key == "lastIndex"
        case Wrapper():
            return isinstance(target.value, str) and key not in target.props
        case _:
            return target.is_callable and key == "prototype"


METHODS: MethodTable = (
    ("freeze", 1, _freeze),
    ("isExtensible", 1, _is_extensible),
    ("isFrozen", 1, _is_frozen),
    ("isSealed", 1, _is_sealed),
    ("preventExtensions", 1, _prevent_extensions),
    ("seal", 1, _seal),
)
