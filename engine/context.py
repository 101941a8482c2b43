"""The objects a script sees: context, steps, users, request, response.

Each is a closed table of members over the turn at hand; nothing else of the engine can be reached through them, and
writing to one changes only what its table says (adaptive-scripts.md c and i).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from dsl.values import MISSING, NULL, OBJECT_PROTO, Arr, HostObject, Obj, Value, text, units
from engine.model import Call, StepRecord, Subject, User
from engine.turn import Turn

if TYPE_CHECKING:
    from dsl import Run

HEADERS_OF_OURS = frozenset(
    {
        "cache-control", "content-length", "content-security-policy", "content-type", "cross-origin-opener-policy",
        "location", "permissions-policy", "referrer-policy", "set-cookie", "strict-transport-security",
        "transfer-encoding", "x-content-type-options", "x-frame-options", "connection",
    }
)  # fmt: skip
"""Response headers that a script may not set: the faces do."""
MAX_TEXT = 4096
"""Characters of one value that a script may hand over."""


@dataclass(slots=True)
class Scene:
    """What one run of a script works on.  calls: what it left behind; data: `context.data`; step: the one just done."""

    turn: Turn
    data: Obj
    endpoint_params: Obj
    step: int | None = None
    retry: bool = False
    calls: list[tuple[Call, Value]] = field(default_factory=list)
    ended: bool = False
    log: list[str] = field(default_factory=list)
    objects: dict[str, HostObject] = field(default_factory=dict)

    def add(self, call: Call, handlers: Value) -> None:
        """Leave a call behind; after `fail()` or `sendError()` nothing more is queued."""
        if not self.ended:
            self.calls.append((call, handlers))
            self.ended = call.kind == "end"

    def object(self, path: str) -> HostObject:
        """The one object with that path.  Raises KeyError for a path that names nothing."""
        found = self.objects.get(path)
        if found is None:
            kind, _, rest = path.partition("/")
            found = self.objects[path] = _KINDS[kind](self, path, rest)
        return found

    def user(self, subject: Subject | None) -> Value:
        """The user object of a subject, or null."""
        if subject is None:
            return NULL
        return self.object(f"user/{quote(subject.user_id or '', safe='')}/{quote(subject.username, safe='')}")


class Closed(HostObject):
    """A host object with a closed table of members; what is not in it is undefined, and writing to it does nothing."""

    __slots__ = ("rest", "scene")

    def __init__(self, scene: Scene, path: str, rest: str) -> None:
        super().__init__(path, OBJECT_PROTO)
        self.scene = scene
        self.rest = rest

    def members(self) -> Mapping[str, Callable[[], Value]]:
        """The readable members by name."""
        raise NotImplementedError

    def write(self, key: str, value: Value) -> None:
        """Take an assignment; the default drops it."""

    def get_own(self, key: str) -> Value:
        member = self.members().get(key)
        return MISSING if member is None else member()

    def has_own(self, key: str) -> bool:
        return key in self.members()

    def own_keys(self) -> list[str]:
        return list(self.members())

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        run.charge_fuel(1)
        self.write(key, value)

    def define(self, run: Run, key: str, value: Value) -> None:
        self.put(run, key, value, strict=False)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        self.write(key, None)
        return True

    def restrict(self, run: Run, level: int) -> None:
        """A host object cannot be frozen by a script; its table is closed already."""


class Context(Closed):
    """`context`."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        scene = self.scene
        login = scene.turn.login
        return {
            "steps": lambda: scene.object("steps"),
            "currentStep": lambda: scene.object(f"step/{scene.step}") if scene.step is not None else NULL,
            "currentKnownSubject": lambda: scene.user(_known_subject(scene)),
            "lastLoginFailedUser": lambda: scene.user(login.last_failed),
            "lastAuthenticatedUser": lambda: NULL,
            "requestedAcr": lambda: _list(login.request.acr_values) if login.request.acr_values else NULL,
            "selectedAcr": lambda: _text_or_null(login.acr),
            "tenantDomain": lambda: units(scene.turn.settings.tenant),
            "serviceProviderName": lambda: units(scene.turn.application.name),
            "request": lambda: scene.object("request"),
            "response": lambda: scene.object("response"),
            "retry": lambda: scene.retry,
            "endpointParams": lambda: scene.endpoint_params,
            "data": lambda: scene.data,
        }

    def write(self, key: str, value: Value) -> None:
        if key == "selectedAcr":
            self.scene.turn.login.acr = text(value)[:MAX_TEXT] if isinstance(value, str) else None
        elif key == "data" and isinstance(value, Obj):
            self.scene.data = value


class Steps(Closed):
    """`context.steps`: by the configured number; length is the number of steps that ran."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        scene = self.scene

        def step(number: int) -> Callable[[], Value]:
            return lambda: scene.object(f"step/{number}")

        ran = scene.turn.login.steps
        return {str(s.id): step(s.id) for s in scene.turn.login.flow.steps} | {"length": lambda: len(ran)}

    def enumerable(self, key: str) -> bool:
        return key != "length"


class StepObject(Closed):
    """One step: its user, what authenticated them, and what was configured."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        login = self.scene.turn.login
        number = int(self.rest)
        record: StepRecord | None = login.steps.get(number)
        step = login.flow.step(number)
        options = [{"idp": o.idp, "authenticator": o.authenticator} for o in step.options] if step else []
        return {
            "subject": lambda: self.scene.user(record.subject if record else None),
            "idp": lambda: units(record.idp) if record else NULL,
            "authenticator": lambda: units(record.authenticator) if record else NULL,
            "options": lambda: Arr([_object(option) for option in options]),
        }


