"""What every directory does, in memory or on a database."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from engine.errors import DirectoryError
from engine.model import LOCKING_CLAIMS, Device, User
from engine.ports import ConfigurationChange, ConfigurationStore, Directory

pytestmark = pytest.mark.anyio

MARA = User("u1", "Mara", "mara", password_hash="$argon2id$1", roles=("admin", "dev"), groups=("g",), claims={"a": "b"})
PHONE = Device(
    "d1",
    "u1",
    "Mara's phone",
    "Pixel 9",
    "fcm",
    "token",
    b"\x30\x82key",
    ("RS256", "PS256"),
    typed=True,
    metadata={"numberInput": "typed"},
    created_at=10.5,
)


async def refusal(directory: Directory, device: Device, *, limit: int = 3) -> str:
    """Why the device is not added."""
    with pytest.raises(DirectoryError) as caught:
        await directory.add_device(device, limit=limit)
    return caught.value.reason


async def test_a_user_is_found_by_id_and_by_name(directory: Directory) -> None:
    """Everything about the user comes back."""
    await directory.add_user(MARA)
    assert await directory.user("u1") == MARA
    assert await directory.user_named("mara") == MARA
    assert await directory.user("mara") is None
    assert await directory.user_named("Mara") is None


@pytest.mark.parametrize("name", ["", "\ud800", "a\0b", "x" * 600, "' OR ''='"])
async def test_a_hostile_name_finds_nobody(directory: Directory, name: str) -> None:
    """Whatever is asked for, the answer is no, never an exception."""
    await directory.add_user(MARA)
    assert await directory.user(name) is None
    assert await directory.user_named(name) is None
    assert await directory.device(name) is None
    assert await directory.devices(name) == []
    assert not await directory.change_device(name, name="x")
    assert not await directory.remove_device(name, user_id=name)


async def test_a_canonical_name_is_taken_once(directory: Directory) -> None:
    """The second user of that name is refused, whatever its id."""
    await directory.add_user(MARA)
    for other in (MARA, replace(MARA, id="u2", username="MARA")):
        with pytest.raises(DirectoryError) as caught:
            await directory.add_user(other)
        assert caught.value.reason == "name_taken"
    assert await directory.user("u2") is None


async def test_of_fifty_users_of_one_name_one_is_added(directory: Directory) -> None:
    """The unique index decides."""
    users = [replace(MARA, id=f"u{n}") for n in range(50)]
    results = await asyncio.gather(*(directory.add_user(one) for one in users), return_exceptions=True)
    assert results.count(None) == 1
    assert await directory.user_named("mara") == users[results.index(None)]


async def test_an_id_is_never_used_again(directory: Directory, configuration: ConfigurationStore) -> None:
    """Neither by a second user nor after the first is gone."""
    await directory.add_user(MARA)
    tom = User("u1", "Tom", "tom")
    for _ in range(2):
        with pytest.raises(DirectoryError) as caught:
            await directory.add_user(tom)
        assert caught.value.reason == "id_taken"
        await configuration.commit(ConfigurationChange(removed_users=["mara"]))
    assert await directory.user_named("tom") is None


async def test_a_new_password_voids_proofs_made_with_the_old(directory: Directory) -> None:
    """The credential version grows."""
    await directory.add_user(MARA)
    await directory.set_password("u1", "$argon2id$2")
    assert await directory.user("u1") == replace(MARA, password_hash="$argon2id$2", credential_version=2)


async def test_a_rehash_voids_nothing(directory: Directory) -> None:
    """The same password under another cost keeps its version."""
    await directory.add_user(MARA)
    await directory.set_password("u1", "$argon2id$2", rehash=True)
    assert await directory.user("u1") == replace(MARA, password_hash="$argon2id$2")


async def test_a_rehash_does_not_bring_back_a_password_just_changed(directory: Directory) -> None:
    """Given the hash it replaces, it does nothing once that is not the stored one any more."""
    await directory.add_user(MARA)
    await directory.set_password("u1", "$argon2id$new")
    await directory.set_password("u1", "$argon2id$old", rehash=True, replacing="$argon2id$1")
    assert await directory.user("u1") == replace(MARA, password_hash="$argon2id$new", credential_version=2)
    await directory.set_password("u1", "$argon2id$cheaper", rehash=True, replacing="$argon2id$new")
    assert await directory.user("u1") == replace(MARA, password_hash="$argon2id$cheaper", credential_version=2)


async def test_a_user_is_disabled_at_once(directory: Directory) -> None:
    """The next read says so, and after letting in again the next."""
    await directory.add_user(MARA)
    await directory.set_enabled("u1", False)
    assert await directory.user("u1") == replace(MARA, enabled=False)
    await directory.set_enabled("u1", True)
    assert await directory.user_named("mara") == MARA


async def test_claims_are_written_one_by_one(directory: Directory) -> None:
    """Those not named stay, also when many write at once."""
    await directory.add_user(MARA)
    await asyncio.gather(*(directory.set_claims("u1", {f"c{n}": str(n)}) for n in range(20)))
    await directory.set_claims("u1", {"a": "changed"})
    user = await directory.user("u1")
    assert user is not None
    assert user.claims == {"a": "changed"} | {f"c{n}": str(n) for n in range(20)}


@pytest.mark.parametrize("user_id", ["nobody", "", "\ud800"])
async def test_nobody_cannot_be_changed(directory: Directory, user_id: str) -> None:
    """A change of a user that does not exist is refused."""
    changes = (
        directory.set_password(user_id, "h"),
        directory.set_password(user_id, "h", replacing="old"),
        directory.set_enabled(user_id, True),
        directory.set_claims(user_id, {"a": "b"}),
        directory.change_roles(user_id, add=["a"]),
        directory.associate("idp", "x", user_id=user_id),
        directory.add_device(replace(PHONE, user_id=user_id), limit=3),
    )
    for change in changes:
        with pytest.raises(DirectoryError) as caught:
            await change
        assert caught.value.reason == "unknown_user"


async def test_text_that_no_database_holds_is_refused(directory: Directory) -> None:
    """A lone surrogate or NUL changes nothing."""
    with pytest.raises(DirectoryError, match="Unicode"):
        await directory.add_user(replace(MARA, claims={"a": "\ud800"}))
    await directory.add_user(MARA)
    with pytest.raises(DirectoryError, match="Unicode"):
        await directory.set_claims("u1", {"a\0": "b"})
    assert await refusal(directory, replace(PHONE, name="\udfff")) == "not_text"
    await directory.add_device(PHONE, limit=1)
    with pytest.raises(DirectoryError, match="Unicode"):
        await directory.change_device("d1", name="nul\0")
    assert await directory.user("u1") == MARA
    assert await directory.devices("u1") == [PHONE]


async def test_a_device_is_found_by_id_and_by_user(directory: Directory) -> None:
    """Everything about the device comes back."""
    await directory.add_user(MARA)
    await directory.add_device(PHONE, limit=1)
    assert await directory.device("d1") == PHONE
    assert await directory.devices("u1") == [PHONE]
    assert await directory.devices("u2") == []


async def test_devices_are_listed_oldest_first(directory: Directory) -> None:
    """By the time they were enrolled; of one instant, by the order they came."""
    await directory.add_user(MARA)
    for device_id, created_at in (("c", 2.0), ("a", 2.0), ("b", 1.0)):
        device = replace(PHONE, id=device_id, public_key=device_id.encode(), created_at=created_at)
        await directory.add_device(device, limit=9)
    assert [one.id for one in await directory.devices("u1")] == ["b", "c", "a"]


async def test_a_key_belongs_to_one_device_of_all(directory: Directory) -> None:
    """Also another user's device cannot have it."""
    await directory.add_user(MARA)
    await directory.add_user(User("u2", "Tom", "tom"))
    await directory.add_device(PHONE, limit=3)
    assert await directory.has_key(PHONE.public_key)
    assert not await directory.has_key(PHONE.public_key + b"x")
    assert await refusal(directory, replace(PHONE, id="d2")) == "key_exists"
    assert await refusal(directory, replace(PHONE, id="d2", user_id="u2")) == "key_exists"
    assert await refusal(directory, replace(PHONE, public_key=b"other")) == "device_exists"
    assert await directory.devices("u2") == []


