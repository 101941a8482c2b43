"""Contract, section 1: `doorstep user`, `doorstep device`, `doorstep key`, from a terminal."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.house import ENROLL, PASSWORD_ONLY, House, document, let_in, person, told
from tests.devices import Phone


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server with a few people."""
    house = House(Path(tmp_path_factory.mktemp("people")))
    people = [person(name) for name in ("mara", "noah", "ida", "uma", "ole")]
    house.apply(document(PASSWORD_ONLY, ENROLL, people=people, push={"progressive_enrollment": True}))
    with house.serving():
        yield house


def signs_in(house: House, name: str, password: str) -> bool:
    """Whether that name and password get a code."""
    return let_in(house.begin("password-only").submit(username=name, password=password))


def test_a_person_added_at_the_terminal_can_sign_in(served: House) -> None:
    """`user add NAME` reads the password from standard input."""
    done = served.run("user", "add", "lena", said="lena-is-at-the-door\n")
    assert done.returncode == 0, told(done)
    assert "lena-is-at-the-door" not in told(done)
    assert signs_in(served, "lena", "lena-is-at-the-door")


def test_a_person_is_added_once(served: House) -> None:
    """A name that is taken, in any case, is refused and its password stays."""
    for name in ("mara", "MARA"):
        done = served.run("user", "add", name, said="another-password-of-mara\n")
        assert done.returncode != 0
        assert "Traceback" not in told(done)
    assert signs_in(served, "mara", "at-the-door-of-mara")


def test_a_password_is_never_an_argument(served: House) -> None:
    """One argument too many is a usage error, whatever it says."""
    for command in (("add", "otto"), ("password", "mara")):
        assert served.run("user", *command, "a-password-as-argument", said="x\n").returncode != 0
        assert served.run("user", *command, "--password", "a-password-as-argument", said="x\n").returncode != 0
    assert signs_in(served, "mara", "at-the-door-of-mara")


@pytest.mark.parametrize("said", ["", "\n", "short\n"])
def test_no_password_or_a_short_one_adds_nobody(served: House, said: str) -> None:
    """Nothing on standard input is no password."""
    done = served.run("user", "add", "paul", said=said)
    assert done.returncode != 0
    assert "Traceback" not in told(done)
    assert served.run("user", "disable", "paul").returncode != 0


def test_a_new_password_replaces_the_old_one(served: House) -> None:
    """`user password NAME`: the old one works no longer."""
    assert served.run("user", "password", "noah", said="noahs-second-password\n").returncode == 0
    assert not signs_in(served, "noah", "at-the-door-of-noah")
    assert signs_in(served, "noah", "noahs-second-password")


def test_a_disabled_person_does_not_get_in(served: House) -> None:
    """`user disable NAME` holds for the next request."""
    assert served.run("user", "disable", "ida").returncode == 0
    browser = served.begin("password-only").submit(username="ida", password="at-the-door-of-ida")
    assert not let_in(browser)
    assert browser.page == "password"
    assert browser.alerts == ["password.wrong"]


def test_a_person_disabled_in_the_middle_of_a_login_does_not_get_in(served: House) -> None:
    """The user's state is looked at in the last moment."""
    phone = served.with_phone("uma", Phone("ec", typed=True))
    browser = served.begin("enroll").submit(username="uma")
    served.approve(phone)
    assert served.run("user", "disable", "uma").returncode == 0
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert not let_in(browser)


@pytest.mark.parametrize("command", ["password", "disable"])
def test_commands_about_nobody_are_errors(served: House, command: str) -> None:
    """A name nobody has."""
    done = served.run("user", command, "nobody", said="a-password-long-enough\n")
    assert done.returncode != 0
    assert "nobody" in told(done)
    assert "Traceback" not in told(done)


def test_devices_are_listed_and_revoked(served: House) -> None:
    """`device list` names owner and device; a revoked device approves nothing."""
    phone = served.with_phone("ole", Phone("ec", typed=True, name="Ole's phone"))
    listed = served.run("device", "list")
    assert listed.returncode == 0
    assert phone.device_id in listed.stdout
    assert "ole" in listed.stdout
    (push,) = pushed(served, phone)
    done = served.run("device", "revoke", phone.device_id)
    assert done.returncode == 0, told(done)
    assert served.answer(phone.answer(push)).status_code == 400
    assert phone.device_id not in served.run("device", "list").stdout


def pushed(house: House, phone: Phone) -> list[dict[str, str]]:
    """What waits for a phone after a login has begun."""
    assert house.begin("enroll").submit(username="ole").page == "push-wait"
    return house.pending(phone)


def test_revoking_what_is_not_there_is_an_error(served: House) -> None:
    """An id nobody has."""
    done = served.run("device", "revoke", "4f0e6a52-6f5c-4a0e-9c33-0a4a5d3b7c11")
    assert done.returncode != 0
    assert "Traceback" not in told(done)


def test_a_key_is_made_where_there_is_none(house: House) -> None:
    """`key rotate` makes a missing file, with mode 600."""
    done = house.run("key", "rotate")
    assert done.returncode == 0, told(done)
    assert stat.S_IMODE(house.key.stat().st_mode) == 0o600


def test_logins_under_way_outlive_a_new_key(served: House) -> None:
    """What the old key sealed still opens; what is sealed anew opens too."""
    browser = served.begin("password-only")
    before = served.key.read_text()
    assert served.run("key", "rotate").returncode == 0
    assert served.key.read_text() != before
    assert stat.S_IMODE(served.key.stat().st_mode) == 0o600
    assert let_in(browser.submit(username="mara", password="at-the-door-of-mara"))
    assert signs_in(served, "mara", "at-the-door-of-mara")


def test_an_unknown_command_is_a_usage_error(house: House) -> None:
    """And none of the commands of later versions is there by half."""
    done = house.run("open-sesame")
    assert done.returncode != 0
    assert "Traceback" not in told(done)
    assert json.dumps(done.returncode)
