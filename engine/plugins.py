"""Functions of scripts that an operator adds: installed packages name them as entry points of the group
`doorstep.functions`, and each is one `Plugin`.

A plugin gets plain data and gives plain data.  It sees no engine, no store and no request, and whatever it raises is a
failure that the script hears of, never a way in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from dsl.hostapi import HostFunction
from dsl.hostapi import Parameter as Declared
from dsl.library import REALM
from dsl.values import NULL
from engine.apart import Apart, Unanswering
from engine.functions import FUNCTIONS, Functions
from engine.functions.asking import ask, do, leave
from engine.functions.given import user_given
from engine.model import User
from engine.questions import ON_FAIL, ON_SUCCESS, ON_TIMEOUT, Asked, CallFailed, Work
from engine.turn import Turn

if TYPE_CHECKING:
    from dsl import Run

GROUP = "doorstep.functions"
LARGEST = 65_536
"""Bytes of JSON that a plugin may give back."""
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{0,63}")


class PluginError(Exception):
    """Raised by a plugin that cannot do what was asked.  data: plain data for the script's `onFail`."""

    def __init__(self, data: Any = None) -> None:
        super().__init__("a plugin could not do what was asked")
        self.data = data


class BadPlugin(ValueError):
    """An installed plugin cannot be used; the text says which and why.  The server does not start with it."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user, as a plugin may know them."""

    id: str
    username: str
    roles: tuple[str, ...]
    groups: tuple[str, ...]
    claims: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The login in which a plugin is asked.  person: whom it is about, None while nobody is known or if there is none.

    now: seconds since the epoch.  key: the same when the same effect is asked for again, after a crash for example.
    """

    application_id: str
    ip: str
    user_agent: str
    now: float
    key: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument.  type: a `user` arrives as Person or None, `any` as plain data, the others as what they say."""

    name: str
    type: Literal["string", "number", "boolean", "user", "any"] = "any"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Plugin:
    """A function that scripts may call.

    call(facts, *arguments): gives plain data, or raises PluginError; an `async def` runs on a loop of the plugin's own,
    any other in a thread.  waits: the script gives event handlers as last argument, and hears of the outcome when the
    login comes to it; else the script has the value at once.
    effect: it changes something, so it is asked once however often the script has to run.
    """

    name: str
    call: Callable[..., Any]
    doc: str
    parameters: tuple[Parameter, ...] = ()
    waits: bool = False
    effect: bool = True
    returns: str = "any"


def load(found: Iterable[EntryPoint] | None = None) -> Functions:
    """What scripts may call in this house, with the plugins that are installed.  Raises BadPlugin."""
    entries = entry_points(group=GROUP) if found is None else found
    return with_plugins([_loaded(entry) for entry in sorted(entries, key=lambda entry: entry.name)])


def with_plugins(plugins: Iterable[Plugin]) -> Functions:
    """The functions of every house, and these.  Raises BadPlugin if one has a name that is taken, or none."""
    declared, works, calls = list(FUNCTIONS.declared), dict(FUNCTIONS.works), set(FUNCTIONS.calls)
    taken = FUNCTIONS.table.names() | FUNCTIONS.works.keys() | REALM.keys() | {"globalThis"}
    for plugin in plugins:
        if not _NAME.fullmatch(plugin.name):
            raise BadPlugin(f"the plugin {plugin.name!r} has no name that a script could write")
        if plugin.name in taken:
            raise BadPlugin(f"the plugin {plugin.name} has the name of something that scripts have already")
        taken |= {plugin.name}
        declared.append(_declared(plugin))
        works[plugin.name] = _work(plugin)
        calls.add(plugin.name)
    return Functions(tuple(declared), works, frozenset(calls))


def _loaded(entry: EntryPoint) -> Plugin:
    try:
        plugin = entry.load()
    except Exception as error:
        raise BadPlugin(f"the plugin {entry.name} ({entry.value}) cannot be loaded: {error}") from error
    if not isinstance(plugin, Plugin):
        raise BadPlugin(f"the plugin {entry.name} ({entry.value}) is no engine.plugins.Plugin")
    return plugin


