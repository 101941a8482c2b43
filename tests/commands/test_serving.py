"""`serve` and `demo`: real processes that answer, and what they refuse to start with."""

from __future__ import annotations

import socket
import stat
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
import yaml

from commands.settings import Settings
from tests.commands.conftest import Run, free_ports, started
from tests.journeys.living import House, configuration


def get(url: str) -> httpx2.Response:
    with httpx2.Client(trust_env=False) as client:
        return client.get(url)


def test_the_demo_prints_what_to_open_once_everything_answers(folder: Path) -> None:
    """Server, sample application and phone answer at once; the names and passwords are there."""
    port = free_ports()
    with started("demo", "--port", str(port), "--data", "kept", until="Ctrl-C") as printed:
        assert f"http://localhost:{port}/phone" in printed
        assert f"http://localhost:{port + 1}/" in printed
        assert "mara-at-the-door" in printed
        issuer = get(f"http://localhost:{port}/.well-known/openid-configuration").json()["issuer"]
        assert issuer == f"http://localhost:{port}"
        assert 'data-page="phone"' in get(f"http://localhost:{port}/phone").text
        assert get(f"http://localhost:{port + 1}/").status_code == 200
        assert get(f"http://localhost:{port + 1}/login").headers["location"].startswith(f"{issuer}/oauth2/authorize?")
    assert stat.S_IMODE((folder / "kept").stat().st_mode) == 0o700


@pytest.mark.parametrize("offset", [0, 1])
def test_a_taken_port_is_told(run: Run, offset: int) -> None:
    """With its number and what to do; nothing is left running."""
    port = free_ports()
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", port + offset))
        taken.listen()
        ran = run("demo", "--port", str(port))
    assert ran.code == 1
    assert f"Port {port + offset} is taken" in ran.err


def test_several_workers_serve_one_database(run: Run, folder: Path) -> None:
    """The configuration is applied while they run, and seen."""
    port = free_ports()
    issuer = f"http://localhost:{port}"
    with started("serve", "--port", str(port), "--workers", "2", until="Doorstep serves") as printed:
        assert issuer in printed
        transport = httpx2.HTTPTransport(retries=0)
        with httpx2.Client(trust_env=False, transport=transport, timeout=60) as client:
            assert client.get(f"{issuer}/healthz").status_code == 200
            assert client.get(f"{issuer}/readyz").status_code == 200
        (folder / "c.yaml").write_text("users: [{username: mara, password: mara-at-the-door}]\n")
        assert run("apply", "c.yaml").code == 0


def test_workers_add_up_what_they_count(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever worker is asked for metrics tells of all."""
    port = free_ports()
    monkeypatch.setenv("DOORSTEP_ADMIN_HOST", "metrics.internal")
    (folder / "c.yaml").write_text(yaml.safe_dump(configuration()))
    assert run("apply", "c.yaml").code == 0
    with started("serve", "--port", str(port), "--workers", "2", until="Doorstep serves"):
        house = House(f"http://localhost:{port}", Settings.model_construct())
        for _ in range(12):  # each on a connection of its own, and so at either worker
            assert httpx2.get(house.authorize(), timeout=60).status_code == 303
        for _ in range(6):
            told = httpx2.get(f"{house.url}/metrics", headers={"Host": "metrics.internal"}, timeout=60)
            assert 'doorstep_logins_total{application="payroll",outcome="started"} 12.0' in told.text


@pytest.mark.parametrize(
    ("name", "value"),
    [("DOORSTEP_ISSUER", "http://id.example.test"), ("DOORSTEP_NONSENSE", "1"), ("DOORSTEP_DATABASE_URL", "x")],
)
def test_serve_does_not_start_on_a_bad_setting(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Exit code 2 and one line with its name."""
    monkeypatch.setenv(name, value)
    ran = run("serve", "--port", str(free_ports()))
    assert ran.code == 2
    assert ran.err.startswith(name)
    assert ran.err.count("\n") == 1


def test_serve_does_not_start_with_a_key_that_others_can_read(run: Run, folder: Path) -> None:
    """The key file is named."""
    run("key", "rotate")
    (folder / "data" / "secret.key").chmod(0o640)
    ran = run("serve", "--port", str(free_ports()))
    assert ran.code == 2
    assert "secret.key" in ran.err


def test_cheap_hashes_are_told_at_every_start(run: Run, folder: Path) -> None:
    """Whoever measures knows; whoever forgot is reminded."""
    (folder / "c.yaml").write_text("settings: {password: {argon2: {memory_kib: 1024}}}\n")
    run("apply", "c.yaml")
    port = free_ports()
    with started("serve", "--port", str(port), until="Doorstep serves") as printed:
        assert "warning: settings.password.argon2.memory_kib is lower than the default" in printed
