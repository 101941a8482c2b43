"""Random programs of the language for property tests: closures over shared and cyclic state, called one after another.

Every program defines `step(n)` and `show()`; steps change the state, show describes it, cycles and identities included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

PRELUDE = """
var shared = {n: 0, items: [], self: null}; shared.self = shared;
let counter = 0; const seen = new Map(); const tags = new Set();
var handlers = []; var late;
function describe(value, known) {
  if (typeof value === 'function') return 'f:' + value.name + (value.extra === undefined ? '' : '+' + value.extra);
  if (Object.is(value, -0)) return 'number:-0';
  if (typeof value !== 'object' || value === null) return typeof value + ':' + String(value);
  const at = known.indexOf(value); if (at >= 0) return '#' + at;
  known.push(value); if (known.length > 60) return '...';
  if (value instanceof Map) return 'M' + describe([...value], known);
  if (value instanceof Set) return 'S' + describe([...value], known);
  if (value instanceof Date) return 'D' + value.getTime();
  if (value instanceof RegExp) return String(value) + value.lastIndex;
  let text = Array.isArray(value) ? '[' : '{';
  for (const key in value) text += key + '=' + describe(value[key], known) + ';';
  return text + (Object.isFrozen(value) ? '!' : '') + (value.constructor ? value.constructor.name : '');
}
function show() { return describe([shared, counter, seen, tags, handlers, late], []); }
function Box(v) { this.v = v; } Box.prototype.get = function () { return this.v; };
"""


@dataclass(slots=True)
class ProgramWriter:
    """Writes one random program."""

    random: Random
    names: list[str] = field(default_factory=lambda: ["shared.n", "counter", "n"])
    depth: int = 0

    def program(self) -> str:
        functions = [f"function helper{at}(n) {{ {self.body(4)} }}" for at in range(2)]
        return PRELUDE + "\n".join(functions) + f"\nfunction step(n) {{ {self.body(7)} }}\n"

    def body(self, statements: int) -> str:
        outer = list(self.names)
        text = " ".join(self.statement() for _ in range(self.random.randint(1, statements)))
        self.names = outer
        return text + f" return {self.expression()};"

    def block(self) -> str:
        outer = list(self.names)
        self.depth += 1
        text = " ".join(self.statement() for _ in range(self.random.randint(1, 3)))
        self.depth -= 1
        self.names = outer
        return "{ " + text + " }"

    def new_name(self) -> str:
        return f"v{len(self.names)}x{self.depth}x{self.random.randint(0, 999)}"

    def declaration(self) -> str:
        name = self.new_name()
        text = f"{self.random.choice(['let', 'const', 'let'])} {name} = {self.value()};"
        self.names.append(name)
        return text

    def statement(self) -> str:
        pick = self.random.choice
        simple: list[Callable[[], str]] = [
            self.declaration,
            lambda: f"counter = {self.expression()};",
            lambda: f"shared.n += {self.expression()};",
            lambda: f"shared.items.push({self.value()});",
            lambda: f"handlers.push({self.function()});",
            lambda: f"seen.set({self.expression()}, {self.value()});",
            lambda: f"tags.add({self.value()});",
            lambda: f"late = {self.value()};",
            lambda: f"implicit{self.random.randint(0, 2)} = {self.value()};",
            lambda: "if (handlers.length) shared.n += Number(handlers[n % handlers.length](n)) || 1;",
            lambda: "for (const x of shared.items) { if (x === shared) break; counter++; }",
            lambda: "if (handlers.length > 3) handlers.shift(); if (shared.items.length > 5) shared.items.length = 2;",
        ]
        if self.depth > 2:
            return pick(simple)()
        nested: list[Callable[[], str]] = [
            lambda: f"if ({self.expression()}) {self.block()} else {self.block()}",
            lambda: f"for (let i = 0; i < {self.random.randint(1, 3)}; i++) {self.block()}",
            self.attempt,
            lambda: (
                f"switch (n % 3) {{ case 0: {self.block()} case 1: {self.block()} break; default: {self.block()} }}"
            ),
        ]
        return pick(simple + nested)()

    def attempt(self) -> str:
        risky = f"if ({self.expression()}) throw {self.value()};"
        return f"try {{ {risky} }} catch (e) {self.block()} finally {self.block()}"

    def expression(self) -> str:
        if self.random.random() < 0.6:
            return self.random.choice(
                [*self.names, "1", "2.5", "'s'", "-0", "n * 3", "NaN", "null", "undefined", "'\\ud83d'"]
            )
        operator = self.random.choice(["+", "-", "*", "%", "===", "<", "&&", "||", "??", "|"])
        left, right = self.expression(), self.expression()
        return f"(({left}) {operator} ({right}))"

    def value(self) -> str:
        kinds: list[Callable[[], str]] = [
            self.expression,
            self.expression,
            self.function,
            lambda: "shared",
            lambda: "handlers",
            lambda: f"[{self.expression()}, , shared.items]",
            lambda: f"{{a: {self.expression()}, b: {self.function()}}}",
            lambda: f"new Box({self.expression()})",
            lambda: f"new Map([[{self.expression()}, shared]])",
            lambda: "new Date(n)",
            lambda: "/a+/g",
            lambda: f"Object.freeze({{k: {self.expression()}}})",
            lambda: f"new Set([{self.expression()}])",
            lambda: f"({self.function()}).bind(null, n)",
            lambda: "shared.items.values()",
            lambda: "Math.max",
            lambda: "new TypeError('t')",
            lambda: "helper0",
            lambda: "(function () { return arguments })(n, shared)",
            lambda: f"Object.create({{p: {self.expression()}}})",
        ]
        return self.random.choice(kinds)()

    def function(self) -> str:
        if self.depth > 2:
            return f"() => {self.expression()}"
        outer = list(self.names)
        self.depth += 1
        name = self.new_name()
        self.names.append(name)
        text = (
            f"function ({name}) {{ let own = 0; {self.body(2)} }}"
            if self.random.random() < 0.5
            else (f"({name}) => {{ counter += 1; {self.body(2)} }}")
        )
        self.depth -= 1
        self.names = outer
        return text
