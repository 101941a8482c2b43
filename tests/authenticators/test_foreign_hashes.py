"""Password hashes from elsewhere: the passwords behind them let in; hostile ones are not taken."""

from __future__ import annotations

import pytest

from authenticators import foreign_hashes
from authenticators.foreign_hashes import StoredHash, UnreadableHash, read
from authenticators.hashing import PasswordHashing
from engine.model import OrganisationSettings, User
from engine.outcome import Success
from engine.ports import ConfigurationChange
from tests.authenticators.bench import CHEAP, Bench

pytestmark = pytest.mark.anyio

PASSWORD = "correct horse"
_SALT = "c2FsdHNhbHRzYWx0c2FsdA"
_OF_BCRYPT = "$04$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2ei"
_SHA512 = "EHLBej.uEvxlmr0QnHnceg1vM6h1wbwSP5XErh3SmizNDWZsIi28RPGARe0EssjGRoiACzxgHjNvqwJY1zxKig"
HASHES = [
    f"$2a{_OF_BCRYPT}",
    f"$2b{_OF_BCRYPT}",
    f"$2y{_OF_BCRYPT}",
    "pbkdf2_sha256$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
    f"$pbkdf2-sha256$i=1000,l=32${_SALT}$BBs+1+PaslLtBPULUr8/lQicvVuHiEPMz0i8MjLCbzM",
    f"$pbkdf2-sha512$1000${_SALT}${_SHA512}",
    f"$scrypt$ln=4,r=8,p=1${_SALT}$rkTI9fAgA7thDzzR8FHXhMiojYBreJBmYTkEzWypBCQ",
    f"$argon2d$v=19$m=64,t=1,p=1${_SALT}$KdUvbYK47x4HBQgWeqag2qEi9qzTWp9YbjUAvP2Bf2E",
    f"$argon2i$v=19$m=64,t=1,p=1${_SALT}$m2Ty71nbneX+kE7BCWXHSnpMJtJ6r26bfFT0wwIdxTQ",
    f"$argon2id$v=19$m=65,t=2,p=1${_SALT}$HabPhXws6VHfFJXLziF0x2X/gibdSYtOJXzWqlzStLY",
]


async def signs_in(bench: Bench, password: str) -> bool:
    """Whether mara does."""
    login = await bench.login("password")
    return isinstance(await login.post(username="mara", password=password), Success)


@pytest.mark.parametrize("number", range(len(HASHES)))
async def test_the_password_behind_a_hash_lets_in_and_gets_one_of_ours(bench: Bench, number: int) -> None:
    """At the first good login; what was proven before still counts, for the password is the same."""
    stored = HASHES[number]
    await bench.directory.add_user(User("u-mara", "mara", "mara", password_hash=stored))
    assert not await signs_in(bench, "another horse")
    assert await signs_in(bench, PASSWORD)
    user = await bench.directory.user("u-mara")
    assert user is not None
    assert (user.password_hash or "").startswith("$argon2id$")
    assert user.credential_version == 1
    assert await signs_in(bench, PASSWORD)


def test_only_72_bytes_count_for_bcrypt() -> None:
    """As where the hash was made; more is no error."""
    stored = read("$2b$04$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2ei")
    assert not stored.fits(b"x" * 1024)
    assert not stored.fits(b"correct horse\0")


