"""What a script sees while it is explored: the same objects, whose members are not known.

What the login itself says (which steps ran, by what) is known; the person, the request and the directory are not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from dsl.exploration import Path, Shape, Term, Unknown, leaf
from dsl.exploration.terms import ANY, BOOLEAN, NUMBER_SHAPE, STRING, TEXTS, of
from dsl.values import MISSING, NULL, OBJECT_PROTO, HostObject, Value, text, units
from engine.context.claims import LocalClaims, RuntimeClaims
from engine.context.http import Response
from engine.context.login import Context, StepObject, Steps
from engine.context.scene import Closed, Scene
from engine.context.users import UserObject

if TYPE_CHECKING:
    from dsl import Run

TEXT_OR_NULL = of("string", "null")
LAST_FAILED = "lastLoginFailedUser"
"""Noticed where a script reads it: only then does it matter whether a try failed that no handler heard of."""
NOT_KNOWN = "\0?"
"""Stands in the login for a text that is not known."""
USER_KEYS = ("identifier", "username", "userStoreDomain", "tenantDomain", "uniqueId", "roles", "groups", "localClaims",
             "remoteClaims", "claims")  # fmt: skip
_DENIAL = Shape(frozenset({"object"}), members=(
    ("at", NUMBER_SHAPE), ("notMe", BOOLEAN), ("application", STRING), ("ip", STRING)))  # fmt: skip
_DEVICE = Shape(frozenset({"object"}), members=(
    ("name", STRING), ("model", STRING), ("addedAt", NUMBER_SHAPE), ("lastUsedAt", of("number", "null"))))  # fmt: skip
PUSH = Shape(frozenset({"object"}), members=(
    ("lastDenial", _DENIAL.or_("null")), ("budgetLeft", NUMBER_SHAPE),
    ("devices", Shape(frozenset({"array"}), item=_DEVICE))))  # fmt: skip
COOKIE = Shape(frozenset({"object"}), members=(("name", STRING), ("value", STRING)))


@dataclass(slots=True)
class ExploredScene(Scene):
    """A scene of which much is not known.  terms: names of unknown values in snapshots, and what they stand for."""

    path: Path = field(kw_only=True)
    terms: Callable[[str], HostObject] = field(kw_only=True)

    def object(self, path: str) -> HostObject:
        """The one object with that path."""
        found = self.objects.get(path)
        if found is None:
            kind, _, rest = path.partition("/")
            if path.startswith("?"):
                return self.terms(path)
            made = EXPLORED.get(kind)
            found = self.objects[path] = made(self, path, rest) if made else super(ExploredScene, self).object(path)
        return found

    def unknown(self, shape: Shape, *name: Any, lasting: bool = False) -> Value:
        """What comes from outside under that name: of this request, or the same for the whole login."""
        return self.path.unknown(leaf(*name, None if lasting else self.path.generation), shape)

    def ask_anything(self, name: str, shape: Shape) -> Value:
        """The answer to a question, new each time."""
        term = self.path.fresh("asked", name)
        self.path.happened.append(("asked", (name, term)))
        return self.path.unknown(term, shape)


def path_of_scene(scene: Scene) -> Path:
    """The way that is explored."""
    assert isinstance(scene, ExploredScene)
    return scene.path


class Explored(Closed):
    """A host object whose members are not known.  Going through all of them is given up."""

    __slots__ = ()

    scene: ExploredScene

    def unknown_member(self, path: Path, key: Unknown) -> Value:
        """A member whose name is not known."""
        path.give_up("a member is read whose name is not known")

    def member(self, key: str) -> Value:
        """A member, which may be missing."""
        raise NotImplementedError

    def get_own(self, key: str) -> Value:
        if OBJECT_PROTO.has_own(key) and self.scene.path.choose((True, False)):
            return MISSING
        return self.member(key)

    def has_own(self, key: str) -> bool:
        return self.scene.path.choose((True, False))

    def own_keys(self) -> NoReturn:
        self.scene.path.give_up("the names of all members of an object of the request or the user are asked for")

    def members(self) -> NoReturn:
        self.own_keys()


class ExploredContext(Context):
    """`context`."""

    __slots__ = ()

    scene: ExploredScene

    def members(self) -> Mapping[str, Callable[[], Value]]:
        scene = self.scene
        acrs = Shape(frozenset({"array", "null"}), item=STRING, word="acr")
        return {
            **super().members(),
            "requestedAcr": lambda: scene.unknown(acrs, "acrs", lasting=True),
            "tenantDomain": lambda: scene.unknown(STRING, "tenant", lasting=True),
            "serviceProviderName": lambda: scene.unknown(STRING, "application", lasting=True),
            "selectedAcr": self._acr,
            "lastLoginFailedUser": self._last_failed,
        }

    def _last_failed(self) -> Value:
        self.scene.path.noticed.add(LAST_FAILED)
        return self.scene.user(self.scene.turn.login.last_failed)

    def _acr(self) -> Value:
        acr = self.scene.turn.login.acr
        if acr == NOT_KNOWN:
            return self.scene.path.unknown(self.scene.path.fresh("acr-written"), TEXT_OR_NULL)
        return NULL if acr is None else units(acr)

    def write(self, key: str, value: Value) -> None:
        if isinstance(value, Unknown):
            if key == "data":
                self.scene.path.give_up("context.data is made something that is not known")
            value = NOT_KNOWN
        super().write(key, value)


class ExploredSteps(Steps):
    """`context.steps`."""

    __slots__ = ()

    def unknown_member(self, path: Path, key: Unknown) -> Value:
        """The step whose number is not known: any."""
        path.give_up("a step is read whose number is not known")


class ExploredStep(StepObject):
    """One step."""

    __slots__ = ()

    scene: ExploredScene

    def members(self) -> Mapping[str, Callable[[], Value]]:
        failed = self.scene.turn.failed_step == int(self.rest)
        paused = (lambda: self.scene.unknown(BOOLEAN, "paused")) if failed else (lambda: False)
        return {**super().members(), "paused": paused}


class ExploredUser(UserObject):
    """The user of this login."""

    __slots__ = ()

    scene: ExploredScene

    def members(self) -> Mapping[str, Callable[[], Value]]:
        return {name: lambda name=name: self.get_own(name) for name in USER_KEYS}  # type: ignore[misc]

    def get_own(self, key: str) -> Value:
        scene = self.scene
        label = scene.turn.login.labels.get(self.rest, {}).get(key)
        if label is not None and label != NOT_KNOWN:
            return units(label)
        match key:
            case "identifier" | "username" | "userStoreDomain":
                return scene.unknown(STRING, key, lasting=label is None)
            case "tenantDomain":
                return scene.unknown(STRING, "tenant", lasting=True)
            case "uniqueId":
                proven = bool(scene.turn.login.ledger)
                return scene.unknown(STRING if proven else TEXT_OR_NULL, "uniqueId", proven, lasting=True)
            case "roles" | "groups":
                shape = Shape(TEXTS.kinds, item=STRING, word="role" if key == "roles" else "group")
                return scene.unknown(shape, key, scene.path.facts.epoch, lasting=True)
            case "localClaims" | "claims":
                return scene.object(f"{key}/{self.rest}")
            case "remoteClaims":
                return NULL
        return MISSING

    def has_own(self, key: str) -> bool:
        return key in USER_KEYS

    def own_keys(self) -> list[str]:
        return list(USER_KEYS)

    def write(self, key: str, value: Value) -> None:
        super().write(key, NOT_KNOWN.replace("\0", "") if isinstance(value, Unknown) else value)
        if isinstance(value, Unknown) and key in ("username", "userStoreDomain"):
            self.scene.turn.login.labels.setdefault(self.rest, {})[key] = NOT_KNOWN


class ExploredClaims(Explored):
    """`localClaims` and `claims`: what the script wrote is known, the rest is not."""

    __slots__ = ()

    def written(self) -> Mapping[str, str]:
        """What the script wrote in this login."""
        return {}

    def member(self, key: str) -> Value:
        found = self.written().get(text(key))
        if found == NOT_KNOWN:
            return self.scene.path.unknown(self.scene.path.fresh("claim-written"), STRING)
        return self.scene.unknown(TEXT_OR_NULL, "claim", text(key), lasting=True) if found is None else units(found)

    def get_own(self, key: str) -> Value:
        return MISSING if OBJECT_PROTO.has_own(key) else self.member(key)

    def unknown_member(self, path: Path, key: Unknown) -> Value:
        """A claim whose name is not known."""
        return path.unknown(path.fresh("claim"), TEXT_OR_NULL)


class ExploredLocalClaims(ExploredClaims):
    """`localClaims`."""

    __slots__ = ()

    def written(self) -> Mapping[str, str]:
        return self.scene.turn.login.written.get(self._user(), {})

    def _user(self) -> str:
        return self.rest.split("/")[0]

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if isinstance(value, Unknown):
            self.scene.turn.login.written.setdefault(self._user(), {})[text(key)] = NOT_KNOWN
        else:
            LocalClaims(self.scene, self.path, self.rest).put(run, key, value, strict)


class ExploredRuntimeClaims(ExploredClaims):
    """`claims`."""

    __slots__ = ()

    def written(self) -> Mapping[str, str]:
        login = self.scene.turn.login
        return {**login.written.get(self.rest.split("/")[0], {}), **login.claims}

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        if isinstance(value, Unknown):
            self.scene.turn.login.claims[text(key)] = NOT_KNOWN
        else:
            RuntimeClaims(self.scene, self.path, self.rest).put(run, key, value, strict)


class ExploredRequest(Explored):
    """`context.request`."""

    __slots__ = ()

    def get_own(self, key: str) -> Value:
        if key in ("params", "headers", "cookies"):
            return self.scene.object(key)
        return self.scene.unknown(STRING, "ip") if key == "ip" else MISSING

    def has_own(self, key: str) -> bool:
        return key in ("params", "headers", "cookies", "ip")


class ExploredParams(Explored):
    """`context.request.params`."""

    __slots__ = ()

    def member(self, key: str) -> Value:
        return self.scene.unknown(TEXTS.or_("undefined"), "param", text(key))


class ExploredHeaders(Explored):
    """`context.request.headers`."""

    __slots__ = ()

    def member(self, key: str) -> Value:
        return self.scene.unknown(of("string", "undefined"), "header", text(key).lower())

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        """Nothing can be written to it."""


class ExploredCookies(Explored):
    """`context.request.cookies`."""

    __slots__ = ()

    def member(self, key: str) -> Value:
        return self.scene.unknown(COOKIE.or_("undefined"), "cookie", text(key))


class ExploredResponseHeaders(ExploredHeaders):
    """`context.response.headers`."""

    __slots__ = ()

    def member(self, key: str) -> Value:
        return self.scene.path.unknown(self.scene.path.fresh("response-header"), of("string", "undefined"))


class ExploredPush(Explored):
    """`context.push`: asked once in a run."""

    __slots__ = ("_standing",)

    _standing: Term

    def get_own(self, key: str) -> Value:
        if PUSH.member(key) is None:
            return MISSING
        if not hasattr(self, "_standing"):
            asked = self.scene.ask_anything("context.push", PUSH)
            assert isinstance(asked, Unknown)
            self._standing = asked.term
        return self.scene.path.unknown(("get", self._standing, ("const", "string", key)), PUSH.member(key) or ANY)


class ExploredSecrets(Explored):
    """`secrets`."""

    __slots__ = ()

    def member(self, key: str) -> Value:
        self.scene.path.happened.append(("secret", text(key)))
        return self.scene.unknown(of("string", "undefined"), "secret", text(key), lasting=True)


EXPLORED: dict[str, type[Closed]] = {
    "context": ExploredContext, "steps": ExploredSteps, "step": ExploredStep, "user": ExploredUser,
    "localClaims": ExploredLocalClaims, "claims": ExploredRuntimeClaims, "request": ExploredRequest,
    "params": ExploredParams, "headers": ExploredHeaders, "cookies": ExploredCookies, "response": Response,
    "responseHeaders": ExploredResponseHeaders, "push": ExploredPush, "secrets": ExploredSecrets,
}  # fmt: skip
