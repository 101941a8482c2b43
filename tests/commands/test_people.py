"""`user`, `device`, `key`: what an operator does by hand."""

from __future__ import annotations

import asyncio
import json
import stat
import time
from pathlib import Path

import pytest

from authenticators.hashing import PasswordHashing
from authenticators.subjects import account_key
from authenticators.throttle import Throttle
from commands.settings import load
from commands.stores import opened
from engine.model import EMAIL, Device, User
from tests.account.letters import letter
from tests.commands.conftest import Run
from tests.outgoing.mail_server import served_mailbox


def user(name: str) -> User:
    async def look() -> User | None:
        async with opened(load()) as stores:
            return await stores.directory.user_named(name)

    found = asyncio.run(look())
    assert found is not None
    return found


def fits(password: str, name: str) -> bool:
    return asyncio.run(PasswordHashing().matches(password, user(name).password_hash or ""))


def test_a_user_is_added_with_a_password_from_standard_input(run: Run) -> None:
    """The password is no argument, and what is stored is its hash."""
    ran = run("user", "add", "Mara", "--role", "admin", stdin="correct horse\n")
    assert (ran.code, ran.out) == (0, "Added Mara.\n")
    assert user("mara").roles == ("admin",)
    assert fits("correct horse", "mara")
    assert run("user", "add", "zoe", "secret-in-sight").code == 2


@pytest.mark.parametrize(
    ("name", "stdin", "code"),
    [("mara", "short\n", 1), ("mara", "", 1), ("mara", "x" * 2000 + "\n", 1), ("ma\u200bra", "correct horse\n", 2)],
)
def test_a_bad_name_or_password_adds_nobody(run: Run, name: str, stdin: str, code: int) -> None:
    """And the person is told why."""
    ran = run("user", "add", name, stdin=stdin)
    assert ran.code == code
    assert ran.err
    assert "users: []" in run("export").out


def test_a_name_is_taken_in_every_spelling(run: Run) -> None:
    """Names are unique in their canonical form."""
    run("user", "add", "mara", stdin="correct horse\n")
    ran = run("user", "add", "ＭＡＲＡ", stdin="correct horse\n")
    assert ran.code == 1
    assert "already" in ran.err


def test_a_new_password_replaces_the_old(run: Run) -> None:
    """What was proven with the old one counts no longer."""
    run("user", "add", "mara", stdin="correct horse\n")
    before = user("mara").credential_version
    assert run("user", "password", "MARA", stdin="battery staple\n").code == 0
    assert fits("battery staple", "mara")
    assert not fits("correct horse", "mara")
    assert user("mara").credential_version > before


def test_a_new_password_ends_the_pause_after_wrong_ones(run: Run) -> None:
    """Whoever was locked out by strangers can sign in again."""
    run("user", "add", "mara", stdin="correct horse\n")

    async def locked(tries: int) -> bool:
        async with opened(load()) as stores:
            throttle = Throttle(stores.state, time.time)
            for _ in range(tries):
                await throttle.reserve(account_key("mara"), "198.51.100.1")
            return await throttle.is_locked(account_key("mara"), "198.51.100.1")

    assert asyncio.run(locked(6))
    assert run("user", "password", "mara", stdin="battery staple\n").code == 0
    assert not asyncio.run(locked(0))


def test_a_disabled_user_is_kept_out(run: Run) -> None:
    """Until a configuration enables them again."""
    run("user", "add", "mara", stdin="correct horse\n")
    assert run("user", "disable", "mara").code == 0
    assert not user("mara").enabled
    Path("on.yaml").write_text("users: [{username: mara, enabled: true}]\n")
    assert "changed  user mara (enabled)" in run("apply", "on.yaml").out


@pytest.mark.parametrize("command", ["password", "disable"])
def test_nobody_is_made_by_mistyping(run: Run, command: str) -> None:
    """A name that is not there is an error."""
    ran = run("user", command, "nobody", stdin="correct horse\n")
    assert ran.code == 1
    assert ran.err == "There is no user 'nobody'.\n"


