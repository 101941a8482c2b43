"""Regular expressions as script objects: how one is made and applied to a string (ECMA-262 §22.2.3, §22.2.7)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dsl.library import regexp_matcher
from dsl.library.building import joined, new_array, new_object
from dsl.library.regexp_compiler import compile_regexp
from dsl.library.regexp_syntax import Flags, PatternError
from dsl.operators import call, to_length
from dsl.values import (
    NULL,
    OBJECT_BYTES,
    OPEN,
    REGEXP_PROTO,
    Arr,
    Null,
    Obj,
    RegExp,
    Value,
    throw_syntax_error,
    throw_type_error,
)

if TYPE_CHECKING:
    from dsl.run import Run

MAX_PATTERN = 20_000
"""Longer patterns that are made while running are refused."""
LONGEST_KEPT = 1000
"""Compiled patterns up to this length are kept for later runs; longer ones would fill the memory."""
FUEL_PER_PATTERN_CHAR = 8
BYTES_PER_PATTERN_CHAR = 200
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_TO_ESCAPE = re.compile(r"\\.|\[|\]|[/\n\r\u2028\u2029]", re.DOTALL)
_LINE_ENDS = {"\n": "\\n", "\r": "\\r", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class Matcher:
    """What a RegExp object carries in `matcher`: pattern and flags as they show, compiled; flags, group names."""

    source: str
    letters: str
    compiled: regexp_matcher.Compiled
    flags: Flags
    names: tuple[tuple[str, tuple[int, ...]], ...]

    def find(self, run: Run, text: str, start: int, *, sticky: bool) -> list[int] | None:
        """Borders of the groups, as `regexp_matcher.find` gives them, all in code units."""
        if not self.flags.by_points or text.isascii():
            return regexp_matcher.find(self.compiled, run, text, start=start, sticky=sticky)
        points = _points_of(run, text)
        if len(points) == len(text):
            return regexp_matcher.find(self.compiled, run, text, start=start, sticky=sticky)
        found = regexp_matcher.find(self.compiled, run, points, start=_point_index(points, text, start), sticky=sticky)
        return None if found is None else _unit_borders(run, points, found)

    def find_all(self, run: Run, text: str) -> Iterator[list[int]]:
        """The borders of all matches from the start, none of which overlap; each is sought when it is asked for."""
        if not self.flags.by_points or text.isascii():
            yield from self._every(run, text)
            return
        points = _points_of(run, text)
        run.charge_fuel(len(text) - len(points) >> 1)
        astral = [found.start() for found in _ASTRAL.finditer(points)] if len(points) < len(text) else []
        for found in self._every(run, points):
            yield [at if at < 0 else at + bisect_left(astral, at) for at in found] if astral else found

    def _every(self, run: Run, text: str) -> Iterator[list[int]]:
        position = 0
        while position <= len(text):
            found = regexp_matcher.find(self.compiled, run, text, start=position, sticky=self.flags.sticky)
            if found is None:
                break
            run.charge_fuel(1)
            yield found
            position = found[1] + (found[0] == found[1])


_points = lru_cache(maxsize=4)(joined)


def _points_of(run: Run, text: str) -> str:
    """Code units as code points; of the same length if there is no pair of surrogates."""
    run.charge_fuel(len(text) >> 7)
    run.charge_memory(4 * len(text) if len(text) > 1024 else 0)
    points = _points(text)
    run.charge_fuel(len(text) - len(points) >> 1)
    return points


def _point_index(points: str, text: str, start: int) -> int:
    """The place of the code unit at *start* among the code points; both halves of a pair are at one place."""
    if start and _PAIR.match(text, start - 1):
        start -= 1
    before = points[:start].encode("utf-16-le", "surrogatepass")[: 2 * start]
    return len(before.decode("utf-16-le", "surrogatepass"))


def _unit_borders(run: Run, points: str, found: list[int]) -> list[int]:
    """Borders among code points as borders among code units."""
    start, end = found[0], found[1]
    before = start + _astral_count(points[:start])
    run.charge_fuel(len(found) * (end - start) >> 8)
    borders: list[int] = []
    for at in found:
        inner = _astral_count(points[start:at]) if at >= start else -_astral_count(points[at:start])
        borders.append(at if at < 0 else before + at - start + inner)
    return borders


def _astral_count(points: str) -> int:
    """How many of *points* take two code units."""
    return (len(points.encode("utf-16-le", "surrogatepass")) >> 1) - len(points)


def literal(run: Run, source: str, flags: str) -> RegExp:
    """A RegExp object of a literal, whose pattern is compiled once for its program."""
    run.charge_memory(OBJECT_BYTES)
    run.charge_fuel(2)
    patterns = run.program.patterns
    matcher = patterns.get((source, flags))
    if matcher is None:
        matcher = patterns[source, flags] = matcher_of(source, flags)
    return RegExp(matcher.source, matcher.letters, matcher)


def make_regexp(run: Run, source: str, flags: str, proto: Obj | None = None) -> RegExp:
    """A RegExp object of a pattern that the script's text or another RegExp holds, so that compiling it is not dear.

    source, flags: code units.  A SyntaxError of the script if they are not valid.
    """
    run.charge_memory(OBJECT_BYTES)
    matcher = _matcher(run, source, flags)
    return RegExp(matcher.source, matcher.letters, matcher, proto)


def new_regexp(run: Run, source: str, flags: str, proto: Obj | None = None) -> RegExp:
    """A RegExp object of a pattern that is made while running: compiling is paid for."""
    _charge_pattern(run, source)
    made = make_regexp(run, source, flags, proto)
    run.charge_fuel(made.matcher.compiled.weight)
    return made


def reinitialise(run: Run, regexp: RegExp, source: str, flags: str) -> None:
    """Give *regexp* another pattern (Annex B §B.2.4 RegExp.prototype.compile)."""
    _charge_pattern(run, source)
    matcher = _matcher(run, source, flags)
    run.charge_fuel(matcher.compiled.weight)
    regexp.source, regexp.flags, regexp.matcher = matcher.source, matcher.letters, matcher
    regexp.put(run, "lastIndex", 0, True)


def _charge_pattern(run: Run, source: str) -> None:
    if len(source) > MAX_PATTERN:
        throw_syntax_error(run, f"Invalid regular expression: longer than {MAX_PATTERN}")
    run.charge_fuel(1 + len(source) * FUEL_PER_PATTERN_CHAR)
    run.charge_memory(len(source) * BYTES_PER_PATTERN_CHAR)


def _matcher(run: Run, source: str, flags: str) -> Matcher:
    try:
        return matcher_of(source, flags)
    except PatternError as error:
        throw_syntax_error(run, error.message)


def matcher_of(source: str, flags: str) -> Matcher:
    """The matcher of a pattern and flags; those of short patterns are kept.  Raises PatternError."""
    return _kept_matcher(source, flags) if len(source) <= LONGEST_KEPT else _new_matcher(source, flags)


def _new_matcher(source: str, flags: str) -> Matcher:
    compiled, pattern, read_flags = compile_regexp(source, flags)
    return Matcher(escaped_source(source), read_flags.text(), compiled, read_flags, pattern.names)


@lru_cache(maxsize=512)
def _kept_matcher(source: str, flags: str) -> Matcher:
    return _new_matcher(source, flags)


def escaped_source(source: str) -> str:
    """*source* as it can stand between slashes (§22.2.6.13.1 EscapeRegExpPattern)."""
    in_class = False

    def escaped(found: re.Match[str]) -> str:
        nonlocal in_class
        text = found.group()
        if text in "[]":
            in_class = text == "["
            return text
        if text == "/":
            return text if in_class else "\\/"
        if len(text) == 2:
            return "\\" + _LINE_ENDS[text[1]][1:] if text[1] in _LINE_ENDS else text
        return _LINE_ENDS[text]

    return _TO_ESCAPE.sub(escaped, source) or "(?:)"


def regexp_exec(run: Run, regexp: Obj, text: str) -> Obj | Null:
    """Apply *regexp* by its own `exec` where it has one (§22.2.7.1 RegExpExec)."""
    execute = regexp.get(run, "exec")
    if isinstance(regexp, RegExp) and execute is REGEXP_PROTO.props["exec"]:
        return builtin_exec(run, regexp, text)
    if isinstance(execute, Obj) and execute.is_callable:
        result = call(run, execute, regexp, [text])
        if not isinstance(result, Obj | Null):
            throw_type_error(run, "exec of a regular expression must give an object or null")
        return result
    if not isinstance(regexp, RegExp):
        throw_type_error(run, "receiver is not a regular expression")
    return builtin_exec(run, regexp, text)


def regexp_test(run: Run, regexp: Obj, text: str) -> bool:
    """Whether `exec` finds anything; makes no result array where nobody would see it."""
    if isinstance(regexp, RegExp) and regexp.get(run, "exec") is REGEXP_PROTO.props["exec"]:
        return builtin_find(run, regexp, text) is not None
    return not isinstance(regexp_exec(run, regexp, text), Null)


def is_plain(run: Run, regexp: RegExp) -> bool:
    """Whether nothing of the script's could notice how *regexp* is applied, so that results need not be objects."""
    return regexp.level == OPEN and regexp.get(run, "exec") is REGEXP_PROTO.props["exec"]


