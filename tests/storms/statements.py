"""Random statements of every form, functions and whole programs; all of them end, by counters of the prelude's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.storms.expressions import COMPOUND, ExpressionWriter, Name
from tests.storms.pools import KINDS

PRELUDE: Final = (Path(__file__).parent / "prelude.js").read_text("utf-8")
LETTERS: Final = "abcdefghij"
DEEPEST_BLOCK: Final = 6


@dataclass(slots=True)
class Block:
    """Names of a block that is being written.  passed: var names that are declared in it or further in."""

    function: bool
    lexical: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)


class StatementWriter(ExpressionWriter):
    """Writes random statements."""

    def __init__(self, chance: Random, *, room: int = 150) -> None:
        super().__init__(chance, room=room)
        self.blocks = [Block(function=True)]
        self.loops: list[str] = []
        self.labels: list[str] = []
        self.in_function = False
        self._count = 0

    # --- names ------------------------------------------------------------------------------------------------------

    def fresh(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count}"

    def new_name(self, *, var: bool = False) -> str:
        """A name that may be declared here: short ones come again, so that they shadow each other."""
        around = self._function_blocks() if var else [self.blocks[-1]]
        taken = set().union(*(block.lexical if var else block.lexical | block.passed for block in around))
        free = [letter for letter in LETTERS if letter not in taken]
        name = self.chance.choice(free) if free and self.maybe(0.8) else self.fresh("n")
        if var:
            for block in around:
                block.passed.add(name)
        else:
            self.blocks[-1].lexical.add(name)
        return name

    def _function_blocks(self) -> list[Block]:
        at = max(number for number, block in enumerate(self.blocks) if block.function)
        return self.blocks[at:]

    @contextmanager
    def block(self, *, function: bool = False) -> Iterator[Block]:
        """A block with names of its own."""
        outer = list(self.names)
        self.blocks.append(Block(function))
        yield self.blocks[-1]
        self.blocks.pop()
        self.names = outer

    @contextmanager
    def function_around(self, *, arrow: bool) -> Iterator[None]:
        """The inside of a function: no jump leaves it; an arrow has no `this` of its own."""
        held = (self.loops, self.labels, self.in_function, self.functions, self.strict)
        self.loops, self.labels, self.in_function = [], [], True
        self.functions += not arrow
        with self.block(function=True):
            yield
        self.loops, self.labels, self.in_function, self.functions, self.strict = held

    # --- functions --------------------------------------------------------------------------------------------------

    def function(self, *, arrow: bool | None = None, parameters: tuple[str, ...] = ("any",)) -> str:
        self.room -= 2
        if self.maybe(0.5) if arrow is None else arrow:
            return self._arrow(parameters)
        name = self.fresh("f") if self.maybe(0.3) else ""
        with self.function_around(arrow=False):
            if name:
                self.names.append(Name(name, "fn", writable=False))
            return f"(function {name}{self._signature_and_body(parameters)})"

    def method(self, key: str) -> str:
        if self.maybe(0.1):
            name = self.chance.choice(("k", "l", "m", "toString"))
            end = self.chance.choice(("", "?.call?.(1)", " === 1"))
            return f"{key}() {{ enter(); return super.{name}{end} }}"
        with self.function_around(arrow=False):
            return f"{key}{self._signature_and_body(('any',))}"

    def _arrow(self, parameters: tuple[str, ...]) -> str:
        with self.function_around(arrow=True):
            if self.room > 0 and self.maybe(0.3):
                return f"({self._parameters(parameters)[0]} => {{ enter(); {self.body(2)} }})"
            return f"({self._parameters(parameters)[0]} => (enter(), {self.expression('any')}))"

    def _signature_and_body(self, kinds: tuple[str, ...]) -> str:
        text, simple = self._parameters(kinds)
        directive = ""
        if simple and self.maybe(0.12):
            directive, self.strict = "'use strict'; ", True
        return f"{text} {{ {directive}enter(); {self.body(3)} }}"

    def _parameters(self, kinds: tuple[str, ...]) -> tuple[str, bool]:
        """The parameters in parentheses, and whether they are simple."""
        parts = []
        simple = True
        for kind in kinds:
            name = self.new_name()
            self.names.append(Name(name, kind))
            roll = self.chance.random()
            if roll < 0.12:
                parts.append(f"{name} = (enter(), {self.expression(kind)})")
            elif roll < 0.18:
                parts.append(f"{{k: {name} = {self.literal('num')}}} = {{k: {self.literal('num')}}}")
            elif roll < 0.24:
                parts.append(f"[{name}] = [{self.literal('num')}]")
            else:
                parts.append(name)
                continue
            simple = False
        if self.maybe(0.1):
            rest = self.new_name()
            self.names.append(Name(rest, "arr"))
            return f"({', '.join([*parts, f'...{rest}'])})", False
        return f"({', '.join(parts)})", simple

    def body(self, most: int) -> str:
        """The statements of a function."""
        text = self.statements(self.chance.randint(0, most))
        return f"{text} return {self.expression('any')};" if self.maybe(0.85) else text

    # --- statements -------------------------------------------------------------------------------------------------

    def statements(self, count: int) -> str:
        return " ".join(self.statement() for _ in range(count))

    def braces(self, most: int = 3) -> str:
        with self.block():
            return f"{{ {self.statements(self.chance.randint(0, most))} }}"

    def statement(self) -> str:
        self.room -= 1
        if self.room <= 0 or len(self.blocks) > DEEPEST_BLOCK:
            return self.trace()
        roll = self.chance.random()
        if roll < 0.3:
            return self.trace()
        return self.chance.choice(_SIMPLE if roll < 0.65 else _NESTED)(self)

    def trace(self) -> str:
        if self.room <= 0 and self.names:
            return f"t({self.chance.choice(self.names).text});"
        text = f"t({self.expression('any' if self.maybe(0.6) else self.chance.choice(KINDS))});"
        return text if self.maybe(0.3) else f"try {{ {text} }} catch (e) {{ t(e); }}"

    def effect(self) -> str:
        kind = self.chance.choice(KINDS)
        operator = "=" if self.maybe(0.6) else self.chance.choice(COMPOUND)
        return self.pick(
            lambda: f"{self.target(kind)} {operator} {self.expression(kind)};",
            lambda: f"void {self.expression('any')};",
            lambda: f"{self.callee()}({self.arguments()});",
            lambda: f"{self.target('num')}{self.chance.choice(('++', '--'))};",
            lambda: f"[{self.target()}, ...{self.target()}] = {self.expression('arr')};",
            lambda: f"({{k: {self.target()}, ...{self.target()}}} = {self.expression('obj')});",
        )

    def declaration(self) -> str:
        keyword = self.chance.choice(("let", "const", "var", "let"))
        if self.maybe(0.25):
            return self._pattern_declaration(keyword)
        kind = self.chance.choice(KINDS)
        name = self.new_name(var=keyword == "var")
        early = f"try {{ t(typeof {name}); }} catch (e) {{ t(e); }} " if self.maybe(0.08) else ""
        if self.maybe(0.04):
            self.names.append(Name(name, kind, writable=keyword != "const"))
        value = "" if keyword != "const" and self.maybe(0.06) else f" = {self.expression(kind)}"
        self._declare(Name(name, kind, keyword != "const" or self.maybe(0.05)))
        return f"{early}{keyword} {name}{value};"

    def guarded(self) -> str:
        """A statement that mostly does not end the program."""
        text = self.attempt() if self.maybe(0.5) else self.chance.choice(_NESTED)(self)
        return text if self.maybe(0.1) else f"try {{ {text} }} catch (e) {{ t(e); }}"

    def _declare(self, name: Name) -> None:
        """From here on the name means this variable."""
        self.names = [*(each for each in self.names if each.text != name.text), name]

    def top_declaration(self) -> str:
        """A declaration whose value may fail without ending the program, or a function."""
        if self.maybe(0.4):
            return self.function_declaration()
        kind, keyword = self.chance.choice(KINDS), self.chance.choice(("let", "var"))
        name = self.new_name(var=keyword == "var")
        value = self.expression(kind)
        self._declare(Name(name, kind))
        return f"{keyword} {name}; try {{ {name} = {value}; }} catch (e) {{ t(e); }}"

    def _pattern_declaration(self, keyword: str) -> str:
        value = self.expression("arr" if self.maybe(0.5) else "obj")
        first, second, rest = (self.new_name(var=keyword == "var") for _ in range(3))
        default = self.expression("num")
        pattern = self.pick(
            lambda: f"[{first}, , {second} = {default}, ...{rest}]",
            lambda: f"{{k: {first}, l: {{k: {second} = {default}}} = {{}}, ...{rest}}}",
            lambda: f"{{length: {first}, [{self.key()}]: {second} = {default}, 0: [{rest}] = []}}",
            lambda: f"[{{k: {first} = {default}}} = {{}}, [{second}, ...[{rest}]] = 'xyz']",
        )
        self.names += [Name(name, "any", keyword != "const") for name in (first, second, rest)]
        return f"{keyword} {pattern} = {value};"

    def function_declaration(self) -> str:
        name = self.fresh("g")
        self.names.append(Name(name, "fn", writable=False))
        with self.function_around(arrow=False):
            return f"function {name}{self._signature_and_body(('any', 'any'))}"

    def condition(self) -> str:
        test = f"if ({self.expression('bool')})"
        if self.maybe(0.3):
            return f"{test} {self.trace()} else {self.trace()}"
        other = f" else {self.braces()}" if self.maybe(0.6) else ""
        return f"{test} {self.braces()}{other}"

    def attempt(self) -> str:
        text = f"try {self.braces()}"
        handler = self.maybe(0.75)
        if handler:
            with self.block():
                parameter = self._catch_parameter()
                text += f" catch {parameter}{{ {self.statements(self.chance.randint(0, 2))} }}"
        if not handler or self.maybe(0.5):
            text += f" finally {self.braces(2)}"
        return text

    def _catch_parameter(self) -> str:
        roll = self.chance.random()
        if roll < 0.2:
            return ""
        name = self.new_name()
        self.names.append(Name(name, "obj"))
        return f"({name}) " if roll < 0.8 else f"({{name: {name}, k = 1}}) "

    def throw(self) -> str:
        value = self.pick(lambda: self.expression("any"), lambda: f"new {self._error()}('u:{self.fresh('x')}')")
        return f"if ({self.expression('bool')}) throw {value};"

    def _error(self) -> str:
        return self.chance.choice(("Error", "TypeError", "RangeError", "SyntaxError", "EvalError", "URIError"))

    def jump(self) -> str:
        """A break, continue or return, mostly under a condition."""
        choices = [f"break {label};" for label in self.labels]
        choices += [jump for loop in self.loops for jump in (f"continue {loop};", f"break {loop};")]
        if self.loops:
            choices += ["break;", "continue;"]
        if self.in_function:
            choices += [f"return {self.expression('any')};", "return;"]
        if not choices:
            return ";"
        text = self.chance.choice(choices)
        return text if self.maybe(0.3) else f"if ({self.expression('bool')}) {text}"

    def switch(self) -> str:
        kind = self.chance.choice(("num", "str", "any"))
        with self.block():
            cases = []
            for number in range(self.chance.randint(1, 4)):
                label = "default" if number == 1 else f"case {self.expression(kind)}"
                end = "break;" if self.maybe(0.4) else ""
                cases.append(f"{label}: {self.statements(self.chance.randint(0, 2))} {end}")
            self.chance.shuffle(cases)
            return f"switch ({self.expression(kind)}) {{ {' '.join(cases)} }}"

    def labelled(self) -> str:
        label = self.fresh("L")
        self.labels.append(label)
        text = f"{label}: {self.braces() if self.maybe(0.6) else self.attempt()}"
        self.labels.pop()
        return text

    def loop(self) -> str:
        label = self.fresh("L")
        self.loops.append(label)
        with self.block():
            head, tail = self.chance.choice(_LOOPS)(self)
            with self.block():
                inner = self.statements(self.chance.randint(1, 3))
        self.loops.pop()
        return f"{label}: {head} {{ if (tick()) break; {inner} }}{tail}"


# --- loops ------------------------------------------------------------------------------------------------------------


def _counting(w: StatementWriter) -> tuple[str, str]:
    name, keyword = w.fresh("i"), w.chance.choice(("let", "let", "var"))
    w.names.append(Name(name, "num"))
    step = w.chance.choice((f"{name}++", f"{name} += 1", f"++{name}"))
    return f"for ({keyword} {name} = 0; {name} < {w.chance.randint(1, 4)}; {step})", ""


def _endless(w: StatementWriter) -> tuple[str, str]:
    return f"for (; {w.expression('bool')}; {w.expression('any')})", ""


def _while(w: StatementWriter) -> tuple[str, str]:
    return f"while ({w.expression('bool')})", ""


def _do(w: StatementWriter) -> tuple[str, str]:
    return "do", f" while ({w.expression('bool')});"


def _in(w: StatementWriter) -> tuple[str, str]:
    holder = w.object_literal() if w.maybe(0.6) else w.array_literal()
    return f"for ({_head(w, 'str', patterns=False)} in {holder})", ""


def _of(w: StatementWriter) -> tuple[str, str]:
    values = w.expression(w.chance.choice(("arr", "arr", "str", "map", "set", "iter")))
    return f"for ({_head(w, 'any', patterns=True)} of {values})", ""


def _head(w: StatementWriter, kind: str, *, patterns: bool) -> str:
    if w.maybe(0.15):
        return w.target()
    keyword = w.chance.choice(("let", "const", "var"))
    name = w.new_name(var=keyword == "var")
    w.names.append(Name(name, kind, keyword != "const"))
    return f"{keyword} [{name}]" if patterns and w.maybe(0.15) else f"{keyword} {name}"


_LOOPS: Final = (_counting, _counting, _endless, _while, _do, _in, _of, _of)
_SIMPLE: Final = (
    StatementWriter.declaration, StatementWriter.declaration, StatementWriter.effect, StatementWriter.effect,
    StatementWriter.throw, StatementWriter.jump, StatementWriter.jump, lambda w: w.chance.choice((";", "debugger;")),
)  # fmt: skip
_NESTED: Final = (
    StatementWriter.condition, StatementWriter.attempt, StatementWriter.attempt, StatementWriter.switch,
    StatementWriter.labelled, StatementWriter.loop, StatementWriter.loop, StatementWriter.function_declaration,
    StatementWriter.braces,
)  # fmt: skip


def traced_program(chance: Random) -> str:
    """A whole program whose completion value is the text of its trace."""
    writer = StatementWriter(chance)
    writer.strict = chance.random() < 0.25
    directive = "'use strict';\n" if writer.strict else ""
    parts = []
    for _ in range(chance.randint(3, 6)):
        writer.room = 40
        parts.append(writer.top_declaration() if chance.random() < 0.4 else writer.guarded())
    shown = " ".join(f"t({name.text});" for name in writer.names)
    inner = "\n".join(parts) + f"\n{shown}"
    if chance.random() < 0.2:
        inner = f"(function () {{ {inner} }})()"
    return f"{directive}{PRELUDE}\n{inner}\ntrace.join('\\n')"
