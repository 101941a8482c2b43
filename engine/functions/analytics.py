"""`callAnalytics`, `callElastic`, `callChoreo` and `publishToAnalytics`: calls of services that the settings describe.

Each is a thin client with the arguments and events that scripts know.  A service that is not configured is a failed
call.  Secrets are read when the call leaves, so that no login holds one that was named.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from dsl.base import throw_type_error
from dsl.hostapi import HostFunction, Parameter
from dsl.plain import to_plain
from dsl.values import Obj, Value
from engine.functions.asking import later, leave
from engine.functions.calling import call, failed
from engine.functions.http import JSON, handlers_given, json_text
from engine.model import ServiceSettings
from engine.outgoing import Basic, Bearer, ClientCredentials, Credentials
from engine.questions import ON_FAIL, ON_SUCCESS, ON_TIMEOUT, Asked

if TYPE_CHECKING:
    from dsl import Run

_HEADERS = (("Accept", JSON), ("Content-Type", JSON))
_FAILS = "a TypeError for arguments that are none; else `onFail` with `{status, response, reason}`, or `onTimeout`"
_CHOREO = ("url", "consumerKey", "consumerKeyAlias", "consumerSecret", "consumerSecretAlias", "asgardeoTokenEndpoint")


def call_analytics(run: Run, args: list[Any]) -> None:
    """Ask the analytics service about an event."""
    meta, payload, handlers = args
    found = handlers_given(run, handlers, "callAnalytics")
    leave(run, "callAnalytics", found, **_event(run, meta, payload, "callAnalytics"))


def publish_to_analytics(run: Run, args: list[Any]) -> None:
    """Tell the analytics service of an event once the login is stored."""
    meta, payload, _ = args
    later(run, "publishToAnalytics", **_event(run, meta, payload, "publishToAnalytics"))


def call_elastic(run: Run, args: list[Any]) -> None:
    """Ask for the risk of what the parameters describe."""
    given, handlers = args
    found = handlers_given(run, handlers, "callElastic")
    leave(run, "callElastic", found, body=json_text(run, _object(run, given, "callElastic"), "callElastic"))


def call_choreo(run: Run, args: list[Any]) -> None:
    """Call an address with a token that is fetched for it."""
    given, payload, handlers = args
    found = handlers_given(run, handlers, "callChoreo")
    told = to_plain(run, _object(run, given, "callChoreo"))
    assert isinstance(told, dict)
    texts = {name: told[name] for name in _CHOREO if isinstance(told.get(name), str) and told[name]}
    if "url" not in texts:
        throw_type_error(run, "callChoreo: the first argument must have a url")
    leave(run, "callChoreo", found, to=texts, body=json_text(run, _object(run, payload, "callChoreo"), "callChoreo"))


def _event(run: Run, meta: Value, payload: Value, name: str) -> dict[str, str]:
    """Below which path of the service, and what."""
    told = to_plain(run, _object(run, meta, name))
    assert isinstance(told, dict)
    body = json_text(run, _object(run, payload, name), name)
    path = told.get("ReceiverUrl")
    if isinstance(told.get("Application"), str) and isinstance(told.get("InputStream"), str):
        path = f"/{quote(told['Application'], safe='')}/{quote(told['InputStream'], safe='')}"
    if not isinstance(path, str) or not path:
        throw_type_error(run, f"{name}: the first argument must have Application and InputStream, or ReceiverUrl")
    return {"path": path, "body": f'{{"event":{body}}}'}


def _object(run: Run, given: Value, name: str) -> Obj:
    if not isinstance(given, Obj) or type(given) is not Obj:
        throw_type_error(run, f"{name}: takes plain objects")
    return given


async def _analytics(asked: Asked) -> Any:
    service = asked.turn.settings.services.analytics
    if service is None:
        failed("not_configured")
    base, path = service.url.rstrip("/"), asked.arguments["path"]
    below = path.removeprefix(base)
    if not below.startswith("/") or below.startswith("//") or ".." in unquote(below).split("/"):
        failed("refused")
    shown = await _credentials(asked, service)
    return await _post(asked, base + below, credentials=shown)


async def _elastic(asked: Asked) -> dict[str, float]:
    service = asked.turn.settings.services.elastic
    if service is None:
        failed("not_configured")
    answer = await _post(asked, service.url, credentials=await _credentials(asked, service))
    score = answer.get("risk_score") if isinstance(answer, dict) else None
    if not isinstance(score, int | float) or isinstance(score, bool):
        failed("no_score")
    return {"risk_score": score}


async def _choreo(asked: Asked) -> Any:
    to, service = asked.arguments["to"], asked.turn.settings.services.choreo
    endpoint = to.get("asgardeoTokenEndpoint") or (service.url if service is not None else "")
    key, secret = await _named(asked, to, "consumerKey"), await _named(asked, to, "consumerSecret")
    if service is not None and service.secret and key is None and secret is None and endpoint == service.url:
        key, secret = service.username, await _secret(asked, service.secret)
    if not (endpoint and key and secret):
        failed("not_configured")
    return await _post(asked, to["url"], credentials=ClientCredentials(key, secret, token_endpoint=endpoint))


async def _named(asked: Asked, to: dict[str, str], name: str) -> str | None:
    """What the script gave, or the stored secret that it named."""
    alias = to.get(f"{name}Alias")
    return to.get(name) or (await _secret(asked, alias) if alias is not None else None)


async def _credentials(asked: Asked, service: ServiceSettings) -> Credentials | None:
    """What is shown to the service; a secret that is not stored fails the call."""
    if service.secret is None:
        return None
    secret = await _secret(asked, service.secret)
    if secret is None:
        failed("not_configured")
    return Bearer(secret) if service.username is None else Basic(service.username, secret)


async def _secret(asked: Asked, name: str) -> str | None:
    """A stored secret; those of the house itself, whose names have a dot, are not for services of scripts."""
    return None if "." in name else await asked.services.configuration.secret(name)


async def _post(asked: Asked, url: str, *, credentials: Credentials | None) -> Any:
    return await call(
        asked, "POST", url=url, headers=_HEADERS, body=asked.arguments["body"], credentials=credentials
    )


_calling = partial(HostFunction, events=(ON_SUCCESS, ON_FAIL, ON_TIMEOUT), fails=_FAILS)

FUNCTIONS = (
    _calling(
        "callAnalytics",
        (Parameter("meta"), Parameter("payload"), Parameter("handlers")),
        call_analytics,
        doc="Asks the configured analytics service about an event.",
    ),
    HostFunction(
        "publishToAnalytics",
        (Parameter("meta"), Parameter("payload"), Parameter("context", optional=True)),
        publish_to_analytics,
        throws=True,
        doc="Tells the configured analytics service of an event; nobody waits for its answer.",
        fails="a TypeError for arguments that are none; else only the log tells",
    ),
    _calling(
        "callElastic",
        (Parameter("params"), Parameter("handlers")),
        call_elastic,
        doc="Asks the configured risk service for a `risk_score`.",
    ),
    _calling(
        "callChoreo",
        (Parameter("connection"), Parameter("payload"), Parameter("handlers")),
        call_choreo,
        doc="Posts JSON to an address, with a token fetched by client credentials.",
    ),
)
WORKS = {
    "callAnalytics": _analytics,
    "publishToAnalytics": _analytics,
    "callElastic": _elastic,
    "callChoreo": _choreo,
}
CALLS = frozenset({"callAnalytics", "callElastic", "callChoreo"})
