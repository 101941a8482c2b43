"""Tree of a regular expression -> operations of the matcher (ECMA-262 §22.2.2 CompileSubpattern).

Each part is built when what comes after it is known, so the operations link forward.  A stack of generators takes the
place of recursion, so that depth of nesting is no concern.
"""

from __future__ import annotations

import re
from collections.abc import Generator

from dsl.library import regexp_operations as ops
from dsl.library.regexp_matcher import Compiled
from dsl.library.regexp_parser import parse_pattern
from dsl.library.regexp_sets import (
    DIGITS,
    EVERYTHING,
    LINE_ENDS,
    NOTHING,
    SMALL,
    WHITE_SPACE,
    WORD,
    WORD_FOLDED,
    CharSet,
    char_set,
    closed_over_case,
    compiled,
)
from dsl.library.regexp_state import Operation
from dsl.library.regexp_syntax import (
    Assertion,
    BackReference,
    Capture,
    Char,
    Chars,
    Choice,
    Flags,
    Look,
    Node,
    Pattern,
    Repeat,
    Sequence,
)
from dsl.library.regexp_wide import Scanner, WideScanner, is_wide, scanner

LONGEST_LITERAL = 64
LONGEST_RUN = 2**31
SAME_IN_ANY_CASE = frozenset(
    chars
    for plain in (NOTHING, EVERYTHING, LINE_ENDS, DIGITS, WHITE_SPACE, WORD, WORD_FOLDED)
    for chars in (plain, plain.inverted())
) - {WORD}
"""Sets that already hold everything that differs from a member only by case (WORD lacks two signs under `u`)."""

Building = Generator[tuple[Node, Operation, bool], Operation, Operation]


def compile_regexp(source: str, flags: str) -> tuple[Compiled, Pattern, Flags]:
    """Parse and compile (source in UTF-16 code units).  Raises PatternError."""
    pattern, read_flags = parse_pattern(source, flags)
    return _Compiler(pattern, read_flags).compiled(), pattern, read_flags


class _Compiler:
    """Compiles one pattern."""

    def __init__(self, pattern: Pattern, flags: Flags) -> None:
        self.pattern = pattern
        self.flags = flags
        self.cells = 2 * pattern.group_count + 2
        self.weight = 0

    def compiled(self) -> Compiled:
        """The whole pattern, ready to match."""
        accept = Operation()
        entry = self._build(self.pattern.root, accept)
        anchored = isinstance(entry, ops.LineBorder) and not entry.at_end and not entry.multiline
        return Compiled(
            entry, accept, self.pattern.group_count, self.cells, None if anchored else _prefilter(entry), anchored,
            _required_text(entry), self.weight,
        )  # fmt: skip

    def _build(self, root: Node, after: Operation) -> Operation:
        stack: list[Building] = [self._visit(root, after, False)]
        built: Operation | None = None
        while True:
            try:
                request = next(stack[-1]) if built is None else stack[-1].send(built)
            except StopIteration as finished:
                stack.pop()
                built = finished.value
                if not stack:
                    assert built is not None
                    return built
            else:
                stack.append(self._visit(*request))
                built = None

    def _visit(self, node: Node, after: Operation, behind: bool) -> Building:
        match node:
            case Char() | Chars():
                return self._one(node, after, behind)
                yield
            case Sequence(items):
                for item in items if behind else reversed(items):
                    after = yield item, after, behind
                return after
            case Choice(options):
                built: list[Operation] = []
                for option in options:
                    built.append((yield option, after, behind))
                return ops.Branch(tuple(built))
            case Capture(index, body):
                first, last = 2 * index, 2 * index + 1
                inner = yield body, ops.Mark(first if behind else last, after), behind
                return ops.Mark(last if behind else first, inner)
            case BackReference(indices):
                cells = tuple(2 * index for index in indices)
                return ops.BackReference(cells, behind, self.flags.ignore_case, self.flags.by_points, after)
            case Assertion():
                return self._assertion(node, after)
            case Look(body, look_behind, negated):
                begin = ops.LookBegin(self._new_cells(), negated, after)
                begin.body = yield body, ops.LookEnd(begin), look_behind
                return begin
            case Repeat():
                return (yield from self._repeat(node, after, behind))

    def _new_cells(self) -> int:
        self.cells += 2
        return self.cells - 2

    def _assertion(self, node: Assertion, after: Operation) -> Operation:
        if node.kind == "start" or node.kind == "end":
            return ops.LineBorder(node.kind == "end", self.flags.multiline, after)
        folded = self.flags.by_points and self.flags.ignore_case
        word = ops.WORD_CHARS_FOLDED if folded else ops.WORD_CHARS
        return ops.WordBorder(node.kind == "no-word-boundary", word, after)

    def _set_of(self, node: Char | Chars) -> CharSet:
        """Every character that *node* matches under the flags."""
        if isinstance(node, Char):
            return self._closed(char_set([(node.code, node.code)]))
        self.weight += len(node.chars.ranges)
        return self._closed(node.chars).inverted() if node.negated else self._closed(node.chars)

    def _closed(self, chars: CharSet) -> CharSet:
        if not self.flags.ignore_case or chars in SAME_IN_ANY_CASE:
            return chars
        return closed_over_case(chars, self.flags.by_points)

    def _one(self, node: Char | Chars, after: Operation, behind: bool) -> Operation:
        chars = self._set_of(node)
        size = chars.size()
        if size == 1:
            return _literal(chr(chars.ranges[0][0]), after, behind)
        if size <= SMALL:
            return ops.OneOf(chars.members(), True, behind, after)
        inverted = chars.inverted()
        if inverted.size() <= SMALL:
            return ops.OneOf(inverted.members(), False, behind, after)
        return ops.OneMatching(scanner(chars), behind, after)

    def _repeat(self, node: Repeat, after: Operation, behind: bool) -> Building:
        if node.most == 0:
            return after
        if node.least == 1 == node.most:
            return (yield node.body, after, behind)
        if isinstance(node.body, Char | Chars) and not behind:
            return self._run(node, self._set_of(node.body), after)
        groups = range(2 * node.first_group, 2 * node.end_group)
        loop = ops.Loop(self._new_cells(), node.least, node.most, node.greedy, groups, after)
        loop.body = yield node.body, loop, behind
        return ops.LoopBegin(loop)

    def _run(self, node: Repeat, chars: CharSet, after: Operation) -> Operation:
        if node.least >= LONGEST_RUN:
            return Operation()
        most = int(min(node.most, LONGEST_RUN))
        follow = after.text if isinstance(after, ops.Literal) else ""
        if not node.greedy:
            one, span, run = scanner(chars), scanner(chars, 0, LONGEST_RUN), scanner(chars, node.least, node.least)
            return ops.LazyRun(one, span, run, node.least, most, follow, after)
        return ops.Run(scanner(chars, node.least, most), node.least, follow, after)


