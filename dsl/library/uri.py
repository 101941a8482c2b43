"""encodeURI and its kin (ECMA-262 §19.2.6), escape and unescape (Annex B §B.2.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from dsl.library.building import charge_pieces, charge_text
from dsl.library.realm import BUILT_INS
from dsl.operators import arg, to_string
from dsl.values import Native, Value, throw_uri_error, units

if TYPE_CHECKING:
    from dsl.run import Run

_UNESCAPED = "A-Za-z0-9_.!~*'()-"
_NOT_IN_COMPONENT = re.compile(f"[\ud800-\udbff][\udc00-\udfff]|[^{_UNESCAPED}]")
_NOT_IN_URI = re.compile(f"[\ud800-\udbff][\udc00-\udfff]|[^{_UNESCAPED};/?:@&=+$,#]")
_RESERVED = frozenset(";/?:@&=+$,#")
_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+|%")
_NOT_IN_ESCAPE = re.compile("[^A-Za-z0-9@*_+./-]")
_UNESCAPE = re.compile("%u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})")


def _malformed(run: Run) -> NoReturn:
    throw_uri_error(run, "URI malformed")


def _encode(run: Run, value: Value, pattern: re.Pattern[str]) -> str:
    text = to_string(run, value)
    charge_text(run, len(text) * (3 if text.isascii() else 9))
    charge_pieces(run, len(text))
    run.charge_fuel(3 * len(text) >> 2)

    def encoded(found: re.Match[str]) -> str:
        joined = found.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        try:
            octets = joined.encode("utf-8")
        except UnicodeEncodeError:
            _malformed(run)
        return "%" + octets.hex("%").upper()

    return pattern.sub(encoded, text)


def _decode(run: Run, value: Value, kept: frozenset[str]) -> str:
    text = to_string(run, value)
    run.charge_fuel(len(text) >> 4)

    def decoded(found: re.Match[str]) -> str:
        escapes = found.group()
        if escapes == "%":
            _malformed(run)
        try:
            plain = bytes.fromhex(escapes.replace("%", "")).decode("utf-8")
        except UnicodeDecodeError:
            _malformed(run)
        if kept.isdisjoint(plain):
            return units(plain)
        return _keeping(plain, escapes, kept)

    found = _ESCAPES.sub(decoded, text)  # no longer than the text that is there
    charge_text(run, len(found))
    return found


def _keeping(plain: str, escapes: str, kept: frozenset[str]) -> str:
    """*plain*, but with the original escapes, which may be in either case, of the characters in *kept*."""
    parts: list[str] = []
    at = 0
    for char in plain:
        size = 3 * len(char.encode("utf-8"))
        parts.append(escapes[at : at + size] if char in kept else units(char))
        at += size
    return "".join(parts)


def _decode_uri(run: Run, this: Value, args: list[Value]) -> Value:
    return _decode(run, arg(args, 0), _RESERVED)


def _decode_uri_component(run: Run, this: Value, args: list[Value]) -> Value:
    return _decode(run, arg(args, 0), frozenset())


def _encode_uri(run: Run, this: Value, args: list[Value]) -> Value:
    return _encode(run, arg(args, 0), _NOT_IN_URI)


def _encode_uri_component(run: Run, this: Value, args: list[Value]) -> Value:
    return _encode(run, arg(args, 0), _NOT_IN_COMPONENT)


def _escape(run: Run, this: Value, args: list[Value]) -> Value:
    text = to_string(run, arg(args, 0))
    charge_text(run, len(text) * (3 if text.isascii() else 6))
    charge_pieces(run, len(text))
    run.charge_fuel(3 * len(text) >> 2)

    def escaped(found: re.Match[str]) -> str:
        code = ord(found.group())
        return f"%{code:02X}" if code < 256 else f"%u{code:04X}"

    return _NOT_IN_ESCAPE.sub(escaped, text)


def _unescape(run: Run, this: Value, args: list[Value]) -> Value:
    text = to_string(run, arg(args, 0))
    charge_text(run, len(text))
    run.charge_fuel(len(text) >> 4)
    return _UNESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


FUNCTIONS: dict[str, Native] = {
    name: BUILT_INS.function(name, 1, call=call)
    for name, call in (
        ("decodeURI", _decode_uri),
        ("decodeURIComponent", _decode_uri_component),
        ("encodeURI", _encode_uri),
        ("encodeURIComponent", _encode_uri_component),
        ("escape", _escape),
        ("unescape", _unescape),
    )
}
