"""The operations of a compiled regular expression (ECMA-262 §22.2.2); nothing here loops over them."""

from __future__ import annotations

from dataclasses import dataclass, field

from dsl.library.regexp_sets import WORD, WORD_FOLDED, canonical_text
from dsl.library.regexp_state import FROM_START, Matching, Operation
from dsl.library.regexp_wide import Scanner, WideScanner

CHARS_PER_FUEL = 16
"""How many characters compared by a single operation cost as much as one unit of fuel."""
WIDE_CHARS_PER_FUEL = 2
"""The same for the characters that are looked up in a wide class."""


def chars_per_fuel(applied: Scanner) -> int:
    """How many characters *applied* looks at for one unit of fuel."""
    return WIDE_CHARS_PER_FUEL if isinstance(applied, WideScanner) else CHARS_PER_FUEL


LINE_END_CHARS = frozenset("\n\r\u2028\u2029")
WORD_CHARS = WORD.members()
WORD_CHARS_FOLDED = WORD_FOLDED.members()


@dataclass(slots=True, eq=False)
class Literal(Operation):
    """A fixed text."""

    text: str
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        if m.text.startswith(self.text, m.pos):
            m.pos += len(self.text)
            m.debt += len(self.text) // CHARS_PER_FUEL
            return self.next
        return None


@dataclass(slots=True, eq=False)
class LiteralBefore(Operation):
    """A fixed text that ends here (inside look-behind)."""

    text: str
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        if m.text.endswith(self.text, 0, m.pos):
            m.pos -= len(self.text)
            m.debt += len(self.text) // CHARS_PER_FUEL
            return self.next
        return None


@dataclass(slots=True, eq=False)
class OneOf(Operation):
    """One character of a small set, or one outside it."""

    chars: frozenset[str]
    inside: bool
    behind: bool
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        at = m.pos - 1 if self.behind else m.pos
        if 0 <= at < len(m.text) and (m.text[at] in self.chars) is self.inside:
            m.pos = at if self.behind else at + 1
            return self.next
        return None


@dataclass(slots=True, eq=False)
class OneMatching(Operation):
    """One character of a large set, given as a compiled or a wide class."""

    one: Scanner
    behind: bool
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        at = m.pos - 1 if self.behind else m.pos
        if at >= 0 and self.one.match(m.text, at):
            m.pos = at if self.behind else at + 1
            return self.next
        return None


@dataclass(slots=True, eq=False)
class Run(Operation):
    """As many characters of one set as there are within bounds, given back one by one.

    `run` matches the whole run at once; `follow` is the text that must come next, where that is known.
    """

    run: Scanner
    least: int
    follow: str
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        found = self.run.match(m.text, m.pos)
        if found is None:
            return None
        low, at = m.pos + self.least, found.end()
        m.debt += (at - m.pos) // chars_per_fuel(self.run)
        return self.retry(m, low, at + 1)

    def retry(self, m: Matching, low: int, at: int) -> Operation | None:
        at -= 1
        if self.follow:
            before, at = at, m.text.rfind(self.follow, low, at + len(self.follow))
            m.debt += (before - max(at, low)) // CHARS_PER_FUEL
            if at < 0:
                return None
        if at > low:
            m.stack.append((self, low, at))
        m.pos = at
        return self.next


@dataclass(slots=True, eq=False)
class LazyRun(Operation):
    """As few characters of one set as possible, one more on each way back.

    `one` matches a character, `span` as many as there are, `run` the least number; `follow` is as in Run.
    """

    one: Scanner
    span: Scanner
    run: Scanner
    least: int
    most: int
    follow: str
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        found = self.run.match(m.text, m.pos)
        if found is None:
            return None
        m.debt += self.least // chars_per_fuel(self.run)
        if self.most != self.least:
            m.stack.append((self, m.pos + self.most, found.end()))
        m.pos = found.end()
        return self.next

    def retry(self, m: Matching, low: int, at: int) -> Operation | None:
        if not self.one.match(m.text, at):
            return None
        at += 1
        if self.follow:
            at = self._before_follow(m, low, at)
            if at < 0:
                return None
        if at < low:
            m.stack.append((self, low, at))
        m.pos = at
        return self.next

    def _before_follow(self, m: Matching, most: int, at: int) -> int:
        """The next place where `follow` stands, if only characters of the set lie between; else -1."""
        place = m.text.find(self.follow, at)
        m.debt += (len(m.text) if place < 0 else place) - at >> 4
        if place < 0 or place > most:
            return -1
        if place > at:
            m.debt += (place - at) // chars_per_fuel(self.span)
            between = self.span.match(m.text, at, place)
            if between is None or between.end() != place:
                return -1
        return place


@dataclass(slots=True, eq=False)
class Branch(Operation):
    """Alternatives from left to right."""

    options: tuple[Operation, ...]

    def step(self, m: Matching) -> Operation | None:
        for option in self.options[:0:-1]:
            m.stack.append((option, FROM_START, m.pos))
        m.debt += len(self.options) // CHARS_PER_FUEL
        return self.options[0]


