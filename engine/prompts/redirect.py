"""`externalRedirect`: the person goes to an address elsewhere, and comes back to this login with what it gave them.

What they bring back is a claim of theirs, like any posted field: the script has to check it.
"""

from __future__ import annotations

from engine.model import Call
from engine.outcome import Answer, Challenge
from engine.prompts.template import Event, event_of, given, posted_action, text
from engine.redirects import is_web_address
from engine.turn import Turn

LONGEST_ADDRESS = 2000
RETURN = "return"
"""The action by which the face says that the person came back by the return address; no form can post it."""


class ExternalRedirect:
    """fields: address (absolute, http or https), where to go; the face adds the address to come back to."""

    name = "externalRedirect"

    async def begin(self, turn: Turn, call: Call) -> Challenge | Event:
        """The page that sends them there; an address that is none goes to `onFail`."""
        return self.show(turn, call) if is_web_address(_address(call)) else Event("onFail")

    def show(self, turn: Turn, call: Call) -> Challenge:
        """The page that sends them there."""
        return Challenge("prompt", {"template": self.name, "address": _address(call), "actions": []})

    async def answer(self, turn: Turn, call: Call, answer: Answer) -> Event | None:
        """Only coming back is an answer; a form of ours is not."""
        action = posted_action(answer)
        return None if action is None or answer.action != RETURN else event_of(action)


def _address(call: Call) -> str:
    return text(given(call).get("redirectURL"), longest=LONGEST_ADDRESS)
