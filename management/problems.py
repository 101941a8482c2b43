"""How the management API refuses: problem details (RFC 9457) that point at the field."""

from __future__ import annotations

from collections.abc import Sequence

from configuration.problems import ConfigurationErrors, Key, Problem
from web.refusals import Refusal


def problem(status: int, text: str, *, pointer: str | None = None, difference: Sequence[str] = ()) -> Refusal:
    """A refusal.  text: for the caller; pointer: the place in the body that is meant (RFC 6901)."""
    errors = [{"pointer": pointer, "detail": text}] if pointer is not None else []
    return Refusal(status, "http.bad_request", detail=text, text=text, errors=errors, difference=difference)


def missing(what: str) -> Refusal:
    """404: there is no such thing."""
    return problem(404, f"There is no such {what}.")


def refused(errors: ConfigurationErrors, *, inside: int = 0, through: str | None = None) -> Refusal:
    """422 for what was judged.  inside, through: see `Desk.judged`."""
    return rejected(errors.problems, inside=inside, through=through)


def rejected(problems: Sequence[Problem], *, inside: int = 0, through: str | None = None) -> Refusal:
    """The same for single problems, one at least."""
    places = [[key for key in one.where[inside:] if key != through] for one in problems]
    listed = [{"pointer": pointer_of(at), "detail": one.text} for at, one in zip(places, problems, strict=True)]
    text = f"The body cannot be taken: {listed[0]['pointer'] or 'it'} {listed[0]['detail']}."
    return Refusal(422, "http.bad_request", detail=text, text=text, errors=listed)


def pointer_of(where: Sequence[Key]) -> str:
    """A place as a JSON Pointer (RFC 6901).

    >>> pointer_of(("claims", "http://a/b~c", 0))
    '/claims/http:~1~1a~1b~0c/0'
    """
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in where)
