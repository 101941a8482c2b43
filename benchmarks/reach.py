"""Which lines and branches of a package the tests reach: runs them under coverage and prints a table.

`python -m benchmarks.reach engine tests/engine` takes as long as these tests; the package comes first, then the tests.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def measured(package: str, tests: list[str], folder: Path) -> dict[str, Any]:
    """The report of coverage, as it tells it in JSON.  Raises CalledProcessError if a test fails."""
    found, report = folder / "found", folder / "report.json"
    pytest = ["pytest", "-q", "-p", "no:cacheprovider", *tests]
    _run("run", "--branch", f"--source={package}", f"--data-file={found}", "-m", *pytest)
    _run("json", "-q", f"--data-file={found}", "-o", str(report))
    told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return told


def _run(*arguments: str) -> None:
    command = [sys.executable, "-m", "coverage", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (our own arguments)


def row(name: str, summary: dict[str, Any]) -> str:
    """Percent of lines and of branches."""
    lines = _percent(summary["covered_lines"], summary["num_statements"])
    branches = _percent(summary["covered_branches"], summary["num_branches"])
    return f"{name:<36}{summary['num_statements']:>7}{lines:>8}{summary['num_branches']:>10}{branches:>8}"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole if whole else 100:.1f}%"


def _missing(found: dict[str, Any]) -> str:
    """Lines never run, and jumps never made between lines that were."""
    lines = found["missing_lines"]
    jumps = [f"{a}->{'end' if b < 0 else b}" for a, b in found["missing_branches"] if a not in lines and b not in lines]
    return " ".join([*map(str, lines), *jumps])


def main() -> None:
    """Print the table of one package."""
    package, *tests = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        told = measured(package, tests, Path(folder))
    print(f"{package}, reached by {' '.join(tests)}\n")
    print(f"{'module':<36}{'lines':>7}{'':>8}{'branches':>10}{'':>8}  not reached")
    whole = 0
    for name, found in told["files"].items():
        missing = _missing(found)
        if missing:
            print(f"{row(name, found['summary'])}  {missing}")
        else:
            whole += 1
    print(row("all", told["totals"]))
    print(f"\n{whole} modules are reached whole and are not listed")


if __name__ == "__main__":
    main()
