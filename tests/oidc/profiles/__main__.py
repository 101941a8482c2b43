"""`python -m tests.oidc.profiles` tries every case against a living server and prints how each went."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oidc.profiles import basic, config, logout
from tests.oidc.profiles.stage import Case, Stage, stage

PROFILES = {"Basic": basic.CASES, "Config": config.CASES, "RP-Initiated Logout": logout.CASES}


def _tried(case: Case, on: Stage) -> str:
    try:
        case(on)
    except Exception as error:
        return f"FAILED ({type(error).__name__})"
    return "passed"


def main() -> None:
    """The table."""
    with TemporaryDirectory() as folder, stage(Path(folder)) as on:
        for name, cases in PROFILES.items():
            went = {rule: _tried(case, on) for rule, case in cases.items()}
            print(f"{name}: {list(went.values()).count('passed')} of {len(went)} passed\n")
            for rule, how in went.items():
                print(f"  {how}  {rule}")
            print()


if __name__ == "__main__":
    main()
