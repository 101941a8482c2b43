"""A way through the graph as a scenario that `simulate` plays (contract 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from dsl.exploration import Term, leaves
from engine.functions import Functions
from engine.model import Flow, Login
from engine.proof.graph import Edge, Happening, Node
from engine.proof.solving import MISSING, Assigned, Solver, plain_of

NAME = "mara"
_WORDS = {"onSuccess": "success", "onFail": "fail", "onTimeout": "timeout"}
SHARED = frozenset({"ip", "header", "cookie", "cookie-value", "now"})
"""What a scenario says once for a whole login, although each request has its own."""


def scenarios_of(
    way: Sequence[Edge], flow: Flow, functions: Functions, *, pool: Sequence[object], who: tuple[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Scenarios that may go this way, the likeliest first.  who: a role, group or level that the person has."""
    told = [_renamed(edge, at, way) for at, edge in enumerate(way)]
    conditions = [one for edge_conditions, _ in told for one in edge_conditions]
    if any(one[1] == "random" for question, _ in conditions for one in leaves(question)):
        return
    if who is not None:
        conditions.append((("truthy", ("leaf", "member", *who, 0, None)), True))
    fixed = {"application": "Simulation", "uniqueId": f"user-{NAME}", "userStoreDomain": "PRIMARY"}
    solver = Solver(conditions, pool=pool, fixed=fixed)
    for assigned in solver.solutions():
        yield _Writer(solver, assigned, flow, functions).scenario(way, [happened for _, happened in told])


def _renamed(edge: Edge, at: int, way: Sequence[Edge]) -> tuple[list[tuple[Term, Any]], list[Happening]]:
    """Its conditions and happenings, with the number of the edge that made it in each leaf."""

    def rename(term: Any) -> Any:
        if not isinstance(term, tuple) or not term:
            return term
        if term[0] != "leaf":
            return tuple(rename(part) for part in term)
        if term[1] in SHARED:
            return (*term[: 2 if term[1] in ("now", "ip") else 3], None)
        if term[-1] is None:
            return term
        made = next((number for number in range(at, -1, -1) if way[number].generation == term[-1]), at)
        return (*term[:-1], made)

    happened = [msgspec_replace(one, rename(one.data)) for one in edge.happened]
    return [(rename(question), answer) for question, answer in edge.decided], happened


def msgspec_replace(one: Happening, data: Term | None) -> Happening:
    """The same with other data."""
    return Happening(one.kind, one.about, one.outcome, one.authenticator, data)


