"""A user's claims as a script reads and writes them: the directory's, a provider's, and those of this login only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from dsl.base import throw_range_error
from dsl.conversions import to_string
from dsl.plain import TEXT_OF_A_STEP
from dsl.values import MISSING, NULL, OBJECT_PROTO, Value, text, units
from engine.context.scene import MAX_TEXT, READING, kind, text_or_null
from engine.context.users import UserObject, did_a_step
from engine.model import LOCKING_CLAIMS, User

if TYPE_CHECKING:
    from dsl import Run

MOST_CLAIMS = 64
"""Claims one login may write for one user."""
MOST_STORED = 500
"""Claims with which a user takes no new ones from scripts."""
MOST_WRITTEN = 16
"""Users whose claims one login may write."""
MOST_BYTES = 65_536
"""Bytes of names and values that one login may write, for all users together."""
WSO2 = "http://wso2.org/claims/"
DERIVED: Mapping[str, Callable[[User], str]] = {
    f"{WSO2}username": lambda user: user.username,
    f"{WSO2}userid": lambda user: user.id,
    f"{WSO2}roles": lambda user: ",".join(user.roles),
    f"{WSO2}groups": lambda user: ",".join(user.groups),
}
"""Claims that are not stored as such: who the user is, and their roles and groups, separated by commas."""


class Claims(UserObject):
    """What the three kinds share: claims are texts, whatever a script writes; null is the empty text."""

    __slots__ = ()

    def layers(self) -> list[Mapping[str, str]]:
        """Where the claims are, the first that has one wins; the script's own writing before the rest."""
        raise NotImplementedError

    def set(self, run: Run, name: str, value: str) -> None:
        """Write one."""
        raise NotImplementedError

    def claim(self, name: str) -> str | None:
        """One claim."""
        return next((layer[name] for layer in self.layers() if name in layer), None)

    def members(self) -> Mapping[str, Callable[[], Value]]:
        claims = {name: value for layer in reversed(self.layers()) for name, value in layer.items()}
        return {units(name): partial(units, claims[name]) for name in claims}

    def get_own(self, key: str) -> Value:
        found = self.claim(text(key[:MAX_TEXT]))
        return MISSING if found is None and OBJECT_PROTO.has_own(key) else text_or_null(found)

    def own_keys(self) -> list[str]:
        return [units(name) for name in dict.fromkeys(name for layer in reversed(self.layers()) for name in layer)]

    def has_own(self, key: str) -> bool:
        name = text(key[:MAX_TEXT])
        return any(name in layer for layer in self.layers())

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        written = "" if value is None or value is NULL else to_string(run, value)
        run.charge_fuel(READING + (len(key) + len(written)) // TEXT_OF_A_STEP)
        self.set(run, _storable(text(key)), _storable(text(written)))

    def elsewhere(self) -> list[Mapping[str, str]]:
        """What the script added to a user elsewhere, and what the provider said of them."""
        added = self.scene.turn.login.remote.get(self.subject.elsewhere, {})
        return [added, self.scene.said_elsewhere(self.subject)]

    def add_elsewhere(self, run: Run, name: str, value: str) -> None:
        """Add to what the provider said, for this login."""
        self.hold_of(run, self.scene.turn.login.remote, self.subject.elsewhere, entry=(name, value))

    def hold_of(self, run: Run, by_user: dict[str, dict[str, str]], user: str, *, entry: tuple[str, str]) -> None:
        """Write a claim of that user down with the login.  Throws a RangeError if it may keep no more."""
        claims = by_user.get(user, {})
        if user not in by_user and len(by_user) >= MOST_WRITTEN:
            throw_range_error(run, f"a login writes claims of {MOST_WRITTEN} users at the most")
        self.hold(run, claims, entry)
        by_user[user] = claims

    def hold(self, run: Run, claims: dict[str, str], entry: tuple[str, str]) -> None:
        """The same among these claims."""
        name, value = entry
        if name not in claims and len(claims) >= MOST_CLAIMS:
            throw_range_error(run, f"a login writes {MOST_CLAIMS} claims of a user at the most")
        login = self.scene.turn.login
        kept = [login.claims, *login.written.values(), *login.remote.values()]
        run.charge_fuel(sum(map(len, kept)))
        size = sum(_size(*one) for each in kept for one in each.items()) + _size(name, value)
        if size - (_size(name, claims[name]) if name in claims else 0) > MOST_BYTES:
            throw_range_error(run, f"a login writes {MOST_BYTES} bytes of claims at the most")
        claims[name] = value


@kind("localClaims")
class LocalClaims(Claims):
    """`user.localClaims[uri]`: the directory's; a write reaches it with the storing of the login (ADR 11).

    Of a user elsewhere they are the claims of the same name that the provider gave.
    """

    __slots__ = ()

    def layers(self) -> list[Mapping[str, str]]:
        record = self.record
        if record is None:
            return [] if self.is_local else self.elsewhere()
        return [self.scene.turn.login.written.get(record.id, {}), record.claims]

    def claim(self, name: str) -> str | None:
        record = self.record if name in DERIVED else None
        return super().claim(name) if record is None else DERIVED[name](record)

    def set(self, run: Run, name: str, value: str) -> None:
        if self.is_local:
            self._set_stored(run, name, value)
        elif self.has_own(units(name)):
            self.add_elsewhere(run, name, value)

    def _set_stored(self, run: Run, name: str, value: str) -> None:
        record = self.record
        if record is not None and _may_be_stored(record, name) and not self._is_filled_elsewhere(record, name):
            self.hold_of(run, self.scene.turn.login.written, record.id, entry=(name, value))
            self._note("claim_written", name)
        else:
            self._note("claim_write_refused", name)

    def _is_filled_elsewhere(self, record: User, name: str) -> bool:
        """Whether the person's user store says what that claim is: then nobody writes it here."""
        store = self.scene.turn.settings.store_of(record.canonical)
        return store is not None and (name in store.ldap.attributes.values() or name in LOCKING_CLAIMS)

    def _note(self, event: str, name: str) -> None:
        """Told in the audit, once, and as often as a turn may tell things; never the value."""
        turn = self.scene.turn
        details = {"claim": turn.masked(name)[:200], "user": self.user_id or ""}
        told = [one.details for one in turn.events if one.name == event]
        if details not in told and len(told) < MOST_CLAIMS:
            turn.note(event, details=details)


@kind("remoteClaims")
class RemoteClaims(Claims):
    """`user.remoteClaims[uri]`: what the provider elsewhere said; a write is for this login only."""

    __slots__ = ()

    def layers(self) -> list[Mapping[str, str]]:
        return self.elsewhere()

    def set(self, run: Run, name: str, value: str) -> None:
        self.add_elsewhere(run, name, value)


@kind("claims")
class RuntimeClaims(LocalClaims):
    """`user.claims[uri]`: for this login only; read as written, else as the provider or the directory has it.

    They go into the tokens of the person this login is about, so nobody else's object can write them.
    """

    __slots__ = ()

    def layers(self) -> list[Mapping[str, str]]:
        return [*([self.scene.turn.login.claims] if self._is_subject() else []), *super().layers()]

    def claim(self, name: str) -> str | None:
        written = self.scene.turn.login.claims.get(name) if self._is_subject() else None
        return super().claim(name) if written is None else written

    def set(self, run: Run, name: str, value: str) -> None:
        if self._is_subject():
            self.hold(run, self.scene.turn.login.claims, (name, value))

    def _is_subject(self) -> bool:
        """Whether the person at the browser is this user: the login's own, or one elsewhere who did a step of it."""
        subject, login = self.subject, self.scene.turn.login
        if not self.is_local:
            return did_a_step(login, subject)
        return login.subject is not None and subject.user_id == login.subject.user_id


def _may_be_stored(record: User, name: str) -> bool:
    """Whether the directory takes that claim for the user."""
    return name not in DERIVED and (name in record.claims or len(record.claims) < MOST_STORED)


def _size(name: str, value: str) -> int:
    return len(name.encode()) + len(value.encode())


def _storable(written: str) -> str:
    """Text that every store holds: cut, without NUL."""
    return written[:MAX_TEXT].replace("\0", "\ufffd")