def builtin_exec(run: Run, regexp: RegExp, text: str) -> Obj | Null:
    """The result array of the next match, or null (§22.2.7.2 RegExpBuiltinExec)."""
    found = builtin_find(run, regexp, text)
    return NULL if found is None else match_result(run, regexp.matcher, text, found)


def builtin_find(run: Run, regexp: RegExp, text: str) -> list[int] | None:
    """The borders of the next match; reads and, with `g` or `y`, writes `lastIndex`."""
    matcher: Matcher = regexp.matcher
    flags = matcher.flags
    start = to_length(run, regexp.get(run, "lastIndex"))
    moves = flags.global_ or flags.sticky
    if not moves:
        start = 0
    found = matcher.find(run, text, start, sticky=flags.sticky) if start <= len(text) else None
    if moves:
        regexp.put(run, "lastIndex", 0 if found is None else found[1], True)
    return found


def match_result(run: Run, matcher: Matcher, text: str, found: list[int]) -> Arr:
    """The array that exec gives, with index, input, groups, and indices under the `d` flag."""
    captures = captures_of(run, text, found)
    run.charge_fuel(2)
    result = new_array(run, captures)
    result.define(run, "index", found[0])
    result.define(run, "input", text)
    result.define(run, "groups", groups_of(run, matcher, captures))
    if matcher.flags.has_indices:
        spans: list[Value] = [
            new_array(run, [found[at], found[at + 1]]) if found[at] >= 0 <= found[at + 1] else None
            for at in range(0, len(found), 2)
        ]
        indices = new_array(run, spans)
        indices.define(run, "groups", groups_of(run, matcher, spans))
        result.define(run, "indices", indices)
    return result


def captures_of(run: Run, text: str, found: list[int]) -> list[Value]:
    """The texts of the whole match and of its groups, undefined for a group that took no part."""
    run.charge_memory(2 * (found[1] - found[0]))
    run.charge_fuel(len(found) >> 2)
    return [
        text[found[at] : found[at + 1]] if found[at] >= 0 <= found[at + 1] else None for at in range(0, len(found), 2)
    ]


def groups_of(run: Run, matcher: Matcher, captures: list[Value]) -> Value:
    """The named captures as an object without prototype; undefined if the pattern names none."""
    if not matcher.names:
        return None
    took_part = {name: [captures[at] for at in indices if captures[at] is not None] for name, indices in matcher.names}
    groups = new_object(run, {name: found[0] if found else None for name, found in took_part.items()})
    groups.proto = None
    return groups


def advanced(text: str, index: int, by_points: bool) -> int:
    """The index behind the character at *index* (§22.2.7.3 AdvanceStringIndex)."""
    if by_points and index + 1 < len(text) and "\ud800" <= text[index] < "\udc00" <= text[index + 1] < "\ue000":
        return index + 2
    return index + 1
