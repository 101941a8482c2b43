"""Contract, section 1: `doorstep apply` and `doorstep export`."""

from __future__ import annotations

import json
import sqlite3
import stat
from typing import Any

import pytest

from tests.contract.house import (
    ENROLL,
    PASSWORD_FIRST,
    PASSWORD_ONLY,
    House,
    application,
    document,
    let_in,
    person,
    scripted,
    told,
)

ONE_OF_EACH = document(PASSWORD_ONLY, people=[person("mara"), person("noah")])


def altered(**changes: Any) -> dict[str, Any]:
    """The document of these tests with other lists."""
    return ONE_OF_EACH | changes


def digest(house: House) -> dict[str, Any]:
    """What is stored, as far as an export tells."""
    return house.exported()


def test_apply_says_what_it_added(house: House) -> None:
    """A first application of a file names what is new and exits with 0."""
    done = house.try_apply(ONE_OF_EACH)
    assert done.returncode == 0, told(done)
    assert "added" in done.stdout.lower()
    for name in ("password-only", "mara", "noah"):
        assert name in done.stdout


def test_applying_the_same_file_again_changes_nothing(house: House) -> None:
    """Idempotent: the second time nothing is added or changed."""
    house.apply(ONE_OF_EACH)
    first = digest(house)
    printed = house.apply(ONE_OF_EACH).lower()
    assert digest(house) == first
    assert "left" in printed or "unchanged" in printed
    assert not any(line.strip().startswith(("added:", "changed:", "+ ", "~ ")) for line in printed.splitlines())


def test_applying_the_same_file_again_leaves_the_database_rows_as_they_are(house: House) -> None:
    """A password that fits already is not hashed anew."""
    house.apply(ONE_OF_EACH)
    before = hashes(house)
    house.apply(ONE_OF_EACH)
    assert hashes(house) == before
    assert before


def hashes(house: House) -> set[str]:
    """Every argon2 hash in the database, whatever its table."""
    with sqlite3.connect(house.database) as database:
        return {word for line in database.iterdump() for word in line.split("'") if word.startswith("$argon2")}


def test_apply_says_what_it_changed(house: House) -> None:
    """A changed application is told as changed."""
    house.apply(ONE_OF_EACH)
    renamed = altered(applications=[application("password-only", "password-only") | {"name": "Wages"}])
    printed = house.apply(renamed).lower()
    assert "changed" in printed
    assert any("password-only" in line and "changed" in line for line in printed.splitlines()), printed
    assert digest(house)["applications"][0]["name"] == "Wages"


def test_a_dry_run_tells_the_same_and_changes_nothing(house: House) -> None:
    """`--dry-run` names what would be added; afterwards nothing is there."""
    printed = house.apply(ONE_OF_EACH, "--dry-run")
    assert "mara" in printed
    after = house.exported()
    assert not after.get("users")
    assert not after.get("applications")


def test_a_dry_run_on_wrong_configuration_is_an_error(house: House) -> None:
    """`--dry-run` checks as much as the real thing."""
    assert house.try_apply(altered(flows=[]), "--dry-run").returncode != 0


def test_without_prune_what_the_file_does_not_have_stays(house: House) -> None:
    """Applying half a configuration removes nothing."""
    house.apply(ONE_OF_EACH)
    house.apply({"users": [person("mara")]})
    after = digest(house)
    assert {user["username"] for user in after["users"]} == {"mara", "noah"}
    assert [app["id"] for app in after["applications"]] == ["password-only"]


def test_prune_removes_what_the_file_does_not_have(house: House) -> None:
    """`--prune` makes the database what the file says."""
    house.apply(document(PASSWORD_ONLY, ENROLL, people=[person("mara"), person("noah")]))
    house.apply(document(PASSWORD_ONLY, people=[person("mara")]), "--prune")
    after = digest(house)
    assert [app["id"] for app in after["applications"]] == ["password-only"]
    assert [flow["id"] for flow in after["flows"]] == ["password-only"]
    assert [user["username"] for user in after["users"]] == ["mara"]