class UserObject(Closed):
    """A user.  What a script may know of a name that is nobody's is the name."""

    __slots__ = ()

    @property
    def user_id(self) -> str | None:
        """The user's id, or None for a name that is nobody's."""
        return unquote(self.rest.partition("/")[0]) or None

    @property
    def record(self) -> User | None:
        """What the directory said of the user before this run."""
        return self.scene.turn.users.get(self.user_id or "")

    def members(self) -> Mapping[str, Callable[[], Value]]:
        name = unquote(self.rest.partition("/")[2])
        record = self.record
        return {
            "identifier": lambda: units(name),
            "username": lambda: units(record.username if record else name),
            "userStoreDomain": lambda: "PRIMARY",
            "tenantDomain": lambda: units(self.scene.turn.settings.tenant),
            "uniqueId": lambda: _text_or_null(record.id if record else None),
            "roles": lambda: _list(record.roles if record else ()),
            "groups": lambda: _list(record.groups if record else ()),
            "localClaims": lambda: self.scene.object(f"localClaims/{self.rest}"),
            "remoteClaims": lambda: NULL,
            "claims": lambda: self.scene.object(f"claims/{self.rest}"),
        }


class LocalClaims(UserObject):
    """`user.localClaims[uri]`: the directory's; a write reaches it once the login is stored, if this user is proven."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        claims = self._now()
        return {units(uri): partial(units, claims[uri]) for uri in claims}

    def get_own(self, key: str) -> Value:
        return _text_or_null(self._now().get(text(key)))

    def write(self, key: str, value: Value) -> None:
        user_id, turn = self.user_id, self.scene.turn
        proven = {fact.user_id for fact in turn.login.ledger}
        if user_id is None or user_id not in proven or not isinstance(value, str | int | float):
            turn.note("claim_write_refused", details={"claim": text(key)[:200]})
            return
        turn.claim_writes.setdefault(user_id, {})[text(key)[:MAX_TEXT]] = _as_text(value)

    def _now(self) -> dict[str, str]:
        record = self.record
        written = self.scene.turn.claim_writes.get(self.user_id or "", {})
        return {**(record.claims if record else {}), **written}


class RuntimeClaims(LocalClaims):
    """`user.claims[uri]`: for this login only; read as written, else as the directory has it."""

    __slots__ = ()

    def write(self, key: str, value: Value) -> None:
        if isinstance(value, str | int | float):
            self.scene.turn.login.claims[text(key)[:MAX_TEXT]] = _as_text(value)

    def _now(self) -> dict[str, str]:
        subject = self.scene.turn.login.subject
        own = self.scene.turn.login.claims if subject is not None and subject.user_id == self.user_id else {}
        return {**super()._now(), **own}


class Request(Closed):
    """`context.request`: of the HTTP request at hand."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {
            "params": lambda: self.scene.object("params"),
            "headers": lambda: self.scene.object("headers"),
            "cookies": lambda: self.scene.object("cookies"),
            "ip": lambda: units(self.scene.turn.request.ip),
        }


class Params(Closed):
    """`context.request.params`: lists of text."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        params = self.scene.turn.request.params
        return {units(name): partial(_list, params[name]) for name in params}


class Headers(Closed):
    """`context.request.headers`: names in any case."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        headers = self.scene.turn.request.headers
        return {name: partial(units, headers[name]) for name in headers}

    def get_own(self, key: str) -> Value:
        return super().get_own(key.lower())


class Cookies(Closed):
    """`context.request.cookies`: objects with name and value."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        cookies = self.scene.turn.request.cookies
        return {units(name): partial(_object, {"name": name, "value": cookies[name]}) for name in cookies}


class Response(Closed):
    """`context.response`."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {"headers": lambda: self.scene.object("responseHeaders")}


class ResponseHeaders(Closed):
    """`context.response.headers[name] = value`: set on this answer, unless a face sets that header itself."""

    __slots__ = ()

    def members(self) -> Mapping[str, Callable[[], Value]]:
        headers = self.scene.turn.headers
        return {name: partial(units, headers[name]) for name in headers}

    def write(self, key: str, value: Value) -> None:
        name = text(key)
        written = text(value) if isinstance(value, str) else ""
        is_name = name.isascii() and name.replace("-", "").isalnum() and name.lower() not in HEADERS_OF_OURS
        if is_name and 0 < len(written) <= MAX_TEXT and written.isascii() and written.isprintable():
            self.scene.turn.headers[name] = written


_KINDS: Mapping[str, Callable[[Scene, str, str], HostObject]] = {
    "context": Context,
    "steps": Steps,
    "step": StepObject,
    "user": UserObject,
    "localClaims": LocalClaims,
    "claims": RuntimeClaims,
    "request": Request,
    "params": Params,
    "headers": Headers,
    "cookies": Cookies,
    "response": Response,
    "responseHeaders": ResponseHeaders,
}


def _known_subject(scene: Scene) -> Subject | None:
    """The user of the subject step if it ran, else of the step just done, else whoever this login is about."""
    login = scene.turn.login
    for number in (login.subject_step, scene.step):
        record = login.steps.get(number) if number is not None else None
        if record is not None and record.subject is not None:
            return record.subject
    return login.subject


def scene_of(run: Run) -> Scene:
    """The scene a host function is called in: the run's own context knows it."""
    context = run.host_object("context")
    assert isinstance(context, Closed)
    return context.scene


def _list(texts: Iterable[str]) -> Arr:
    return Arr([units(entry) for entry in texts])


def _object(values: Mapping[str, str]) -> Obj:
    return Obj(OBJECT_PROTO, {key: units(value) for key, value in values.items()})


def _as_text(value: str | int | float) -> str:
    if isinstance(value, str):
        return text(value)[:MAX_TEXT]
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _text_or_null(value: str | None) -> Value:
    return NULL if value is None else units(value)
