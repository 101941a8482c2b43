"""The lexical grammar (ECMA-262 chapter 12, Annex B.1): what one lexeme looks like, and what value its text stands for.

Which lexeme is meant where (`/` or a regular expression, `}` or the rest of a template) is the lexer's choice.
"""

from __future__ import annotations

import re

from .base import MAX_SAFE
from .name_characters import begins_name, continues_name
from .units import units

RESERVED = frozenset((
    "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum",
    "export", "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof", "new", "null",
    "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with",
))  # fmt: skip
STRICT_RESERVED = frozenset((
    "implements", "interface", "let", "package", "private", "protected", "public", "static", "yield",
))  # fmt: skip

SPACES = "\t\v\f \xa0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff"
LINE_ENDS = "\n\r\u2028\u2029"
LINE_END = re.compile(f"\r\n|[{LINE_ENDS}]")
TRIVIA = re.compile(
    rf"(?:[{SPACES}{LINE_ENDS}]++|//[^{LINE_ENDS}]*+|/\*[^*]*+\*++(?:[^*/][^*]*+\*++)*+/|<!--[^{LINE_ENDS}]*+)*+"
)
REST_OF_LINE = re.compile(f"[^{LINE_ENDS}]*+")

# $ _ ASCII letters and digits, and whatever is not ASCII; name_value looks closer.
_NAME_CHARACTER = rf"[^\x00-#%-/:-@\[-^`{{-\x7f{SPACES}{LINE_ENDS}]"
_UNICODE_ESCAPE = r"\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]++\})"
NAME = rf"(?:{_NAME_CHARACTER}|{_UNICODE_ESCAPE})"
_HEX = "[0-9a-fA-F](?:_?[0-9a-fA-F])*+"
_DIGITS = "[0-9](?:_?[0-9])*+"
_EXPONENT = rf"(?:[eE][+-]?{_DIGITS})?+"
_NUMBER = (
    rf"0[xX]{_HEX}|0[oO][0-7](?:_?[0-7])*+|0[bB][01](?:_?[01])*+|0[0-7]++(?![0-9])|0[0-9]++(?:\.(?:{_DIGITS})?+)?+{_EXPONENT}"
    rf"|(?:0|[1-9](?:_?[0-9])*+)(?:\.(?:{_DIGITS})?+)?+{_EXPONENT}|\.{_DIGITS}{_EXPONENT}"
)
_STRING = r""""(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*+"|'(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*+\'"""
_PUNCTUATORS = (
    r">>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|\+\+|--|<<|>>|&&|\|\||\?\?|\?\.(?![0-9])|\*\*"
    r"|[+\-*%&|^]=|[{}()\[\];,<>+\-*%&|^!~?:=.]"
)
LEXEME = re.compile(
    rf"(?P<word>(?![0-9]){NAME}++)|(?P<number>{_NUMBER})|(?P<string>{_STRING})|(?P<punctuator>{_PUNCTUATORS})"
    r"|(?P<slash>/=?)|(?P<template>`)"
)
NAME_CHARACTERS = re.compile(rf"{NAME}*+")
REGEXP_BODY = re.compile(
    rf"/(?![*/])((?:[^\\/\[{LINE_ENDS}]|\\[^{LINE_ENDS}]|\[(?:[^\]\\{LINE_ENDS}]|\\[^{LINE_ENDS}])*+\])++)/"
)
TEMPLATE_CHUNK = re.compile(r"((?:[^`\\$]|\\[\s\S]|\$(?!\{))*+)(`|\$\{)")

_ESCAPED_NAME_CHARACTER = re.compile(r"\\u(?:([0-9a-fA-F]{4})|\{([0-9a-fA-F]+)\})")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]++)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3][0-7]{0,2}|[4-7][0-7]?)|(\r\n|[\s\S]))"
)
_SIMPLE_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v",
    "\r\n": "", "\n": "", "\r": "", "\u2028": "", "\u2029": "",
}  # fmt: skip
_LAST_CODE_POINT = 0x10FFFF


class BadLexeme(Exception):
    """A lexeme that can't have a value; `at` is the offset in its text."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


def name_value(lexeme: str) -> str:
    """Return the name that *lexeme* spells, as code units.  Raises BadLexeme at a character that can't be there."""
    if lexeme.isascii() and "\\" not in lexeme:
        return lexeme
    name = _ESCAPED_NAME_CHARACTER.sub(lambda found: _code_point(found[1] or found[2], found.start()), lexeme)
    for position, character in enumerate(name):
        if not (continues_name(character) if position else begins_name(character)):
            raise BadLexeme(f"the character {shown(character)} can't be part of a name")
    return units(name)


