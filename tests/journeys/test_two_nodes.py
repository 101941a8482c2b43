"""Push budgets with two server processes on one database: whichever is asked, and after both were killed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.devices import Phone
from tests.journeys.processes import Killable, two_nodes
from tests.security.town import Clock, Town, at_once, document

AGAIN = """function onLoginRequest(context) {
    function ask() { executeStep(2, {}, {onFail: ask}); }
    executeStep(1, {onSuccess: ask});
}"""
"""Asks anew after each denial."""
BUDGET = {"per_10_minutes": 3, "per_address": 4, "per_flow": 3, "per_known_browser": 0, "cooldown_after_denial": 0}


class Nodes:
    """Both, in turn; and what people and addresses there are."""

    def __init__(self, one: Killable, two: Killable) -> None:
        self.both = (one, two)
        self.next: Iterator[Killable] = cycle(self.both)
        self.town = Town(one.house, Clock())

    def ask(self, name: str, *, ip: str) -> None:
        """A login for that person, from that address, at the node whose turn it is."""
        browser = next(self.next).serve(self.town.browser(**{"X-Forwarded-For": ip}))
        self.town.waiting(name, browser)

    def restart(self) -> None:
        """kill -9 of both, and both again."""
        for node in self.both:
            node.restart()

    def left(self, *, asked: int) -> int:
        """How many pushes left, once all that were asked for have left or not."""
        for _ in range(500):
            events = self.town.house.events()
            if events.count("push_sent") + events.count("push_suppressed") >= asked:
                break
        assert events.count("push_sent") + events.count("push_suppressed") == asked
        return events.count("push_sent")


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    """Two nodes behind a proxy that says where clients are, with small budgets."""
    with two_nodes(tmp_path, small(), DOORSTEP_TRUSTED_PROXIES="127.0.0.1") as (one, two):
        yield Nodes(one, two)


def small() -> dict[str, Any]:
    """A few people; name-push asks anew after a denial."""
    whole = document(budget=BUDGET)
    whole["users"] = whole["users"][:8]
    [flow] = [flow for flow in whole["flows"] if flow["id"] == "name-push"]
    flow["script"] = {"source": AGAIN}
    return whole


def test_push_29_a_person_s_budget_holds_over_nodes_and_restarts(nodes: Nodes) -> None:
    """PUSH-29: three pushes in all, however many addresses ask, one after another or at once."""
    name = nodes.town.person()
    nodes.town.phone(name)
    for number in range(2):
        nodes.ask(name, ip=f"203.0.113.{number}")
    nodes.restart()
    at_once(8, lambda number: nodes.ask(name, ip=f"198.51.{number}.1"))
    assert nodes.left(asked=10) == 3
    nodes.restart()
    for number in range(2):
        nodes.ask(name, ip=f"192.0.2.{number}")
    assert nodes.left(asked=12) == 3


def test_an_address_s_budget_holds_over_nodes_and_restarts(nodes: Nodes) -> None:
    """Four pushes for one address, whoever they are for; another address is not concerned."""
    names = [nodes.town.person() for _ in range(7)]
    for name in names:
        nodes.town.phone(name)
    for name in names[:3]:
        nodes.ask(name, ip="203.0.113.5")
    assert nodes.left(asked=3) == 3
    nodes.restart()
    for name in names[3:6]:
        nodes.ask(name, ip="203.0.113.5")
    assert nodes.left(asked=6) == 4
    nodes.ask(names[6], ip="203.0.113.6")
    assert nodes.left(asked=7) == 5


def test_one_login_s_budget_holds_over_nodes_and_restarts(nodes: Nodes) -> None:
    """Three pushes, though its script asks anew after each denial and another node runs it each time."""
    name = nodes.town.person()
    phone = nodes.town.phone(name)
    browser = nodes.town.waiting(name, next(nodes.next).serve(nodes.town.browser()))
    for number in range(1, 4):
        assert nodes.left(asked=number) == number
        deny(nodes, phone)
        if number == 2:
            nodes.restart()
        next(nodes.next).serve(browser).press("PROCEED_PUSH_AUTHENTICATION")
        assert browser.page == "push-wait"
    assert nodes.left(asked=4) == 3


def deny(nodes: Nodes, phone: Phone) -> None:
    """The phone denies what it has, at the first node."""
    (push,) = nodes.town.house.pending(phone, wait=10)
    assert nodes.town.house.respond(phone.answer(push, "DENIED")).status_code == 200
