"""What a new password must be, whoever sets it: long enough, and none that is tried first.

No rules about kinds of characters, and no change without need (NIST SP 800-63B §5.1.1.2).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from engine.model import PasswordPolicy

Weakness = Literal["short", "long", "guessable"]

SHORTEST_WORD = 4
"""Letters of a common password that, with digits and signs around it, makes another common one."""
_OUR_OWN = frozenset({"doorstep", "administrator", "default", "guest", "passwd", "user", "login"})
"""What is tried at a server like this one besides."""
_ROWS = (
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiop", "1qaz2wsx3edc4rfv5tgb",
    "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p",
)  # fmt: skip
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def weakness(password: str, *, username: str, policy: PasswordPolicy = PasswordPolicy()) -> Weakness | None:
    """What is wrong with *password* for the person of that name, or None.

    >>> weakness("Password2026!", username="mara"), weakness("a boat on the hill", username="mara")
    ('guessable', None)
    """
    text = unicodedata.normalize("NFKC", password)
    if not policy.min_length <= len(text) <= policy.max_length:
        return "short" if len(text) < policy.min_length else "long"
    small = text.casefold()
    inner, name = _AROUND.sub("", small), username.casefold().partition("@")[0]
    names = {username.casefold(), name, _AROUND.sub("", name)} - {""}
    forms = {inner, inner.translate(_LOOKALIKES), small}
    if forms & names or any(map(_is_common, forms)) or _is_pattern(small):
        return "guessable"
    return None


def said(weakness: Weakness, policy: PasswordPolicy) -> str:
    """The same for whoever works at a terminal: `the password ...`."""
    match weakness:
        case "short":
            return f"has under {policy.min_length} characters"
        case "long":
            return f"has over {policy.max_length} characters"
        case "guessable":
            return "is one of those that are tried first"


def _is_common(text: str) -> bool:
    return len(text) >= SHORTEST_WORD and (text in _OUR_OWN or text in _common())


@cache
def _common() -> frozenset[str]:
    """The 30,000 passwords that people take most; loaded when the first password is set."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def _is_pattern(text: str) -> bool:
    """One piece again and again, or a walk along the keyboard, the digits or the alphabet."""
    repeated = any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))
    return repeated or any(text in row * 2 or text[::-1] in row * 2 for row in _ROWS)
