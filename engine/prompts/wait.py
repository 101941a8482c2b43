"""`internalWait`: a page that waits, for a fixed time or until an address elsewhere says that something is done.

The time is the server's: an answer that comes too early shows the page again.  The address is asked by the server,
through the one door for calls, not by the person's browser.
"""

from __future__ import annotations

import json
from typing import Any

from engine.model import Call
from engine.outcome import Answer, Challenge
from engine.outgoing import OutgoingRequest, OutgoingResponse
from engine.prompts.template import SUCCESS, Event, given, text
from engine.services import Services
from engine.turn import Turn

DEFAULT_SECONDS, MOST_SECONDS = 10.0, 20.0
DEFAULT_INTERVAL = 2.0
DEADLINE = 5.0
"""Seconds that one look at the address may take."""
DONE = frozenset({"complete", "completed"})
"""Values of `status` in the address's JSON that end the wait."""


class InternalWait:
    """fields: template, greeting, text, seconds until the page should ask again; state: until, seen (epoch seconds)."""

    name = "internalWait"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def begin(self, turn: Turn, call: Call) -> Challenge:
        """The page; its time begins now."""
        turn.under_way().state = {"until": turn.now + _seconds(call), "seen": turn.now}
        return self.show(turn, call)

    def show(self, turn: Turn, call: Call) -> Challenge:
        """The page with the time that is left."""
        state, configured = dict(turn.under_way().state), _configured(call)
        left = max(state["until"] - turn.now, 0.0)
        pause = min(left, _interval(call)) if _polls(call) else left
        fields = {
            "template": self.name,
            "greeting": text(configured.get("greeting")),
            "text": text(configured.get("message")),
            "seconds": max(pause, 1.0),
            "actions": [],
        }
        return Challenge("prompt", fields, state)

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """Whether the wait is over."""
        state = turn.under_way().state
        if not _polls(call):
            return Event(SUCCESS) if turn.now >= state["until"] else None
        if turn.now - state["seen"] >= _interval(call):
            state["seen"] = turn.now
            if await self._is_done(turn, call):
                return Event(SUCCESS)
        return Event("onTimeout") if turn.now >= state["until"] else None

    async def _is_done(self, turn: Turn, call: Call) -> bool:
        configured = _configured(call)
        body = text(configured.get("requestData"), longest=10_000)
        request = OutgoingRequest(
            "POST" if text(configured.get("requestMethod")).upper() == "POST" else "GET",
            text(configured.get("pollingEndpoint"), longest=2000),
            headers=(("Content-Type", text(configured.get("contentType")) or "application/json"),) if body else (),
            body=body.encode() if body else None,
            owner=turn.application.id,
        )
        allow = turn.settings.http_allow
        response = await self._services.outgoing.send(request, allow=allow, deadline=DEADLINE)
        return isinstance(response, OutgoingResponse) and response.ok and _says_done(response.body)


def _says_done(body: bytes) -> bool:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and str(told.get("status")).lower() in DONE


def _configured(call: Call) -> dict[str, Any]:
    found = given(call).get("waitingConfigs")
    return found if isinstance(found, dict) else {}


def _polls(call: Call) -> bool:
    return text(given(call).get("waitingType")).upper() == "POLLING"


def _seconds(call: Call) -> float:
    return min(_number(_configured(call).get("timeout"), DEFAULT_SECONDS), MOST_SECONDS)


def _interval(call: Call) -> float:
    return max(_number(_configured(call).get("pollingInterval"), DEFAULT_INTERVAL), 1.0)


def _number(value: object, otherwise: float) -> float:
    """A number of seconds, also if it was given as text."""
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else otherwise
    except ValueError:
        return otherwise
    return number if 0 < number < 1e6 else otherwise
