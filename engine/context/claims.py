"""A user's claims as a script reads and writes them: the directory's, a provider's, and those of this login only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from dsl.conversions import to_string
from dsl.values import NULL, Value, text, units
from engine.context.scene import MAX_TEXT, kind, text_or_null
from engine.context.users import UserObject, did_a_step
from engine.model import User

if TYPE_CHECKING:
    from dsl import Run

MOST_CLAIMS = 64
"""Claims one login may write for one user."""
MOST_STORED = 500
"""Claims with which a user takes no new ones from scripts."""
MOST_WRITTEN = 16
"""Users whose claims one login may write."""
WSO2 = "http://wso2.org/claims/"


def derived(record: User) -> dict[str, str]:
    """Claims that are not stored as such: who the user is, and their roles and groups, separated by commas."""
    return {
        f"{WSO2}username": record.username,
        f"{WSO2}userid": record.id,
        f"{WSO2}roles": ",".join(record.roles),
        f"{WSO2}groups": ",".join(record.groups),
    }


class Claims(UserObject):
    """What the three kinds share: claims are texts, whatever a script writes; null is the empty text."""

    __slots__ = ()

    def now(self) -> dict[str, str]:
        """The claims as they are for the script, its own writing included."""
        raise NotImplementedError

    def claim(self, name: str) -> str | None:
        """One claim."""
        return self.now().get(name)

    def set(self, name: str, value: str) -> None:
        """Write one."""
        raise NotImplementedError

    def members(self) -> Mapping[str, Callable[[], Value]]:
        claims = self.now()
        return {units(uri): partial(units, claims[uri]) for uri in claims}

    def get_own(self, key: str) -> Value:
        return text_or_null(self.claim(text(key)))

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        run.charge_fuel(1)
        absent = value is None or value is NULL
        self.set(_storable(text(key)), "" if absent else _storable(text(to_string(run, value))))

    def write(self, key: str, value: Value) -> None:
        self.set(_storable(text(key)), "")

    def elsewhere(self) -> dict[str, str]:
        """What the provider said of this user, and what the script added."""
        return self.scene.said_elsewhere(self.subject)

    def add_elsewhere(self, name: str, value: str) -> None:
        """Add to what the provider said, for this login."""
        remote, user = self.scene.turn.login.remote, self.subject.elsewhere
        if _fits(remote, user, name):
            remote.setdefault(user, {})[name] = value


@kind("localClaims")
class LocalClaims(Claims):
    """`user.localClaims[uri]`: the directory's; a write reaches it with the storing of the login (ADR 10).

    Of a user elsewhere they are the claims of the same name that the provider gave.
    """

    __slots__ = ()

    def now(self) -> dict[str, str]:
        if not self.is_local:
            return self.elsewhere()
        record = self.record
        written = self.scene.turn.login.written.get(self.user_id or "", {})
        return {**(record.claims if record else {}), **written}

    def claim(self, name: str) -> str | None:
        found = super().claim(name)
        record = self.record if found is None else None
        return found if record is None else derived(record).get(name)

    def set(self, name: str, value: str) -> None:
        if self.is_local:
            self._set_stored(name, value)
        elif name in self.elsewhere():
            self.add_elsewhere(name, value)

    def _set_stored(self, name: str, value: str) -> None:
        record, written = self.record, self.scene.turn.login.written
        if record is not None and _may_be_stored(record, name) and _fits(written, record.id, name):
            written.setdefault(record.id, {})[name] = value
            self._note("claim_written", name)
        else:
            self._note("claim_write_refused", name)

    def _note(self, event: str, name: str) -> None:
        """Told in the audit, as often as a turn may tell things; never the value."""
        turn = self.scene.turn
        if sum(one.name == event for one in turn.events) < MOST_CLAIMS:
            turn.note(event, details={"claim": name[:200], "user": self.user_id or ""})


@kind("remoteClaims")
class RemoteClaims(Claims):
    """`user.remoteClaims[uri]`: what the provider elsewhere said; a write is for this login only."""

    __slots__ = ()

    def now(self) -> dict[str, str]:
        return self.elsewhere()

    def set(self, name: str, value: str) -> None:
        self.add_elsewhere(name, value)


@kind("claims")
class RuntimeClaims(LocalClaims):
    """`user.claims[uri]`: for this login only; read as written, else as the provider or the directory has it.

    They go into the tokens of the person this login is about, so nobody else's object can write them.
    """

    __slots__ = ()

    def now(self) -> dict[str, str]:
        return {**super().now(), **(self.scene.turn.login.claims if self._is_subject() else {})}

    def set(self, name: str, value: str) -> None:
        claims = self.scene.turn.login.claims
        if self._is_subject() and (name in claims or len(claims) < MOST_CLAIMS):
            claims[name] = value

    def _is_subject(self) -> bool:
        """Whether the person at the browser is this user: the login's own, or one elsewhere who did a step of it."""
        subject, login = self.subject, self.scene.turn.login
        if not self.is_local:
            return did_a_step(login, subject)
        return login.subject is not None and subject.user_id == login.subject.user_id


def _may_be_stored(record: User, name: str) -> bool:
    """Whether the directory takes that claim for the user."""
    return name not in derived(record) and (name in record.claims or len(record.claims) < MOST_STORED)


def _fits(written: Mapping[str, Mapping[str, str]], user: str, name: str) -> bool:
    """Whether another claim may be written."""
    if user not in written:
        return len(written) < MOST_WRITTEN
    return name in written[user] or len(written[user]) < MOST_CLAIMS


def _storable(written: str) -> str:
    """Text that every store holds: cut, without NUL."""
    return written[:MAX_TEXT].replace("\0", "\ufffd")
