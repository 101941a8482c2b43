"""`\\p{...}` in regular expressions: the sets that Python's own Unicode tables give (ECMA-262 §22.2.2.9).

General categories, the binary properties of §22.2.2.9.2 that can be derived from those tables, and the scripts of
regexp_scripts.  What is not known here is not a property, so that a pattern never silently means something else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from dsl.library.regexp_scripts import script_set
from dsl.library.regexp_sets import EVERYTHING, CharSet, Range, char_set, of_chars

ASSIGNED_END = 0x323B0
"""Beyond it, up to the special-purpose plane, nothing is assigned in any Unicode version of Python 3.11 to 3.14."""
SPECIAL_PLANES: tuple[Range, ...] = ((0xE0000, 0xE01EF), (0xF0000, 0xFFFFF), (0x100000, 0x10FFFF))

CATEGORY_NAMES = {
    "Cased_Letter": "LC", "Close_Punctuation": "Pe", "Connector_Punctuation": "Pc", "Control": "Cc", "cntrl": "Cc",
    "Currency_Symbol": "Sc", "Dash_Punctuation": "Pd", "Decimal_Number": "Nd", "digit": "Nd", "Enclosing_Mark": "Me",
    "Final_Punctuation": "Pf", "Format": "Cf", "Initial_Punctuation": "Pi", "Letter": "L", "Letter_Number": "Nl",
    "Line_Separator": "Zl", "Lowercase_Letter": "Ll", "Mark": "M", "Combining_Mark": "M", "Math_Symbol": "Sm",
    "Modifier_Letter": "Lm", "Modifier_Symbol": "Sk", "Nonspacing_Mark": "Mn", "Number": "N",
    "Open_Punctuation": "Ps", "Other": "C", "Other_Letter": "Lo", "Other_Number": "No", "Other_Punctuation": "Po",
    "Other_Symbol": "So", "Paragraph_Separator": "Zp", "Private_Use": "Co", "Punctuation": "P", "punct": "P",
    "Separator": "Z", "Space_Separator": "Zs", "Spacing_Mark": "Mc", "Surrogate": "Cs", "Symbol": "S",
    "Titlecase_Letter": "Lt", "Unassigned": "Cn", "Uppercase_Letter": "Lu",
}  # fmt: skip
BINARY_NAMES = {
    "AHex": "ASCII_Hex_Digit", "Bidi_M": "Bidi_Mirrored", "CWL": "Changes_When_Lowercased",
    "CWU": "Changes_When_Uppercased", "Hex": "Hex_Digit", "IDC": "ID_Continue", "IDS": "ID_Start",
    "Join_C": "Join_Control", "Lower": "Lowercase", "NChar": "Noncharacter_Code_Point",
    "Pat_WS": "Pattern_White_Space", "RI": "Regional_Indicator", "space": "White_Space", "Upper": "Uppercase",
    "VS": "Variation_Selector", "XIDC": "XID_Continue", "XIDS": "XID_Start",
}  # fmt: skip

_NOT_XID_START = of_chars("\u037a\u0e33\u0eb3\u309b\u309c\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e") | char_set(
    [(0xFC5E, 0xFC63), (0xFDFA, 0xFDFB), (0xFF9E, 0xFF9F)]
)
"""What is ID_Start but not XID_Start (UAX #31 §5.1)."""
_NOT_XID_CONTINUE = of_chars("\u037a\u309b\u309c\ufe70\ufe72\ufe74\ufe76\ufe78\ufe7a\ufe7c\ufe7e") | char_set(
    [(0xFC5E, 0xFC63), (0xFDFA, 0xFDFB)]
)


@lru_cache(maxsize=128)
def property_set(text: str) -> CharSet | None:
    """The characters that `\\p{text}` means, or None if there is no such property."""
    name, equals, value = text.partition("=")
    if not equals:
        return category_set(name) or _binary_set(BINARY_NAMES.get(name, name))
    if name in ("General_Category", "gc"):
        return category_set(value)
    if name in ("Script", "sc", "Script_Extensions", "scx"):
        return script_set(value, extended=name in ("Script_Extensions", "scx"))
    return None


def category_set(name: str) -> CharSet | None:
    """The characters of a general category or of a group of categories, by its short or long name."""
    short = CATEGORY_NAMES.get(name, name)
    parts = ["Lu", "Ll", "Lt"] if short == "LC" else [key for key in _categories() if key.startswith(short)]
    if not short or len(short) > 2 or not parts:
        return None
    return char_set([each for part in parts for each in _categories()[part].ranges])


@lru_cache(maxsize=1)
def _categories() -> dict[str, CharSet]:
    """Every general category; one pass over the assigned planes."""
    ranges: dict[str, list[Range]] = {"Cn": [(ASSIGNED_END, 0xDFFFF), (0xE01F0, 0xEFFFF)]}
    for low, high in ((0, ASSIGNED_END - 1), *SPECIAL_PLANES[:1]):
        start, current = low, unicodedata.category(chr(low))
        for code in range(low + 1, high + 1):
            category = unicodedata.category(chr(code))
            if category != current:
                ranges.setdefault(current, []).append((start, code - 1))
                start, current = code, category
        ranges.setdefault(current, []).append((start, high))
    for low, high in SPECIAL_PLANES[1:]:
        ranges.setdefault("Co", []).append((low, high - 2))
        ranges["Cn"].append((high - 1, high))
    return {name: char_set(found) for name, found in ranges.items()}


def _filtered(keep: Callable[[str], bool]) -> CharSet:
    """The assigned characters for which *keep* holds."""
    codes = (*range(ASSIGNED_END), *range(0xE0000, 0xE01F0))
    ranges: list[Range] = []
    for code in codes:
        if keep(chr(code)):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1] = (ranges[-1][0], code)
            else:
                ranges.append((code, code))
    return CharSet(tuple(ranges))


