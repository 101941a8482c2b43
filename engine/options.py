"""Which ways a call leaves to do its step, and what its script gave the chosen one (adaptive-scripts.md b)."""

from __future__ import annotations

from engine.model import Call, Execution, Flow, Option
from engine.registry import Registry


def offered(flow: Flow, call: Call, registry: Registry) -> tuple[str, ...]:
    """Ids of the authenticators of the call's step that its filter leaves.  A filter never widens the choice."""
    step = flow.step(call.step)
    wanted = call.options.get("filter")
    kept = [
        option.authenticator
        for option in (step.options if step is not None else ())
        if wanted is None or any(_matches(option, entry, registry) for entry in wanted)
    ]
    return tuple(dict.fromkeys(name for name in kept if registry.get(name) is not None))


def parameters(execution: Execution, registry: Registry) -> dict[str, object]:
    """authenticatorParams for the authenticator at hand: those for everyone, then its own, by any of its names."""
    given = execution.call.options.get("params", {})
    local = given.get("local", {}).items()
    own = (params for name, params in local if registry.resolve(name) == execution.authenticator)
    return {**given.get("common", {}), **next(own, {})}


def _matches(option: Option, wanted: dict[str, str], registry: Registry) -> bool:
    """By authenticator, identity provider, or both; an authenticator without a provider is one of ours."""
    name, idp = wanted.get("authenticator"), wanted.get("idp")
    if name is None and idp is None:
        return False
    same_name = name is None or registry.resolve(name) == option.authenticator
    return same_name and (idp or "LOCAL").upper() == option.idp.upper()
