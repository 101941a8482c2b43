"""Metrics: under the admin host alone, what they count, and that they name nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.devices import Phone
from tests.journeys.living import House, configuration, living
from tests.journeys.push_providers import audited, document, waiting, with_phone
from tests.standins.fcm import Fcm, fcm

HOST = "metrics.internal:9000"
Sample = tuple[str, frozenset[str]]


@pytest.fixture(scope="module")
def google() -> Iterator[Fcm]:
    """A push service."""
    with fcm() as project:
        yield project


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, google: Fcm) -> Iterator[House]:
    """A server with an admin host; Mara has a phone."""
    folder, hosts = tmp_path_factory.mktemp("house"), [urlsplit(google.url).netloc]
    more = {"fcm_endpoint": google.url, "fcm_token_hosts": hosts, "admin_host": HOST}
    with living(folder, document(google), **more) as house:
        house.phone = with_phone(house)  # type: ignore[attr-defined]
        yield house


def told(house: House) -> dict[Sample, float]:
    """Each sample by its name and its labels' values."""
    answer = httpx2.get(f"{house.url}/metrics", headers={"Host": HOST.upper()})
    assert (answer.status_code, answer.headers["content-type"][:10]) == (200, "text/plain")
    families = text_string_to_metric_families(answer.text)
    return {(one.name, frozenset(one.labels.values())): one.value for family in families for one in family.samples}


def test_logins_steps_and_pushes_are_counted(house: House) -> None:
    """By application, step, way and outcome; a provider by its name."""
    before, phone = told(house), house.phone  # type: ignore[attr-defined]
    browser = waiting(house)
    audited(house, "push_sent", 2)
    assert isinstance(phone, Phone)
    house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    after = told(house)
    for name, *labels in (
        ("doorstep_logins_total", "vault", "started"),
        ("doorstep_logins_total", "vault", "succeeded"),
        ("doorstep_steps_total", "vault", "1", "password", "succeeded"),
        ("doorstep_steps_total", "vault", "2", "push", "succeeded"),
        ("doorstep_push_seconds_count", "main", "taken"),
        ("doorstep_events_total", "push_approved"),
    ):
        sample = (name, frozenset(labels))
        assert after[sample] == before.get(sample, 0) + 1, sample
    calls = ("doorstep_store_seconds_count", frozenset({"read"}))
    assert after[calls] > before[calls]


def test_the_fuel_of_scripts_is_counted(house: House) -> None:
    """Of a login that had one, when it ends."""
    sample = ("doorstep_script_fuel_count", frozenset({"payroll"}))
    browser, phone = house.browser().open(house.authorize()), house.phone  # type: ignore[attr-defined]
    browser.submit(username="mara")
    before = told(house).get(sample, 0)
    house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    after = told(house)
    assert after[sample] == before + 1
    assert after["doorstep_script_fuel_sum", frozenset({"payroll"})] > 10
    assert ("doorstep_script_fuel_count", frozenset({"vault"})) not in after


def test_pages_that_wait_are_counted_while_they_do(house: House) -> None:
    """A stream more, and when it ends one less."""
    sample, browser = ("doorstep_waiting_pages", frozenset[str]()), waiting(house)
    with browser.http.stream("GET", f"{browser.url}/events?seen=pending") as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        assert told(house)[sample] == 1
    while told(house)[sample]:
        pass


def test_they_are_asked_for_under_the_admin_host_alone(house: House) -> None:
    """Elsewhere there is nothing, and nothing else is there."""
    assert httpx2.get(f"{house.url}/metrics").status_code == 404
    assert httpx2.get(f"{house.url}/metrics", headers={"Host": "metrics.internal"}).status_code == 400
    for path in ("/", "/account", "/api/admin/v1/openapi.json", "/metrics/"):
        assert httpx2.get(house.url + path, headers={"Host": HOST}).status_code == 400
    assert httpx2.post(f"{house.url}/metrics", headers={"Host": HOST}).status_code == 405


def test_nobody_is_named(house: House) -> None:
    """No user, address, device or text of a request."""
    house.browser().open(house.authorize("vault")).submit(username="mara", password="canary-of-the-metrics")
    text = httpx2.get(f"{house.url}/metrics", headers={"Host": HOST}).text
    phone = house.phone  # type: ignore[attr-defined]
    assert not [word for word in ("mara", "127.0.0.1", "canary", phone.device_id, phone.name) if word in text]


def test_without_an_admin_host_nothing_is_counted(tmp_path: Path) -> None:
    """And there is no such address."""
    with living(tmp_path, configuration()) as house:
        assert httpx2.get(f"{house.url}/metrics").status_code == 404
        assert httpx2.get(f"{house.url}/metrics", headers={"Host": HOST}).status_code == 400
