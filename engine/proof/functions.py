"""What the functions of scripts do while a script is explored: what steers is done, what asks the world gives anything
that its declaration allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from dsl.base import ERROR_PROTO, Throw, new_error
from dsl.exploration import Path, Shape, Unknown, judging, leaf
from dsl.exploration.calls import tainted
from dsl.exploration.lists import belongs
from dsl.exploration.terms import ANY, BOOLEAN, NUMBER_SHAPE, STRING, of
from dsl.hostapi import HostFunction, HostTable, Parameter, convert_arguments
from dsl.values import NULL, OBJECT_PROTO, Arr, Obj, Value, text
from engine.context import scene_of
from engine.functions import Functions, log
from engine.functions.handlers import handler_names, line_of_call
from engine.model import Call
from engine.proof.scene import ExploredContext, ExploredScene, ExploredUser

if TYPE_CHECKING:
    from dsl import Run

STEERING = frozenset({
    "fail", "sendError", "prompt", "promptIdentifierForStep", "httpGet", "httpDelete", "httpPost", "httpPut",
    "httpPatch",
    "callAnalytics", "callElastic", "callChoreo", "filterAuthenticators", "getMaskedValue", "require",
    "loadLocalLibrary",
})  # fmt: skip
"""Functions that are done as they are: they leave calls behind, or only look at what they are given."""
RESULTLESS = frozenset({"Log.info", "Log.debug", "Log.error", "Log.log", "setCookie", "publishToAnalytics"})
CHANGES_ROLES = frozenset({"assignUserRoles", "removeUserRoles", "assignUserRolesV2", "removeUserRolesV2"})
ROLES = {"hasRole": "role", "hasAnyOfTheRoles": "role", "isAnyOfTheRolesAssignedToUser": "role",
         "hasAnyOfTheRolesV2": "associated", "isMemberOfAnyOfGroups": "group"}  # fmt: skip


def _object(*members: tuple[str, Shape]) -> Shape:
    return Shape(frozenset({"object"}), members=members)


def _list(item: Shape, *or_: str) -> Shape:
    return Shape(frozenset({"array", *or_}), item=item)


_NUMBER_OR_NULL, _TEXT_OR_NULL = of("number", "null"), of("string", "null")
_AGENT = _object(*((name, _TEXT_OR_NULL) for name in ("rawString", "browser", "platform", "device")))
_APPLICATION = _object(*((name, STRING) for name in ("subject", "appName", "appId")))
_SESSION = _object(
    ("id", STRING), ("ip", _TEXT_OR_NULL), ("loginTime", NUMBER_SHAPE), ("lastAccessTime", NUMBER_SHAPE),
    ("userAgent", _AGENT), ("applications", _list(_APPLICATION)), ("current", BOOLEAN),
)  # fmt: skip
SHAPES: dict[str, Shape] = {
    "boolean": BOOLEAN, "string": STRING, "string | null": _TEXT_OR_NULL, "any": ANY, "object": ANY,
    "Session[] | null": _list(_SESSION, "null"), "Application[]": _list(_APPLICATION),
    "{ [id: string]: Session }": Shape(frozenset({"object"}), other=_SESSION.or_("undefined")),
}  # fmt: skip
"""Shapes of what functions give, by their declaration; of any other nothing is taken for granted."""


def explored_table(functions: Functions) -> HostTable:
    """The same names as the real table, for exploring."""
    declared = tuple(_explored(one, one.name) for one in functions.declared)
    return HostTable(declared, {"Log": tuple(_explored(one, f"Log.{one.name}") for one in log.FUNCTIONS)}, ("secrets",))


def _explored(declared: HostFunction, name: str) -> HostFunction:
    def call(run: Run, args: list[Any]) -> object:
        scene = scene_of(run)
        assert isinstance(scene, ExploredScene)
        settled = [scene.path.settle(arg) for arg in args]
        model = MODELS.get(name)
        if model is not None:
            return model(run, scene, settled)
        if name in RESULTLESS:
            _nothing(run, scene, declared)
            return None
        if name in STEERING:
            return _steer(run, scene, declared, settled)
        return _anything(run, scene, declared)

    return replace(declared, parameters=(Parameter("given", rest=True),), call=call)


def _nothing(run: Run, scene: ExploredScene, declared: HostFunction) -> None:
    if declared.throws and scene.path.choose((False, True)):
        _throw(run, declared)


def _throw(run: Run, declared: HostFunction) -> None:
    raise Throw(new_error(run, ERROR_PROTO, f"{declared.name} cannot do that"))


def _anything(run: Run, scene: ExploredScene, declared: HostFunction) -> Value:
    """Whatever it may give, or throw."""
    _nothing(run, scene, declared)
    result = scene.ask_anything(declared.name, SHAPES.get(declared.returns, ANY))
    if declared.name in CHANGES_ROLES:
        scene.path.facts.epoch += 1
    return result


def _steer(run: Run, scene: ExploredScene, declared: HostFunction, args: list[Value]) -> object:
    if tainted(*args) is None:
        return declared.call(run, convert_arguments(run, declared, args))
    if declared.name in ("filterAuthenticators", "getMaskedValue"):
        return scene.path.unknown(scene.path.fresh(declared.name), SHAPES.get(declared.returns, ANY))
    if declared.name in ("require", "loadLocalLibrary", "prompt") and isinstance(args[0], Unknown):
        scene.path.give_up(f"{declared.name} with a name that is not known")
    if declared.events and declared.name not in ("prompt", "promptIdentifierForStep"):
        _leave(run, scene, declared, args)
        return None
    written = [_written_out(scene.path, arg) for arg in args]
    return declared.call(run, convert_arguments(run, declared, written))


def _leave(run: Run, scene: ExploredScene, declared: HostFunction, args: list[Value]) -> None:
    """A call whose arguments are not known: it may be refused at once, and else goes out like any other."""
    if scene.path.choose((False, True)):
        _throw(run, declared)
    if isinstance(args[-1], Unknown):
        scene.path.give_up("handlers are given that are not known")
    names = handler_names(run, args[-1])
    scene.add(Call("question", name=declared.name, handlers=names, line=line_of_call()), args[-1])


def _written_out(path: Path, value: Value, room: int = 20) -> Value:
    """*value* with some text for each unknown one: it leaves the script, and does not steer the login."""
    if isinstance(value, Unknown):
        if "function" in judging.kinds(path, value):
            path.give_up("handlers are given that are not known")
        return "?"
    if room == 0 or not isinstance(value, Obj) or value.is_callable or tainted(value) is None:
        return value
    if isinstance(value, Arr):
        return Arr([_written_out(path, item, room - 1) for item in value.items])
    return Obj(OBJECT_PROTO, {key: _written_out(path, inner, room - 1) for key, inner in value.props.items()})


# --- steps ------------------------------------------------------------------------------------------------------------


def _execute_step(run: Run, scene: ExploredScene, args: list[Value]) -> None:
    from engine.functions.steps import execute_step

    number = args[0] if args else None
    if isinstance(number, Unknown):
        ids = [step.id for step in scene.turn.login.flow.steps]
        number = next((one for one in ids if judging.identical(scene.path, number, one)), None)
    if any(isinstance(arg, Unknown) for arg in args[1:]):
        scene.path.give_up("a step has options or handlers that are not known")
    rest = list(args[1:])
    if tainted(*rest) is not None:
        step = scene.turn.login.flow.step(number) if type(number) is int else None
        ways = [option.authenticator for option in step.options] if step is not None else []
        rest = [_options(scene.path, arg, ways) for arg in rest]
    execute_step(run, [number, *rest])


def _options(path: Path, given: Value, ways: Sequence[str]) -> Value:
    """Options with something for each part that is not known: any filter, either flag."""
    if tainted(given) is None or type(given) is not Obj:
        return given
    props = dict(given.props)
    if tainted(props.get("authenticationOptions")) is not None:
        props["authenticationOptions"] = _filter(path, props["authenticationOptions"], ways)
    flags = props.get("stepOptions")
    if isinstance(flags, Unknown):
        path.give_up("stepOptions are not known")
    if isinstance(flags, Obj) and tainted(flags) is not None:
        known = {key: _flag(path, value) for key, value in flags.props.items()}
        props["stepOptions"] = Obj(OBJECT_PROTO, known)
    return Obj(OBJECT_PROTO, {key: _written_out(path, value) for key, value in props.items()})


def _filter(path: Path, given: Value, ways: Sequence[str]) -> Value:
    """The ways that a filter may leave: each entry any of them, or none."""
    if type(given) is Arr and all(type(one) is Obj for one in given.items):
        named = [one.props.get("authenticator") for one in given.items if isinstance(one, Obj)]
        kept = [_named(path, one, ways) if isinstance(one, Unknown) else one for one in named]
    else:
        kept = list(path.choose([some for count in range(len(ways), -1, -1) for some in combinations(ways, count)]))
    return Arr([Obj(OBJECT_PROTO, {"authenticator": one}) for one in kept])


def _named(path: Path, name: Unknown, ways: Sequence[str]) -> Value:
    """Which way an unknown name means; it may mean one by another of its names."""
    found = next((way for way in ways if judging.identical(path, name, way)), None)
    return path.choose(["?", *ways]) if found is None else found


def _flag(path: Path, value: Value) -> Value:
    return path.choose((False, True)) if isinstance(value, Unknown) else value


# --- who somebody is --------------------------------------------------------------------------------------------------


def _belongs_to(name: str) -> Callable[[Run, ExploredScene, list[Value]], Value]:
    word, by_context = ROLES[name], name.endswith("V2")

    def asks(run: Run, scene: ExploredScene, args: list[Value]) -> Value:
        who, wanted = (*args, None, None)[:2]
        if by_context and isinstance(who, ExploredContext):
            who = who.members()["currentKnownSubject"]()
        if isinstance(who, Unknown) or tainted(wanted) is not None:
            return scene.path.unknown(scene.path.fresh(name), BOOLEAN)
        if not isinstance(who, ExploredUser):
            return False
        if name == "hasRole" and not isinstance(wanted, str):
            return False
        entries = wanted.items if isinstance(wanted, Arr) else [wanted]
        names = [text(one) for one in entries if isinstance(one, str)]
        if word != "group":
            names = [one.removeprefix("Internal/") for one in names]
        return any(belongs(scene.path, word, one) for one in dict.fromkeys(names))

    return asks


def _select_acr(run: Run, scene: ExploredScene, args: list[Value]) -> Value:
    levels = args[1] if len(args) > 1 else None
    if tainted(levels) is not None:
        return scene.path.unknown(scene.path.fresh("selectAcrFrom"), _TEXT_OR_NULL)
    entries = levels.items if isinstance(levels, Arr) else []
    return next((one for one in entries if isinstance(one, str) and belongs(scene.path, "acr", text(one))), NULL)


def _secret(run: Run, scene: ExploredScene, args: list[Value]) -> Value:
    if args and isinstance(args[0], str):
        scene.path.happened.append(("secret", text(args[0])))
        return scene.unknown(_TEXT_OR_NULL, "secret", text(args[0]), lasting=True)
    return scene.path.unknown(scene.path.fresh("secret"), _TEXT_OR_NULL)


def _cookie(run: Run, scene: ExploredScene, args: list[Value]) -> Value:
    if tainted(*args) is not None or len(args) < 2 or not isinstance(args[1], str):
        return scene.path.unknown(scene.path.fresh("cookie-value"), _TEXT_OR_NULL)
    options = args[2].props if len(args) > 2 and isinstance(args[2], Obj) else {}
    sealed = any(value is True or value == "true" for value in options.values())
    return scene.path.unknown(
        leaf("sealed-cookie" if sealed else "cookie-value", text(args[1]), scene.path.generation), _TEXT_OR_NULL
    )


def _update_password(run: Run, scene: ExploredScene, args: list[Value]) -> None:
    if scene.path.choose((False, True)):
        raise Throw(new_error(run, ERROR_PROTO, "updateUserPassword: no user, no password or no handlers"))
    handlers = args[2] if len(args) > 2 else None
    if isinstance(handlers, Unknown):
        scene.path.give_up("handlers are given that are not known")
    if isinstance(handlers, Obj) and handler_names(run, handlers):
        names = handler_names(run, handlers)
        scene.add(Call("question", name="updateUserPassword", handlers=names, line=line_of_call()), handlers)


MODELS: dict[str, Callable[[Run, ExploredScene, list[Value]], Any]] = {
    "executeStep": _execute_step, "selectAcrFrom": _select_acr, "getSecretByName": _secret, "getCookieValue": _cookie,
    "updateUserPassword": _update_password, **{name: _belongs_to(name) for name in ROLES},
}  # fmt: skip
