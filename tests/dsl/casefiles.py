"""The case files of the language, `cases/**/*.js`, as the tests read them.  Runs nothing.

`// rule: ID` begins the cases of one rule of docs/language.md.  A case is a program of one line or more; its last line
ends in `// -> RESULT`:

    a value              1   "text"   -0   [1, hole]   {a: undefined}   function f   <TypeError>   Date(1970-...)
    throws NAME          an exception that the script does not catch
    syntax error         it is no script         early error   it breaks a rule that holds before running
    limit                it was stopped       suspends       it waits for the host

Endings may go on with a place, `2:5`, and with `: ` and the message.  Between cases stand empty lines and comments;
two of them say something about the next case: `// differs: WHY` that another engine gives something else, and
`// with: fuel=1000 memory=5000` how it is run: fuel, memory, depth; clock (ms); random (thousandths); host=1 for the
functions and libraries of showing.py; restart=1 to store the run after its top level and show what f() gives after
loading it.  `«U+2028»` stands for a character that could not be seen, `«( x 201»` for a text so many times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).with_name("cases")

_RESULT = re.compile(r"^(.*?)(?:^|[ ]+)// -> (.*)$", re.DOTALL)
_REMARK = re.compile(r"^// (rule|with|differs): (.*)$")
_EXPECTED = re.compile(r"^(throws \S+?|syntax error|early error|limit|suspends)(?: (\d+:\d+))?(?:: (.*))?$")
_CHARACTER = re.compile(r"«U\+([0-9A-F]{4,6})»")
_REPEATED = re.compile(r"«(.*?) x (\d+)»")


@dataclass(frozen=True, slots=True)
class Case:
    """One program and what it gives.  line: of its result; differs: why another engine gives something else."""

    file: str
    line: int
    rule: str
    source: str
    expected: str
    settings: tuple[tuple[str, int], ...] = ()
    differs: str = ""

    @property
    def area(self) -> str:
        """The folder that the case file is in."""
        return self.file.partition("/")[0]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program gave: a value as it is shown, or how it ended instead, with place and message."""

    ending: str
    place: str = ""
    message: str = ""

    def is_as(self, expected: str) -> bool:
        """Whether it is what a case file says; a place or a message that is not said does not matter."""
        told = _EXPECTED.match(expected)
        if told is None:
            return self == Outcome(expected)
        ending, place, message = told.groups()
        return self.ending == ending and place in (None, self.place) and message in (None, self.message)

    def __str__(self) -> str:
        return f"{self.ending} {self.place}: {self.message}" if self.place or self.message else self.ending


def cases() -> list[Case]:
    """Every case of every file, in order."""
    return [case for path in sorted(CASES.rglob("*.js")) for case in cases_of(path)]


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of one file.  Raises ValueError for a file that is not in the format."""
    file = path.relative_to(CASES).as_posix()
    rule, remarks, program = "", dict[str, str](), list[str]()
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not program and (not line.strip() or (line.startswith("//") and not line.startswith("// ->"))):
            if remark := _REMARK.match(line):
                rule, remarks = (remark[2], {}) if remark[1] == "rule" else (rule, {**remarks, remark[1]: remark[2]})
            continue
        found = _RESULT.match(line)
        program.append(found[1] if found else line)
        if found:
            source = _with_characters("\n".join(program))
            yield Case(file, number, rule, source, found[2].strip(), _settings(remarks), remarks.get("differs", ""))
            remarks, program = {}, []
    if program and "".join(program).strip():
        raise ValueError(f"{file}: the last program has no result")


def _settings(remarks: dict[str, str]) -> tuple[tuple[str, int], ...]:
    pairs = (each.split("=") for each in remarks.get("with", "").split())
    return tuple((name, int(value)) for name, value in pairs)


def _with_characters(text: str) -> str:
    text = _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)
    return _REPEATED.sub(lambda found: found[1] * int(found[2]), text)