async def test_a_user_has_no_more_devices_than_the_limit(directory: Directory) -> None:
    """Of fifty at once as many are added as may be, and the removal of one makes room for one."""
    await directory.add_user(MARA)
    devices = [replace(PHONE, id=f"d{n}", public_key=b"%d" % n) for n in range(50)]
    results = await asyncio.gather(*(directory.add_device(one, limit=3) for one in devices), return_exceptions=True)
    assert results.count(None) == 3
    assert {one.reason for one in results if isinstance(one, DirectoryError)} == {"device_limit"}
    assert len(await directory.devices("u1")) == 3
    gone = (await directory.devices("u1"))[0]
    assert await directory.remove_device(gone.id, user_id="u1")
    await directory.add_device(gone, limit=3)
    assert await refusal(directory, replace(PHONE, id="more", public_key=b"more")) == "device_limit"


async def test_of_fifty_enrolments_of_one_key_one_succeeds(directory: Directory) -> None:
    """The unique index decides, not the order of looking."""
    await directory.add_user(MARA)
    devices = [replace(PHONE, id=f"d{n}") for n in range(50)]
    results = await asyncio.gather(*(directory.add_device(one, limit=99) for one in devices), return_exceptions=True)
    assert results.count(None) == 1
    assert {one.reason for one in results if isinstance(one, DirectoryError)} == {"key_exists"}


