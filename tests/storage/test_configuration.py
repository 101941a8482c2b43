"""What every configuration store does, in memory or on a database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.errors import Busy, Changed, DirectoryError
from engine.model import (
    Application,
    Flow,
    Library,
    MailSettings,
    Option,
    OrganisationSettings,
    PushSettings,
    Step,
    User,
)
from engine.ports import Audit, AuditEvent, ConfigurationChange, ConfigurationStore, Directory, ScriptVersion
from storage.sealing import Sealer
from storage.sql.configuration import SqlConfiguration
from storage.sql.database import Database
from storage.sql.engine import SqliteDatabase
from storage.sql.tables import configuration as configuration_table
from storage.sql.tables import configuration_version, secrets

pytestmark = pytest.mark.anyio

PAYROLL = Application(
    "payroll",
    "Payroll ✓",
    ("http://localhost:8401/callback",),
    "payroll-login",
    post_logout_redirect_uris=("http://localhost:8401/",),
    secret_hash="$argon2id$x",
    native_api=True,
    require=frozenset({"push", "password"}),
    acr_values=("urn:doorstep:1",),
    enabled=False,
)
LOGIN = Flow("payroll-login", (Step(1, (Option("push"), Option("password"))),), script="function onLoginRequest() {}")
SETTINGS = OrganisationSettings(
    push=PushSettings(number_challenge=True), http_allow=("api.example.test",), mail=MailSettings("h", 25, "a@b.test")
)
RULES = Library("rules.js", "module.exports = 1; // ключ")
MARA = User("u1", "Mara", "mara", password_hash="h1", roles=("a",))
EVERYTHING = ConfigurationChange(
    applications=[PAYROLL],
    flows=[LOGIN],
    users=[MARA],
    libraries=[RULES],
    settings=SETTINGS,
    secrets={"riskKey": "s3cret-canary ключ", "mail.password": ""},
)


async def is_empty(configuration: ConfigurationStore) -> bool:
    """Whether nothing at all is configured."""
    things = (
        await configuration.applications(),
        await configuration.flows(),
        await configuration.users(),
        await configuration.libraries(),
        await configuration.secret_names(),
    )
    return not any(things) and await configuration.settings() == OrganisationSettings()


async def test_a_new_store_is_empty(configuration: ConfigurationStore) -> None:
    """Nothing is configured, and the settings are the defaults."""
    assert await is_empty(configuration)
    assert await configuration.application("payroll") is None
    assert await configuration.flow("payroll-login") is None
    assert await configuration.secret("riskKey") is None


async def test_everything_comes_back_as_it_was_committed(
    configuration: ConfigurationStore, directory: Directory
) -> None:
    """Each part, one by one and in lists."""
    await configuration.commit(EVERYTHING)
    assert await configuration.application("payroll") == PAYROLL
    assert await configuration.flow("payroll-login") == LOGIN
    assert await configuration.settings() == SETTINGS
    assert await configuration.applications() == [PAYROLL]
    assert await configuration.flows() == [LOGIN]
    assert await configuration.libraries() == [RULES]
    assert await configuration.users() == [MARA] == [await directory.user("u1")]
    assert await configuration.secret_names() == ["mail.password", "riskKey"]
    assert await configuration.secret("riskKey") == "s3cret-canary ключ"
    assert await configuration.secret("mail.password") == ""


async def test_lists_are_in_order(configuration: ConfigurationStore) -> None:
    """By id or name, whenever they came."""
    change = ConfigurationChange(
        applications=[replace(PAYROLL, id=one) for one in "bac"],
        flows=[replace(LOGIN, id=one) for one in "bac"],
        libraries=[Library(one, "") for one in "bac"],
        users=[User(f"u{one}", one, one) for one in "bac"],
    )
    await configuration.commit(change)
    assert [one.id for one in await configuration.applications()] == list("abc")
    assert [one.id for one in await configuration.flows()] == list("abc")
    assert [one.name for one in await configuration.libraries()] == list("abc")
    assert [one.canonical for one in await configuration.users()] == list("abc")


async def test_a_commit_changes_what_it_names(configuration: ConfigurationStore) -> None:
    """The rest stays."""
    await configuration.commit(EVERYTHING)
    changed = replace(PAYROLL, name="New")
    await configuration.commit(ConfigurationChange(applications=[changed], secrets={"riskKey": "other"}))
    assert await configuration.application("payroll") == changed
    assert await configuration.secret("riskKey") == "other"
    assert await configuration.settings() == SETTINGS
    assert await configuration.flows() == [LOGIN]
    assert await configuration.secret_names() == ["mail.password", "riskKey"]


async def test_a_commit_removes_what_it_names(configuration: ConfigurationStore) -> None:
    """What is not there need not be; what is both removed and given is there."""
    await configuration.commit(EVERYTHING)
    change = ConfigurationChange(
        applications=[PAYROLL],
        secrets={"riskKey": None, "never": None},
        removed_applications=["payroll", "never"],
        removed_flows=["payroll-login", "never"],
        removed_users=["mara", "never"],
        removed_libraries=["rules.js", "never"],
    )
    await configuration.commit(change)
    assert await configuration.applications() == [PAYROLL]
    assert not await configuration.flows()
    assert not await configuration.users()
    assert not await configuration.libraries()
    assert await configuration.secret("riskKey") is None
    assert await configuration.secret_names() == ["mail.password"]


async def test_a_user_that_exists_keeps_its_id(configuration: ConfigurationStore, directory: Directory) -> None:
    """By canonical name; the rest is as given."""
    await configuration.commit(EVERYTHING)
    await configuration.commit(ConfigurationChange(users=[replace(MARA, id="other", username="MARA", roles=("b",))]))
    assert await directory.user("u1") == replace(MARA, username="MARA", roles=("b",))
    assert await directory.user("other") is None


async def test_another_password_in_a_commit_is_another_credential(
    configuration: ConfigurationStore, directory: Directory
) -> None:
    """The version grows; the same hash, or none given, changes nothing."""
    await configuration.commit(EVERYTHING)
    await configuration.commit(ConfigurationChange(users=[replace(MARA, id="x", password_hash="h2")]))
    assert await directory.user("u1") == replace(MARA, password_hash="h2", credential_version=2)
    await configuration.commit(ConfigurationChange(users=[replace(MARA, id="x", password_hash=None)]))
    await configuration.commit(ConfigurationChange(users=[replace(MARA, id="x", password_hash="h2")]))
    assert await directory.user("u1") == replace(MARA, password_hash="h2", credential_version=2)


@pytest.mark.parametrize(
    "bad",
    [
        {"users": [User("u9", "Tom", "tom"), User("u9", "Eve", "eve")]},
        {"users": [User("u9", "Tom\ud800", "tom")]},
        {"applications": [replace(PAYROLL, id="")]},
        {"applications": [replace(PAYROLL, name="\ud800")]},
        {"flows": [replace(LOGIN, script="\udfff")]},
        {"libraries": [Library("a\0b", "")]},
        {"secrets": {"": "x"}},
        {"secrets": {"a": "\ud800"}},
    ],
)
async def test_a_commit_is_all_or_nothing(configuration: ConfigurationStore, bad: dict[str, Any]) -> None:
    """One part that cannot be stored, and nothing is."""
    with pytest.raises(DirectoryError):
        await configuration.commit(replace(EVERYTHING, **bad))
    assert await is_empty(configuration)


async def test_a_commit_that_fails_late_leaves_the_old_configuration(
    configuration: ConfigurationStore, directory: Directory
) -> None:
    """Removals of the same commit are undone as well."""
    await configuration.commit(EVERYTHING)
    change = ConfigurationChange(
        removed_users=["mara"], removed_applications=["payroll"], users=[User("u1", "Tom", "tom")]
    )
    with pytest.raises(DirectoryError) as caught:
        await configuration.commit(change)
    assert caught.value.reason == "id_taken"
    assert await directory.user("u1") == MARA
    assert await configuration.application("payroll") == PAYROLL


# --- on a database ----------------------------------------------------------------------------------------------------


async def test_another_process_sees_a_change(
    database: SqliteDatabase, other_database: SqliteDatabase, sealer: Sealer
) -> None:
    """What it holds in memory is dropped when the version is another, the same when it is not."""
    one, other = SqlConfiguration(database, sealer), SqlConfiguration(other_database, sealer, fresh=0)
    await one.commit(EVERYTHING)
    before = await other.application("payroll")
    assert before == PAYROLL
    assert await other.application("payroll") is before
    await one.commit(ConfigurationChange(applications=[replace(PAYROLL, name="New")]))
    assert await other.application("payroll") == replace(PAYROLL, name="New")


async def test_an_own_change_is_seen_at_once(database: SqliteDatabase, sealer: Sealer) -> None:
    """However long what is in memory may be used."""
    configuration = SqlConfiguration(database, sealer, fresh=3600)
    assert await configuration.application("payroll") is None
    await configuration.commit(EVERYTHING)
    assert await configuration.application("payroll") == PAYROLL


async def test_a_secret_is_sealed_and_bound_to_its_name(database: SqliteDatabase, sealer: Sealer) -> None:
    """It is not in the database in clear, and moved to another name it cannot be read."""
    told: list[tuple[str, str]] = []

    async def tampered(kind: str, key: str) -> None:
        told.append((kind, key))

    configuration = SqlConfiguration(database, sealer, tampered=tampered)
    await configuration.commit(EVERYTHING)
    sealed = (await database.read(database.prepare(secrets.select().where(secrets.c.name == "riskKey"))))[0][1]
    assert b"canary" not in sealed
    await database.write(
        database.prepare(secrets.update().where(secrets.c.name == "mail.password").values(sealed=sealed))
    )
    assert await configuration.secret("mail.password") is None
    assert told == [("secret", "mail.password")]
    assert await configuration.secret("riskKey") == "s3cret-canary ключ"


async def test_an_unreadable_document_does_not_exist(database: SqliteDatabase, sealer: Sealer) -> None:
    """The others are unharmed."""
    configuration = SqlConfiguration(database, sealer, fresh=0)
    await configuration.commit(EVERYTHING)
    await spoil(database, "application", '{"id": 3}')
    assert await configuration.application("payroll") is None
    assert await configuration.flow("payroll-login") == LOGIN


async def test_unreadable_settings_stop_everything(database: SqliteDatabase, sealer: Sealer) -> None:
    """Defaults in their place could be weaker than what was set."""
    configuration = SqlConfiguration(database, sealer, fresh=0)
    await configuration.commit(EVERYTHING)
    await spoil(database, "settings", "not JSON")
    with pytest.raises(Busy):
        await configuration.settings()


async def test_without_a_version_nothing_is_answered_from_memory(database: SqliteDatabase, sealer: Sealer) -> None:
    """A database that lost its version row is none to trust."""
    configuration = SqlConfiguration(database, sealer, fresh=0)
    await configuration.commit(EVERYTHING)
    assert await configuration.application("payroll") == PAYROLL
    await database.write(database.prepare(configuration_version.delete()))
    with pytest.raises(Busy):
        await configuration.application("payroll")


async def spoil(database: Database, kind: str, text: str) -> None:
    """Overwrite documents behind the store's back, in a new version."""
    table = configuration_table
    await database.write(database.prepare(table.update().where(table.c.kind == kind).values(document=text)))
    await SqlConfiguration(database, Sealer([bytes(32)])).commit(ConfigurationChange())


