"""What a push provider may be called: devices ask for it by its name, or by its kind."""

from __future__ import annotations

import re

KINDS = ("fcm", "webpush", "builtin")
"""The kinds there are."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def name_fault(name: str, kind: str) -> str | None:
    """Why a provider of that kind cannot have that name, or None.

    >>> name_fault("main", "fcm"), name_fault("FCM", "webpush")
    (None, 'the name FCM is that of another kind')
    """
    if not _NAME.fullmatch(name):
        return "a name is 1 to 64 letters, digits, - or _"
    return f"the name {name} is that of another kind" if name.lower() in {*KINDS} - {kind} else None
