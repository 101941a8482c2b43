"""Contract, sections 1 and 4: `doorstep serve` refuses a bad or unsafe setting, saying which and why."""

from __future__ import annotations

import stat

import httpx2
import pytest

from tests.contract.house import PASSWORD_ONLY, House, document, person, told

SOMETHING = document(PASSWORD_ONLY, people=[person("mara")])

REFUSED = {
    "an unknown variable": ({"DOORSTEP_ISUER": "http://localhost:8400"}, "ISUER"),
    "http off this machine": ({"DOORSTEP_ISSUER": "http://id.example.test"}, "ISSUER"),
    "http at another private address": ({"DOORSTEP_ISSUER": "http://192.168.1.5:8400"}, "ISSUER"),
    "an issuer that is no address": ({"DOORSTEP_ISSUER": "id.example.test"}, "ISSUER"),
    "an issuer with a query": ({"DOORSTEP_ISSUER": "https://id.example.test/?a=b"}, "ISSUER"),
    "an issuer with a fragment": ({"DOORSTEP_ISSUER": "https://id.example.test/#a"}, "ISSUER"),
    "an issuer with a password": ({"DOORSTEP_ISSUER": "https://a:b@id.example.test"}, "ISSUER"),
    "an issuer of another scheme": ({"DOORSTEP_ISSUER": "ftp://localhost"}, "ISSUER"),
    "a name that only begins like this machine": ({"DOORSTEP_ISSUER": "http://localhost.example.test"}, "ISSUER"),
    "an unknown database": ({"DOORSTEP_DATABASE_URL": "oracle://somewhere"}, "DATABASE_URL"),
    "an unknown state store": ({"DOORSTEP_STATE_URL": "carrier-pigeon://loft"}, "STATE_URL"),
    "a Firebase stand-in elsewhere": ({"DOORSTEP_FCM_ENDPOINT": "http://fcm.example.test:80"}, "FCM_ENDPOINT"),
    "a token stand-in elsewhere": ({"DOORSTEP_FCM_TOKEN_HOSTS": "tokens.example.test:443"}, "FCM_TOKEN_HOSTS"),
    "proxies that are no addresses": ({"DOORSTEP_TRUSTED_PROXIES": "the-proxy!"}, "TRUSTED_PROXIES"),
    "an unknown log format": ({"DOORSTEP_LOG_FORMAT": "poem"}, "LOG_FORMAT"),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_serve_refuses_a_bad_setting_and_names_it(house: House, case: str) -> None:
    """The exit code is not 0, the setting is named, nothing is a trace."""
    environment, name = REFUSED[case]
    done = house.run("serve", "--port", str(house.port), **environment)
    assert done.returncode != 0
    assert name.lower() in told(done).lower()
    assert "Traceback" not in told(done)
    assert len(told(done).strip()) > len(name) + 10


def test_an_unknown_setting_in_the_file_is_an_error(house: House) -> None:
    """`--config FILE` is read as strictly as the environment."""
    path = house.write("server.yaml", "issuer: http://localhost:8400\nisuer: x\n")
    done = house.run("serve", "--config", str(path), "--port", str(house.port))
    assert done.returncode != 0
    assert "isuer" in told(done)
    assert "Traceback" not in told(done)


def test_settings_may_come_from_the_file(house: House) -> None:
    """The same settings, from `--config`."""
    del house.environment["DOORSTEP_ISSUER"]
    del house.environment["DOORSTEP_DATABASE_URL"]
    path = house.write("server.yaml", f"issuer: {house.url}\ndatabase_url: sqlite:///{house.database}\n")
    assert house.run("apply", str(house.write("c.yaml", SOMETHING)), "--config", str(path)).returncode == 0
    with house.serving("--config", str(path)):
        found = httpx2.get(f"{house.url}/.well-known/openid-configuration").json()
        assert found["issuer"] == house.url


def test_serve_without_an_issuer_listens_elsewhere_only_with_https(house: House) -> None:
    """Plain http beyond loopback is refused at the start."""
    done = house.run("serve", "--host", "0.0.0.0", "--port", str(house.port))
    assert done.returncode != 0
    assert "https" in told(done)


def test_serve_makes_the_key_on_first_start_with_mode_600(house: House) -> None:
    """Embedded: the key is made in the data folder."""
    with house.serving():
        assert stat.S_IMODE(house.key.stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o644])
def test_a_key_that_others_may_read_is_refused(house: House, mode: int) -> None:
    """An unsafe key file stops the start; it is named."""
    house.apply(SOMETHING)
    house.key.chmod(mode)
    done = house.run("serve", "--port", str(house.port))
    assert done.returncode != 0
    assert "secret.key" in told(done)
    assert "Traceback" not in told(done)


@pytest.mark.parametrize("content", ["", "short", "\x00" * 64, "not a key at all, but long enough to be taken for one"])
def test_a_key_file_without_a_key_is_refused(house: House, content: str) -> None:
    """Whatever stands in the file must be a key."""
    house.apply(SOMETHING)
    house.key.write_text(content)
    done = house.run("serve", "--port", str(house.port))
    assert done.returncode != 0
    assert "Traceback" not in told(done)


@pytest.mark.parametrize(
    "environment",
    [
        {"DOORSTEP_STATE_URL": "redis://127.0.0.1:1/0"},
        {"DOORSTEP_STATE_URL": "rediss://127.0.0.1:1/0"},
        {"DOORSTEP_DATABASE_URL": "postgresql://doorstep@127.0.0.1:1/doorstep"},
    ],
)
def test_serve_makes_no_key_of_its_own_where_nodes_would_differ(house: House, environment: dict[str, str]) -> None:
    """With Redis or PostgreSQL a missing key stops the start, and none is made."""
    done = house.run("serve", "--port", str(house.port), **environment)
    assert done.returncode != 0
    assert "Traceback" not in told(done)
    assert not list(house.folder.rglob("secret.key"))


def test_the_key_file_may_lie_elsewhere(house: House) -> None:
    """`SECRET_KEY_FILE` is where it is made."""
    where = house.folder / "elsewhere.key"
    house.environment["DOORSTEP_SECRET_KEY_FILE"] = str(where)
    house.apply(SOMETHING)
    assert stat.S_IMODE(where.stat().st_mode) == 0o600
    assert not house.key.exists()


def test_a_port_in_use_is_an_error_in_words(house: House) -> None:
    """Two servers on one port: the second says so."""
    with house.serving():
        done = house.run("serve", "--port", str(house.port))
        assert done.returncode != 0
        assert "Traceback" not in told(done)
        assert str(house.port) in told(done)


def test_low_hash_costs_start_with_a_warning(house: House) -> None:
    """Values under the default are for benchmarks: they work and warn."""
    done = house.try_apply(SOMETHING)
    assert done.returncode == 0
    with house.serving():
        pass
    warned = told(done).lower() + (house.folder / "server.log").read_text().lower()
    assert "warning" in warned
    assert "argon2" in warned
