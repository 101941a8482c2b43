"""How long `doorstep apply` takes for many applications and many people: does it grow with them, and no faster?

People come with ready hashes, so that no hash is computed.  Each apply is one process's work on a fresh SQLite file;
at the end, the largest export is applied to an empty server and exported again.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authenticators.hashing import PasswordHashing
from commands.apply import tools_for
from commands.settings import Settings
from commands.stores import opened
from configuration.apply import apply
from configuration.export import as_yaml, export
from engine.model import Argon2Settings

PEOPLE = (1_000, 2_500, 5_000, 10_000)
APPLICATIONS = (100, 250, 500, 1_000)
MANY = (1_000, 10_000)
"""Applications and people together."""
FORMS = ("yaml", "json")
CHEAP = Argon2Settings(memory_kib=64, time_cost=1, parallelism=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """Processor seconds: the first time, when everything is new; the second, when nothing is; and of a whole export."""

    first: float
    again: float
    export: float
    bytes: int


def document(*, applications: int, people: int, hashed: str) -> dict[str, Any]:
    """So many applications with a flow each, and so many people with a hash."""
    steps = [{"id": 1, "options": [{"authenticator": "password"}]}, {"id": 2, "options": [{"authenticator": "push"}]}]
    script = "var onLoginRequest = function (context) {\n    executeStep(1);\n    executeStep(2);  // %d\n};\n"
    return {
        "flows": [
            {"id": f"flow-{n}", "steps": steps, "script": {"source": script % n}} for n in range(applications)
        ],
        "applications": [
            {
                "id": f"application-{n}",
                "name": f"Application {n}",
                "redirect_uris": [f"https://a{n}.example.test/callback"],
                "flow": f"flow-{n}",
                "require": ["push"],
            }
            for n in range(applications)
        ],
        "users": [
            {
                "username": f"person{n}",
                "password_hash": hashed,
                "roles": ["employee", f"team-{n % 50}"],
                "groups": [f"site-{n % 7}"],
                "claims": {
                    "http://wso2.org/claims/emailaddress": f"person{n}@example.test",
                    "http://wso2.org/claims/displayname": f"Person Number {n}",
                },
            }
            for n in range(people)
        ],
    }


def measured(whole: dict[str, Any], folder: Path, *, form: str) -> tuple[Taken, dict[str, Any]]:
    """Apply it twice to an empty server, and export it."""
    folder.mkdir()
    file = folder / f"whole.{form}"
    file.write_text(as_yaml(whole) if form == "yaml" else json.dumps(whole))
    settings = _settings(folder)
    first, again = (asyncio.run(_applied(file, settings)) for _ in range(2))
    begun = time.process_time()
    told = asyncio.run(_exported(settings))
    return Taken(first, again, time.process_time() - begun, file.stat().st_size), told


async def _applied(file: Path, settings: Settings) -> float:
    """Processor seconds from opening the stores to having closed them."""
    begun = time.process_time()
    async with opened(settings) as stores:
        await apply([file], tools_for(stores, settings))
    return time.process_time() - begun


async def _exported(settings: Settings) -> dict[str, Any]:
    async with opened(settings) as stores:
        return await export(stores.configuration)


def _settings(folder: Path) -> Settings:
    return Settings.model_construct(
        issuer=None, database_url=f"sqlite:///{folder / 'doorstep.db'}", secret_key_file=folder / "secret.key"
    )


def comes_back(told: dict[str, Any], folder: Path, *, hashed: str) -> bool:
    """Whether an export, applied to an empty server, is exported again as it was.  Hashes are in no export."""
    folder.mkdir()
    people = [{**one, "password_hash": hashed} for one in told["users"]]
    for one in people:
        del one["password"]
    file = folder / "export.yaml"
    file.write_text(as_yaml({**told, "users": people}))
    settings = _settings(folder)
    asyncio.run(_applied(file, settings))
    return asyncio.run(_exported(settings)) == told


def line(what: str, count: int, taken: Taken) -> str:
    """One row of the table."""
    each = taken.first / count * 1e6
    return (
        f"{what:<28}{taken.bytes / 1024:>9,.0f}{taken.first:>9.2f}{each:>9.0f}{taken.again:>9.2f}{taken.export:>9.2f}"
    )


def report(people: Sequence[int], applications: Sequence[int], many: tuple[int, int]) -> list[str]:
    """All rows."""
    hashed = asyncio.run(PasswordHashing().hash("a word that nobody guesses", CHEAP))
    lines = [f"{'':<28}{'KiB':>9}{'first':>9}{'us each':>9}{'again':>9}{'export':>9}"]
    with tempfile.TemporaryDirectory() as root:
        numbered = (Path(root) / str(number) for number in range(100))
        for form in FORMS:
            for count in people:
                whole = document(applications=0, people=count, hashed=hashed)
                taken, _ = measured(whole, next(numbered), form=form)
                lines.append(line(f"{count:,} people, {form}", count, taken))
        for count in applications:
            whole = document(applications=count, people=0, hashed=hashed)
            taken, _ = measured(whole, next(numbered), form="yaml")
            lines.append(line(f"{count:,} applications, yaml", count, taken))
        whole = document(applications=many[0], people=many[1], hashed=hashed)
        taken, told = measured(whole, next(numbered), form="yaml")
        lines.append(line("both together, yaml", sum(many), taken))
        same = comes_back(told, next(numbered), hashed=hashed)
    return [*lines, "", f"The export of both together, applied to an empty server, is exported the same: {same}."]


def main() -> None:
    """Print the table."""
    print("`apply` in processor seconds: everything new, then nothing new; and `export`\n")
    print("\n".join(report(PEOPLE, APPLICATIONS, MANY)))


if __name__ == "__main__":
    main()
