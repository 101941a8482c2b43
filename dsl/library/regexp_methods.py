"""What String's match, matchAll, replace, search and split do with a RegExp (ECMA-262 §22.2.6, Symbol-named)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dsl.library.building import charge_text, describe, element, length_of, new_array
from dsl.library.iterator import iterator
from dsl.library.regexp_exec import (
    Matcher,
    advanced,
    builtin_find,
    captures_of,
    groups_of,
    is_plain,
    make_regexp,
    regexp_exec,
)
from dsl.library.substitution import Match, substitute
from dsl.operators import call, same_value, to_integer, to_length, to_object, to_string, to_uint32
from dsl.values import ITEM_BYTES, NULL, Null, Obj, RegExp, Value, throw_type_error
from dsl.values import Iterator as ScriptIterator

if TYPE_CHECKING:
    from dsl.run import Run


def flags_of(run: Run, regexp: Obj) -> str:
    """The flags as the object itself tells them."""
    return to_string(run, regexp.get(run, "flags"))


def _put_last_index(run: Run, regexp: Obj, index: Value) -> None:
    regexp.put(run, "lastIndex", index, True)


def _all_results(run: Run, regexp: Obj, text: str, flags: str) -> list[Obj]:
    """The results of exec: all of them with the `g` flag, from the start; else at most one."""
    if "g" not in flags:
        result = regexp_exec(run, regexp, text)
        return [] if isinstance(result, Null) else [result]
    _put_last_index(run, regexp, 0)
    return _results_from_here(run, regexp, text, by_points=_by_points(flags))


def _by_points(flags: str) -> bool:
    """Whether the flags tell to read the text by code points."""
    return "u" in flags or "v" in flags


def _results_from_here(run: Run, regexp: Obj, text: str, *, by_points: bool) -> list[Obj]:
    results: list[Obj] = []
    while True:
        result = regexp_exec(run, regexp, text)
        if isinstance(result, Null):
            return results
        run.charge_memory(ITEM_BYTES)
        results.append(result)
        if not to_string(run, result.get(run, "0")):
            index = to_length(run, regexp.get(run, "lastIndex"))
            _put_last_index(run, regexp, advanced(text, index, by_points))


def match(run: Run, regexp: RegExp, text: str) -> Value:
    """RegExp.prototype[Symbol.match]."""
    flags = flags_of(run, regexp)
    if "g" not in flags:
        return regexp_exec(run, regexp, text)
    texts: list[Value] = []
    if is_plain(run, regexp):
        _put_last_index(run, regexp, 0)
        for found in regexp.matcher.find_all(run, text):
            charge_text(run, found[1] - found[0])
            texts.append(text[found[0] : found[1]])
    else:
        texts += [to_string(run, result.get(run, "0")) for result in _all_results(run, regexp, text, flags)]
    return new_array(run, texts) if texts else NULL


def match_all(run: Run, regexp: RegExp, text: str) -> ScriptIterator:
    """RegExp.prototype[Symbol.matchAll]; all matches are found at once, which scripts cannot tell from one by one."""
    _check_constructor(run, regexp)
    flags = flags_of(run, regexp)
    copy = make_regexp(run, regexp.source, flags)
    _put_last_index(run, copy, to_length(run, regexp.get(run, "lastIndex")))
    results: list[Value] = []
    if "g" in flags:
        results += _results_from_here(run, copy, text, by_points=_by_points(flags))
    else:
        results += _all_results(run, copy, text, flags)
    return iterator(run, "regexp", new_array(run, results))


def _check_constructor(run: Run, regexp: RegExp) -> None:
    """A `constructor` that is no object is a TypeError (§7.3.22 SpeciesConstructor)."""
    maker = regexp.get(run, "constructor")
    if maker is not None and not isinstance(maker, Obj):
        throw_type_error(run, f"object.constructor is {describe(maker)}, not an object")


def search(run: Run, regexp: RegExp, text: str) -> Value:
    """RegExp.prototype[Symbol.search]."""
    previous = regexp.get(run, "lastIndex")
    if not same_value(previous, 0):
        _put_last_index(run, regexp, 0)
    at = _first_place(run, regexp, text)
    if not same_value(regexp.get(run, "lastIndex"), previous):
        _put_last_index(run, regexp, previous)
    return at


def _first_place(run: Run, regexp: RegExp, text: str) -> Value:
    if is_plain(run, regexp):
        found = builtin_find(run, regexp, text)
        return -1 if found is None else found[0]
    result = regexp_exec(run, regexp, text)
    return -1 if isinstance(result, Null) else result.get(run, "index")


def replace(run: Run, regexp: RegExp, text: str, *, replacement: Value) -> str:
    """RegExp.prototype[Symbol.replace]."""
    function = replacement if isinstance(replacement, Obj) and replacement.is_callable else None
    template = "" if function is not None else to_string(run, replacement)
    parts: list[str] = []
    end = 0
    for found in _matches(run, regexp, text):
        piece = _replaced_by(run, function, found) if function is not None else _filled(run, found, template)
        if found.start >= end:
            parts += (text[end : found.start], piece)
            charge_text(run, len(piece) + found.start - end)
            end = found.start + len(found.matched)
    if end < len(text):
        charge_text(run, len(text) - end)
        parts.append(text[end:])
    return "".join(parts)


def _matches(run: Run, regexp: RegExp, text: str) -> Iterator[Match]:
    """The matches that are to be replaced, one or with the `g` flag all."""
    flags = flags_of(run, regexp)
    if not is_plain(run, regexp):
        for result in _all_results(run, regexp, text, flags):
            yield _match_of(run, result, text)
        return
    matcher: Matcher = regexp.matcher
    for found in _all_borders(run, regexp, text, flags):
        matched, *captures = captures_of(run, text, found)
        assert isinstance(matched, str)
        groups = groups_of(run, matcher, [matched, *captures]) if matcher.names else None
        yield Match(text, found[0], matched, captures, groups)


def _all_borders(run: Run, regexp: RegExp, text: str, flags: str) -> Iterable[list[int]]:
    """What _all_results finds, as borders of groups, for a regular expression that nobody watches.

    Whether a match is sought before or after the one before it is replaced, cannot be told.
    """
    if "g" not in flags:
        found = builtin_find(run, regexp, text)
        return [] if found is None else [found]
    _put_last_index(run, regexp, 0)
    matcher: Matcher = regexp.matcher
    return matcher.find_all(run, text)


def _match_of(run: Run, result: Obj, text: str) -> Match:
    """A result of exec, which may be any object, read as a match."""
    count = max(length_of(run, result) - 1, 0)
    matched = to_string(run, element(run, result, 0))
    start = int(max(min(to_integer(run, result.get(run, "index")), len(text)), 0))
    captures: list[Value] = []
    for index in range(1, count + 1):
        run.charge_fuel(1)
        capture = element(run, result, index)
        captures.append(None if capture is None else to_string(run, capture))
    groups = result.get(run, "groups")
    return Match(text, start, matched, captures, groups)


def _replaced_by(run: Run, function: Obj, found: Match) -> str:
    args: list[Value] = [found.matched, *found.captures, found.start, found.text]
    if found.groups is not None:
        args.append(found.groups)
    return to_string(run, call(run, function, None, args))


def _filled(run: Run, found: Match, template: str) -> str:
    if found.groups is not None and not isinstance(found.groups, Obj):
        found = Match(found.text, found.start, found.matched, found.captures, to_object(run, found.groups))
    return substitute(run, found, template)


def split(run: Run, regexp: RegExp, text: str, *, limit: Value) -> Value:
    """RegExp.prototype[Symbol.split].  The splitter is an object of our own, so it is asked for matches directly."""
    _check_constructor(run, regexp)
    flags = flags_of(run, regexp)
    splitter: Matcher = make_regexp(run, regexp.source, flags).matcher
    most = 2**32 - 1 if limit is None else to_uint32(run, limit)
    if most == 0:
        return new_array(run, [])
    if not text:
        return new_array(run, [] if splitter.find(run, text, 0, sticky=True) is not None else [text])
    return new_array(run, _pieces(run, splitter, text, most))


def _pieces(run: Run, splitter: Matcher, text: str, most: int) -> list[Value]:
    pieces: list[Value] = []
    begin = at = 0
    while at < len(text):
        found = splitter.find(run, text, at, sticky=False)
        if found is None or found[0] >= len(text):
            break
        if found[1] == begin:
            at = advanced(text, max(found[0], at), splitter.flags.by_points)
            continue
        run.charge_fuel(2)
        run.charge_memory(ITEM_BYTES * (1 + splitter.compiled.group_count))
        charge_text(run, found[0] - begin)
        pieces.append(text[begin : found[0]])
        pieces += captures_of(run, text, found)[1:]
        begin = at = found[1]
        if len(pieces) >= most:
            return pieces[:most]
    charge_text(run, len(text) - begin)
    pieces.append(text[begin:])
    return pieces
