"""What a script asks the world in the middle of a run or between two: questions, their answers, and who answers them.

A question is plain data, so that it can be kept, compared and answered by a scenario; the work that answers it is found
by its name.  This module asks nothing itself: engine.outside does.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import msgspec

if TYPE_CHECKING:
    from engine.services import Services
    from engine.turn import Turn

ON_SUCCESS, ON_FAIL, ON_TIMEOUT = "onSuccess", "onFail", "onTimeout"
"""The events that the outcome of a question can be."""


PERSONAL = frozenset({"sendEmail", "updateUserPassword"})
"""Questions whose effect reaches the person: what is sent to them, and what they sign in with."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something a script wants to know or have done.  name: of the work that answers it; arguments: plain data.

    effect: it changes something outside of the login, so it is done once however often the script runs.
    """

    name: str
    arguments: Mapping[str, Any]
    effect: bool = False

    def __repr__(self) -> str:
        return f"Question({self.name})"  # its arguments may hold a secret

    def is_same(self, other: Question) -> bool:
        """Whether it asks the same; unlike `==`, for which NaN is never the same."""
        return self.packed() == other.packed()

    def packed(self) -> bytes:
        """Name and arguments, the same bytes for the same question."""
        return msgspec.msgpack.encode([self.name, dict(self.arguments)], order="deterministic")


@dataclass(frozen=True, slots=True)
class UserRecord:
    """Asks for the directory's record of a user that the run came upon."""

    user_id: str


class Result(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to a question.  event: which handler it is for; data: plain data for the script."""

    event: str = ON_SUCCESS
    data: Any = None

    @property
    def succeeded(self) -> bool:
        """Whether what was asked was found or done."""
        return self.event == ON_SUCCESS


class CallFailed(Exception):
    """Raised by work that could not do what was asked.  data: what the script's handler gets; nothing secret."""

    def __init__(self, data: Any = None, *, timed_out: bool = False) -> None:
        super().__init__("timed out" if timed_out else "failed")
        self.result = Result(ON_TIMEOUT if timed_out else ON_FAIL, data)


@dataclass(frozen=True, slots=True)
class Asked:
    """What work is given: the question's arguments, the login it is asked in, and the services it may use."""

    arguments: Mapping[str, Any]
    turn: Turn
    services: Services


class Answering(Protocol):
    """Whoever answers the questions of scripts."""

    async def answer(self, turn: Turn, question: Question) -> Result:
        """The answer.  Raises Busy if it cannot be had at the moment."""
        ...

    def is_out_of_time(self, turn: Turn) -> bool:
        """Whether the request has waited for answers as long as it may."""
        ...


Work: TypeAlias = Callable[[Asked], Awaitable[Any]]
"""Answers a question with plain data, or raises CallFailed."""
