"""Contract, section 3a, who exists: nobody learns from the pages whether a name has an account or a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser
from tests.contract.house import ENROLL, PASSWORD, PUSH_ONLY, House, crowd, document, let_in, person
from tests.devices import Phone

NOBODY = [f"nobody{number}" for number in range(24)]


def masked(house: House, browser: Browser, name: str) -> str:
    """The page's bytes without what differs by chance: ids, tokens, numbers, the name itself."""
    assert browser.response is not None
    text = browser.response.text.replace(name, "NAME")
    text = re.sub(r"data-reference>[^<]*<", "data-reference><", text)
    text = re.sub(r"[A-Za-z0-9_-]{22,}", "ID", text)
    return re.sub(r"\d+(\.\d+)?", "0", text)


@pytest.fixture(scope="module")
def off(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Phone]]:
    """Progressive enrollment off; one person has a phone."""
    house = House(Path(tmp_path_factory.mktemp("off")))
    people = [*crowd(10), person("mara"), person("out")]
    on = {"progressive_enrollment": True, "number_challenge": True}
    house.apply(document(ENROLL, PUSH_ONLY, people=people, push=on))
    with house.serving():
        phone = house.with_phone("mara", Phone("ec", typed=True, clock=house.now))
        assert house.run("user", "disable", "out").returncode == 0
        house.apply({"settings": {"push": {"progressive_enrollment": False, "number_challenge": True}}})
        browser = house.begin("enroll").submit(username="person0")
        while browser.page != "push-wait":
            browser = house.begin("enroll").submit(username="person0")
        yield house, phone


@pytest.fixture(scope="module")
def on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Progressive enrollment on."""
    house = House(Path(tmp_path_factory.mktemp("on")))
    house.apply(document(ENROLL, PUSH_ONLY, people=[*crowd(40), person("out")], push={"progressive_enrollment": True}))
    with house.serving():
        assert house.run("user", "disable", "out").returncode == 0
        yield house


@pytest.mark.parametrize("flow", ["enroll", "push-only"])
def test_off_every_name_gets_the_same_waiting_page(off: tuple[House, Phone], flow: str) -> None:
    """Enrolled, without a phone, disabled, unknown: status, bytes and headers are the same."""
    house, _ = off
    seen = set()
    for name in ("mara", "person1", "out", "nobody"):
        browser = house.begin(flow).submit(username=name)
        assert (browser.page, browser.status) == ("push-wait", 200)
        assert browser.response is not None
        headers = tuple(sorted(browser.response.headers.keys()))
        cookies = tuple(sorted(re.sub(r"-[\w-]+", "", cookie.name) for cookie in browser.http.cookies.jar))
        seen.add((masked(house, browser, name), headers, cookies))
    assert len(seen) == 1


def test_off_the_page_says_what_to_do_if_nothing_arrives(off: tuple[House, Phone]) -> None:
    """For everyone: that is how a person without a phone learns of it."""
    house, _ = off
    browser = house.begin("enroll").submit(username="nobody")
    assert browser.response is not None
    assert re.search(r"(?i)nothing|not (arrive|come|receive)|did ?n.t", browser.response.text)


def test_off_waiting_and_sending_again_look_the_same(off: tuple[House, Phone]) -> None:
    """PROCEED, RESEND early and after the interval, until the end."""
    house, _ = off
    stories = set()
    for name in ("mara", "person2", "out", "nobody-else"):
        browser = house.begin("push-only").submit(username=name)
        story = []
        for word in ("PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION"):
            browser.post(browser.url, {**browser.forms[0].fields, "scenario": word})
            story.append((browser.status, browser.page, tuple(browser.alerts), masked(house, browser, name)))
        for _ in range(4):
            house.pass_time(61)
            browser.post(browser.url, {**browser.forms[0].fields, "scenario": "RESEND_PUSH_NOTIFICATION"})
            story.append((browser.status, browser.page, tuple(browser.alerts), masked(house, browser, name)))
        stories.add(tuple(story))
    assert len(stories) == 1


def test_off_the_enrolled_one_gets_in(off: tuple[House, Phone]) -> None:
    """The page that looks the same for all is real for one."""
    house, phone = off
    house.pass_time(700)
    browser = house.begin("enroll").submit(username="mara")
    (push,) = house.pending(phone)
    house.answer(phone.answer(push, number=browser.marked["data-number"]))
    assert let_in(browser.press("PROCEED_PUSH_AUTHENTICATION"))


@pytest.mark.parametrize("word", ["INIT_PUSH_ENROLL", "CANCEL_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT"])
@pytest.mark.parametrize("name", ["mara", "person3", "nobody"])
def test_off_nobody_can_ask_to_enroll(off: tuple[House, Phone], word: str, name: str) -> None:
    """400 for every name; the waiting page stays."""
    house, _ = off
    browser = house.begin("enroll").submit(username=name)
    url = browser.url
    browser.post(url, {**browser.forms[0].fields, "scenario": word})
    assert browser.status == 400
    assert browser.open(url).page == "push-wait"


def test_on_a_known_person_without_a_phone_is_offered_to_enroll(on: House) -> None:
    """`push-enroll-consent`."""
    assert on.begin("enroll").submit(username=on.someone()).page == "push-enroll-consent"


def test_on_an_unknown_name_gets_one_of_the_two_pages_and_always_the_same(on: House) -> None:
    """By a keyed hash of the name: some wait, some are asked, each as before."""
    first = {name: on.begin("enroll").submit(username=name).page for name in NOBODY}
    assert set(first.values()) == {"push-wait", "push-enroll-consent"}
    assert {name: on.begin("push-only").submit(username=name).page for name in NOBODY} == first
    assert {name: on.begin("enroll").submit(username=name.upper()).page for name in NOBODY} == dict(first)


def test_on_the_pages_of_a_known_and_an_unknown_name_are_the_same(on: House) -> None:
    """The consent page, byte for byte; and what follows it."""
    unknown = next(n for n in NOBODY if on.begin("enroll").submit(username=n).page == "push-enroll-consent")
    seen = set()
    for name in (unknown, on.someone()):
        browser = on.begin("enroll").submit(username=name)
        consent = masked(on, browser, name)
        browser.press("INIT_PUSH_ENROLL")
        asked = masked(on, browser, name)
        browser.submit(password="wrong-at-the-door")
        seen.add((consent, asked, browser.page, browser.status, tuple(browser.alerts), masked(on, browser, name)))
    assert len(seen) == 1


def test_on_an_unknown_name_never_sees_a_code(on: House) -> None:
    """Whatever password is tried."""
    unknown = next(n for n in NOBODY if on.begin("enroll").submit(username=n).page == "push-enroll-consent")
    for password in ("", unknown, PASSWORD.format(unknown), "wrong-at-the-door"):
        browser = on.begin("enroll").submit(username=unknown).press("INIT_PUSH_ENROLL").submit(password=password)
        assert "data-enrollment" not in browser.marked
        assert browser.page != "push-enroll"


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 300, "a\x00b", "mara@evil", "../../x", "<script>", "Ｍara", "мара", "a b", "%s", "{{7*7}}"]
)
def test_odd_names_are_no_fault(on: House, name: str) -> None:
    """Any text: a page or 400, never 500, and it is never markup."""
    browser = on.begin("enroll").submit(username=name)
    assert browser.status in (200, 400), browser.status
    assert browser.response is not None
    assert "<script>" not in browser.response.text.replace('<script type="module"', "")
    assert "49" not in re.sub(r'"[^"]*"|Reference.*', "", browser.response.text)