def _xid_continue() -> CharSet:
    return _filtered(lambda char: ("a" + char).isidentifier())


def _xid_start() -> CharSet:
    return _filtered(lambda char: char.isidentifier() and char != "_")


def _changes(fold: Callable[[str], str]) -> CharSet:
    return _filtered(lambda char: fold(decomposed := unicodedata.normalize("NFD", char)) != decomposed)


_BINARY: dict[str, Callable[[], CharSet]] = {
    "Any": lambda: EVERYTHING,
    "ASCII": lambda: char_set([(0, 127)]),
    "Assigned": lambda: _categories()["Cn"].inverted(),
    "ASCII_Hex_Digit": lambda: of_chars("0123456789abcdefABCDEF"),
    "Hex_Digit": lambda: char_set(
        [(low + shift, high + shift) for low, high in ((48, 57), (65, 70), (97, 102)) for shift in (0, 0xFEE0)]
    ),
    "Lowercase": lambda: _filtered(str.islower),
    "Uppercase": lambda: _filtered(str.isupper),
    "Bidi_Mirrored": lambda: _filtered(lambda char: unicodedata.mirrored(char) == 1),
    "Changes_When_Lowercased": lambda: _changes(str.lower),
    "Changes_When_Uppercased": lambda: _changes(str.upper),
    "ID_Start": lambda: _xid_start() | _NOT_XID_START,
    "ID_Continue": lambda: _xid_continue() | _NOT_XID_CONTINUE,
    "XID_Start": _xid_start,
    "XID_Continue": _xid_continue,
    "Join_Control": lambda: of_chars("\u200c\u200d"),
    "Noncharacter_Code_Point": lambda: char_set(
        [(0xFDD0, 0xFDEF), *((plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF) for plane in range(17))]
    ),
    "Pattern_White_Space": lambda: of_chars("\t\n\v\f\r \x85\u200e\u200f\u2028\u2029"),
    "Regional_Indicator": lambda: char_set([(0x1F1E6, 0x1F1FF)]),
    "Variation_Selector": lambda: char_set([(0x180B, 0x180D), (0x180F, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)]),
    "White_Space": lambda: (
        of_chars("\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | char_set([(0x2000, 0x200A)])
    ),
}


def _binary_set(name: str) -> CharSet | None:
    make = _BINARY.get(name)
    return make() if make is not None else None
