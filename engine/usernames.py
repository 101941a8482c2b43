"""One canonical form for user names, so that look-alikes are one name or none (Unicode TR 39 in its simplest part)."""

from __future__ import annotations

import unicodedata

LONGEST = 255
"""Characters a name may have."""

_STORES = ("PRIMARY/", "DEFAULT/")
"""What scripts write before a name of the one user store."""
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


def spellings(username: str, tenant: str) -> tuple[str, ...]:
    """The canonical names that a script may mean by *username*: as it stands, without the store, without the tenant.

    >>> spellings("DEFAULT/mara@carbon.super", "carbon.super")
    ('default/mara@carbon.super', 'mara@carbon.super', 'default/mara', 'mara')
    """
    without_store = next((username[len(s) :] for s in _STORES if username.upper().startswith(s)), username)
    forms = (username, without_store, *(form.removesuffix(f"@{tenant}") for form in (username, without_store)))
    return tuple(dict.fromkeys(name for name in map(canonical, forms) if name is not None))


def mixes_scripts(username: str) -> bool:
    """Whether the name has letters of more than one of Latin, Greek and Cyrillic: refused when a user is made."""
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in username if c.isalpha()}
    return len(scripts & {"LATIN", "GREEK", "CYRILLIC"}) > 1
