"""`httpGet`, `httpPost` and their kin: a script calls a service and hears of the outcome in one of its handlers.

The call leaves when the login comes to it, once, through the one door.  What is wrong with its arguments throws at
once; what goes wrong with the call is `onFail` or `onTimeout`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dsl.base import ERROR_PROTO, new_error, throw_range_error, throw_type_error
from dsl.calls import call_method
from dsl.conversions import to_string
from dsl.hostapi import HostFunction, Parameter
from dsl.library import REALM
from dsl.plain import to_plain
from dsl.values import NULL, Obj, Throw, Value, text
from engine.functions.asking import leave
from engine.functions.calling import call, checked_auth, credentials
from engine.functions.given import keys_of, text_of
from engine.questions import ON_FAIL, ON_SUCCESS, ON_TIMEOUT, Asked, Work

if TYPE_CHECKING:
    from dsl import Run

LARGEST_BODY = 262_144
"""Bytes a script may send."""
MOST_HEADERS = 50
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
WITHOUT_BODY = {"httpGet": "GET", "httpDelete": "DELETE"}
WITH_BODY = {"httpPost": "POST", "httpPut": "PUT", "httpPatch": "PATCH"}
FORMS = {
    False: {1: "h", 2: "Hh", 3: "HAh"},
    True: {1: "h", 2: "Bh", 3: "BHh", 4: "BHAh"},
}
"""What the arguments behind the address are, by their number: body, headers, authConfig, handlers; and whether the
function has a body at all."""


def _called(name: str, run: Run, args: list[Any]) -> None:
    url, *given = args
    form = FORMS[name in WITH_BODY].get(len(given))
    if form is None:
        most = max(FORMS[name in WITH_BODY])
        raise Throw(new_error(run, ERROR_PROTO, f"{name}: takes 1 to {most} arguments behind the address"))
    part = dict(zip(form, given, strict=True))
    handlers = handlers_given(run, part["h"], name)
    headers = _headers(run, part.get("H"), name)
    body = _body(run, part.get("B"), headers, name) if "B" in part else None
    leave(run, name, handlers, url=url, headers=headers, body=body, auth=_auth(run, part.get("A"), name))


def handlers_given(run: Run, given: Value, name: str) -> Obj:
    """The object with the handlers; throws for anything else."""
    if not isinstance(given, Obj) or given.is_callable:
        throw_type_error(run, f"{name}: the last argument must be an object with handlers")
    return given


def json_text(run: Run, given: Obj, name: str) -> str:
    """What JSON.stringify writes, of a bounded size."""
    written = call_method(run, REALM["JSON"], "stringify", [given])
    return _bounded(run, text(written) if isinstance(written, str) else "null", name)


def _bounded(run: Run, body: str, name: str) -> str:
    if len(body.encode()) > LARGEST_BODY:
        throw_range_error(run, f"{name}: the body is over {LARGEST_BODY} bytes")
    return body


def _headers(run: Run, given: Value, name: str) -> list[list[str]]:
    """Pairs, with the defaults for what is not given."""
    headers: list[list[str]] = []
    if isinstance(given, Obj) and not given.is_callable:
        for key in keys_of(run, given):
            value = given.get(run, key)
            if not isinstance(value, str):
                throw_type_error(run, f"{name}: a header's value must be a text")
            headers.append([text(key), text_of(run, value)])
    elif given is not None and given is not NULL:
        throw_type_error(run, f"{name}: the headers must be an object")
    if len(headers) > MOST_HEADERS:
        throw_range_error(run, f"{name}: more than {MOST_HEADERS} headers")
    defaults = {"Accept": JSON} | ({"Content-Type": JSON} if name in WITH_BODY else {})
    named = {one.lower() for one, _ in headers}
    return headers + [[one, value] for one, value in defaults.items() if one.lower() not in named]


def _body(run: Run, given: Value, headers: list[list[str]], name: str) -> str | None:
    """What is sent: a form if the content type says so, a text as it is, anything else as JSON; None if it is empty."""
    if given is None or given is NULL or given == "":
        return None
    if isinstance(given, str):
        return _bounded(run, text(given), name)
    if isinstance(given, Obj) and not given.is_callable:
        if type(given) is Obj and not keys_of(run, given):
            return None
        as_form = any(one.lower() == "content-type" and value == FORM for one, value in headers)
        return _form(run, given, name) if as_form else json_text(run, given, name)
    throw_type_error(run, f"{name}: the body must be an object, a list or a text")


def _form(run: Run, given: Obj, name: str) -> str:
    fields = [(text(key), given.get(run, key)) for key in keys_of(run, given)] if type(given) is Obj else [("", given)]
    if not all(isinstance(value, str | int | float) for _, value in fields):
        throw_type_error(run, f"{name}: the fields of a form must be texts, numbers or yes and no")
    return _bounded(run, urlencode([(key, text_of(run, to_string(run, value))) for key, value in fields]), name)


def _auth(run: Run, given: Value, name: str) -> dict[str, str] | None:
    if given is None or given is NULL:
        return None
    try:
        return checked_auth(to_plain(run, given))
    except ValueError as problem:
        throw_type_error(run, f"{name}: {problem}")


def _work(method: str) -> Work:
    async def work(asked: Asked) -> Any:
        given = asked.arguments
        return await call(
            asked,
            method,
            url=given["url"],
            headers=given["headers"],
            body=given["body"],
            credentials=credentials(given["auth"]),
        )

    return work


def _declared(name: str, method: str) -> HostFunction:
    order = "body, headers, authConfig, handlers" if name in WITH_BODY else "headers, authConfig, handlers"
    run_it: Callable[[Run, list[Any]], None] = partial(_called, name)
    return HostFunction(
        name,
        (Parameter("url", "string"), Parameter(order, rest=True)),
        run_it,
        doc=f"Calls an address by {method}; only the handlers, which come last, must be given.",
        events=(ON_SUCCESS, ON_FAIL, ON_TIMEOUT),
        fails="an Error or TypeError for arguments that are none; else `onFail` with `{status, response, reason}`, "
        "or `onTimeout`; both end the login if they have no handler",
    )


FUNCTIONS = tuple(_declared(name, method) for name, method in (WITHOUT_BODY | WITH_BODY).items())
WORKS = {name: _work(method) for name, method in (WITHOUT_BODY | WITH_BODY).items()}
CALLS = frozenset(WORKS)
