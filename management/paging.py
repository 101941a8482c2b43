"""Lists in pages: a cursor is opaque to callers and says after which key to go on."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field

from configuration.part import Part
from configuration.rules import refuse
from management.problems import problem
from web.refusals import Refusal

USUAL = 50
MOST = 200
T = TypeVar("T")


def _number(value: object) -> object:
    """What stands in an address is text."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,4}", value):
        raise refuse(f"must be a number from 1 to {MOST}")
    return int(value) if isinstance(value, str) else value


Limit = Annotated[int, Field(ge=1, le=MOST), BeforeValidator(_number)]
Cursor = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,1000}$")]


class Paging(Part):
    """Which page of a list."""

    limit: Limit = USUAL
    cursor: Cursor | None = None


def written(key: str) -> str:
    """The cursor that goes on after *key*."""
    return urlsafe_b64encode(key.encode()).decode().rstrip("=")


def read(cursor: str | None) -> str | None:
    """The key that a cursor stands for.  Raises 422 for what none of ours is."""
    if cursor is None:
        return None
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        raise not_ours() from None


def not_ours() -> Refusal:
    """422 for a cursor that no page gave."""
    return problem(422, "cursor is one that an earlier page gave.")


def page(found: Sequence[T], limit: int, *, key: Callable[[T], str], shown: Callable[[T], Any]) -> dict[str, Any]:
    """The body of a page.  found: what follows the cursor, one more than *limit* if there is another page."""
    items = found[:limit]
    following = written(key(items[-1])) if len(found) > limit else None
    return {"items": [shown(one) for one in items], "next": following}