@pytest.mark.parametrize(
    "text",
    [
        "", "plain", "$1$salt$qJH7.N4xYta3aEG/dfqo/0", "{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3", "x" * 600,
        "$2b$31$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2ei",
        "$2b$15$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2ei",
        "$2b$04$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2e",
        "$2x$04$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2ei",
        "pbkdf2_sha256$2000001$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
        "pbkdf2_sha256$9999999999$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
        "pbkdf2_sha256$-1$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZLLwP2Svzmx3yu8OvDdq/J0=",
        "pbkdf2_sha256$1000$saltsalt$qQDP=ZZZZZZZZZZZZZZZZZZZZZZ",
        "pbkdf2_md5$1000$saltsalt$qQDPSZa3Ormyy9oK1Pu0ZA==",
        f"$pbkdf2-sha1$1000${_SALT}${_SHA512}",
        f"$scrypt$ln=30,r=8,p=1${_SALT}$rkTI9fAgA7thDzzR8FHXhMiojYBreJBmYTkEzWypBCQ",
        f"$scrypt$ln=18,r=16,p=1${_SALT}$rkTI9fAgA7thDzzR8FHXhMiojYBreJBmYTkEzWypBCQ",
        f"$scrypt$ln=4,r=8,p=9999${_SALT}$rkTI9fAgA7thDzzR8FHXhMiojYBreJBmYTkEzWypBCQ",
        f"$scrypt$ln=4,r=0,p=1${_SALT}$rkTI9fAgA7thDzzR8FHXhMiojYBreJBmYTkEzWypBCQ",
        f"$argon2id$v=19$m=4194304,t=1,p=1${_SALT}$KdUvbYK47x4HBQgWeqag2qEi9qzTWp9YbjUAvP2Bf2E",
        f"$argon2id$v=19$m=262144,t=100,p=1${_SALT}$KdUvbYK47x4HBQgWeqag2qEi9qzTWp9YbjUAvP2Bf2E",
        f"$argon2id$v=19$m=64,t=0,p=1${_SALT}$KdUvbYK47x4HBQgWeqag2qEi9qzTWp9YbjUAvP2Bf2E",
        f"$argon2id$v=19$m=64,t=1,p=64${_SALT}$KdUvbYK47x4HBQgWeqag2qEi9qzTWp9YbjUAvP2Bf2E",
        f"$argon2id$v=99$m=64,t=1,p=1${_SALT}$KdUvbYK47x4HBQgWeqag2qEi9qzTWp9YbjUAvP2Bf2E",
        "$argon2id$v=19$m=64,t=1,p=1$!!$!!", "$argon2id$m=64", "$argon2id$v=19$m=x,t=1,p=1$c2Fs$c2Fs",
    ],
)  # fmt: skip
def test_what_is_no_hash_or_costs_too_much_is_refused_unread(text: str) -> None:
    """With a reason that never shows it, and without computing anything."""
    with pytest.raises(UnreadableHash) as refused:
        read(text)
    assert not text or text not in str(refused.value)
    assert PasswordHashing.hash_refusal(text) == str(refused.value)


@pytest.mark.parametrize("number", range(len(HASHES)))
def test_a_decoy_costs_the_same_and_fits_nobody(number: int) -> None:
    """It reads back as a hash of that kind and cost."""
    found = read(HASHES[number])
    decoy = read(found.decoy())
    assert (decoy.kind, decoy.cost, decoy.decoy()) == (found.kind, found.cost, found.decoy())
    assert not decoy.fits(PASSWORD.encode())


async def test_a_wrong_password_is_the_same_work_whatever_hash_is_stored(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of ours and the dearest of each other kind, for nobody's name and for a name with any of them."""
    dear = [HASHES[0], HASHES[3], HASHES[6]]
    for number, stored in enumerate([*dear, None]):
        await bench.directory.add_user(User(f"u-{number}", f"u{number}", f"u{number}", password_hash=stored))
    await bench.add_user("mara")
    decoys = PasswordHashing.decoys([*dear, HASHES[9]], CHEAP)
    settings = OrganisationSettings(argon2=CHEAP, decoys=decoys[1:])
    await bench.configuration.commit(ConfigurationChange(settings=settings))
    done: list[tuple[str, int]] = []
    for kind in (foreign_hashes.Argon2, foreign_hashes.Bcrypt, foreign_hashes.Pbkdf2, foreign_hashes.Scrypt):
        monkeypatch.setattr(kind, "fits", _noting(done))
    for name in ("nobody", "mara", "u0", "u1", "u2", "u3"):
        done.clear()
        await (await bench.login("password")).post(username=name, password="wrong")
        assert sorted(done) == [("argon2id", 64), ("bcrypt", 4), ("pbkdf2-sha256", 1000), ("scrypt", 128)], name


def _noting(done: list[tuple[str, int]]) -> object:
    def fits(self: StoredHash, password: bytes) -> bool:
        done.append((self.kind, self.cost))
        return False

    return fits


def test_decoys_are_the_dearest_of_each_kind_that_is_not_ours() -> None:
    """An argon2id hash within the present cost needs none: the difference is made up."""
    dearer = "$2b$05$hCUy2CVn8Lr6PS9AZ1e6CeGKyX52DhsHjVe8VIO5HmPBY.lOlb2ei"
    made = [read(one) for one in PasswordHashing.decoys([*HASHES, dearer, "odd"], CHEAP)]
    kinds = ["argon2d", "argon2i", "argon2id", "bcrypt", "pbkdf2-sha256", "pbkdf2-sha512", "scrypt"]
    assert [one.kind for one in made] == kinds
    assert {one.cost for one in made if one.kind == "bcrypt"} == {5}
    ours = OrganisationSettings().argon2
    assert PasswordHashing.decoys([HASHES[9]], ours) == ()
