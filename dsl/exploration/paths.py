"""One way through a script: what was decided so far, what follows from it, and which other ways there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from ..base import Abort, Value
from .terms import Shape, Term, constant, constant_value, leaves
from .unknown import PREFIX, Unknown

T = TypeVar("T")
MOST_DECISIONS = 120
"""Decisions of one way from one wait of the login to the next."""


class NotModelled(Abort):
    """The script does something with what is not known that cannot be told.  reason: in words; line: where."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self.line: str | None = None
        super().__init__(reason)


class Unanswerable(Exception):
    """A term has no value that could be worked out."""


class Infeasible(Abort):
    """What was decided contradicts itself: no login goes this way."""


@dataclass(slots=True)
class Facts:
    """What is known of terms.  answers: to questions; kinds: what a term may still be; equal: the value it has.

    unequal: values it has not; low, high: bounds of it as a number, and whether the bound itself is outside.
    """

    answers: dict[Term, Any] = field(default_factory=dict)
    kinds: dict[Term, frozenset[str]] = field(default_factory=dict)
    equal: dict[Term, Term] = field(default_factory=dict)
    unequal: dict[Term, frozenset[Term]] = field(default_factory=dict)
    low: dict[Term, tuple[float, bool]] = field(default_factory=dict)
    high: dict[Term, tuple[float, bool]] = field(default_factory=dict)
    epoch: int = 0

    def tables(self) -> tuple[dict[Term, Any], ...]:
        """All of it."""
        return self.answers, self.kinds, self.equal, self.unequal, self.low, self.high

    def copy(self) -> Facts:
        """The same, to be changed apart."""
        return self._of(lambda term: True)

    def only(self, lives: Callable[[Term], bool]) -> Facts:
        """What it says of terms all of whose leaves live."""
        return self._of(lambda term: all(lives(one) for one in leaves(term)))

    def _of(self, is_kept: Callable[[Term], bool]) -> Facts:
        made = Facts(epoch=self.epoch)
        for new, old in zip(made.tables(), self.tables(), strict=True):
            new.update({term: value for term, value in old.items() if is_kept(term)})
        return made

    def about(self, kept: Collection[Term]) -> Facts:
        """What it says of these terms themselves, and of what never changes; not of what was made of them."""

        def is_kept(term: Term) -> bool:
            about = term[1] if term and term[0] in ("truthy", "identical", "kind") else term
            return about in kept or (about[0] == "leaf" and about[-1] is None)

        return self._of(is_kept)

    def key(self) -> tuple[Any, ...]:
        """Equal for equal facts."""
        return (*(frozenset(table.items()) for table in self.tables()), self.epoch)


@dataclass(slots=True)
class Path:
    """A run under way.  facts: known at its beginning, and more as it goes on; prefix: the choices to be taken first.

    generation: of the leaves that it makes; evaluate: the value of a term whose leaves are all known; outside(): what
    the script has changed outside of its own heap.  rests: values that stand for any number of arguments
    or elements.  noticed: what the host wants to remember of all ways.
    """

    facts: Facts
    prefix: Sequence[int]
    generation: int
    names: dict[tuple[Term, Shape], int]
    evaluate: Callable[[Term, Callable[[Term], Value]], Value]
    taken: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    decided: list[tuple[Term, Any]] = field(default_factory=list)
    made: dict[Term, Unknown] = field(default_factory=dict)
    kept: dict[Term, None] = field(default_factory=dict)
    counts: dict[tuple[Any, ...], int] = field(default_factory=dict)
    happened: list[tuple[str, Any]] = field(default_factory=list)
    rests: set[Term] = field(default_factory=set)
    noticed: set[str] = field(default_factory=set)
    spent: set[Term] = field(default_factory=set)
    loops: dict[Any, Any] = field(default_factory=dict)
    mark: int = 0
    outside: Callable[[], Sequence[Any]] = tuple

    def choose(self, options: Sequence[T]) -> T:
        """One of *options*; the others are noted."""
        if len(options) == 1:
            return options[0]
        at = len(self.taken)
        if at >= MOST_DECISIONS:
            self.give_up(f"more than {MOST_DECISIONS} things are decided at once")
        pick = self.prefix[at] if at < len(self.prefix) else 0
        self.taken.append(pick)
        self.widths.append(len(options))
        return options[pick]

    def others(self) -> list[tuple[int, ...]]:
        """The prefixes of the ways that this run did not take, and that none before it noted."""
        return [
            (*self.taken[:at], other)
            for at in range(len(self.prefix), len(self.taken))
            for other in range(1, self.widths[at])
        ]

    def ask(self, question: Term, options: Sequence[T]) -> T:
        """The answer to *question*: the same whenever it is asked on this way."""
        if question in self.facts.answers:
            return self.facts.answers[question]  # type: ignore[no-any-return]
        answer = self.choose(options)
        self.facts.answers[question] = answer
        self.decided.append((question, answer))
        return answer

    def fresh(self, *name: Any) -> Term:
        """A leaf that is new each time it is asked for."""
        count = self.counts[name] = self.counts.get(name, -1) + 1
        return ("leaf", *name, count, self.generation)

    def unknown(self, term: Term, shape: Shape) -> Value:
        """The value of a term: itself if it is known by now, else what stands for it."""
        pinned = self.pinned(term)
        if pinned is not None:
            return constant_value(pinned)
        found = self.made.get(term)
        if found is None:
            found = self.made[term] = Unknown(self, term, shape)
        return found

    def pinned(self, term: Term) -> Term | None:
        """The constant that the term is known to be."""
        return self.facts.equal.get(term)

    def settle(self, value: Value) -> Value:
        """The value itself where it is known by now."""
        if type(value) is Unknown and value.term in self.facts.equal:
            return constant_value(self.facts.equal[value.term])
        return value

    def pin(self, term: Term, value: Value) -> None:
        """Take the term to be *value*; what was decided before must agree."""
        self.facts.equal[term] = constant(value)
        known = self.facts.equal
        for question, answer in list(self.facts.answers.items()):
            inside = list(leaves(question))
            if term in inside and all(one in known for one in inside):
                try:
                    told = self.evaluate(question, lambda one: constant_value(known[one]))
                except Unanswerable:
                    continue
                if told is not answer:
                    raise Infeasible

    def has_forked(self) -> bool:
        """Whether something was decided since this was last asked."""
        count = len(self.taken) + len(self.decided)
        before, self.mark = self.mark, count
        return count != before

    def keep(self, unknown: Unknown) -> str:
        """The name of a value that a snapshot keeps."""
        self.kept[unknown.term] = None
        return f"{PREFIX}{self.names.setdefault((unknown.term, unknown.shape), len(self.names))}"

    def give_up(self, reason: str) -> NoReturn:
        """Raises NotModelled."""
        raise NotModelled(reason)

    def truthy(self, value: Unknown) -> bool:
        """Whether it is true."""
        from .judging import truthy

        return truthy(self, value)

    def identical(self, value: Unknown, other: Value) -> bool:
        """value === other."""
        from .judging import identical

        return identical(self, value, other)
