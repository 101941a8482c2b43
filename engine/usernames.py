"""One canonical form for user names, so that look-alikes are one name or none (Unicode TR 39 in its simplest part)."""

from __future__ import annotations

import unicodedata

LONGEST = 255
"""Characters a name may have."""

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def canonical(username: str) -> str | None:
    """The form under which a name is unique, or None if it can be nobody's name.

    NFKC, case folded, outer spaces dropped; control, invisible, private and unassigned characters are no name.

    >>> canonical(" Mara "), canonical("ｍａｒａ"), canonical("ma\\u200bra")
    ('mara', 'mara', None)
    """
    if len(username) > LONGEST or any(unicodedata.category(c) in _INVISIBLE for c in username):
        return None
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).casefold()).strip()
    return folded if folded and not any(unicodedata.category(c) in _INVISIBLE for c in folded) else None


def mixes_scripts(username: str) -> bool:
    """Whether the name has letters of more than one of Latin, Greek and Cyrillic: refused when a user is made."""
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in username if c.isalpha()}
    return len(scripts & {"LATIN", "GREEK", "CYRILLIC"}) > 1