async def test_a_change_that_rests_on_an_older_version_is_refused(configuration: ConfigurationStore) -> None:
    """Of two that have read the same, one wins; nothing of the other is stored."""
    version = await configuration.version()
    await configuration.commit(ConfigurationChange(libraries=[RULES], version=version))
    with pytest.raises(Changed):
        await configuration.commit(ConfigurationChange(flows=[LOGIN], users=[MARA], version=version))
    assert await configuration.flows() == await configuration.users() == []
    assert await configuration.version() > version


async def test_a_change_that_rests_on_another_user_is_refused(
    configuration: ConfigurationStore, directory: Directory
) -> None:
    """Whoever changed the user meanwhile, the directory too; None says that there is nobody of the name."""
    await configuration.commit(ConfigurationChange(users=[MARA], users_before={"mara": None}))
    before = await directory.user("u1")
    await directory.set_password("u1", "h2")
    for read in (before, None):
        with pytest.raises(Changed):
            await configuration.commit(ConfigurationChange(users=[MARA], users_before={"mara": read}))
    now = await directory.user("u1")
    assert now is not None
    assert now.password_hash == "h2"
    await configuration.commit(ConfigurationChange(users=[MARA], users_before={"mara": now}))


async def test_a_change_brings_its_line_in_the_audit(configuration: ConfigurationStore, audit: Audit) -> None:
    """Both or none."""
    event = AuditEvent("flow_added", 1.0)
    await configuration.commit(ConfigurationChange(flows=[LOGIN], events=[event]))
    with pytest.raises(Changed):
        await configuration.commit(ConfigurationChange(version=-1, events=[event]))
    assert list(await audit.recent()) == [event]