@dataclass(slots=True, eq=False)
class Mark(Operation):
    """Writes the present place into a cell: where a group begins or ends."""

    cell: int
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        m.write(self.cell, m.pos)
        return self.next


@dataclass(slots=True, eq=False)
class BackReference(Operation):
    """The text of a group again, of the one of several that took part; of none, the empty text matches."""

    cells: tuple[int, ...]
    behind: bool
    fold: bool
    unicode: bool
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        start, end = self._borders(m)
        if start < 0 or end < 0:
            return self.next
        size = end - start
        low = m.pos - size if self.behind else m.pos
        m.debt += size if self.fold else size // CHARS_PER_FUEL
        if low < 0 or low + size > len(m.text):
            return None
        if not self._same(m.text[start:end], m.text[low : low + size]):
            return None
        m.pos = low if self.behind else low + size
        return self.next

    def _borders(self, m: Matching) -> tuple[int, int]:
        for cell in self.cells:
            if m.cells[cell] >= 0 and m.cells[cell + 1] >= 0:
                return m.cells[cell], m.cells[cell + 1]
        return -1, -1

    def _same(self, earlier: str, here: str) -> bool:
        if earlier == here:
            return True
        return self.fold and canonical_text(earlier, self.unicode) == canonical_text(here, self.unicode)


@dataclass(slots=True, eq=False)
class LineBorder(Operation):
    """`^` or `$`: the border of the text, or with *multiline* of a line."""

    at_end: bool
    multiline: bool
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        text, pos = m.text, m.pos
        if pos == (len(text) if self.at_end else 0):
            return self.next
        if self.multiline and text[pos if self.at_end else pos - 1] in LINE_END_CHARS:
            return self.next
        return None


@dataclass(slots=True, eq=False)
class WordBorder(Operation):
    """`\\b` or `\\B`."""

    negated: bool
    word: frozenset[str]
    next: Operation

    def step(self, m: Matching) -> Operation | None:
        text, pos = m.text, m.pos
        before = pos > 0 and text[pos - 1] in self.word
        after = pos < len(text) and text[pos] in self.word
        return self.next if (before != after) is not self.negated else None


@dataclass(slots=True, eq=False)
class LookBegin(Operation):
    """Begins a look-ahead or look-behind.  Cells: where it began, and how high the stack was."""

    cell: int
    negated: bool
    next: Operation
    body: Operation = field(default_factory=Operation)

    def step(self, m: Matching) -> Operation | None:
        m.write(self.cell, m.pos)
        m.write(self.cell + 1, len(m.stack) + 1)
        if self.negated:
            m.stack.append((self.next, FROM_START, m.pos))
        return self.body


@dataclass(slots=True, eq=False)
class LookEnd(Operation):
    """The body of a look matched: forget its ways back and return to where it began, or refuse if it is negated."""

    begin: LookBegin

    def step(self, m: Matching) -> Operation | None:
        mark, start = m.cells[self.begin.cell + 1], m.cells[self.begin.cell]
        m.debt += (len(m.stack) - mark) // CHARS_PER_FUEL
        m.cut(mark, self.begin.negated)
        if self.begin.negated:
            return None
        m.pos = start
        return self.begin.next


@dataclass(slots=True, eq=False)
class LoopBegin(Operation):
    """Begins a general repetition: no round done yet."""

    loop: Loop

    def step(self, m: Matching) -> Operation | None:
        m.write(self.loop.cell, 0)
        m.write(self.loop.cell + 1, -1)
        return self.loop.step(m)


@dataclass(slots=True, eq=False)
class Loop(Operation):
    """Stands before each round of a repetition (ECMA-262 §22.2.2.3.1 RepeatMatcher).

    Cells: rounds done, and where the latest began.  `groups` are the cells that each round begins without.
    """

    cell: int
    least: int
    most: float
    greedy: bool
    groups: range
    next: Operation
    body: Operation = field(default_factory=Operation)

    def step(self, m: Matching) -> Operation | None:
        done = m.cells[self.cell]
        if done < self.least:
            return self._round(m, done)
        if done > self.least and m.cells[self.cell + 1] == m.pos:
            return None  # a round that matched nothing more than it had to would go on for ever
        if done >= self.most:
            return self.next
        if self.greedy:
            m.stack.append((self.next, FROM_START, m.pos))
            return self._round(m, done)
        m.stack.append((self, done, m.pos))
        return self.next

    def retry(self, m: Matching, low: int, at: int) -> Operation | None:
        m.pos = at
        return self._round(m, low)

    def _round(self, m: Matching, done: int) -> Operation:
        m.write(self.cell, done + 1)
        m.write(self.cell + 1, m.pos)
        m.debt += len(self.groups) // CHARS_PER_FUEL
        for cell in self.groups:
            if m.cells[cell] >= 0:
                m.write(cell, -1)
        return self.body
