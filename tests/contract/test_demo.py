"""Contract, section 1: `doorstep demo` is all one needs to see it work."""

from __future__ import annotations

import html
import re
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.browser import Browser
from tests.contract.house import House
from tests.devices import Phone

PERSON = re.compile(r"(?im)^(?:\s*people)?\s+(mara|noah)\s+(\S+)\s*$")
"""A line with a name and a password."""


class Demo:
    """The process and what it has printed."""

    def __init__(self, house: House, process: subprocess.Popen[str], printed: str) -> None:
        self.house = house
        self.process = process
        self.printed = printed
        self.application = f"http://localhost:{house.port + 1}"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`doorstep demo --port P --data DIR`, with nothing else in its environment."""
    house = House(Path(tmp_path_factory.mktemp("demo")))
    environment = {name: value for name, value in house.environment.items() if not name.startswith("DOORSTEP_")}
    data = house.folder / "data"
    process = subprocess.Popen(
        house.command("demo", "--port", str(house.port), "--data", str(data)),
        cwd=house.folder,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    printed = ""
    alarm = threading.Timer(60, process.kill)
    alarm.start()
    for line in process.stdout:
        printed += line
        if len(PERSON.findall(printed)) == 2:
            break
    alarm.cancel()
    assert process.poll() is None, printed
    reader = threading.Thread(target=process.stdout.read, daemon=True)
    reader.start()
    yield Demo(house, process, printed)
    process.terminate()
    assert process.wait(60) in (0, -15)


def test_everything_answers_once_it_is_printed(demo: Demo) -> None:
    """The server, the sample application, the phone; all on loopback."""
    assert httpx2.get(f"{demo.house.url}/.well-known/openid-configuration").json()["issuer"] == demo.house.url
    assert httpx2.get(demo.application).status_code == 200
    assert httpx2.get(f"{demo.house.url}/phone").status_code == 200
    assert demo.house.url in demo.printed


def test_the_data_lie_where_they_were_asked_for(demo: Demo) -> None:
    """An embedded database in DIR."""
    assert list((demo.house.folder / "data").glob("*.db"))


def test_the_whole_story_of_the_guide_from_the_application_and_back(demo: Demo) -> None:
    """Open the application, sign in, enroll a phone, approve, and be greeted by name."""
    name, password = PERSON.findall(demo.printed)[0]
    browser = Browser().open(demo.application)
    assert browser.response is not None
    found = re.search(r'href="([^"]+)"[^>]*>\s*Sign in\s*<', browser.response.text)
    assert found is not None
    browser.open(f"{demo.application}{html.unescape(found[1])}")
    assert browser.page == "identifier", browser.response.text
    browser.submit(username=name).press("INIT_PUSH_ENROLL").submit(password=password)
    assert browser.page == "push-enroll"
    phone = Phone("ec", typed=True)
    assert demo.house.register(phone, browser.marked["data-enrollment"]).status_code == 201
    browser.press("PUSH_DEVICE_ENROLLMENT")
    (push,) = demo.house.pending(phone)
    demo.house.answer(phone.answer(push, number=browser.marked.get("data-number")))
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert browser.url.startswith(demo.application), browser.url
    assert browser.response is not None
    assert name in browser.response.text


def test_nothing_of_the_pages_comes_from_elsewhere(demo: Demo) -> None:
    """No network is needed."""
    for url in (demo.application, f"{demo.house.url}/phone"):
        text = httpx2.get(url).text
        outside = [link for link in re.findall(r'(?:src|href)="(https?://[^"]+)"', text) if "localhost" not in link]
        assert outside == []