async def test_users_are_found_by_name_and_page_by_page(configuration: ConfigurationStore) -> None:
    """In the order of their canonical names; names that nobody has, or can have, find nobody."""
    people = [User(f"u{n}", f"n{n:03}", f"n{n:03}") for n in range(120)]
    await configuration.commit(ConfigurationChange(users=people))
    names = [user.canonical for user in people]
    found = await configuration.users_named([*names, "n000", "nobody", "\ud800", ""])
    assert sorted(found, key=lambda user: user.canonical) == people
    assert await configuration.users_named([]) == []
    assert await configuration.users_page(after="", limit=3) == people[:3]
    assert await configuration.users_page(after="n117", limit=3) == people[118:]


async def test_roles_and_groups_are_those_that_somebody_has(configuration: ConfigurationStore) -> None:
    """Counted by name; each by exactly that name, whatever quotes, commas and capitals others have in theirs."""
    names = ["a", "A", "Internal/a", 'x"a', "a,b", 'x,"a"', "%", "é"]
    people = [User(f"u{n}", f"n{n}", f"n{n}", roles=tuple(names[: n + 1]), groups=("all",)) for n in range(8)]
    await configuration.commit(ConfigurationChange(users=[*people, User("u8", "n8", "n8")]))
    assert await configuration.words("roles") == sorted((name, 8 - n) for n, name in enumerate(names))
    assert await configuration.words("groups") == [("all", 8)]
    for n, name in enumerate(names):
        assert await configuration.users_with_word("roles", name, after="", limit=9) == people[n:]
    assert await configuration.users_with_word("groups", "all", after="n2", limit=2) == people[3:5]
    for unknown in ("al", "\ud800", "", "\0"):
        assert await configuration.users_with_word("groups", unknown, after="", limit=2) == []


async def test_every_change_of_a_script_is_kept(configuration: ConfigurationStore) -> None:
    """With when, by whom and why; a hundred of them, and none of a flow that is removed."""
    for number in range(103):
        flow = replace(LOGIN, script=f"// {number}")
        await configuration.commit(ConfigurationChange(flows=[flow], at=float(number), by="me", why="so"))
    await configuration.commit(ConfigurationChange(flows=[replace(LOGIN, script="// 102", subject_step=2)]))
    found = await configuration.script_versions(LOGIN.id, before=10**9, limit=200)
    assert len(found) == 100
    assert found[0] == ScriptVersion(LOGIN.id, 103, 102.0, "me", "so", "// 102")
    assert [one.number for one in await configuration.script_versions(LOGIN.id, before=50, limit=2)] == [49, 48]
    await configuration.commit(ConfigurationChange(removed_flows=[LOGIN.id]))
    assert list(await configuration.script_versions(LOGIN.id, before=10**9, limit=9)) == []
    assert list(await configuration.script_versions("\ud800", before=9, limit=9)) == []
