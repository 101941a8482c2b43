"""The regular expression engine by itself: what matches, what is refused, what stops it."""

from __future__ import annotations

import pytest

from dsl.library.regexp_compiler import compile_regexp
from dsl.library.regexp_matcher import find
from dsl.library.regexp_syntax import PatternError


class OutOfFuel(Exception):
    """The meter of these tests ran out."""


class Meter:
    """Counts what a search costs and stops it at a bound."""

    def __init__(self, bound: int = 1_000_000) -> None:
        self.fuel = bound
        self.memory = 0
        self.highest = 0

    def charge_fuel(self, amount: int, /) -> None:
        self.fuel -= amount
        if self.fuel < 0:
            raise OutOfFuel

    def charge_memory(self, amount: int, /) -> None:
        self.memory += amount
        self.highest = max(self.highest, self.memory)


def groups(pattern: str, text: str, flags: str = "") -> list[str | None] | None:
    """The whole match and the groups, or None."""
    compiled, _, read = compile_regexp(pattern, flags)
    found = find(compiled, Meter(), text, start=0, sticky=read.sticky)
    if found is None:
        return None
    return [text[found[at] : found[at + 1]] if found[at] >= 0 else None for at in range(0, len(found), 2)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"((a)|(ab))((c)|(bc))", "abc", ["abc", "a", "a", None, "bc", None, "bc"]),
        (r"a[a-z]{2,4}?", "abcdefghi", ["abc"]),
        (r"(z)((a+)?(b+)?(c))*", "zaacbbbcac", ["zaacbbbcac", "z", "ac", "a", None, "c"]),
        (r"(?=(a+))a*b\1", "baaabac", ["aba", "a"]),
        (r"(.*?)a(?!(a+)b\2c)\2(.*)", "baaabaac", ["baaabaac", "ba", None, "abaac"]),
        (r"(a*)*", "b", ["", None]),
        (r"(?<=(\d+)(\d+))$", "1053", ["", "1", "053"]),
        (r"(?<=\1(a))b", "aab", ["b", "a"]),
        (r"(?<!abc)\w\w\w", "abcdef", ["abc"]),
        (r"x{0}y", "xy", ["y"]),
        (r".*?,(\d+)", "a,b,17", ["a,b,17", "17"]),
        (r"[^,]*,", "ab,cd,", ["ab,"]),
        (r"(?:ab|cd)+?$", "abcdab", ["abcdab"]),
    ],
)
def test_a_match_takes_the_groups_that_the_standard_gives(pattern: str, text: str, expected: list[str | None]) -> None:
    """Groups, their resetting in each round, look-around and backtracking follow ECMA-262 §22.2.2."""
    assert groups(pattern, text) == expected


@pytest.mark.parametrize(
    "pattern",
    ["(", ")", "a**", "[b-a]", "\\", "(?<a>x)(?<a>y)", "a{2,1}", "(?<=a)*", "{1}", "(?", "(?<>a)", "(?a)", "["],
)
def test_a_pattern_that_is_none_is_refused(pattern: str) -> None:
    """What breaks the grammar raises PatternError, and nothing else."""
    with pytest.raises(PatternError):
        compile_regexp(pattern, "")


@pytest.mark.parametrize(
    "pattern", ["]", "\\-", "\\1", "a{", "\\u{110000}", "\\k<a>", "\\p{Foo}", "(?=a)*", "[\\w-a]", "\\c"]
)
def test_the_unicode_flag_refuses_what_is_tolerated_without_it(pattern: str) -> None:
    """Annex B holds only where the `u` flag is absent."""
    with pytest.raises(PatternError):
        compile_regexp(pattern, "u")


