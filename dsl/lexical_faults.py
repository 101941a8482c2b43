"""What to say of text that is no lexeme.  Offsets are within the lexeme."""

from __future__ import annotations

from .lexemes import LINE_END, BadLexeme, shown

_TYPOGRAPHIC_QUOTES = "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
_CHARACTERS = {
    "#": "`#` has no meaning here: comments begin with //, and private names are not part of the script language",
    "@": "decorators are not part of the script language",
    "\\": "`\\` has no meaning here: in a name only \\u0041 and \\u{41} are escapes",
}


def of_character(source: str, start: int) -> str:
    """Say what is wrong where no lexeme begins."""
    character = source[start]
    if character in "'\"":
        where = "on its line" if LINE_END.search(source, start) else "before the end"
        return f"a string begins here with {character} and is not closed with {character} {where}"
    return _CHARACTERS.get(character, f"the character {shown(character)} has no meaning here")


def of_name(lexeme: str, bad: BadLexeme) -> tuple[str, int]:
    """Say what is wrong with a name, and where."""
    for position, character in enumerate(lexeme):
        if character in _TYPOGRAPHIC_QUOTES:
            return f"{shown(character)} is no quote of the language: use ' or \"", position
        if not character.isascii() and shown(character) in bad.message:
            return bad.message, position
    return bad.message, bad.at


def of_number(lexeme: str, rest: str) -> tuple[str, int]:
    """Say why *rest* can't follow the number directly, and where."""
    end = len(lexeme)
    if rest == "n":
        return "BigInt numbers are not part of the script language", 0
    if rest.startswith("_"):
        return "`_` in a number may only stand between two digits", end
    if lexeme == "0" and rest[0] in "xXoObB":
        return f"digits are missing or wrong after 0{rest[0]}", end
    return f"`{rest[:20]}` can't follow a number directly", end
