"""The built-ins of the script language: one immutable realm, declared at import and shared by all runs.

REALM: global name -> value.  PATHS: path -> built-in object, as snapshots name them; `path_of` is its inverse.
The code of a built-in is loaded when it is first called (see realm).
"""

from __future__ import annotations

from typing import Final

from dsl.library.realm import BUILT_INS
from dsl.values import Obj, Value

REALM: Final[dict[str, Value]] = BUILT_INS.globals
PATHS: Final[dict[str, Obj]] = BUILT_INS.by_path
_PATH_OF: Final[dict[Obj, str]] = {built_in: path for path, built_in in PATHS.items()}


def path_of(built_in: Obj) -> str | None:
    """The path that names a built-in in snapshots; None for an object that is not one."""
    return _PATH_OF.get(built_in)


__all__ = ["PATHS", "REALM", "path_of"]
