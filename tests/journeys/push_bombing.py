"""Push bombing: strangers at fifty addresses ask for one person for an hour, over real HTTP and on a clock of its own.

Run as a program it prints the table that docs/evidence keeps: `python -m tests.journeys.push_bombing`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.browser import Browser
from tests.journeys.living import APPLICATION
from tests.security.town import Town, document, town

PROCEED: Final = "PROCEED_PUSH_AUTHENTICATION"
ADDRESSES: Final = tuple(f"198.51.{n // 10}.{n}" for n in range(50))
MINUTES: Final = 60
EVERY: Final = 3
"""Minutes between two tries of one address."""
HOME: Final = "203.0.113.77"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person does with a stranger's push.  word: None for nothing at all."""

    name: str
    word: str | None = None
    not_me: bool = False


ANSWERS: Final = (
    Answer("nothing"),
    Answer("denies each"),
    Answer('denies each, "not me"', not_me=True),
)


@dataclass(slots=True)
class Hour:
    """What happened.  tried: logins that strangers began; arrived: their pushes on the phone; own, own_in: logins of
    the person in their own browser, and those that succeeded.
    """

    tried: int = 0
    arrived: int = 0
    first_ten_minutes: int = 0
    own: int = 0
    own_in: int = 0
    strangers_in: int = 0
    pages: int = 0


class Scene:
    """One person, their phone, their own browser, and everybody else."""

    def __init__(self, place: Town, answer: Answer) -> None:
        self.place, self.answer, self.hour = place, answer, Hour()
        self.name = place.person()
        self.phone = place.phone(self.name)
        self.own = _browser(HOME)
        self.strangers = {address: _browser(address) for address in ADDRESSES}
        self._seen: set[str] = set()
        self._sign_in()

    def play(self, *, minutes: int = MINUTES, every: int = EVERY, own_at: Callable[[int], bool]) -> Hour:
        """An hour, minute by minute.  own_at: the minutes in which the person signs in too; every: minutes between
        two tries of one address.
        """
        self.hour = Hour()
        pages = set()
        for minute in range(minutes):
            for address in ADDRESSES[minute % every :: every]:
                pages.add(self._stranger(address))
                self._look(minute)
            if own_at(minute):
                self._sign_in()
            self.place.clock.ahead += 60
        self.hour.pages = len(pages)
        return self.hour

    def _stranger(self, address: str) -> str:
        browser = self.place.at("name-push", self.strangers[address]).submit(username=self.name)
        self.hour.tried += 1
        self.hour.strangers_in += "code" in browser.query
        return browser.page

    def _look(self, minute: int) -> None:
        """The person looks at the phone, and does with each new push what they do."""
        for push in self.place.house.pending(self.phone):
            if push["pushId"] in self._seen:
                continue
            self._seen.add(push["pushId"])
            self.hour.arrived += 1
            self.hour.first_ten_minutes += minute < 10
            if self.answer.name != "nothing":
                self._deny(push)

    def _deny(self, push: dict[str, str]) -> None:
        claims = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": "DENIED"}
        whole = claims | {"exp": self.phone.expiry(60)} | ({"notMe": True} if self.answer.not_me else {})
        assert self.place.house.respond(self.phone.token(whole)).status_code == 200

    def _sign_in(self) -> None:
        """In the person's own browser: its push says that it is known, and that one is approved."""
        first = not self._seen
        browser = self.place.at("name-push", self.own, prompt="login").submit(username=self.name)
        self.hour.own += 1
        for push in reversed(self.place.house.pending(self.phone, wait=1)):
            if push["pushId"] not in self._seen and (first or push["browserKnown"] == "true"):
                self._seen.add(push["pushId"])
                assert self.place.house.respond(self.phone.answer(push)).status_code == 200
                break
        self.hour.own_in += "code" in browser.press(PROCEED).query


def _browser(address: str) -> Browser:
    return Browser(foreign=(APPLICATION,), headers={"X-Forwarded-For": address})


@contextmanager
def bombed(folder: Path) -> Iterator[Town]:
    """A server behind a proxy that says where its clients are, with the budgets as they are by default."""
    with town(folder, document(), trusted_proxies=["127.0.0.1"]) as place:
        yield place


TIMES: Final[tuple[tuple[str, Callable[[int], bool]], ...]] = (
    ("at the end", lambda minute: minute == MINUTES - 1),
    ("every 15 minutes", lambda minute: minute % 15 == 14),
)
_COLUMNS: Final = "  {:<24}{:<20}{:>7}{:>9}{:>11}{:>9}{:>14}"


def main() -> int:
    print(f"{len(ADDRESSES)} addresses ask for one person for {MINUTES} minutes, each every {EVERY}; default budgets.")
    print("The person signs in with their own browser, which is known, at the times given.\n")
    heads = ("the person", "own logins", "tried", "arrived", "in 10 min", "own in", "strangers in")
    print(_COLUMNS.format(*heads))
    failed = False
    with tempfile.TemporaryDirectory() as folder, bombed(Path(folder)) as place:
        for answer in ANSWERS:
            for when, own_at in TIMES:
                hour = Scene(place, answer).play(own_at=own_at)
                own = f"{hour.own_in} of {hour.own}"
                counts = (f"{hour.tried:,}", hour.arrived, hour.first_ten_minutes, own, hour.strangers_in)
                print(_COLUMNS.format(answer.name, when, *counts), flush=True)
                failed |= hour.own_in != hour.own or hour.strangers_in > 0 or hour.pages != 1
    print("\nEvery page that a stranger got was the same waiting page.  A success gives the budget back (contract 3a):")
    print("strangers have more sent when the person signs in more often.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
