"""The share of conformance: `python -m tests.dsl.conformance` runs every case and prints what passes, area by area."""

from __future__ import annotations

import re
from collections import Counter

from tests.docs.documents import DOCS, section
from tests.dsl.casefiles import CASES, cases
from tests.dsl.showing import outcome_of

LEAST_CASES = 3
"""Every rule has so many cases at least."""

_RULE = re.compile(r'<a id="(r-[^"]+)"></a>')


def rules(*, below: str = "") -> list[str]:
    """The rules of docs/language.md, or of one of its sections, in order."""
    text = section(DOCS / "language.md", below) if below else (DOCS / "language.md").read_text("utf-8")
    return _RULE.findall(text)


def main() -> None:
    """Print the table; the exit code tells whether all pass."""
    passed, total, differing = Counter[str](), Counter[str](), Counter[str]()
    told: dict[str, set[str]] = {}
    failing: list[str] = []
    for case in cases():
        good = outcome_of(case.source, case.settings).is_as(case.expected)
        total[case.area] += 1
        passed[case.area] += good
        differing[case.area] += bool(case.differs)
        told.setdefault(case.area, set()).add(case.rule)
        failing += [] if good else [f"{case} {case.rule}"]
    print(f"{len(rules())} rules, {len(list(CASES.rglob('*.js')))} case files, {total.total()} programs\n")
    print(f"{'area':<14}{'rules':>6}{'programs':>10}{'pass':>8}{'share':>9}{'differing':>11}")
    for area in total:
        print(_row(area, len(told[area]), (total[area], passed[area], differing[area])))
    print(_row("all", sum(map(len, told.values())), (total.total(), passed.total(), differing.total())))
    print("\ndiffering: programs for which another engine gives something else; each says why, by a rule or a clause.")
    for line in failing:
        print(f"fails: {line}")
    raise SystemExit(bool(failing))


def _row(area: str, rules: int, programs: tuple[int, int, int]) -> str:
    total, passed, differing = programs
    return f"{area:<14}{rules:>6}{total:>10}{passed:>8}{passed / total:>9.1%}{differing:>11}"


if __name__ == "__main__":
    main()
