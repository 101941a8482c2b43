"""Users as a script sees them.  What a script writes to one is kept with the login and never changes who it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import unquote

from dsl.values import MISSING, NULL, Value, text, units
from engine.context.scene import Closed, Scene, kind, text_or_null, texts
from engine.model import LOCAL, Login, Subject, User, UserStoreSettings
from engine.usernames import LONGEST

PRIMARY = "PRIMARY"
"""Our own user store."""
STORES = ("", PRIMARY, "DEFAULT")
"""What scripts call it."""
LABELS = ("username", "userStoreDomain")
"""What a script may call a user by; reading it gives what was written."""
MOST_LABELLED = 16
"""Users of one login that a script may call something else."""


@kind("user")
class UserObject(Closed):
    """A user: of ours, or of a provider elsewhere.  What a script may know of a name that is nobody's is the name."""

    __slots__ = ("subject",)

    def __init__(self, scene: Scene, path: str, rest: str) -> None:
        super().__init__(scene, path, rest)
        user_id, name, *idp = (unquote(part) for part in rest.split("/"))
        self.subject = Subject(name, user_id or None, idp[0] if idp else LOCAL)

    @property
    def user_id(self) -> str | None:
        """The user's id among ours, or None for a name that is nobody's."""
        return self.subject.user_id

    @property
    def is_local(self) -> bool:
        """Whether it is a user of ours, by a name of ours."""
        return self.subject.idp == LOCAL

    @property
    def record(self) -> User | None:
        """What the directory says of the user of ours; a run that comes upon somebody new waits for it."""
        subject = self.subject
        return self.scene.user_record(subject.user_id) if subject.user_id and subject.idp == LOCAL else None

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {name: partial(read, self) for name, read in _MEMBERS.items()}

    def get_own(self, key: str) -> Value:
        read = _MEMBERS.get(key)
        return MISSING if read is None else read(self)

    def has_own(self, key: str) -> bool:
        return key in _MEMBERS

    def own_keys(self) -> list[str]:
        return list(_MEMBERS)

    def write(self, key: str, value: Value) -> None:
        labels = self.scene.turn.login.labels
        written = text(value).replace("\0", "\ufffd") if isinstance(value, str) else ""
        if key not in LABELS or len(written) > LONGEST:
            return
        if not written:
            labels.get(self.rest, {}).pop(key, None)
        elif self.rest in labels or len(labels) < MOST_LABELLED:
            labels.setdefault(self.rest, {})[key] = written


def _username(user: UserObject) -> Value:
    record = user.record
    name = record.username if record is not None else user.subject.username
    if record is not None and _store_of(user) is not None:
        name = name.partition("/")[2]
    return units(_label(user, "username") or name)


def _store(user: UserObject) -> Value:
    store = _store_of(user)
    domain = store.name if store is not None else PRIMARY if user.is_local else None
    return text_or_null(_label(user, "userStoreDomain") or domain)


def _store_of(user: UserObject) -> UserStoreSettings | None:
    """The user store elsewhere that keeps the person; None for one of our own."""
    record = user.record
    return user.scene.turn.settings.store_of(record.canonical) if record is not None else None


def _label(user: UserObject, name: str) -> str | None:
    return user.scene.turn.login.labels.get(user.rest, {}).get(name)


def _unique_id(user: UserObject) -> Value:
    record = user.record
    return text_or_null(record.id if record is not None else None)


def _roles(user: UserObject) -> Value:
    record = user.record
    return texts(record.roles if record is not None else ())


def _groups(user: UserObject) -> Value:
    record = user.record
    return texts(record.groups if record is not None else ())


def _remote_claims(user: UserObject) -> Value:
    return NULL if user.is_local else user.scene.object(f"remoteClaims/{user.rest}")


_MEMBERS: Mapping[str, Callable[[UserObject], Value]] = {
    "identifier": lambda user: units(user.subject.username),
    "username": _username,
    "userStoreDomain": _store,
    "tenantDomain": lambda user: units(user.scene.turn.settings.tenant),
    "uniqueId": _unique_id,
    "roles": _roles,
    "groups": _groups,
    "localClaims": lambda user: user.scene.object(f"localClaims/{user.rest}"),
    "remoteClaims": _remote_claims,
    "claims": lambda user: user.scene.object(f"claims/{user.rest}"),
}
"""What can be read of a user, by name."""


def did_a_step(login: Login, subject: Subject) -> bool:
    """Whether that user of a provider elsewhere did a step of this login."""
    done = [ran.subject for ran in login.steps.values() if ran.subject is not None]
    return any(one.elsewhere == subject.elsewhere for one in done)