def shown(character: str) -> str:
    """Return *character* for a message: itself if it can be seen, and its code point if it is not ASCII."""
    code = f"U+{ord(character):04X}"
    if not character.isprintable() or character.isspace():
        return code
    return f"`{character}`" if character.isascii() else f"`{character}` ({code})"


def number_value(lexeme: str) -> int | float:
    """Return the value of a numeric literal."""
    digits = lexeme.replace("_", "")
    prefix = digits[:2].lower()
    if prefix in ("0x", "0o", "0b"):
        return _from_integer(int(digits, 0))
    if is_legacy_octal(digits):
        return _from_integer(int(digits, 8))
    value = float(digits)
    return int(value) if value.is_integer() and value <= MAX_SAFE else value


def is_legacy_octal(lexeme: str) -> bool:
    """Whether a numeric literal is one like 017."""
    return len(lexeme) > 1 and lexeme[0] == "0" and all(digit in "01234567" for digit in lexeme)


def string_value(lexeme: str) -> tuple[str, int | None]:
    """Return the value of a string literal, and where in it an escape stands that strict code forbids, if any.

    Raises BadLexeme.
    """
    body = lexeme[1:-1]
    if "\\" not in body:
        return units(body), None
    octal: int | None = None
    parts, end = [], 0
    for found in _ESCAPE.finditer(body):
        parts.append(body[end : found.start()])
        parts.append(_escaped(found))
        if octal is None and _is_octal_escape(found, body):
            octal = found.start() + 1
        end = found.end()
    parts.append(body[end:])
    return units("".join(parts)), octal


def template_values(chunk: str) -> tuple[str | None, str, BadLexeme | None]:
    """Return (cooked, raw, fault) of a template's part; fault tells why cooked is None, if an escape is not valid."""
    raw = _with_newlines(chunk)
    if "\\" not in chunk:
        return units(raw), units(raw), None
    parts, end = [], 0
    for found in _ESCAPE.finditer(chunk):
        parts.append(_with_newlines(chunk[end : found.start()]))
        try:
            parts.append(_template_escaped(found, chunk))
        except BadLexeme as fault:
            return None, units(raw), fault
        end = found.end()
    parts.append(_with_newlines(chunk[end:]))
    return units("".join(parts)), units(raw), None


def _with_newlines(text: str) -> str:
    """Return *text* with every line end that holds a carriage return as a newline (ECMA-262 12.9.6)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _code_point(digits: str, at: int) -> str:
    value = int(digits, 16)
    if value > _LAST_CODE_POINT:
        raise BadLexeme("there is no character beyond \\u{10FFFF}", at)
    return chr(value)


def _from_integer(value: int) -> int | float:
    try:
        nearest = float(value)
    except OverflowError:
        return float("inf")
    return int(nearest) if nearest <= MAX_SAFE else nearest


def _escaped(found: re.Match[str]) -> str:
    """Return what an escape in a string stands for."""
    braced, four, two, octal, other = found.groups()
    if octal is not None:
        return chr(int(octal, 8))
    if other is None:
        return _code_point(braced or four or two, found.start())
    if other in ("u", "x"):
        expected = "\\u0041 or \\u{41}" if other == "u" else "\\x41"
        raise BadLexeme(f"the escape \\{other} needs hexadecimal digits, as in {expected}", found.start())
    return _SIMPLE_ESCAPES.get(other, other)


def _is_octal_escape(found: re.Match[str], body: str) -> bool:
    """Whether an escape is \\1, \\07, \\8 ...: any that begins with a digit but for a lone \\0."""
    octal, other = found[4], found[5]
    if octal == "0":
        return body[found.end() : found.end() + 1] in ("8", "9")
    return octal is not None or other in ("8", "9")


def _template_escaped(found: re.Match[str], raw: str) -> str:
    if _is_octal_escape(found, raw):
        raise BadLexeme(f"the octal escape {found[0]} is not allowed in a template", found.start())
    return _escaped(found)


def place(source: str, offset: int) -> tuple[int, int]:
    """Return the line and column of *offset*, both 1-based."""
    ends = [found.end() for found in LINE_END.finditer(source, 0, offset)]
    return len(ends) + 1, offset - (ends[-1] if ends else 0) + 1
