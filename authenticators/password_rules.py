"""What a password of a person's own choice must be: long enough, and none that is tried first.

No rules about kinds of characters, and no change without need (NIST SP 800-63B §5.1.1.2).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

SHORTEST = 8
"""Characters."""

_WORDS = frozenset({
    "aaaa", "abcd", "abcdef", "access", "account", "admin", "administrator", "asdf", "asdfgh", "asdfghjkl",
    "baseball", "batman", "changeme", "charlie", "computer", "default", "doorstep", "dragon", "football", "freedom",
    "guest", "hallo", "hello", "hockey", "iloveyou", "letmein", "login", "london", "love", "master", "michael",
    "monkey", "mustang", "ninja", "passwd", "passw0rd", "password", "pokemon", "princess", "qazwsx", "qwer", "qwert",
    "qwerty", "qwertyui", "qwertyuiop", "qwertz", "secret", "shadow", "soccer", "starwars", "summer", "sunshine",
    "superman", "system", "temp", "test", "trustno", "user", "welcome", "whatever", "winter", "zxcvbn",
})  # fmt: skip
"""What most of the passwords that are tried first are made of, with digits and signs around it."""
_ROWS = (
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiop", "1qaz2wsx3edc4rfv5tgb",
    "1q2w3e4r5t6z7u8i9o0p", "1q2w3e4r5t6y7u8i9o0p",
)  # fmt: skip
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def weakness(password: str, *, username: str) -> Literal["short", "guessable"] | None:
    """What is wrong with *password* for the person of that name, or None.

    >>> weakness("Password2026!", username="mara"), weakness("a boat on the hill", username="mara")
    ('guessable', None)
    """
    text = unicodedata.normalize("NFKC", password)
    if len(text) < SHORTEST:
        return "short"
    small = text.casefold()
    inner, name = _AROUND.sub("", small), username.casefold().partition("@")[0]
    names = {username.casefold(), name, _AROUND.sub("", name)} - {""}
    if {inner, inner.translate(_LOOKALIKES), small} & (_WORDS | names) or _is_pattern(small):
        return "guessable"
    return None


def _is_pattern(text: str) -> bool:
    """One piece again and again, or a walk along the keyboard, the digits or the alphabet."""
    repeated = any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))
    return repeated or any(text in row * 2 or text[::-1] in row * 2 for row in _ROWS)