BAD_ENTRIES = {
    "a key nobody knows": altered(applications=[application("a", "password-only", colour="red")]),
    "a kind nobody knows": altered(appliances=[]),
    "an application without a flow": altered(applications=[{"id": "a", "redirect_uris": ["https://a.example.test/"]}]),
    "a flow that is not there": altered(applications=[application("a", "elsewhere")]),
    "a step nobody numbered": altered(flows=[PASSWORD_ONLY | {"steps": [{"options": [{"authenticator": "push"}]}]}]),
    "an unknown authenticator": altered(
        flows=[PASSWORD_ONLY | {"steps": [{"id": 1, "options": [{"authenticator": "pigeon"}]}]}]
    ),
    "a subject step that is not there": altered(flows=[PASSWORD_ONLY | {"subject_step": 7}]),
    "two steps of one number": altered(flows=[PASSWORD_ONLY | {"steps": [PASSWORD_FIRST, PASSWORD_FIRST]}]),
    "a template that is not there": altered(flows=[PASSWORD_ONLY | {"script": {"template": "no-such-template"}}]),
    "a script file that is not there": altered(flows=[PASSWORD_ONLY | {"script": {"file": "absent.js"}}]),
    "a script that does not parse": altered(
        flows=[scripted("password-only", [PASSWORD_FIRST], "function onLoginRequest(context) { executeStep(1; }")]
    ),
    "a script with an unknown name": altered(
        flows=[scripted("password-only", [PASSWORD_FIRST], "function onLoginRequest(context) { executStep(1); }")]
    ),
    "a script without an entry point": altered(flows=[scripted("password-only", [PASSWORD_FIRST], "var a = 1;")]),
    "a script with a step that is not there": altered(
        flows=[scripted("password-only", [PASSWORD_FIRST], "function onLoginRequest(context) { executeStep(2); }")]
    ),
    "require names nothing": altered(applications=[application("a", "password-only", require=["pigeon"])]),
    "a redirect that is no address": altered(
        applications=[application("a", "password-only") | {"redirect_uris": ["payroll"]}]
    ),
    "a redirect over http to elsewhere": altered(
        applications=[application("a", "password-only") | {"redirect_uris": ["http://payroll.example.test/"]}]
    ),
    "a redirect with a fragment": altered(
        applications=[application("a", "password-only") | {"redirect_uris": ["https://payroll.example.test/#a"]}]
    ),
    "a redirect that is a script": altered(
        applications=[application("a", "password-only") | {"redirect_uris": ["javascript:alert(1)"]}]
    ),
    "the same application twice": altered(applications=[application("a", "password-only")] * 2),
    "the same person twice": altered(users=[person("mara"), person("mara")]),
    "the same person in capitals": altered(users=[person("mara"), person("MARA")]),
    "a number where a text belongs": altered(users=[{"username": 7, "password": "seven-at-the-door"}]),
    "a setting nobody knows": altered(settings={"push": {"number_chalenge": True}}),
    "a text where a truth belongs": altered(settings={"push": {"number_challenge": "yes"}}),
    "too many resends": altered(settings={"push": {"resend_attempts": 1000}}),
    "an endless request": altered(settings={"push": {"resend_interval": 6000}}),
    "a negative interval": altered(settings={"push": {"resend_interval": -1}}),
}


@pytest.mark.parametrize("entry", list(BAD_ENTRIES))
def test_one_bad_entry_applies_none(house: House, entry: str) -> None:
    """On any error the exit code says so, the message is not empty, and nothing is stored."""
    wrong = BAD_ENTRIES[entry]
    done = house.try_apply(wrong)
    assert done.returncode != 0, told(done)
    assert told(done).strip()
    assert "Traceback" not in told(done)
    after = house.exported()
    assert not after.get("users")
    assert not after.get("applications")
    assert not after.get("flows")


@pytest.mark.parametrize(
    "text",
    [
        "applications: [",
        "users: [{username: mara, username: noah, password: at-the-door-of-mara}]",
        "- just\n- a\n- list\n",
        "users: !!python/object/apply:os.system ['true']\n",
        '{"users": [}',
        "\x00",
        "users: &a [*a]",
    ],
)
def test_what_is_not_configuration_is_refused_in_words(house: House, text: str) -> None:
    """Broken YAML, duplicate keys, tags, a list: an error, never a trace."""
    done = house.try_apply(text)
    assert done.returncode != 0
    assert told(done).strip()
    assert "Traceback" not in told(done)


def test_an_empty_file_or_one_that_is_absent_does_no_harm(house: House) -> None:
    """A file that is not there is an error in words."""
    done = house.run("apply", str(house.folder / "absent.yaml"))
    assert done.returncode != 0
    assert "absent.yaml" in told(done)
    assert "Traceback" not in told(done)


def test_a_check_error_names_file_line_and_column(house: House) -> None:
    """A script in a file is told by its own name, line and column."""
    house.write("login.js", "function onLoginRequest(context) {\n    executStep(1);\n}\n")
    done = house.try_apply(altered(flows=[PASSWORD_ONLY | {"script": {"file": "login.js"}}]))
    assert done.returncode != 0
    assert "login.js:2:5" in told(done)
    assert "executeStep" in told(done)


