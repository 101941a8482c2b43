"""Logins whose pushes go through FCM, over real HTTP: what the person sees and what the audit says when FCM fails.

Run as a program it prints the table that docs/evidence keeps: `python -m tests.journeys.push_providers`.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from commands.stores import opened
from engine.model import Device
from tests.browser import Browser
from tests.devices import Phone
from tests.journeys.living import House, configuration, living
from tests.journeys.test_enrollment import enroll
from tests.standins.fcm import ERRORS, Fcm, fcm
from tests.standins.server import Said

PATIENCE = 60
UNREACHED = "may not have been reached"


@dataclass(frozen=True, slots=True)
class Row:
    """One way to fail.

    calls: of FCM, for one message; page: what the waiting page says; not_taken, trouble: words of the audit; marked:
    whether the device's token counts as dead; before: where Continue led before the phone answered; after: how the
    login ended once the phone, which pulls, had approved.
    """

    error: str
    calls: int
    page: str
    not_taken: str
    trouble: str
    marked: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Event:
    """What the audit has of an event."""

    why: str | None
    details: dict[str, str]


def document(google: Fcm, **budget: int) -> dict[str, Any]:
    """One application to enroll with, one that wants password and push; one provider, `main`."""
    steps = [{"id": 1, "options": [{"authenticator": "password"}]}, {"id": 2, "options": [{"authenticator": "push"}]}]
    whole = configuration()
    whole["flows"].append({"id": "strict", "steps": steps})
    vault = {**whole["applications"][0], "id": "vault", "flow": "strict", "require": ["password", "push"]}
    whole["applications"].append(vault)
    whole["settings"]["push_providers"] = [provider(google)]
    whole["settings"]["push"]["budget"] = {"per_10_minutes": 1000, "per_day": 1000, "per_address": 1000, **budget}
    return whole


def provider(google: Fcm, name: str = "main") -> dict[str, Any]:
    """A provider of that project's, with a new key."""
    return {"name": name, "provider": "fcm", "service_account": google.service_account()}


@contextmanager
def served(folder: Path, google: Fcm, whole: Mapping[str, Any] | None = None) -> Iterator[House]:
    """A server whose settings name the stand-in."""
    hosts = [urlsplit(google.url).netloc]
    with living(folder, whole or document(google), fcm_endpoint=google.url, fcm_token_hosts=hosts) as house:
        yield house


def with_phone(house: House, **how: Any) -> Phone:
    """Mara with a phone of FCM's, which the first push has reached."""
    phone = Phone(**how)
    enroll(house, house.browser(), phone)
    audited(house, "push_sent")
    return phone


def waiting(house: House) -> Browser:
    """Mara's login at the application that wants both, when it waits for the phone."""
    browser = house.browser().open(house.authorize("vault"))
    browser.submit(username="mara", password="mara-at-the-door")
    assert browser.page == "push-wait", browser.alerts
    return browser


def audited(house: House, name: str, count: int = 1) -> list[Event]:
    """The newest events of that name, as soon as there are so many."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        found = _events(house, name)
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(f"there are not {count} events {name}")


def device(house: House) -> Device:
    """Mara's only device, as it is stored."""

    async def read() -> Device:
        async with opened(house.settings) as stores:
            user = await stores.directory.user_named("mara")
            assert user is not None
            [found] = await stores.directory.devices(user.id)
            return found

    return asyncio.run(read())


def _events(house: House, name: str) -> list[Event]:
    """Read beside the server, which goes on writing."""
    file = house.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT why, details FROM audit WHERE name = ? ORDER BY number DESC", (name,))
        return [Event(why, json.loads(details)) for why, details in rows]


def row_of(error: str, folder: Path) -> Row:
    """Let FCM fail in that way, in a login of its own."""
    with fcm() as google, served(folder, google) as house:
        phone = with_phone(house)
        google.answer, google.calls = lambda _: ERRORS[error], 0
        browser = waiting(house)
        sent, *_ = audited(house, "push_sent", 2)
        page = waiting_page(browser)
        before = browser.press("PROCEED_PUSH_AUTHENTICATION").page
        house.approve(phone)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        trouble = [event.why or "" for event in _events(house, "push_provider_trouble")]
        return Row(
            error,
            google.calls,
            page,
            sent.details.get("not_taken", "-"),
            ", ".join(trouble) or "-",
            "dead" if device(house).unreachable_since else "-",
            before,
            "signed in" if house.redeem(browser, "vault")["amr"] else "not",
        )


def waiting_page(browser: Browser) -> str:
    """What the page says now, in a word."""
    browser.open(browser.url)
    assert browser.response is not None
    return "not reached" if UNREACHED in browser.response.text else "waiting"


def haste(folder: Path, logins: int = 200) -> list[str]:
    """How soon a push arrives after the browser has posted the name, and how soon the browser has its page."""
    arrived, answered = [], []
    with fcm() as google, served(folder, google) as house:
        with_phone(house)
        google.answer = lambda _: Said(200, {"name": "late"}, wait=1.0)
        for number in range(logins):
            browser = house.browser().open(house.authorize())
            began, calls = time.monotonic(), google.calls
            browser.submit(username="mara")
            answered.append(time.monotonic() - began)
            while google.calls == calls:
                time.sleep(0.0005)
            arrived.append(google.arrived_at - began)
            if number % 10 == 9:
                time.sleep(1.0)  # else all calls of the provider wait for its answers, which is its time and not ours
    lines = (("the push is at the provider", arrived), ("the browser has its page", answered))
    return [f"{what:28} {_milliseconds(found)}" for what, found in lines]


def _milliseconds(found: list[float]) -> str:
    cuts = quantiles(found, n=100)
    return f"p50 {cuts[49] * 1000:5.1f} ms   p99 {cuts[98] * 1000:5.1f} ms   of {len(found)}"


def table(rows: list[Row]) -> list[str]:
    """The rows in columns."""
    head = [one.name.replace("_", " ") for one in fields(Row)]
    cells = [head, *([str(cell) for cell in astuple(row)] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]


def main() -> None:
    """Print the table."""
    rows = []
    for error in ERRORS:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(row_of(error, Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        lines = haste(Path(folder))
    head = "From the browser's post, while the provider takes a second to answer:"
    sys.stdout.write("\n".join([*table(rows), "", head, *lines]) + "\n")


if __name__ == "__main__":
    main()