async def test_a_device_changes_in_what_is_given(directory: Directory) -> None:
    """The rest stays as it is."""
    await directory.add_user(MARA)
    await directory.add_device(PHONE, limit=1)
    assert await directory.change_device("d1", name="New")
    assert await directory.change_device("d1", push_token="", used_at=99.5)
    assert await directory.device("d1") == replace(PHONE, name="New", push_token="", last_used_at=99.5)
    assert not await directory.change_device("d2", name="New")


async def test_a_dead_token_is_marked_once_and_a_new_one_lives(directory: Directory) -> None:
    """Only while it is the device's token; any token that the device tells takes the mark away, a name does not."""
    await directory.add_user(MARA)
    await directory.add_device(replace(PHONE, push_token="old"), limit=3)
    assert not await directory.mark_unreachable("d1", push_token="other", since=5.0)
    assert await directory.mark_unreachable("d1", push_token="old", since=5.0)
    assert not await directory.mark_unreachable("d1", push_token="old", since=6.0)
    await directory.change_device("d1", name="New", used_at=7.0)
    assert (await directory.devices("u1"))[0].unreachable_since == 5.0
    await directory.change_device("d1", push_token="old")
    assert (await directory.devices("u1"))[0].unreachable_since is None
    assert not await directory.mark_unreachable("unknown", push_token="old", since=5.0)


async def test_a_device_is_removed_only_for_its_user(directory: Directory) -> None:
    """Somebody else's wish removes nothing; a device is removed once."""
    await directory.add_user(MARA)
    await directory.add_device(PHONE, limit=1)
    assert not await directory.remove_device("d1", user_id="u2")
    assert await directory.device("d1") == PHONE
    removed = await asyncio.gather(*(directory.remove_device("d1", user_id="u1") for _ in range(50)))
    assert removed.count(True) == 1
    assert await directory.device("d1") is None


async def test_a_user_who_goes_takes_the_devices_along(directory: Directory, configuration: ConfigurationStore) -> None:
    """No device outlives its user."""
    await directory.add_user(MARA)
    await directory.add_device(PHONE, limit=1)
    await configuration.commit(ConfigurationChange(removed_users=["mara"]))
    assert await directory.user("u1") is None
    assert await directory.user_named("mara") is None
    assert await directory.device("d1") is None
    assert await directory.devices("u1") == []


async def test_roles_are_given_and_taken(directory: Directory) -> None:
    """Each once, in their order; the answer is the user as stored, and many at once lose nothing."""
    await directory.add_user(MARA)
    changed = await directory.change_roles("u1", add=["ops", "dev"], remove=["admin", "never had"])
    assert changed.roles == ("dev", "ops")
    await asyncio.gather(*(directory.change_roles("u1", add=[f"r{n}"]) for n in range(20)))
    user = await directory.user("u1")
    assert user is not None
    assert set(user.roles) == {"dev", "ops", *(f"r{n}" for n in range(20))}
    assert user.credential_version == MARA.credential_version


