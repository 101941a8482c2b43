"""How the command line has scripts checked: by the engine, with the names that configurations know."""

from __future__ import annotations

from configuration.methods import method_named
from engine.check import Findings
from engine.check import check as look_over
from engine.model import Flow
from engine.plugins import load


def check_script(source: str, flow: Flow | None) -> Findings:
    """What is wrong with *source* for *flow*, with the plugins that are installed.  Raises BadPlugin."""
    return look_over(source, flow, resolve=_resolve, functions=load())


def _resolve(name: str) -> str | None:
    method = method_named(name)
    return method.id if method is not None else None
