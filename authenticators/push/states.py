"""What a push step remembers between two requests of the browser, and what a person may post."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from engine.errors import BadAnswer


class Scenario(StrEnum):
    """The words that pages post as `scenario` (contract 3)."""

    PROCEED = "PROCEED_PUSH_AUTHENTICATION"
    RESEND = "RESEND_PUSH_NOTIFICATION"
    SEND = "SEND_PUSH_NOTIFICATION"
    ENROLL = "INIT_PUSH_ENROLL"
    DECLINE = "CANCEL_PUSH_ENROLL"
    ENROLLED = "PUSH_DEVICE_ENROLLMENT"
    ENROLL_ANOTHER = "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT"
    BACK = "CANCEL_PUSH_DEVICE_ENROLLMENT"
    NOT_ME = "REPORT_PUSH_AUTHENTICATION"


class Asking(msgspec.Struct, frozen=True, tag="asking", tag_field="at"):
    """The page asks for the user name."""


class Consenting(msgspec.Struct, frozen=True, tag="consenting", tag_field="at"):
    """The page asks whether to register a device."""


class Waiting(msgspec.Struct, frozen=True, tag="waiting", tag_field="at"):
    """A push is under way.  sent_at, deadline: seconds since the epoch; resends: how often it was sent again.

    new_device: the name of a device that has just been enrolled here.
    """

    push_id: str
    sent_at: float
    deadline: float
    number: str | None = None
    resends: int = 0
    new_device: str | None = None


class Enrolling(msgspec.Struct, frozen=True, tag="enrolling", tag_field="at"):
    """The page shows a code.  back: the push to go back to, if the person has a device already."""

    device_id: str
    back: Waiting | None = None


State = Asking | Consenting | Waiting | Enrolling
_STATE: Any = State


def read(state: Mapping[str, Any]) -> State:
    """The state that the last page left.  Raises BadAnswer if there is none: then nothing may be posted."""
    try:
        found: State = msgspec.convert(dict(state), type=_STATE)
    except msgspec.ValidationError:
        raise BadAnswer("the push step has no such state") from None
    return found


def kept(state: State) -> dict[str, Any]:
    """*state* as plain values, to be stored with the login."""
    plain: dict[str, Any] = msgspec.to_builtins(state)
    return plain


def scenario(posted: str | None) -> Scenario | None:
    """The word that was posted, None for none.  Raises BadAnswer for any other word."""
    if not posted:
        return None
    try:
        return Scenario(posted)
    except ValueError:
        raise BadAnswer("unknown scenario") from None