@pytest.mark.parametrize(
    ("roles", "reason"), [([f"r{n}" for n in range(501)], "too_many"), (["\ud800"], "not_text"), (["a\0"], "not_text")]
)
async def test_roles_that_do_not_fit_change_nothing(directory: Directory, roles: list[str], reason: str) -> None:
    """The number is bounded, and so is the text."""
    await directory.add_user(MARA)
    with pytest.raises(DirectoryError) as caught:
        await directory.change_roles("u1", add=roles)
    assert caught.value.reason == reason
    assert await directory.user("u1") == MARA


async def found(directory: Directory, claims: dict[str, str], *, limit: int = 10) -> list[str]:
    """The ids of the users with these claims."""
    return [user.id for user in await directory.users_with(claims, limit=limit)]


async def test_users_are_found_by_all_their_claims(directory: Directory) -> None:
    """Exactly, in the order of their ids, as many as are wanted."""
    for number, name in enumerate(["noah", "mara", "tom"], start=1):
        claims = {"mail": f"{name}@a.test", "unit": "7", "odd": str(number % 2)}
        await directory.add_user(User(f"u{number}", name, name, claims=claims))
    assert await found(directory, {"mail": "mara@a.test"}) == ["u2"]
    assert await found(directory, {"unit": "7"}) == ["u1", "u2", "u3"]
    assert await found(directory, {"unit": "7", "odd": "1"}) == ["u1", "u3"]
    assert await found(directory, {"unit": "7"}, limit=2) == ["u1", "u2"]
    for nobodys in ({"mail": "MARA@a.test"}, {"mail": "mara@a.tes"}, {"unit": "7", "odd": "2"}, {"mail": "*"}):
        assert await found(directory, nobodys) == []


async def test_a_user_with_many_claims_is_found_by_each(directory: Directory) -> None:
    """And by eight of them at once, also where everybody has seven."""
    claims = {f"c{n}": "v" for n in range(37)}
    await directory.add_user(replace(MARA, claims=claims))
    await directory.add_user(User("u2", "noah", "noah", claims={f"c{n}": "v" for n in range(7)}))
    assert [await found(directory, {f"c{n}": "v"}) for n in (0, 7, 36)] == [["u1", "u2"], ["u1"], ["u1"]]
    assert await found(directory, {f"c{n}": "v" for n in range(8)}) == ["u1"]


@pytest.mark.parametrize("claims", [{}, {f"c{n}": "v" for n in range(9)}, {"a": "\ud800"}, {"a\0b": ""}, {"a": "b\0"}])
async def test_claims_that_cannot_be_sought_find_nobody(directory: Directory, claims: dict[str, str]) -> None:
    """None at all, too many, and what no user can have."""
    await directory.add_user(replace(MARA, claims={f"c{n}": "v" for n in range(9)}))
    assert await found(directory, claims) == []


async def test_users_are_found_by_the_claims_they_have_now(
    directory: Directory, configuration: ConfigurationStore
) -> None:
    """Whoever writes them, and not after they are gone."""
    await configuration.commit(ConfigurationChange(users=[MARA]))
    assert await found(directory, {"a": "b"}) == ["u1"]
    await directory.set_claims("u1", {"a": "c", "d": ""})
    assert [await found(directory, one) for one in ({"a": "b"}, {"a": "c"}, {"d": ""})] == [[], ["u1"], ["u1"]]
    await configuration.commit(ConfigurationChange(users=[replace(MARA, id="other", claims={"e": "f"})]))
    assert [await found(directory, one) for one in ({"a": "c"}, {"d": ""}, {"e": "f"})] == [[], [], ["u1"]]
    await configuration.commit(ConfigurationChange(removed_users=["mara"]))
    assert await found(directory, {"e": "f"}) == []


async def test_a_user_elsewhere_is_one_of_ours(directory: Directory) -> None:
    """The first stays; a user of ours may be known by several names and providers."""
    await directory.add_user(MARA)
    await directory.add_user(User("u2", "noah", "noah"))
    assert await directory.associated("google", "m-1") is None
    assert await directory.associate("google", "m-1", user_id="u1")
    assert await directory.associate("google", "m-1", user_id="u1")
    assert not await directory.associate("google", "m-1", user_id="u2")
    assert await directory.associate("github", "m-1", user_id="u2")
    assert await directory.associated("google", "m-1") == MARA
    assert await directory.dissociate("google", "m-1")
    assert not await directory.dissociate("google", "m-1")
    assert await directory.associated("google", "m-1") is None
    assert await directory.associate("google", "m-1", user_id="u2")


