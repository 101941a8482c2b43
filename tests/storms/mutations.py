"""Mutations of a text: tokens in the place of others of their kind, tokens moved, odd characters, nesting."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Final

LONGEST: Final = 1_000
"""Characters of a program at most before it is mutated, and half of what it may have afterwards."""

_TOKEN: Final = re.compile(
    r"""\s+|[\w$]+|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|=>|\?\.|\.\.\.|[-+*/%&|^<>=!?]{1,4}|.""", re.S
)
_ODD: Final = (
    "\0", "\ufeff", "\u2028", "\u00e9", "\u212a", "\ud83d", "\U0001f600", "\u200d", "\\u0061", "\\u{110000}", "`", "${",
    "}", "/*", "*/", "//", "<!--", "-->", "#!", "'", '"', "\\", "\n", "\r", "0b", "0x", "1e", "1_", "..", "?.", "??=",
    "**", "=>", "...", "@", "#", "__proto__", "__class__", "__builtins__", "constructor", "arguments", "eval",
    "new.target", "super", "async", "await", "yield", "class", "get", "set", "static", "let", "of", "import", "export",
    "with", "debugger", "1e309", "9007199254740993", "0.1e-400", "-0", "99999999999999999999", "4294967295",
    "'use strict';", "/(?<a>.)\\k<a>/u", "(?:", "[^]", "{1,99999}", "\\p{L}", "\\b", "(?<!", ")*",
)  # fmt: skip
_PAIRS: Final = (("(", ")"), ("[", "]"), ("{", "}"), ("x=>", ""), ("-", ""), ("a?b:", ""), ("`${", "}`"))


def mutated(chance: Random, text: str, other: Callable[[], str]) -> str:
    """*text* with one to four changes of tokens or of characters."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        change = chance.choices((_alike, _tokens, _characters, _nested), (80, 10, 7, 3))[0]
        text = change(chance, text, other)[: LONGEST * 2]
    return text


def _alike(chance: Random, text: str, other: Callable[[], str]) -> str:
    """A token in the place of one of its kind, from the program itself, from another or from the odd ones."""
    parts = _TOKEN.findall(text)
    kinds = [_kind(part) for part in parts]
    places = [at for at, kind in enumerate(kinds) if kind]
    if not places:
        return _tokens(chance, text, other)
    at = chance.choice(places)
    same = [part for part in (parts if chance.random() < 0.6 else _TOKEN.findall(other())) if _kind(part) == kinds[at]]
    parts[at] = chance.choice([*same, *_SWAPS[kinds[at]]])
    return "".join(parts)


def _kind(token: str) -> str:
    """Which tokens may stand for this one without the program becoming no program; empty if none."""
    if token in _SWAPS["operator"]:
        return "operator"
    if token[0] in "'\"":
        return "text"
    if token[0].isdigit():
        return "number"
    return "name" if token.isidentifier() and token not in _WORDS else ""


_SWAPS: Final[dict[str, tuple[str, ...]]] = {
    "operator": (
        "+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>", ">>>", "<", ">", "<=", ">=", "==", "!=", "===", "!==",
        "&&", "||",
    ),
    "text": ("''", "'\\ud83d'", "'__proto__'", "'constructor'", "'length'", "'__class__'", "'$1$&'", "'x'.repeat(99)"),
    "number": (
        "0", "-1", "1e309", "NaN", "-0", "2 ** 53", "2 ** 32", "4294967295", "1e21", "0.1", "1e9", "[]", "{}", "null",
        "undefined", "'7'", "x => x", "'x'.repeat(1e4)", "Array(1e4)", "/a/g",
    ),
    "name": (
        "undefined", "arguments", "this", "null", "Object", "Array", "String", "Map", "JSON", "Math", "__proto__",
        "constructor", "prototype", "length", "toString", "valueOf", "name", "globalThis", "__class__", "parseInt",
        "Date", "RegExp", "eval", "sort", "replace", "repeat", "concat", "splice", "bind", "call", "apply", "freeze",
        "raw",
    ),
}  # fmt: skip
_WORDS: Final = frozenset(
    (
        "var", "let", "const", "function", "return", "if", "else", "for", "in", "of", "while", "do", "break",
        "continue", "switch", "case", "default", "try", "catch", "finally", "throw", "new", "delete", "typeof", "void",
        "instanceof",
    )
)  # fmt: skip


def _tokens(chance: Random, text: str, other: Callable[[], str]) -> str:
    parts = _TOKEN.findall(text)
    if not parts:
        return chance.choice(_ODD)
    at = chance.randrange(len(parts))
    end = min(len(parts), at + chance.choice((1, 1, 2, 5, 20)))
    match chance.randrange(6):
        case 0:
            del parts[at:end]
        case 1:
            parts[at:at] = parts[at:end]
        case 2:
            parts[at] = chance.choice(_ODD)
        case 3:
            place = chance.randrange(len(parts))
            parts[at], parts[place] = parts[place], parts[at]
        case 4:
            strange = _TOKEN.findall(other())
            start = chance.randrange(len(strange) or 1)
            parts[at:end] = strange[start : start + chance.choice((1, 3, 10))]
        case _:
            parts.insert(at, f" {chance.choice(_ODD)} ")
    return "".join(parts)


def _characters(chance: Random, text: str, other: Callable[[], str]) -> str:
    at = chance.randrange(len(text) + 1)
    match chance.randrange(5):
        case 0:
            return text[:at] + text[at + chance.randint(1, 4) :]
        case 1:
            return text[:at] + chr(chance.choice((chance.randrange(128), chance.randrange(0x11000)))) + text[at + 1 :]
        case 2:
            return text[:at] + chance.choice(_ODD) + text[at:]
        case 3:
            return text[:at]
        case _:
            return text[:at] + text[max(0, at - chance.randint(1, 9)) : at] * chance.choice((2, 3, 50)) + text[at:]


def _nested(chance: Random, text: str, other: Callable[[], str]) -> str:
    opening, closing = chance.choice(_PAIRS)
    count = chance.choice((1, 2, 10, 150))
    at = chance.randrange(len(text) + 1)
    end = chance.randint(at, len(text))
    return text[:at] + opening * count + text[at:end] + closing * count + text[end:]
