"""Which settings a server starts with, and how the others are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.settings import BadSettings, Settings, load


@pytest.fixture(autouse=True)
def _clean(folder: Path) -> None:
    """No settings of the one who runs the tests."""


def refusal(file: Path | None = None) -> str:
    with pytest.raises(BadSettings) as caught:
        load(file)
    return str(caught.value)


def test_without_settings_the_server_is_embedded_and_local() -> None:
    """SQLite in a data folder, its key beside it."""
    settings = load()
    assert settings.is_embedded
    assert settings.key_file == Path("data/secret.key").resolve()
    assert settings.listening("127.0.0.1", 8400).issuer == "http://localhost:8400"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("ISSUER", "http://id.example.test", "must use https"),
        ("ISSUER", "https://id.example.test/path", "scheme, host and port alone"),
        ("ISSUER", "id.example.test", "not an http or https address"),
        ("DATABASE_URL", "mysql://user:hunter2@host/name", "expected postgresql"),
        ("DATABASE_URL", "sqlite://", "expected"),
        ("STATE_URL", "", "expected"),
        ("TRUSTED_PROXIES", "0.0.0.0/0", "name your proxies"),
        ("TRUSTED_PROXIES", "10.0.0.1,proxy", "'proxy' is not an address"),
        ("FCM_ENDPOINT", "http://203.0.113.5:9000", "on loopback only"),
        ("FCM_ENDPOINT", "http://127.0.0.1:9000/v1", "alone"),
        ("FCM_TOKEN_HOSTS", "localhost", "not host:port"),
        ("FCM_TOKEN_HOSTS", "localhost:1,evil.test:2", "on loopback only"),
        ("LOG_FORMAT", "xml", "'text' or 'json'"),
        ("ADMIN_HOST", "http://x", "not a host"),
    ],
)
def test_a_bad_setting_is_told_by_name_with_why(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, why: str
) -> None:
    """One line, without what may be a secret."""
    monkeypatch.setenv(f"DOORSTEP_{name}", value)
    said = refusal()
    assert said.startswith(f"DOORSTEP_{name} ")
    assert why in said
    assert "\n" not in said
    assert "hunter2" not in said


def test_an_unknown_setting_is_an_error_with_a_guess(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A mistyped setting is never silently ignored, in the environment or in a file."""
    monkeypatch.setenv("DOORSTEP_ISUER", "https://id.example.test")
    assert refusal() == "DOORSTEP_ISUER is not a setting (did you mean ISSUER?)"
    monkeypatch.delenv("DOORSTEP_ISUER")
    (tmp_path / "s.yaml").write_text("trusted_proxy: [10.0.0.1]\n")
    assert "trusted_proxy is not a setting (did you mean TRUSTED_PROXIES?)" in refusal(tmp_path / "s.yaml")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("s.yaml", "issuer: https://id.example.test\ntrusted_proxies: [10.0.0.0/8]\n"),
        ("s.json", '{"ISSUER": "https://id.example.test", "TRUSTED_PROXIES": "10.0.0.0/8"}'),
        ("s.toml", 'issuer = "https://id.example.test"\ntrusted_proxies = ["10.0.0.0/8"]\n'),
    ],
)
def test_settings_are_read_from_yaml_json_and_toml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    """The environment wins over the file."""
    (tmp_path / name).write_text(text)
    assert load(tmp_path / name).trusted_proxies == ["10.0.0.0/8"]
    monkeypatch.setenv("DOORSTEP_ISSUER", "https://other.example.test")
    monkeypatch.setenv("DOORSTEP_CONFIG", str(tmp_path / name))
    settings = load()
    assert (settings.issuer, settings.trusted_proxies) == ("https://other.example.test", ["10.0.0.0/8"])


def test_a_configuration_is_no_settings_file(tmp_path: Path) -> None:
    """And the person is told what to do with it."""
    (tmp_path / "c.yaml").write_text("applications: []\n")
    assert "doorstep apply" in refusal(tmp_path / "c.yaml")
    (tmp_path / "bad.yaml").write_text("issuer: [\n")
    assert "bad.yaml" in refusal(tmp_path / "bad.yaml")


def test_a_bad_value_in_a_file_is_told_with_the_file(tmp_path: Path) -> None:
    """Not as a variable that is not set."""
    (tmp_path / "s.yaml").write_text("log_format: xml\n")
    assert refusal(tmp_path / "s.yaml").startswith(f"{tmp_path / 's.yaml'}: log_format ")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_others_are_let_in_only_over_https(host: str) -> None:
    """Passwords never travel in the clear beyond this machine."""
    with pytest.raises(BadSettings, match="lets others in"):
        Settings().listening(host, 8400)
    assert Settings(issuer="https://id.example.test").listening(host, 8400).issuer == "https://id.example.test"


@pytest.mark.parametrize("host", ["id.example.test", "ID.example.test:443", "id.example.test:9000"])
def test_the_admin_host_is_not_the_public_one(host: str) -> None:
    """Else everybody could read what only admins may; a server for this machine alone may have one host."""
    with pytest.raises(BadSettings, match="DOORSTEP_ADMIN_HOST"):
        Settings(issuer="https://id.example.test", admin_host=host).listening("127.0.0.1", 8400)
    assert Settings(admin_host="localhost:8400").listening("127.0.0.1", 8400).admin_host == "localhost:8400"