def _declared(plugin: Plugin) -> HostFunction:
    parameters = tuple(_parameter(parameter) for parameter in plugin.parameters)
    if plugin.waits:
        return HostFunction(
            plugin.name,
            (*parameters, Declared("handlers", optional=True)),
            partial(_leave, plugin),
            doc=plugin.doc,
            events=(ON_SUCCESS, ON_FAIL, ON_TIMEOUT),
            fails="an outcome without its handler ends the login as failed",
        )
    fails = "null if it cannot"
    return HostFunction(
        plugin.name, parameters, partial(_ask, plugin), True, plugin.doc, returns=plugin.returns, fails=fails
    )


def _parameter(parameter: Parameter) -> Declared:
    match parameter.type:
        case "user":
            return Declared(parameter.name, optional=parameter.optional)
        case "any":
            return Declared(parameter.name, "plain", parameter.optional)
        case kind:
            return Declared(parameter.name, kind, parameter.optional)


def _given(plugin: Plugin, args: list[Any]) -> list[Any]:
    """The arguments as plain data; a user is the id of one."""
    return [
        _user_id(value) if parameter.type == "user" else value
        for parameter, value in zip(plugin.parameters, args, strict=False)
    ]


def _user_id(value: Any) -> str | None:
    user = user_given(value)
    record = user.record if user is not None else None
    return record.id if record is not None else None


def _ask(plugin: Plugin, run: Run, args: list[Any]) -> Any:
    asked = do if plugin.effect else ask
    result = asked(run, plugin.name, given=_given(plugin, args))
    return NULL if result.data is None or not result.succeeded else result.data


def _leave(plugin: Plugin, run: Run, args: list[Any]) -> None:
    leave(run, plugin.name, args[-1], given=_given(plugin, args[:-1]))


def _work(plugin: Plugin) -> Work:
    apart = Apart(plugin.name, plugin.call, read=_plain)

    async def work(asked: Asked) -> Any:
        given = [
            await _person(asked, value) if parameter.type == "user" else deepcopy(value)
            for parameter, value in zip(plugin.parameters, asked.arguments["given"], strict=True)
        ]
        return await _told(apart, _facts(asked), given)

    return work


async def _told(apart: Apart, facts: Facts, given: list[Any]) -> Any:
    """What the plugin says; whatever else it raises is one kind of failure."""
    try:
        return await apart.ask(facts, *given)
    except PluginError as error:
        raise CallFailed(_plain(error.data)) from None
    except Unanswering:
        raise CallFailed() from None
    except TimeoutError:
        raise
    except Exception as error:
        raise RuntimeError(f"the plugin raised {type(error).__name__}") from error


async def _person(asked: Asked, user_id: str | None) -> Person | None:
    user = await asked.services.directory.user(user_id) if user_id else None
    return _as_person(user)


def _facts(asked: Asked) -> Facts:
    turn = asked.turn
    request = turn.request
    return Facts(turn.application.id, request.ip, request.user_agent, turn.now, _key(turn), _as_person(_subject(turn)))


def _subject(turn: Turn) -> User | None:
    subject = turn.login.subject
    return turn.users.get(subject.user_id) if subject is not None and subject.user_id else None


def _as_person(user: User | None) -> Person | None:
    return Person(user.id, user.username, user.roles, user.groups, dict(user.claims)) if user is not None else None


def _key(turn: Turn) -> str:
    return f"{turn.login.id}:{turn.login.revision}:{turn.effects}"


def _plain(told: Any) -> Any:
    """Only plain data, and no more than LARGEST, comes back from a plugin."""
    packed = msgspec.json.encode(told)
    if len(packed) > LARGEST:
        raise ValueError("a plugin gave too much")
    return msgspec.json.decode(packed)
