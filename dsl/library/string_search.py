"""String.prototype methods that look for something in a text, and may replace it or cut there (ECMA-262 §22.1.3).

What a RegExp does to a text is in regexp_methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library import regexp_methods
from dsl.library.building import MethodTable, charge_pieces, charge_text, new_array
from dsl.library.regexp_exec import new_regexp
from dsl.library.substitution import Match, substitute
from dsl.operators import arg, call, to_integer, to_number, to_string, to_uint32
from dsl.values import ITEM_BYTES, NULL, Obj, RegExp, Value, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run


def coercible(run: Run, this: Value, method: str) -> Value:
    """*this* if it is neither undefined nor null, else a TypeError."""
    if this is None or this is NULL:
        throw_type_error(run, f"String.prototype.{method} called on null or undefined")
    return this


def this_text(run: Run, this: Value, method: str) -> str:
    if isinstance(this, str):
        return this
    return to_string(run, coercible(run, this, method))


def _plain_text(run: Run, value: Value, method: str) -> str:
    """A text to search for; a RegExp in its place is a TypeError."""
    if isinstance(value, RegExp):
        throw_type_error(run, f"First argument to String.prototype.{method} must not be a regular expression")
    return to_string(run, value)


def _ends_with(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "endsWith")
    sought = _plain_text(run, arg(args, 0), "endsWith")
    end = len(text) if arg(args, 1) is None else bounded(run, args[1], text)
    run.charge_fuel(len(sought) >> 6)
    return text.endswith(sought, 0, end)


def bounded(run: Run, value: Value, text: str) -> int:
    """A position that is kept within the text, never counted from its end."""
    if value is None:
        return 0
    return int(min(max(to_integer(run, value), 0), len(text)))


def _includes(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "includes")
    sought = _plain_text(run, arg(args, 0), "includes")
    start = bounded(run, arg(args, 1), text)
    return _find(run, text, sought, start) >= 0


def _find(run: Run, text: str, sought: str, start: int) -> int:
    run.charge_fuel(1 + (len(text) - start >> 6) + (len(sought) >> 6))
    return text.find(sought, start)


def _index_of(run: Run, this: Value, args: list[Value]) -> Value:
    if type(this) is str and len(args) == 1 and type(args[0]) is str:  # as nearly everywhere
        return _find(run, this, args[0], 0)
    text = this_text(run, this, "indexOf")
    sought = to_string(run, arg(args, 0))
    return _find(run, text, sought, bounded(run, arg(args, 1), text))


def _last_index_of(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "lastIndexOf")
    sought = to_string(run, arg(args, 0))
    position = to_number(run, arg(args, 1))
    start = len(text) if position != position else bounded(run, position, text)
    run.charge_fuel(1 + (len(text) + len(sought) >> 6))
    return text.rfind(sought, 0, start + len(sought))


def _starts_with(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "startsWith")
    sought = _plain_text(run, arg(args, 0), "startsWith")
    start = bounded(run, arg(args, 1), text)
    run.charge_fuel(len(sought) >> 6)
    return text.startswith(sought, start)


def _pattern(run: Run, value: Value, flags: str) -> RegExp:
    """*value* as a regular expression, made of its text if it is not one."""
    return new_regexp(run, "" if value is None else to_string(run, value), flags)


def _match(run: Run, this: Value, args: list[Value]) -> Value:
    target, sought = coercible(run, this, "match"), arg(args, 0)
    text = to_string(run, target)
    return regexp_methods.match(run, sought if isinstance(sought, RegExp) else _pattern(run, sought, ""), text)


def _match_all(run: Run, this: Value, args: list[Value]) -> Value:
    target, sought = coercible(run, this, "matchAll"), arg(args, 0)
    if isinstance(sought, RegExp):
        _require_global(run, sought, "matchAll")
    text = to_string(run, target)
    return regexp_methods.match_all(run, sought if isinstance(sought, RegExp) else _pattern(run, sought, "g"), text)


def _require_global(run: Run, regexp: RegExp, method: str) -> None:
    flags = coercible(run, regexp.get(run, "flags"), method)
    if "g" not in to_string(run, flags):
        throw_type_error(run, f"String.prototype.{method} called with a non-global RegExp argument")


def _search(run: Run, this: Value, args: list[Value]) -> Value:
    target, sought = coercible(run, this, "search"), arg(args, 0)
    text = to_string(run, target)
    return regexp_methods.search(run, sought if isinstance(sought, RegExp) else _pattern(run, sought, ""), text)


def _split(run: Run, this: Value, args: list[Value]) -> Value:
    target, separator = coercible(run, this, "split"), arg(args, 0)
    text = to_string(run, target)
    if isinstance(separator, RegExp):
        return regexp_methods.split(run, separator, text, limit=arg(args, 1))
    most = 2**32 - 1 if arg(args, 1) is None else to_uint32(run, args[1])
    sought = to_string(run, separator)
    if most == 0:
        return new_array(run, [])
    if separator is None:
        return new_array(run, [text])
    return new_array(run, list[Value](_split_by_text(run, text, sought)[:most]))


def _split_by_text(run: Run, text: str, separator: str) -> list[str]:
    run.charge_fuel(1 + (len(text) >> 4))
    if not separator:
        charge_pieces(run, len(text))
        return list(text)
    count = text.count(separator) + 1
    run.charge_memory(2 * len(text) + ITEM_BYTES * count)
    run.charge_fuel(count >> 2)
    return text.split(separator)


def _replace(run: Run, this: Value, args: list[Value]) -> Value:
    return _replaced(run, coercible(run, this, "replace"), args, every=False)


def _replace_all(run: Run, this: Value, args: list[Value]) -> Value:
    target = coercible(run, this, "replaceAll")
    sought = arg(args, 0)
    if isinstance(sought, RegExp):
        _require_global(run, sought, "replaceAll")
    return _replaced(run, target, args, every=True)


def _replaced(run: Run, target: Value, args: list[Value], *, every: bool) -> str:
    text = to_string(run, target)
    sought, replacement = arg(args, 0), arg(args, 1)
    if isinstance(sought, RegExp):
        return regexp_methods.replace(run, sought, text, replacement=replacement)
    sought_text = to_string(run, sought)
    if not (isinstance(replacement, Obj) and replacement.is_callable):
        replacement = to_string(run, replacement)
    positions = _positions(run, text, sought_text, every=every)
    parts: list[str] = []
    end = 0
    for start in positions:
        piece = _replacement(run, Match(text, start, sought_text, []), replacement)
        run.charge_fuel(1)
        charge_text(run, len(piece) + start - end)
        parts += (text[end:start], piece)
        end = start + len(sought_text)
    if not positions:
        return text
    charge_text(run, len(text) - end)
    return "".join([*parts, text[end:]])


def _positions(run: Run, text: str, sought: str, *, every: bool) -> list[int]:
    """Where *sought* begins: its first place, or with *every* all places that do not overlap."""
    positions: list[int] = []
    at = _find(run, text, sought, 0)
    while at >= 0:
        run.charge_memory(ITEM_BYTES)
        positions.append(at)
        if not every:
            break
        run.charge_fuel(1)
        at = text.find(sought, at + max(len(sought), 1)) if at + max(len(sought), 1) <= len(text) else -1
    return positions


def _replacement(run: Run, found: Match, replacement: Value) -> str:
    if isinstance(replacement, str):
        return substitute(run, found, replacement)
    return to_string(run, call(run, replacement, None, [found.matched, found.start, found.text]))


METHODS: MethodTable = (
    ("endsWith", 1, _ends_with),
    ("includes", 1, _includes),
    ("indexOf", 1, _index_of),
    ("lastIndexOf", 1, _last_index_of),
    ("match", 1, _match),
    ("matchAll", 1, _match_all),
    ("replace", 2, _replace),
    ("replaceAll", 2, _replace_all),
    ("search", 1, _search),
    ("split", 2, _split),
    ("startsWith", 1, _starts_with),
)