def registered(name: str) -> Device:
    """A device of that user, as a phone would have registered it."""
    device = Device("d-1", user(name).id, "Phone\x1b[2J", "Pixel", provider="builtin", push_token="t",
                    public_key=b"key", algorithms=("ES256",), created_at=time.time())  # fmt: skip

    async def add() -> None:
        async with opened(load()) as stores:
            await stores.directory.add_device(device, limit=3)

    asyncio.run(add())
    return device


def test_devices_are_listed_and_revoked(run: Run) -> None:
    """A name from a phone cannot play tricks with the terminal."""
    run("user", "add", "mara", stdin="correct horse\n")
    device = registered("mara")
    assert "\x1b" not in run("device", "list").out
    (row,) = json.loads(run("device", "list", "--user", "mara", "--json").out)
    assert (row["id"], row["user"], row["last_used"]) == (device.id, "mara", None)
    assert run("device", "revoke", device.id).code == 0
    assert run("device", "list").out == "No devices are registered.\n"
    assert run("device", "revoke", device.id).code == 1


def test_admin_27_what_an_operator_resets_is_told_by_mail(run: Run, tmp_path: Path) -> None:
    """A password and a device, where mail is set up and the person has an address."""
    with served_mailbox() as box:
        mail = {"host": "127.0.0.1", "port": box.port, "from": "login@example.test"}
        users = [{"username": "mara", "claims": {EMAIL: "mara@example.test"}}]
        (tmp_path / "mail.json").write_text(json.dumps({"settings": {"mail": mail}, "users": users}))
        assert run("apply", str(tmp_path / "mail.json")).code == 0
        assert run("user", "password", "mara", stdin="battery staple\n").code == 0
        letter(box, "mara", "another password")
        assert run("device", "revoke", registered("mara").id).code == 0
        letter(box, "mara", "removed the device")


def test_what_is_done_by_hand_is_in_the_audit(run: Run) -> None:
    """With whom it was done to, never with a password."""
    run("user", "add", "mara", stdin="correct horse\n")
    run("user", "disable", "mara")

    async def recent() -> list[tuple[str, str | None]]:
        async with opened(load()) as stores:
            return [(event.name, event.username) for event in await stores.audit.recent()]

    assert asyncio.run(recent()) == [("user_disabled", "mara"), ("user_added", "mara")]


def test_a_rotated_key_still_opens_what_the_old_one_sealed(run: Run, folder: Path) -> None:
    """The file stays its owner's alone."""
    (folder / "c.yaml").write_text("settings: {secrets: {riskKey: a secret}}\n")
    run("apply", "c.yaml")
    assert "1 older" in run("key", "rotate").out
    key = folder / "data" / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "1 left" in run("apply", "c.yaml").out
    key.chmod(0o644)
    ran = run("key", "rotate")
    assert ran.code == 2
    assert "secret.key" in ran.err


def test_rotating_makes_a_missing_key(run: Run, folder: Path) -> None:
    """So that nodes can be given one before they start."""
    assert run("key", "rotate").code == 0
    assert (folder / "data" / "secret.key").exists()


def test_an_admin_is_added_or_made_of_somebody(run: Run) -> None:
    """A new person has a password; one who is there keeps theirs, and has one such role at a time."""
    assert run("admin", "add", "olga", stdin="correct horse\n").code == 0
    assert user("olga").roles == ("doorstep-owner",)
    run("user", "add", "mara", "--role", "staff", stdin="correct horse\n")
    for role in ("viewer", "publisher"):
        ran = run("admin", "add", "Mara", "--role", role)
        assert (ran.code, ran.out) == (0, f"Mara is doorstep-{role} at /console.\n")
    assert sorted(user("mara").roles) == ["doorstep-publisher", "staff"]
    assert run("admin", "add", "mara", "--role", "king").code == 2
