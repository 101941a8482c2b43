"""How the command line has scripts checked: by the engine, with the names that configurations know."""

from __future__ import annotations

from functools import cache

from configuration.methods import method_named
from engine.check import Findings
from engine.check import check as look_over
from engine.functions import Functions
from engine.model import Flow
from engine.plugins import load


def check_script(source: str, flow: Flow | None) -> Findings:
    """What is wrong with *source* for *flow*, with the plugins that are installed.  Raises BadPlugin."""
    return look_over(source, flow, resolve=_resolve, functions=_functions())


@cache
def _functions() -> Functions:
    """Looked for once a process: that reads what is said of every package there is."""
    return load()


def _resolve(name: str) -> str | None:
    method = method_named(name)
    return method.id if method is not None else None
