"""Users as a script sees them, and their claims: the directory's, and those of this login only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import unquote

from dsl.values import NULL, Value, text, units
from engine.context.scene import MAX_TEXT, Closed, kind, text_or_null, texts
from engine.model import User

MOST_CLAIMS = 64
"""Claims one login may write, for itself or into the directory."""


@kind("user")
class UserObject(Closed):
    """A user.  What a script may know of a name that is nobody's is the name."""

    __slots__ = ()

    @property
    def user_id(self) -> str | None:
        """The user's id, or None for a name that is nobody's."""
        return unquote(self.rest.partition("/")[0]) or None

    @property
    def record(self) -> User | None:
        """What the directory says of the user; a run that comes upon somebody new waits for it."""
        return self.scene.user_record(self.user_id) if self.user_id is not None else None

    def members(self) -> Mapping[str, Callable[[], Value]]:
        name = unquote(self.rest.partition("/")[2])
        record = self.record
        return {
            "identifier": lambda: units(name),
            "username": lambda: units(record.username if record else name),
            "userStoreDomain": lambda: "PRIMARY",
            "tenantDomain": lambda: units(self.scene.turn.settings.tenant),
            "uniqueId": lambda: text_or_null(record.id if record else None),
            "roles": lambda: texts(record.roles if record else ()),
            "groups": lambda: texts(record.groups if record else ()),
            "localClaims": lambda: self.scene.object(f"localClaims/{self.rest}"),
            "remoteClaims": lambda: NULL,
            "claims": lambda: self.scene.object(f"claims/{self.rest}"),
        }


@kind("localClaims")
class LocalClaims(UserObject):
    """`user.localClaims[uri]`: the directory's; a write reaches it once the login is stored, if this user is proven."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        claims = self._now()
        return {units(uri): partial(units, claims[uri]) for uri in claims}

    def get_own(self, key: str) -> Value:
        return text_or_null(self._now().get(text(key)))

    def write(self, key: str, value: Value) -> None:
        user_id, turn, name = self.user_id, self.scene.turn, text(key)[:MAX_TEXT]
        proven = {fact.user_id for fact in turn.login.ledger}
        written = turn.login.written.get(user_id or "", {})
        fits = name in written or len(written) < MOST_CLAIMS
        if user_id is None or user_id not in proven or not fits or not isinstance(value, str | int | float):
            self._refuse(key)
        else:
            turn.login.written.setdefault(user_id, {})[name] = _as_text(value)

    def _refuse(self, key: str) -> None:
        """Told in the audit, as often as a turn may tell things."""
        turn = self.scene.turn
        if sum(event.name == "claim_write_refused" for event in turn.events) < MOST_CLAIMS:
            turn.note("claim_write_refused", details={"claim": text(key)[:200]})

    def _now(self) -> dict[str, str]:
        record = self.record
        written = self.scene.turn.login.written.get(self.user_id or "", {})
        return {**(record.claims if record else {}), **written}


@kind("claims")
class RuntimeClaims(LocalClaims):
    """`user.claims[uri]`: for this login only; read as written, else as the directory has it.

    They go into the tokens of the person this login is about, so nobody else's object can write them.
    """

    __slots__ = ()

    def write(self, key: str, value: Value) -> None:
        claims, name = self.scene.turn.login.claims, text(key)[:MAX_TEXT]
        fits = name in claims or len(claims) < MOST_CLAIMS
        if fits and self._is_subject() and isinstance(value, str | int | float):
            claims[name] = _as_text(value)

    def _now(self) -> dict[str, str]:
        return {**super()._now(), **(self.scene.turn.login.claims if self._is_subject() else {})}

    def _is_subject(self) -> bool:
        subject = self.scene.turn.login.subject
        return subject is not None and subject.user_id == self.user_id


def _as_text(value: str | int | float) -> str:
    if isinstance(value, str):
        return text(value)[:MAX_TEXT]
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