def _literal(text: str, after: Operation, behind: bool) -> Operation:
    """An operation for *text*, joined with a literal that comes right after."""
    if behind:
        if isinstance(after, ops.LiteralBefore) and len(after.text) < LONGEST_LITERAL:
            return ops.LiteralBefore(after.text + text, after.next)
        return ops.LiteralBefore(text, after)
    if isinstance(after, ops.Literal) and len(after.text) < LONGEST_LITERAL:
        return ops.Literal(text + after.text, after.next)
    return ops.Literal(text, after)


def _prefilter(entry: Operation) -> Scanner | None:
    """What finds the next place where *entry* can begin to match; None if nothing is known."""
    while isinstance(entry, ops.Mark):
        entry = entry.next
    match entry:
        case ops.OneMatching(WideScanner() as one, False):
            return one
        case ops.Run(WideScanner() as run, least) if least > 0:
            return run
    first = _first_text(entry, 0)
    return None if first is None else compiled(first)


def _first_text(operation: Operation, depth: int) -> str | None:
    """A linear `re` pattern that matches wherever *operation* can begin to match; None if nothing is known."""
    match operation:
        case ops.Literal(text):
            return re.escape(text)
        case ops.OneOf(chars, inside, False):
            codes = char_set([(ord(char), ord(char)) for char in chars])
            return None if is_wide(codes) else (codes if inside else codes.inverted()).class_text()
        case ops.OneMatching(re.Pattern() as one, False):
            return str(one.pattern)
        case ops.Run(re.Pattern() as run, least) if least > 0:
            return str(run.pattern).partition("{")[0]
        case ops.Mark(_, following) if depth < 8:
            return _first_text(following, depth + 1)
        case ops.LoopBegin(loop) if depth < 8 and loop.least > 0:
            return _first_text(loop.body, depth + 1)
        case ops.Branch(options) if depth < 8 and len(options) <= 32:
            texts = [_first_text(option, depth + 1) for option in options]
            return None if None in texts else "|".join(text for text in texts if text is not None)
        case _:
            return None


def _required_text(operation: Operation) -> str:
    """The longest literal that no match from *operation* on can do without; empty if there is none."""
    required = ""
    while True:
        match operation:
            case ops.Literal(text, following):
                required = max(required, text, key=len)
            case ops.Mark(_, following) | ops.LineBorder(_, _, following) | ops.WordBorder(_, _, following):
                pass
            case ops.OneOf(_, _, False, following) | ops.OneMatching(_, False, following):
                pass
            case ops.Run(next=following) | ops.LazyRun(next=following) | ops.LookBegin(next=following):
                pass
            case ops.LoopBegin(loop):
                following = loop.next
            case _:
                return required
        operation = following
