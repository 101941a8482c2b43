"""`\\p{...}` in regular expressions (ECMA-262 §22.2.2.9): which set a name, or a name and a value, means.

All tables are of Unicode 17, whatever Python's own are, so that a pattern means the same wherever it runs.
"""

from __future__ import annotations

from functools import lru_cache

from dsl.library.regexp_binaries import binary_set
from dsl.library.regexp_categories import category_set
from dsl.library.regexp_scripts import script_set
from dsl.library.regexp_sets import CharSet


@lru_cache(maxsize=128)
def property_set(text: str) -> CharSet | None:
    """The characters that `\\p{text}` means, or None if there is no such property."""
    name, equals, value = text.partition("=")
    if not equals:
        return category_set(name) or binary_set(name)
    if name in ("General_Category", "gc"):
        return category_set(value)
    if name in ("Script", "sc", "Script_Extensions", "scx"):
        return script_set(value, extended=name in ("Script_Extensions", "scx"))
    return None
