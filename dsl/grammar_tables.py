"""The LALR(1) tables of grammar.lark: built by Lark, kept in grammar.json, loaded when the first script is parsed.

Lark is not imported at run time.  After a change of the grammar: `python -m dsl.grammar_tables`.  Tables that do not
fit the grammar's text are never used: they are built anew, in memory.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

GRAMMAR = Path(__file__).with_name("grammar.lark")
SAVED = Path(__file__).with_name("grammar.json")
END = "$END"


@dataclass(frozen=True, slots=True)
class Rule:
    """A reduction: *size* symbols become one *origin*; *make* is the builder's method, None if the symbol stays."""

    make: str | None
    size: int
    origin: str


@dataclass(frozen=True, slots=True)
class Tables:
    """`rows[state][symbol]` is the next state, or `~rule` for a reduction.

    A terminal is named by its text if it has one.  State 0 begins; shifting END into the state `accept` ends.
    """

    rows: list[dict[str, int]]
    rules: list[Rule]
    accept: int


@cache
def load() -> Tables:
    """Return the tables of the grammar, from the file if it fits."""
    grammar = GRAMMAR.read_text(encoding="utf-8")
    saved = _saved()
    return _unpacked(saved) if saved.get("grammar") == _digest(grammar) else build(grammar)


def is_current() -> bool:
    """Whether the saved tables are those of the grammar's text."""
    return bool(_saved().get("grammar") == _digest(GRAMMAR.read_text(encoding="utf-8")))


def save() -> None:
    """Build the tables and write them beside the grammar."""
    grammar = GRAMMAR.read_text(encoding="utf-8")
    SAVED.write_text(_packed(build(grammar), grammar), encoding="utf-8")


def build(grammar: str) -> Tables:
    """Return the tables of *grammar*; states are numbered in an order that depends on the grammar only."""
    from lark import Lark

    lark: Any = Lark(grammar, parser="lalr", start="program", keep_all_tokens=True, maybe_placeholders=False)
    table = lark.parser.parser.parser.parse_table
    texts = {terminal.name: terminal.pattern.value for terminal in lark.terminals}
    if clash := set(texts.values()) & {rule.origin.name for rule in lark.rules}:
        raise ValueError(f"a rule can't have the text of a terminal as its name: {sorted(clash)}")
    start, end = table.start_states["program"], table.end_states["program"]
    rules = {rule: position for position, rule in enumerate(sorted(lark.rules, key=_rule_order))}
    order = _breadth_first(table.states, start)
    number = {state: position for position, state in enumerate(order)}
    rows = [_row(table.states[state], number, rules=rules, texts=texts) for state in order]
    rows[number[end]][END] = len(rows)
    return Tables(rows, [_rule(rule) for rule in rules], len(rows))


def _rule_order(rule: Any) -> tuple[str, int, list[str]]:
    return rule.origin.name, rule.order, [symbol.name for symbol in rule.expansion]


def _rule(rule: Any) -> Rule:
    origin = rule.origin.name
    size = len(rule.expansion)
    same = rule.alias is None and rule.options.expand1 and size == 1
    return Rule(None if same else rule.alias or origin, size, origin)


def _breadth_first(states: dict[int, dict[str, tuple[Any, Any]]], start: int) -> list[int]:
    order, waiting, seen = [], deque([start]), {start}
    while waiting:
        state = waiting.popleft()
        order.append(state)
        for symbol in sorted(states[state]):
            action, target = states[state][symbol]
            if action.name == "Shift" and target in states and target not in seen:
                seen.add(target)
                waiting.append(target)
    return order


def _row(
    steps: dict[str, tuple[Any, Any]], number: dict[int, int], *, rules: dict[Any, int], texts: dict[str, str]
) -> dict[str, int]:
    row = {}
    for symbol in sorted(steps):
        action, target = steps[symbol]
        if action.name != "Shift":
            row[texts.get(symbol, symbol)] = ~rules[target]
        elif target in number:
            row[texts.get(symbol, symbol)] = number[target]
    return row


def _saved() -> dict[str, Any]:
    """Return what the file holds, or nothing if there is none."""
    try:
        saved: dict[str, Any] = json.loads(SAVED.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return saved


def _packed(tables: Tables, grammar: str) -> str:
    """Return the file's text; rows that are equal are written once."""
    symbols = sorted({symbol for row in tables.rows for symbol in row})
    index = {symbol: position for position, symbol in enumerate(symbols)}
    pairs = [[number for symbol, code in row.items() for number in (index[symbol], code)] for row in tables.rows]
    rules = [[rule.make, rule.size, rule.origin] for rule in tables.rules]
    fields = {
        "grammar": _digest(grammar), "accept": tables.accept, "symbols": symbols, "rules": rules, "rows": pairs,
    }  # fmt: skip
    return "{\n" + ",\n".join(f'"{name}": {_lines(name, value)}' for name, value in fields.items()) + "\n}\n"


def _lines(name: str, value: Any) -> str:
    if name not in ("rules", "rows"):
        return json.dumps(value)
    return "[\n" + ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in value) + "\n]"


def _unpacked(saved: dict[str, Any]) -> Tables:
    symbols = saved["symbols"]
    rows = [{symbols[row[at]]: row[at + 1] for at in range(0, len(row), 2)} for row in saved["rows"]]
    return Tables(rows, [Rule(*rule) for rule in saved["rules"]], saved["accept"])


def _digest(grammar: str) -> str:
    return hashlib.sha256(grammar.encode()).hexdigest()


if __name__ == "__main__":
    save()
