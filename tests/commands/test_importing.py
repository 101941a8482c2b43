"""`doorstep user import` and `user unlock`: people come with the hashes they have, all of a file or nobody."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import pytest

from authenticators.subjects import account_key
from authenticators.throttle import FREE_TRIES, Throttle
from commands.settings import load
from commands.stores import opened
from engine.model import EMAIL
from tests.commands.conftest import Run
from tests.commands.test_people import fits, user

BCRYPT = "$2b$04$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2ei"
DJANGO = "pbkdf2_sha256$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0="
CSV = f"""username,password_hash,roles,enabled,{EMAIL}
mara,{BCRYPT},admin; staff,,mara@example.test

"zoe","{DJANGO}",,false,
"""


def test_people_come_from_csv(run: Run) -> None:
    """With roles, claims and hashes; an empty cell says nothing."""
    Path("people.csv").write_text(CSV)
    assert run("user", "import", "people.csv").out == "Added 2 users.\n"
    mara, zoe = user("mara"), user("zoe")
    assert (mara.roles, mara.claims, mara.enabled) == (("admin", "staff"), {EMAIL: "mara@example.test"}, True)
    assert (zoe.roles, dict(zoe.claims), zoe.enabled) == ((), {}, False)
    assert fits("correct horse", "mara")
    assert fits("correct horse", "zoe")


@pytest.mark.parametrize("whole", [True, False])
def test_people_come_from_json(run: Run, whole: bool) -> None:
    """A list of users, or an object that has it."""
    users = [{"username": "mara", "password_hash": BCRYPT}, {"username": "zoe", "password": "seven boats on a lake"}]
    Path("people.json").write_text(json.dumps({"users": users} if whole else users))
    assert run("user", "import", "people.json", "--dry-run").out == "This was a dry run: 2 users would be added.\n"
    assert run("user", "import", "people.json").code == 0
    assert fits("correct horse", "mara")
    assert fits("seven boats on a lake", "zoe")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"username,password_hash\nmara,{BCRYPT}\nzoe,$2b$31$x\n", "people.csv:3:1: users[1].password_hash: is no"),
        (f"username,password_hash\nmara,{BCRYPT}\nMARA,\n", "people.csv:3:1: users[1]: mara stands twice"),
        ("username\nmara\nOlga\n", "people.csv:3:1: users[1]: there is a user Olga already"),
        ("username\nma\u200bra\n", "people.csv:2:1: users[0].username:"),
        ("username,roles\nmara\n", "people.csv:2:1: has 1 cells, and the first line names 2 columns"),
        ("username,enabled\nmara,maybe\n", "people.csv:2:1: users[0].enabled: expected true or false"),
        ("username,shoe_size\nmara,4\n", "people.csv:1:1: there is no column 'shoe_size'"),
        ("username,username\nmara,mara\n", "people.csv:1:1: the first line names the columns"),
        ("password\nx\n", "people.csv:1:1: the first line names the columns"),
        ('username\n"mara\n', "people.csv:2:1: is not CSV"),
        ("username\nma\0ra\n", "people.csv:1:1: is not text"),
        ("", "people.csv:1:1: the first line names the columns"),
    ],
)  # fmt: skip
def test_one_fault_and_nobody_is_added(run: Run, text: str, told: str) -> None:
    """The line is told, and nothing that may be a secret."""
    run("user", "add", "olga", stdin="seven boats on a lake\n")
    Path("people.csv").write_text(text)
    ran = run("user", "import", "people.csv")
    assert (ran.code, told in ran.err) == (1, True), ran.err
    assert "Nothing was changed." in ran.err
    assert "$2b$31" not in ran.err
    assert run("export").out.count("username:") == 1


@pytest.mark.parametrize("text", ['{"users": [], "flows": []}', '"mara"', "{", '[{"username": "a", "x": 1}]'])
def test_an_import_has_users_and_nothing_else(run: Run, text: str) -> None:
    """A whole configuration is for `apply`."""
    Path("people.json").write_text(text)
    assert run("user", "import", "people.json").code == 1


def test_a_hash_in_a_configuration_counts_until_there_is_a_password(run: Run) -> None:
    """So a file may be applied again when a login has renewed the hash, or the person took another password."""
    Path("c.json").write_text(json.dumps({"users": [{"username": "mara", "password_hash": BCRYPT}]}))
    assert "added    user mara" in run("apply", "c.json").out
    assert "left     user mara" in run("apply", "c.json").out
    run("user", "password", "mara", stdin="seven boats on a lake\n")
    assert "left     user mara" in run("apply", "c.json").out
    assert fits("seven boats on a lake", "mara")


def test_a_person_has_a_password_or_a_hash(run: Run) -> None:
    """Which one would count could only be guessed."""
    both = {"username": "mara", "password_hash": BCRYPT, "password": "seven boats on a lake"}
    Path("c.json").write_text(json.dumps({"users": [both]}))
    assert "not both" in run("apply", "c.json").err


def test_the_kinds_of_foreign_hashes_are_remembered_while_they_are_there(run: Run) -> None:
    """So that a wrong password costs the same for every name."""

    async def decoys() -> tuple[str, ...]:
        async with opened(load()) as stores:
            return (await stores.configuration.settings()).decoys

    Path("people.csv").write_text(CSV)
    run("user", "import", "people.csv")
    assert len(asyncio.run(decoys())) == 2
    for name in ("mara", "zoe"):
        run("user", "password", name, stdin="seven boats on a lake\n")
    Path("nothing.yaml").write_text("{}\n")
    run("apply", "nothing.yaml")
    assert asyncio.run(decoys()) == ()


def test_a_locked_person_is_unlocked(run: Run) -> None:
    """From a terminal, without a new password; the audit has it."""
    run("user", "add", "mara", stdin="correct horse\n")

    async def lock() -> None:
        async with opened(load()) as stores:
            for _ in range(FREE_TRIES + 1):
                await Throttle(stores.state, time.time).reserve(account_key("mara"), "198.51.100.1")

    asyncio.run(lock())
    assert run("user", "unlock", "mara").out == "Unlocked mara.\n"
    assert run("user", "unlock", "mara").out == "mara was not locked; tries count anew.\n"
    assert run("user", "unlock", "nobody").code == 1


@pytest.mark.parametrize("password", ["Password2026!", "mara2026", "12345678", "iloveyou1", "x" * 1025])
def test_the_policy_holds_at_the_terminal_too(run: Run, password: str) -> None:
    """One for all ways to a new password."""
    assert run("user", "add", "mara", stdin=f"{password}\n").code == 1
    Path("c.yaml").write_text("settings: {password: {min_length: 15}}\n")
    run("apply", "c.yaml")
    assert "under 15 characters" in run("user", "add", "mara", stdin="a boat on lakes\n"[:13] + "\n").err
    assert run("user", "add", "mara", stdin="seven boats on a lake\n").code == 0
