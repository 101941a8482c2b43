"""placeholder"""
from __future__ import annotations
from dsl.library.regexp_sets import CharSet
def script_set(name: str, *, extended: bool) -> CharSet | None:
    return None
