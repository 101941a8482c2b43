"""`require` and `loadLocalLibrary`: the function libraries that an admin keeps for several scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dsl.hostapi import HostFunction, Parameter

if TYPE_CHECKING:
    from dsl import Run
    from dsl.values import Value


def require(run: Run, args: list[Any]) -> Value:
    """What the library exports; it runs once in a login, and keeps its state."""
    return run.require(args[0])


_NAME = (Parameter("name", "string"),)
_FAILS = "throws an Error if no such library is configured; its name has to stand in the script literally"

FUNCTIONS = (
    HostFunction(
        "require",
        _NAME,
        require,
        doc="What a function library exports; it runs once, and its state lasts for the login.",
        returns="any",
        fails=_FAILS,
    ),
    HostFunction(
        "loadLocalLibrary",
        _NAME,
        require,
        doc="The same as `require`.",
        returns="any",
        fails=_FAILS,
    ),
)
