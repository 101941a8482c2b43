"""String and String.prototype (ECMA-262 §22.1, Annex B), plus `equals`, which scripts of Java hosts use.

Strings are UTF-16 code units; locales are not told apart.  Searching and replacing is in string_search.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from dsl.library.building import (
    add_methods,
    charge_pieces,
    charge_text,
    clamped,
    constructor,
    describe,
    element,
    joined,
    length_of,
    relative_index,
)
from dsl.library.letter_case import lower_case, upper_case
from dsl.library.string_search import METHODS, bounded, this_text
from dsl.operators import (
    WHITE,
    arg,
    number_to_string,
    prototype_for,
    to_integer,
    to_length,
    to_number,
    to_object,
    to_string,
    to_uint32,
)
from dsl.properties import character
from dsl.values import (
    ITEM_BYTES,
    OBJECT_BYTES,
    STRING_PROTO,
    NativeCall,
    Obj,
    Value,
    Wrapper,
    throw_range_error,
    throw_type_error,
    units,
)

if TYPE_CHECKING:
    from dsl.run import Run

_SURROGATE = re.compile("[\ud800-\udfff]")
FORMS = ("NFC", "NFD", "NFKC", "NFKD")


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    return to_string(run, args[0]) if args else ""


def _construct(run: Run, args: list[Value], new_target: Obj) -> Value:
    value = to_string(run, args[0]) if args else ""
    run.charge_memory(OBJECT_BYTES)
    return Wrapper(value, prototype_for(run, new_target, STRING_PROTO))


def _from_char_code(run: Run, this: Value, args: list[Value]) -> Value:
    if len(args) == 1:
        return _unit(to_uint32(run, args[0]) & 0xFFFF)
    charge_text(run, len(args))
    charge_pieces(run, len(args))
    run.charge_fuel(len(args) >> 2)
    return "".join([chr(to_uint32(run, code) & 0xFFFF) for code in args])


@cache
def _unit(code: int) -> str:
    """The text of one code unit: one object for all runs, so that it costs nobody memory."""
    return chr(code)


def _from_code_point(run: Run, this: Value, args: list[Value]) -> Value:
    charge_text(run, 2 * len(args))
    run.charge_fuel(len(args))
    parts: list[str] = []
    for value in args:
        code = value if type(value) is int else to_number(run, value)
        if not (0 <= code <= 0x10FFFF and code == int(code)):
            throw_range_error(run, f"Invalid code point {number_to_string(code)}")
        parts.append(chr(int(code)))
    return units("".join(parts))


def _raw(run: Run, this: Value, args: list[Value]) -> Value:
    literals = to_object(run, to_object(run, arg(args, 0)).get(run, "raw"))
    length = length_of(run, literals)
    parts: list[str] = []
    for index in range(length):
        run.charge_fuel(1)
        parts.append(_piece(run, element(run, literals, index)))
        if index + 1 < length and index + 1 < len(args):
            parts.append(_piece(run, args[index + 1]))
    return "".join(parts)


def _piece(run: Run, value: Value) -> str:
    text = to_string(run, value)
    run.charge_memory(ITEM_BYTES)
    charge_text(run, len(text))
    return text


def _this_string(run: Run, this: Value, method: str) -> str:
    if this is STRING_PROTO:
        return ""  # the prototype counts as a String object itself (§22.1.3)
    value = this.value if isinstance(this, Wrapper) else this
    if isinstance(value, str):
        return value
    throw_type_error(run, f"String.prototype.{method} requires that 'this' be a String, not {describe(this)}")


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    return _this_string(run, this, "toString")


def _value_of(run: Run, this: Value, args: list[Value]) -> Value:
    return _this_string(run, this, "valueOf")


def _equals(run: Run, this: Value, args: list[Value]) -> Value:
    other = arg(args, 0)
    return isinstance(other, str) and this_text(run, this, "equals") == other


def _slice_of(run: Run, text: str, start: int, end: int) -> str:
    charge_text(run, max(end - start, 0))
    return text[start:end]


def _at(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "at")
    index = to_integer(run, arg(args, 0))
    index += len(text) if index < 0 else 0
    return character(run, text, int(index)) if 0 <= index < len(text) else None


def _char_at(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "charAt")
    index = to_integer(run, arg(args, 0))
    return character(run, text, int(index)) if 0 <= index < len(text) else ""


def _char_code_at(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "charCodeAt")
    index = to_integer(run, arg(args, 0))
    return ord(text[int(index)]) if 0 <= index < len(text) else math.nan


def _code_point_at(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "codePointAt")
    index = to_integer(run, arg(args, 0))
    if not 0 <= index < len(text):
        return None
    return ord(joined(text[int(index) : int(index) + 2])[0])


def _concat(run: Run, this: Value, args: list[Value]) -> Value:
    parts = [this_text(run, this, "concat")]
    charge_text(run, len(parts[0]))
    for value in args:
        parts.append(_piece(run, value))
    return "".join(parts)


def _is_well_formed(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "isWellFormed")
    return text.isascii() or not _lone_surrogates(run, text)


def _to_well_formed(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "toWellFormed")
    if text.isascii() or not _lone_surrogates(run, text):
        return text
    charge_text(run, len(text))
    return units(_SURROGATE.sub("\ufffd", joined(text)))


def _lone_surrogates(run: Run, text: str) -> bool:
    """Whether a half of a pair stands alone."""
    run.charge_fuel(len(text) >> 2)
    return _SURROGATE.search(joined(text)) is not None


def _locale_compare(run: Run, this: Value, args: list[Value]) -> Value:
    left = this_text(run, this, "localeCompare")
    right = to_string(run, arg(args, 0))
    run.charge_fuel(len(left) + len(right) >> 2)
    charge_text(run, 24 * (len(left) + len(right)))
    charge_pieces(run, max(len(left), len(right)))
    first, second = _collation_key(left), _collation_key(right)
    return (first > second) - (first < second)


def _collation_key(text: str) -> tuple[str, str, str, str]:
    """Letters first, then accents, then case with small letters first: one order for every locale."""
    decomposed = unicodedata.normalize("NFD", joined(text))
    letters = "".join([char for char in decomposed if unicodedata.category(char) != "Mn"])
    return letters.casefold(), decomposed.casefold(), decomposed.swapcase(), decomposed


def _normalize(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "normalize")
    form = "NFC" if arg(args, 0) is None else to_string(run, args[0])
    if form not in FORMS:
        throw_range_error(run, f"The normalization form should be one of {', '.join(FORMS)}")
    if text.isascii():
        return text
    charge_text(run, 48 * len(text))
    run.charge_fuel(len(text) >> 2)
    return units(unicodedata.normalize(form, joined(text)))  # type: ignore[arg-type]


def _padded(run: Run, this: Value, args: list[Value], method: str) -> tuple[str, str]:
    """The text, and what is to be put before or behind it."""
    text = this_text(run, this, method)
    missing = to_length(run, arg(args, 0)) - len(text)
    if missing <= 0:
        return text, ""
    filler = " " if arg(args, 1) is None else to_string(run, args[1])
    if not filler:
        return text, ""
    charge_text(run, 2 * missing + len(text) + len(filler))
    return text, (filler * (missing // len(filler) + 1))[:missing]


def _pad_end(run: Run, this: Value, args: list[Value]) -> Value:
    text, filling = _padded(run, this, args, "padEnd")
    return text + filling


def _pad_start(run: Run, this: Value, args: list[Value]) -> Value:
    text, filling = _padded(run, this, args, "padStart")
    return filling + text


def _repeat(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "repeat")
    count = to_integer(run, arg(args, 0))
    if count < 0 or count == math.inf:
        throw_range_error(run, f"Invalid count value: {describe(arg(args, 0))}")
    if not text:
        return ""
    charge_text(run, len(text) * int(count))
    return text * int(count)


def _slice(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "slice")
    start = relative_index(run, arg(args, 0), len(text), default=0)
    end = relative_index(run, arg(args, 1), len(text), default=len(text))
    return _slice_of(run, text, start, end)


def _substring(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "substring")
    start = bounded(run, arg(args, 0), text)
    end = len(text) if arg(args, 1) is None else bounded(run, args[1], text)
    return _slice_of(run, text, min(start, end), max(start, end))


def _substr(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "substr")
    start = clamped(to_integer(run, arg(args, 0)), len(text))
    size = len(text) if arg(args, 1) is None else to_integer(run, args[1])
    return _slice_of(run, text, start, int(min(max(start + size, start), len(text))))


def _lower(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "toLowerCase")
    charge_text(run, len(text) if text.isascii() else 8 * len(text))
    return text.lower() if text.isascii() else units(lower_case(joined(text)))


def _upper(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "toUpperCase")
    charge_text(run, len(text) if text.isascii() else 8 * len(text))
    return text.upper() if text.isascii() else units(upper_case(joined(text)))


def _trim(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "trim")
    charge_text(run, len(text))
    return text.strip(WHITE)


def _trim_end(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "trimEnd")
    charge_text(run, len(text))
    return text.rstrip(WHITE)


def _trim_start(run: Run, this: Value, args: list[Value]) -> Value:
    text = this_text(run, this, "trimStart")
    charge_text(run, len(text))
    return text.lstrip(WHITE)


def _html(tag: str, attribute: str = "") -> NativeCall:
    """One of the methods that wrap a text in an HTML element (Annex B §B.2.2.2)."""

    def call_(run: Run, this: Value, args: list[Value]) -> Value:
        text = this_text(run, this, tag)
        opening = tag
        if attribute:
            given = to_string(run, arg(args, 0))
            charge_text(run, 6 * len(given))
            opening = f'{tag} {attribute}="{given.replace(chr(34), "&quot;")}"'
        charge_text(run, len(opening) + len(text) + 16)
        return f"<{opening}>{text}</{tag}>"

    return call_


STRING = constructor("String", 1, call=_call, construct=_construct, prototype=STRING_PROTO)
add_methods(STRING, (("fromCharCode", 1, _from_char_code), ("fromCodePoint", 1, _from_code_point), ("raw", 1, _raw)))
add_methods(STRING_PROTO, METHODS)
add_methods(
    STRING_PROTO,
    (
        ("at", 1, _at),
        ("charAt", 1, _char_at),
        ("charCodeAt", 1, _char_code_at),
        ("codePointAt", 1, _code_point_at),
        ("concat", 1, _concat),
        ("equals", 1, _equals),
        ("isWellFormed", 0, _is_well_formed),
        ("localeCompare", 1, _locale_compare),
        ("normalize", 0, _normalize),
        ("padEnd", 1, _pad_end),
        ("padStart", 1, _pad_start),
        ("repeat", 1, _repeat),
        ("slice", 2, _slice),
        ("substr", 2, _substr),
        ("substring", 2, _substring),
        ("toLocaleLowerCase", 0, _lower),
        ("toLocaleUpperCase", 0, _upper),
        ("toLowerCase", 0, _lower),
        ("toString", 0, _to_string),
        ("toUpperCase", 0, _upper),
        ("toWellFormed", 0, _to_well_formed),
        ("trim", 0, _trim),
        ("trimEnd", 0, _trim_end),
        ("trimStart", 0, _trim_start),
        ("valueOf", 0, _value_of),
        ("anchor", 1, _html("a", "name")),
        ("big", 0, _html("big")),
        ("blink", 0, _html("blink")),
        ("bold", 0, _html("b")),
        ("fixed", 0, _html("tt")),
        ("fontcolor", 1, _html("font", "color")),
        ("fontsize", 1, _html("font", "size")),
        ("italics", 0, _html("i")),
        ("link", 1, _html("a", "href")),
        ("small", 0, _html("small")),
        ("strike", 0, _html("strike")),
        ("sub", 0, _html("sub")),
        ("sup", 0, _html("sup")),
    ),
)
STRING_PROTO.props["trimLeft"] = STRING_PROTO.props["trimStart"]
STRING_PROTO.props["trimRight"] = STRING_PROTO.props["trimEnd"]
