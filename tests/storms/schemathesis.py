"""The management API against its own OpenAPI document: Schemathesis makes calls from the one and judges the answers.

Every check that it has: no 5xx, no status, header, type or body that is not described, nothing taken that the document
forbids, nothing refused that it allows, no call without a token, nothing there any more that was removed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from engine.admin_scopes import SCOPES
from management.table import BASE
from tests.journeys.living import configuration, living
from tests.management.callers import token_for

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = Path(__file__).with_suffix(".toml")
CALLER = "import sys; from schemathesis.cli import schemathesis; sys.argv[0] = 'schemathesis'; schemathesis()"


def check(seed: int, *, seconds: int) -> tuple[bool, str]:
    """Whether all went well, and what was told.  seconds: calls go on until they are over."""
    document = configuration()
    document["flows"] += [document["flows"][0] | {"id": "payroll-login"}]  # that of the examples
    with tempfile.TemporaryDirectory() as folder, living(Path(folder), document) as house:
        command = [sys.executable, "-c", CALLER, "--config-file", str(SETTINGS), "run"]
        command += [f"{house.url}{BASE}/openapi.json", "--url", house.url, "--checks", "all", "--workers", "1"]
        command += ["--max-time", str(seconds), "--seed", str(seed), "--no-color", "--continue-on-failure"]
        command += ["--header", f"Authorization: Bearer {token_for(house, *SCOPES)}"]
        told_more = {**os.environ, "SCHEMATHESIS_HOOKS": f"{__package__}.schemathesis_hooks", "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds + 300, cwd=folder, env=told_more
        )
        return ran.returncode == 0, (ran.stdout + ran.stderr).replace(house.url, "http://localhost")


def summary(told: str) -> str:
    """What was found and how much was tried, without the pictures that a terminal is shown."""
    _, _, after = told.partition(" SUMMARY ")
    words = {"✅": "passed", "❌": "FAILED", "⏭": "skipped", "⚠️": "note:"}
    for picture, word in words.items():
        after = after.replace(picture, word)
    lines = (line.strip("= ") if line.startswith("=") else line.rstrip() for line in after.splitlines()[1:])
    return "\n".join(lines).strip()


def main() -> None:
    """Print what was tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    well, told = check(given.seed, seconds=given.seconds)
    print(f"Schemathesis, all checks, against a running server, for {given.seconds} seconds\n")
    print(summary(told) if well else told)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