def test_a_requirement_the_script_cannot_reach_only_warns(house: House) -> None:
    """`require: [push]` on a password flow is applied, with a warning."""
    flows = [scripted("password-only", [PASSWORD_FIRST], "function onLoginRequest(context) { executeStep(1); }")]
    done = house.try_apply(
        altered(applications=[application("password-only", "password-only", require=["push"])], flows=flows)
    )
    assert done.returncode == 0, told(done)
    assert "warning" in told(done).lower()


def test_a_flow_that_can_never_succeed_only_warns(house: House) -> None:
    """A script that always fails is applied."""
    flows = [scripted("password-only", [PASSWORD_FIRST], "function onLoginRequest(context) { fail(); }")]
    done = house.try_apply(altered(flows=flows))
    assert done.returncode == 0, told(done)


def test_apply_makes_the_database_and_the_key_with_mode_600(house: House) -> None:
    """The key file lies beside the embedded database and is its owner's alone."""
    house.apply(ONE_OF_EACH)
    assert house.database.exists()
    assert stat.S_IMODE(house.key.stat().st_mode) == 0o600


def test_apply_works_while_the_server_runs(house: House) -> None:
    """What is applied holds for logins that begin afterwards."""
    house.apply({"users": [person("mara")], "settings": {"password": {"argon2": {"memory_kib": 64, "time_cost": 1}}}})
    with house.serving():
        assert house.begin("password-only").status == 400
        house.apply(ONE_OF_EACH)
        browser = house.begin("password-only")
        for _ in range(40):
            if browser.status == 200:
                break
            browser = house.begin("password-only")
        assert browser.status == 200
        assert let_in(browser.submit(username="mara", password="at-the-door-of-mara"))


def test_json_and_several_files_are_taken_together(house: House) -> None:
    """YAML or JSON; one or many: references go across files."""
    apps = house.write("applications.json", {"applications": [application("payroll", "password-only")]})
    flows = house.write(
        "flows.yaml",
        "flows:\n  - id: password-only\n    steps:\n      - {id: 1, options: [{authenticator: password}]}\n",
    )
    done = house.run("apply", str(apps), str(flows))
    assert done.returncode == 0, told(done)
    assert [app["id"] for app in house.exported()["applications"]] == ["payroll"]


# --- export ------------------------------------------------------------------------------------------------------


def with_secrets() -> dict[str, Any]:
    """A configuration that holds each kind of secret."""
    return altered(
        applications=[application("password-only", "password-only", client_secret="a-client-secret-of-length")],
        settings={
            "password": {"argon2": {"memory_kib": 64, "time_cost": 1, "parallelism": 1}},
            "secrets": {"riskKey": "a-risk-key"},
            "mail": {
                "host": "localhost",
                "port": 25,
                "from": "login@example.test",
                "username": "u",
                "password": "a-mail-password",
                "tls": "none",
            },
        },
    )


def test_the_export_has_no_secret(house: House) -> None:
    """Neither passwords, client secrets, script secrets, the mail password nor any hash."""
    house.apply(with_secrets())
    done = house.run("export")
    assert done.returncode == 0, told(done)
    for secret in ("at-the-door", "a-client-secret", "a-risk-key", "a-mail-password", "$argon2"):
        assert secret not in told(done)
    assert "mara" in done.stdout
    assert "payroll.example.test" in done.stdout


def test_no_secret_lies_in_the_clear_on_disk(house: House) -> None:
    """Client secrets and passwords are hashes; the others are sealed."""
    house.apply(with_secrets())
    (house.folder / "configuration.yaml").unlink()
    stored = b"".join(path.read_bytes() for path in house.folder.iterdir() if path.is_file())
    for secret in (b"at-the-door-of-mara", b"a-client-secret", b"a-risk-key", b"a-mail-password"):
        assert secret not in stored


def test_an_export_can_be_applied_and_changes_nothing(house: House) -> None:
    """What `export` writes is what `apply` takes."""
    house.apply(with_secrets())
    exported = house.exported()
    house.apply(exported)
    assert house.exported() == exported
    with house.serving():
        assert house.begin("password-only").submit(username="mara", password="at-the-door-of-mara").query["code"]


def test_export_writes_to_the_file_it_is_given(house: House) -> None:
    """`--out FILE`; without it standard output."""
    house.apply(ONE_OF_EACH)
    done = house.run("export", "--out", str(house.folder / "out.yaml"))
    assert done.returncode == 0
    assert "password-only" in (house.folder / "out.yaml").read_text()
    assert json.dumps(house.exported())
