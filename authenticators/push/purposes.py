"""What a device's token is for.  A token has one purpose: the accepted claims of each endpoint are disjoint.

Apps of our own say `purpose`; older apps do not, so what their tokens may contain decides (push-protocol.md 9.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authenticators.push.cleaning import plain

_ANSWER_CLAIMS = frozenset({"pushAuthId", "challenge", "response", "numberChallenge", "notMe"})
_UPDATE_CLAIMS = frozenset({"name", "deviceToken"})
LONGEST_NAME = 100
LONGEST_PUSH_TOKEN = 4096


class WrongPurpose(Exception):
    """The token is authentic but not for this, or lacks what this needs.  code: push-protocol.md 3."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class LoginAnswer:
    """What a person said on a device.  number: None if the claim is missing or is no text.

    not_me: they denied it because they are not signing in at all.
    """

    push_id: str
    challenge: str
    approved: bool
    number: str | None
    not_me: bool = False


@dataclass(frozen=True, slots=True)
class DeviceChange:
    """What a device wants changed of itself."""

    name: str | None
    push_token: str | None


def login_answer(claims: Mapping[str, Any]) -> LoginAnswer:
    """Reads the answer to a push.  Raises WrongPurpose; `response` is exactly one of two words."""
    if "purpose" in claims:
        raise WrongPurpose("PBA-15005", "The token is for something else.")
    push_id, challenge = claims.get("pushAuthId"), claims.get("challenge")
    if not isinstance(push_id, str):
        raise WrongPurpose("PBA-15005", "pushAuthId is a text.")
    if not push_id.strip():
        raise WrongPurpose("PBA-15007", "pushAuthId is blank.")
    response = claims.get("response")
    if not isinstance(response, str) or response not in ("APPROVED", "DENIED"):
        raise WrongPurpose("PBA-15005", "response is APPROVED or DENIED.")
    if not isinstance(challenge, str):
        raise WrongPurpose("PBA-15005", "challenge is a text.")
    number, approved, not_me = claims.get("numberChallenge"), response == "APPROVED", claims.get("notMe", False)
    if not isinstance(not_me, bool) or (not_me and approved):
        raise WrongPurpose("PBA-15005", "notMe is true or false, and true only with DENIED.")
    return LoginAnswer(push_id, challenge, approved, number if isinstance(number, str) else None, not_me)


def pull(claims: Mapping[str, Any]) -> bool:
    """Whether the device asks for notices too.  Raises WrongPurpose unless the token is for asking what is pending."""
    if claims.get("purpose") != "pull" or claims.keys() & (_ANSWER_CLAIMS | _UPDATE_CLAIMS):
        raise WrongPurpose("PDH-15006", "The token is not for pull.")
    return claims.get("notices") is True


def removal(claims: Mapping[str, Any]) -> None:
    """Raises WrongPurpose unless the device asks to be removed; an older app says only `exp`."""
    if claims.get("purpose", "remove") != "remove" or claims.keys() & (_ANSWER_CLAIMS | _UPDATE_CLAIMS):
        raise WrongPurpose("PDH-15006", "The token is not for removal.")


def change(claims: Mapping[str, Any]) -> DeviceChange:
    """What a device wants changed.  Raises WrongPurpose if that is nothing, or not well-formed."""
    wanted = claims.keys() & _UPDATE_CLAIMS
    if claims.get("purpose", "update") != "update" or claims.keys() & _ANSWER_CLAIMS or not wanted:
        raise WrongPurpose("PDH-15006", "The token is not for an update.")
    name, token = claims.get("name"), claims.get("deviceToken")
    if "name" in wanted and (not isinstance(name, str) or not plain(name, longest=LONGEST_NAME)):
        raise WrongPurpose("PDH-15006", "name is a short text.")
    if "deviceToken" in wanted and not is_push_token(token):
        raise WrongPurpose("PDH-15006", "deviceToken is a text without spaces.")
    return DeviceChange(plain(name, longest=LONGEST_NAME) if name is not None else None, token)


def is_push_token(value: object) -> bool:
    """Whether *value* can address a device: visible ASCII, not too long."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_PUSH_TOKEN and all("!" <= char <= "~" for char in value)