async def test_of_fifty_associations_of_one_name_one_user_wins(directory: Directory) -> None:
    """And everybody is told so."""
    for number in range(10):
        await directory.add_user(User(f"u{number}", f"n{number}", f"n{number}"))
    told = await asyncio.gather(*(directory.associate("idp", "x", user_id=f"u{n % 10}") for n in range(50)))
    assert told.count(True) == 5
    assert await directory.associated("idp", "x") == await directory.user(f"u{told.index(True)}")


async def test_an_association_goes_with_its_user(directory: Directory, configuration: ConfigurationStore) -> None:
    """A new user of the same name is somebody else."""
    await directory.add_user(MARA)
    await directory.associate("google", "m-1", user_id="u1")
    await configuration.commit(ConfigurationChange(removed_users=["mara"]))
    await directory.add_user(replace(MARA, id="u2"))
    assert await directory.associated("google", "m-1") is None


@pytest.mark.parametrize("name", ["", "\ud800", "a\0b", "x" * 600])
async def test_a_hostile_name_elsewhere_is_nobodys(directory: Directory, name: str) -> None:
    """It finds nobody and cannot become anybody's."""
    await directory.add_user(MARA)
    for pair in ((name, "x"), ("x", name)):
        assert await directory.associated(*pair) is None
        assert not await directory.dissociate(*pair)
        with pytest.raises(DirectoryError, match="Unicode"):
            await directory.associate(*pair, user_id="u1")


# --- whose proofs may count no more -----------------------------------------------------------------------------------


async def noted(directory: Directory) -> dict[str, int]:
    """Who is noted, and how often."""
    return {one.user_id: one.changes for one in await directory.changed_people(limit=10)}


async def test_who_changes_a_credential_or_has_to_go_is_noted(
    directory: Directory, configuration: ConfigurationStore
) -> None:
    """By every way in which a proof may come to count no more."""
    await directory.add_user(MARA)
    await directory.add_device(PHONE, limit=3)
    await directory.set_password("u1", "$argon2id$2")
    assert await noted(directory) == {"u1": 1}
    await directory.set_enabled("u1", False)
    await directory.set_enabled("u1", True)
    await directory.set_claims("u1", {LOCKING_CLAIMS[0]: "true"})
    await directory.remove_device("d1", user_id="u1")
    assert await noted(directory) == {"u1": 5}
    await configuration.commit(ConfigurationChange(users=[replace(MARA, password_hash="$argon2id$3", enabled=False)]))
    assert await noted(directory) == {"u1": 6}
    await configuration.commit(ConfigurationChange(removed_users=["mara"]))
    assert await noted(directory) == {"u1": 7}


async def test_what_voids_no_proof_is_not_noted(directory: Directory, configuration: ConfigurationStore) -> None:
    """A renewed hash, roles, claims, a device more, a device that is not theirs."""
    await directory.add_user(MARA)
    await directory.add_device(PHONE, limit=3)
    await directory.set_password("u1", "$argon2id$2", rehash=True)
    await directory.set_password("u1", "$argon2id$3", replacing="$argon2id$1")
    await directory.change_roles("u1", add=["x"])
    await directory.set_claims("u1", {"a": "c"})
    await directory.set_enabled("u1", True)
    await directory.remove_device("d1", user_id="u2")
    await configuration.commit(ConfigurationChange(users=[replace(MARA, password_hash=None, claims={"a": "d"})]))
    assert await noted(directory) == {}


async def test_a_note_stays_if_the_person_is_changed_again_meanwhile(directory: Directory) -> None:
    """Otherwise what follows from the second change would be lost."""
    await directory.add_user(MARA)
    await directory.set_enabled("u1", False)
    (first,) = await directory.changed_people(limit=10)
    await directory.set_password("u1", "$argon2id$2")
    await directory.settle(first)
    (second,) = await directory.changed_people(limit=10)
    await directory.settle(second)
    assert await noted(directory) == {}
