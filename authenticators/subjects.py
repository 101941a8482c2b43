"""Who a posted name means.  Used wherever a person may say who they are; nobody is told whether the name exists."""

from __future__ import annotations

import hashlib
import unicodedata

from engine.errors import BadAnswer
from engine.model import Subject
from engine.ports import Names
from engine.usernames import LONGEST, canonical


async def subject_named(names: Names, posted: str) -> Subject:
    """The subject that *posted* names, user_id None for nobody.  Raises BadAnswer for what no keyboard types.

    A name with invisible characters is nobody's; one with control characters or over the limit is malformed.
    """
    if len(posted) > LONGEST or any(unicodedata.category(char) in ("Cc", "Cs") for char in posted):
        raise BadAnswer("username is malformed")
    name = canonical(posted)
    user = await names.user_named(name if name is not None else "")
    return Subject(posted.strip(), user.id if user is not None else None)


def account_key(username: str) -> str:
    """The key under which counters know an account, whether it exists or not: 64 hex digits, never the name itself.

    >>> account_key("Mara") == account_key(" mara ")
    True
    """
    name = canonical(username)
    text = f"name|{name}" if name is not None else f"none|{username}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
