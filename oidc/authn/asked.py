"""What an application posts to `/oauth2/authn`, read strictly: nothing unknown, nothing unbounded, values as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from web.forms import LONGEST_NAME, LONGEST_VALUE, MOST_FIELDS
from web.refusals import malformed

ACTIONS = frozenset({"abort", "choose"})
LONGEST_FLOW_ID = 256
_RESERVED = frozenset({"_token", "_action"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.  flow_id, secret: the two parts of `flowId`.  authenticator_id: None only asks how things stand.

    action: what every page offers besides its form: give up, or choose another way.
    """

    flow_id: str
    secret: str
    authenticator_id: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    action: str | None = None

    @property
    def only_looks(self) -> bool:
        """Whether it changes nothing."""
        return self.authenticator_id is None and self.action is None


def read(body: Mapping[str, Any]) -> Asked:
    """The request in *body*.  Raises Refusal 400."""
    _refuse_unknown(body, {"flowId", "selectedAuthenticator", "action"})
    flow_id, _, secret = _text(body.get("flowId"), longest=LONGEST_FLOW_ID).partition(".")
    action = body.get("action")
    if action is not None and action not in ACTIONS:
        raise malformed("no such action")
    if "selectedAuthenticator" not in body:
        return Asked(flow_id, secret, action=action)
    selected = _mapping(body["selectedAuthenticator"])
    _refuse_unknown(selected, {"authenticatorId", "params"})
    chosen = _text(selected.get("authenticatorId"), longest=LONGEST_FLOW_ID)
    return Asked(flow_id, secret, chosen, _params(selected.get("params", {})), action)


def _params(given: object) -> dict[str, str]:
    params = _mapping(given)
    if len(params) > MOST_FIELDS:
        raise malformed("too many params")
    return {_name(name): _text(value, longest=LONGEST_VALUE) for name, value in params.items()}


def _name(name: str) -> str:
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or name in _RESERVED:
        raise malformed("name of a param")
    return name


def _text(value: object, *, longest: int) -> str:
    """A text, or a whole number as one.  longest: bytes of UTF-8."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or len(text.encode()) > longest:
        raise malformed("a value is no text, or too long")
    return text


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise malformed("not an object")
    return value


def _refuse_unknown(given: Mapping[str, Any], known: set[str]) -> None:
    if not known.issuperset(given):
        raise malformed("an unknown member")
