"""Counts what is tried of each function that scripts may call: `python -m tests.engine.functions > FILE`.

A case belongs to the function with whose name its id begins (`hasRole-refuses-null`), or which its module names as
FUNCTION.  It is a failure behaviour if the id says so; where it says neither `does` nor `refuses`, if its words do.
"""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.functions import TABLE

HERE = Path(__file__).parent
NAMES = sorted(
    [
        *(function.name for function in TABLE.functions),
        *(f"{space}.{function.name}" for space, made in TABLE.namespaces.items() for function in made),
        *TABLE.objects,
    ],
    key=str.lower,
)
_FAILURE = re.compile(r"refus|fail|throw|hostile|wrong|nobody|unknown|malformed|timeout|too_|(^|_)(no|not|never)_")


@dataclass
class Count:
    """Of one function."""

    passed: int = 0
    failed: int = 0
    refusals: int = 0


@dataclass
class Counting:
    """A plugin of pytest that looks at each result."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in NAMES})
    of_module: dict[str, str] = field(default_factory=dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Remember which function the modules are about."""
        for item in items:
            module = getattr(item, "module", None)
            self.of_module[item.nodeid] = getattr(module, "FUNCTION", "")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a case when it ended."""
        if report.when != "call" and not report.failed:
            return
        test, _, rest = report.nodeid.rpartition("::")[2].partition("[")
        function = next((name for name in NAMES if rest.startswith((f"{name}-", f"{name}]"))), None)
        function = function or self.of_module.get(report.nodeid, "")
        if function not in self.counts:
            return
        count = self.counts[function]
        said = f"{test.removeprefix('test_')} {rest}"
        count.passed += report.passed
        count.failed += report.failed
        count.refusals += "-does-" not in rest and bool(_FAILURE.search(said))


def table(counts: dict[str, Count]) -> str:
    """One line a function, and the sum."""
    width = max(map(len, counts))
    rows = [f"{'function':{width}} | cases passing | failure behaviours tried"]
    rows += [f"{name:{width}} | {_cases(count):>13} | {count.refusals:>4}" for name, count in counts.items()]
    total = Count(*(sum(getattr(one, part) for one in counts.values()) for part in ("passed", "failed", "refusals")))
    return "\n".join([*rows, f"{f'all {len(counts)}':{width}} | {_cases(total):>13} | {total.refusals:>4}"])


def _cases(count: Count) -> str:
    return f"{count.passed}/{count.passed + count.failed}"


def main(arguments: list[str]) -> int:
    """Run the tests and print the table.  arguments: further files with tests."""
    counting = Counting()
    with redirect_stdout(io.StringIO()):
        result = pytest.main(["-q", "-p", "no:cacheprovider", str(HERE), *arguments], plugins=[counting])
    print(table(counting.counts))
    return int(result)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