class _Writer:
    def __init__(self, solver: Solver, assigned: Assigned, flow: Flow, functions: Functions) -> None:
        self._places = solver.places
        self._assigned = assigned
        self._flow = flow
        self._functions = functions

    def _plain(self, leaf: Term) -> Any:
        place = self._places.get(leaf)
        return MISSING if place is None else plain_of(place, self._assigned)

    def _named(self, kind: str) -> Iterator[tuple[Term, Any]]:
        for leaf in self._places:
            if leaf[1] == kind:
                yield leaf, self._plain(leaf)

    def scenario(self, way: Sequence[Edge], happened: Sequence[Sequence[Happening]]) -> dict[str, Any]:
        """The whole."""
        answers = [answer for at, edge in enumerate(way) for answer in self._answers(edge.source, happened[at], at)]
        now = next((value for _, value in self._named("now") if isinstance(value, int | float)), None)
        secrets = {one.about: "secret" for part in happened for one in part if one.kind == "secret"}
        told = {leaf[2]: value for leaf, value in self._named("secret")}
        secrets = {name: told.get(str(name), value) for name, value in secrets.items()}
        secrets = {name: value for name, value in secrets.items() if isinstance(value, str)}
        tenant = next((value for _, value in self._named("tenant") if value), None)
        return {
            "request": self._request(),
            "users": {self._name(): self._person()},
            "answers": answers,
            **({"secrets": secrets} if secrets else {}),
            **({"tenant": tenant} if tenant else {}),
            **(
                {"now": datetime.fromtimestamp(now / 1000, UTC).isoformat()}
                if now is not None and _is_time(now)
                else {}
            ),
        }

    def _name(self) -> str:
        names = [value for kind in ("username", "identifier") for _, value in self._named(kind) if value]
        return str(names[0]) if names else NAME

    def _request(self) -> dict[str, Any]:
        request: dict[str, Any] = {}
        ip = next((value for _, value in self._named("ip")), None)
        if isinstance(ip, str):
            request["ip"] = ip
        headers = {leaf[2]: value for leaf, value in self._named("header") if isinstance(value, str)}
        cookies = {
            leaf[2]: value["value"]
            for leaf, value in self._named("cookie")
            if isinstance(value, dict) and "value" in value
        }
        cookies |= {leaf[2]: value for leaf, value in self._named("cookie-value") if isinstance(value, str)}
        acr = self._members("acr", "acrs")
        for key, value in (("headers", headers), ("cookies", cookies), ("params", self._params(0)), ("acr", acr)):
            if value:
                request[key] = value
        return request

    def _params(self, at: int) -> dict[str, Any]:
        return {
            leaf[2]: list(map(str, value))
            for leaf, value in self._named("param")
            if leaf[-1] == at and isinstance(value, list)
        }

    def _members(self, word: str, listed: str) -> list[str]:
        names = [leaf[3] for leaf, value in self._named("member") if leaf[2] == word and value is True and leaf[4] == 0]
        for _, value in self._named(listed):
            names += [str(one) for one in value if one is not None] if isinstance(value, list) else []
        return list(dict.fromkeys(names))

    def _person(self) -> dict[str, Any]:
        claims = {leaf[2]: value for leaf, value in self._named("claim") if isinstance(value, str)}
        roles = [*self._members("role", "roles"), *self._members("associated", "")]
        person = {"roles": list(dict.fromkeys(roles)), "groups": self._members("group", "groups"), "claims": claims}
        return {key: value for key, value in person.items() if value}

    # --- answers ------------------------------------------------------------------------------------------------------

    def _answers(self, node: Node, happened: Sequence[Happening], at: int) -> Iterator[dict[str, Any]]:
        for one in happened:
            match one.kind:
                case "step":
                    yield self._step(one, at)
                case "prompt":
                    yield self._prompt(node, one, at)
                case "call":
                    yield self._call(one)
                case "asked" if one.about in self._functions.works:
                    yield from self._asked(one)

    def _step(self, one: Happening, at: int) -> dict[str, Any]:
        step = self._flow.step(int(one.about))
        chosen = {"authenticator": one.authenticator} if step is not None and len(step.options) > 1 else {}
        params = self._params(at)
        return {"step": one.about, "username": self._name(), **chosen, "outcome": one.outcome,
                **({"params": params} if params else {})}  # fmt: skip

    def _prompt(self, node: Node, one: Happening, at: int) -> dict[str, Any]:
        action = one.outcome.removeprefix("on")
        params = self._params(at)
        execution = msgspec.msgpack.decode(node.login, type=Login).execution
        data = execution.call.options.get("data", {}) if execution is not None else {}
        for field in data.get("inputs") or () if isinstance(data, dict) else ():
            if isinstance(field, dict) and isinstance(field.get("id"), str) and field["id"] not in params:
                choices = field.get("choices") or [{"value": "1"}]
                params[field["id"]] = str(choices[0].get("value", "1"))
        single = {
            key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in params.items()
        }
        word = action[:1].lower() + action[1:]
        return {"prompt": one.about, "action": word, "username": self._name(), "params": single}

    def _call(self, one: Happening) -> dict[str, Any]:
        data = self._plain(one.data) if one.data is not None else MISSING
        return {"call": one.about, "outcome": _WORDS.get(one.outcome, "fail"), "data": {} if data is MISSING else data}

    def _asked(self, one: Happening) -> Iterator[dict[str, Any]]:
        data = self._plain(one.data) if one.data is not None else MISSING
        if data is not MISSING:
            outcome = "fail" if data in (False, None) else "success"
            yield {"call": one.about, "outcome": outcome, **({"data": data} if outcome == "success" else {})}


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value < 4e12