@pytest.mark.parametrize("flags", ["gg", "x", "uv", "gimsuydg"])
def test_unknown_or_repeated_flags_are_refused(flags: str) -> None:
    """Only d, g, i, m, s, u, v and y, each once, and not u with v."""
    with pytest.raises(PatternError):
        compile_regexp("a", flags)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^(a+)+$", "a" * 30 + "!"),
        ("(a|a)+$", "a" * 40 + "!"),
        ("(?:(a*)*)*[^a]$", "a" * 30),
        ("(?=(?:a+)+b)a", "a" * 40 + "c" + "b"),
        ("(x+x+)+[yz]", "x" * 40 + "!"),
        ("(.*)(.*)(.*)(.*)(.*)[0-9]", "b" * 500),
        ("(a?){40}a{40}[bc]", "a" * 40),
    ],
)
def test_a_pattern_that_explodes_runs_out_of_fuel(pattern: str, text: str) -> None:
    """Backtracking is paid for, so that it ends, and always at the same step."""
    compiled, _, _ = compile_regexp(pattern, "")
    left = []
    for _ in range(2):
        meter = Meter(200_000)
        with pytest.raises(OutOfFuel):
            find(compiled, meter, text, start=0, sticky=False)
        left.append(meter.fuel)
    assert left[0] == left[1]


def test_the_stack_of_ways_back_is_paid_for_and_given_back() -> None:
    """Memory is charged while a search is deep and returned when it ends."""
    compiled, _, _ = compile_regexp("(?:ab|cd)*", "")
    meter = Meter()
    assert find(compiled, meter, "abcd" * 2000, start=0, sticky=False) == [0, 8000]
    assert meter.highest > 100_000
    assert meter.memory == 0


def test_a_pattern_may_be_nested_deeper_than_python_recurses() -> None:
    """Parsing and compiling keep stacks of their own."""
    assert groups("(?:" * 20_000 + "a" + ")" * 20_000, "a") == ["a"]


def test_a_missing_literal_is_noticed_without_trying() -> None:
    """A text without what every match contains costs next to nothing."""
    compiled, _, _ = compile_regexp("(?:a|b)*c", "")
    meter = Meter(10_000)
    assert find(compiled, meter, "ab" * 50_000, start=0, sticky=False) is None


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "matches"),
    [
        ("k", "i", "\u212a", False),
        ("k", "iu", "\u212a", True),
        ("\\w", "iu", "\u017f", True),
        ("\\w", "i", "\u017f", False),
        ("[^a]", "i", "A", False),
        ("\u03c3", "i", "\u03c2", True),
        ("\u00df", "i", "\u1e9e", False),
        ("\u00df", "iu", "\u1e9e", True),
        ("(\u00e9)\\1", "i", "\u00e9\u00c9", True),
        ("\\p{Lu}", "iu", "a", True),
        ("\\p{Script=Cyrillic}", "u", "\u0416", True),
        ("\\p{scx=Deva}", "u", "\u0964", True),
        ("\\p{sc=Deva}", "u", "\u0964", False),
        ("\\P{ASCII}", "u", "a", False),
        ("\u0390", "iu", "\u1fd3", True),
        ("\ufb05", "iu", "\ufb06", True),
        ("\ua7cb", "i", "\u0264", True),
        ("^[\\p{L}0]+$", "iu", "a\u0416\u65e50", True),
        ("^[\\p{L}0]+$", "u", "a\u0416\u65e50!", False),
        ("[\\p{L}0]+?x", "u", "!!\u0416\u0416x", True),
    ],
)
def test_case_and_properties_follow_unicode(pattern: str, flags: str, text: str, matches: bool) -> None:
    """Canonicalize differs with and without `u`; properties come from the Unicode tables."""
    assert (groups(pattern, text, flags) is not None) is matches


def test_a_wide_class_is_found_and_counted_out() -> None:
    """A class of many ranges repeats within its bounds, is searched for, and pays for each character."""
    assert groups("[\\p{L}0]{2,3}", "--\u0416\u04160x", "u") == ["\u0416\u04160"]
    assert groups("(?<=([\\p{L}0]))-", "--\u0416-", "u") == ["-", "\u0416"]
    compiled, _, _ = compile_regexp("[\\p{L}0]+$", "u")
    meter = Meter()
    assert find(compiled, meter, "\u0416" * 1000, start=0, sticky=False) == [0, 1000]
    assert 1_000_000 - meter.fuel > 500
