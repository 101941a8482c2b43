"""Finds every state that a login can be in: runs the engine on the real script, once for each way that can be taken."""

from __future__ import annotations

import re
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dsl.exploration import Facts, Infeasible, NotModelled, Path, Shape, Term, Unknown, leaves
from dsl.exploration.evaluating import Evaluator
from dsl.exploration.terms import constant
from dsl.values import NULL
from engine.functions import Functions
from engine.model import (
    Application,
    Flow,
    Login,
    LoginRequest,
    LoginResult,
    OrganisationSettings,
    RequestFacts,
    ScriptLimits,
)
from engine.outcome import Answer
from engine.ports import AuditEvent
from engine.proof.functions import explored_table
from engine.proof.graph import ANY_NAME, Condition, Edge, End, Graph, Happening, Node, Range
from engine.proof.machine import NOW, ExploredScripts, Stand, Way, progress_of
from engine.proof.scene import LAST_FAILED
from engine.proof.words import Words
from engine.turn import Turn

MOST_RUNS = 1_500
"""Runs of the machine; a proof that needs more is not made."""
MOST_PRECISE_RUNS = 600
MOST_NODES = 400
MOST_PRECISE_NODES = 60
"""States that are told apart by all that is known of them; with more, what is known of parts is let go."""
MOST_ROUNDS = 100
"""Answers of one login; the engine ends it then."""
_NAMED = re.compile(rb"\?(\d+)")
_LIMITS = ScriptLimits(rounds=1_000_000, snapshot=4_000_000)
REDIRECT = "https://application.invalid/callback"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around the flow that is explored.  methods: authenticators and their other names; require: what the gate
    demands beside the script; prompts: names of the admin's own pages.
    """

    functions: Functions
    methods: Mapping[str, frozenset[str]]
    require: frozenset[str] = frozenset()
    prompts: frozenset[str] = frozenset()


@dataclass
class Explorer:
    """One exploration.  coarse: what is known of parts of values is let go where a login waits.

    retries: tries that fail and are repeated without a handler are looked at, too.  noticed: see Path.
    """

    flow: Flow
    around: Surroundings
    coarse: bool = False
    retries: bool = False
    noticed: set[str] = field(default_factory=set)
    graph: Graph = field(default_factory=Graph)
    _by_key: dict[Any, Node] = field(default_factory=dict)
    _names: dict[tuple[Term, Shape], int] = field(default_factory=dict)
    _meant: dict[int, tuple[Term, Shape]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        events = {one.name: tuple(one.events) for one in self.around.functions.declared if one.events}
        self._application = Application("proof", "proof", (REDIRECT,), self.flow.id, require=self.around.require)
        self._stand = Stand(self._application, events, self.around.prompts)
        self._scripts = ExploredScripts(self._stand, explored_table(self.around.functions), self._unknown)
        self._progress = progress_of(self._stand, self._scripts, self.around.methods)
        self._evaluate = Evaluator()
        self._words = Words(self.flow)
        self._most_runs = MOST_RUNS if self.coarse else MOST_PRECISE_RUNS
        self._settings = OrganisationSettings(scripts=_LIMITS)

    def explore(self) -> Graph:
        """The graph; with gaps where not everything could be told."""
        start = Node(0, msgspec.msgpack.encode(self._new_login()), Facts(), "start", 0)
        self.graph.nodes.append(start)
        at = 0
        while at < len(self.graph.nodes) and self.graph.runs < self._most_runs:
            node = self.graph.nodes[at]
            if node.round <= MOST_ROUNDS:
                self._expand(node)
            at += 1
            if len(self.graph.nodes) > (MOST_NODES if self.coarse else MOST_PRECISE_NODES):
                self._gap(f"the script has more than {MOST_NODES} states")
                break
        return self.graph

    def is_too_large(self) -> bool:
        """Whether it stopped for there was too much."""
        return self.graph.runs >= MOST_PRECISE_RUNS or len(self.graph.nodes) > MOST_PRECISE_NODES

    def _new_login(self) -> Login:
        request = LoginRequest("proof", REDIRECT)
        return Login("proof", b"", request, self.flow, frozenset(), NOW, NOW + 1200)

    def _gap(self, why: str) -> None:
        self.graph.gaps[why] = None

    def _expand(self, node: Node) -> None:
        """All edges out of a node."""
        prefixes: list[tuple[int, ...]] = [()]
        generation = self._free_generation(node)
        while prefixes:
            prefix = prefixes.pop()
            self.graph.runs += 1
            if self.graph.runs >= self._most_runs:
                self._gap(f"the script has more than {MOST_RUNS} ways between two waits")
                return
            path = Path(node.facts.copy(), prefix, generation, self._names, self._evaluate, noticed=self.noticed)
            way = Way(path)
            try:
                turn = self._run(node, way)
            except NotModelled as stopped:
                self._gap(f"{stopped.line}: {stopped.reason}" if stopped.line else stopped.reason)
            except Infeasible:
                pass
            else:
                self._arrive(node, way, turn)
            prefixes += path.others()

    def _free_generation(self, node: Node) -> int:
        used = {part[-1] for part in self._live(msgspec.msgpack.decode(node.login, type=Login))}
        return next(number for number in range(len(used) + 1) if number not in used)

    def _live(self, login: Login) -> set[Term]:
        """The leaves that the script still has."""
        self._meant = {number: named for named, number in self._names.items()}
        kept = [
            self._meant[int(number)][0] for number in set(_NAMED.findall(login.script)) if int(number) in self._meant
        ]
        return {one for term in kept for one in leaves(term) if one[-1] is not None}

    def _unknown(self, path: Path, name: str) -> Unknown:
        meant = {number: named for named, number in self._names.items()}
        term, shape = meant[int(name[1:])]
        found = path.made.get(term)
        if found is None:
            found = path.made[term] = Unknown(path, term, shape)
        return found

    # --- one run ------------------------------------------------------------------------------------------------------

    def _run(self, node: Node, way: Way) -> Turn:
        self._stand.way = way
        login = msgspec.msgpack.decode(node.login, type=Login)
        turn = Turn(login, self._application, self._settings, RequestFacts(), NOW)
        _finish(self._enter(turn) if node.number == 0 else self._go_on(turn, way))
        return turn

    async def _enter(self, turn: Turn) -> None:
        await self._progress.enter(turn)
        await self._progress.proceed(turn)

    async def _go_on(self, turn: Turn, way: Way) -> None:
        execution = turn.under_way()
        if execution.call.kind == "prompt":
            await self._progress.submit(turn, Answer({}))
        else:
            await self._answer_step(turn, way)
        if turn.challenge is None:
            await self._progress.proceed(turn)

    async def _answer_step(self, turn: Turn, way: Way) -> None:
        execution = turn.under_way()
        if execution.authenticator is None:
            chosen = way.path.choose(execution.options)
            await self._progress.submit(turn, Answer({"authenticator": chosen}))
        step, authenticator = execution.call.step, execution.authenticator
        outcomes = ["success", "fail"]
        outcomes += [word for word, event in _OTHERS.items() if event in execution.call.handlers]
        if self.retries and turn.login.last_failed is None and "onFail" not in execution.call.handlers:
            outcomes.append("retry")
        outcome = way.path.choose(outcomes)
        way.happened.append(("step", (step, outcome, authenticator)))
        if outcome == "abort":
            await self._progress.submit(turn, Answer({}, action="abort"))
        else:
            await self._progress.submit(turn, Answer({"outcome": outcome}))

    # --- where it led -------------------------------------------------------------------------------------------------

    def _arrive(self, node: Node, way: Way, turn: Turn) -> None:
        login = turn.login
        ended = login.outcome
        for ran in way.ran:
            for call in ran.left:
                self.graph.calls[(call.name or f"step {call.step}", call.line)] = frozenset(call.handlers)
        succeeded = isinstance(ended, LoginResult)
        facts = ended.facts if isinstance(ended, LoginResult) else login.ledger
        target: Node | End = "success" if succeeded else "fail"
        if ended is None:
            target = self._node(way, login, node.round + 1)
        edge = Edge(
            node,
            target,
            happened=tuple(_happening(*one) for one in way.happened),
            conditions=tuple(self._condition(branch) for ran in way.ran for branch in ran.branches),
            decided=tuple(way.path.decided),
            generation=way.path.generation,
            factors=frozenset(fact.authenticator for fact in facts),
            lacks=frozenset(_lacked(way.path.facts)),
            why="" if ended is None or succeeded else ended.reason,  # type: ignore[union-attr]
            detail=next((ran.error for ran in way.ran if ran.error), ""),
            told=tuple(entry for event in turn.events for entry in _told(event)),
        )
        node.edges.append(edge)
        if isinstance(target, Node):
            target.incoming.append(edge)

    def _condition(self, branch: Any) -> Condition:
        place = Range(branch.line, branch.column, branch.file)
        return Condition(self._words.at(place), branch.taken, place)

    def _node(self, way: Way, login: Login, round_: int) -> Node:
        live = self._live(login)
        facts = way.path.facts.only(lambda one: one[-1] is None or one in live)
        if self.coarse:
            facts = facts.about({term for term, _ in self._names} | live)
        login.rounds = login.fuel = 0
        login.hidden = []
        execution = login.execution
        assert execution is not None
        execution.number = execution.tries = 0
        execution.call = msgspec.structs.replace(execution.call)
        stored = msgspec.msgpack.encode(login)
        key = (stored, facts.key())
        found = self._by_key.get(key)
        if found is None:
            call = execution.call
            waits = f"step {call.step}" if call.kind == "step" else f"{call.kind} {call.name}"
            found = self._by_key[key] = Node(
                len(self.graph.nodes), stored, facts, waits, call.line, round_,
                step=call.step if call.kind == "step" else None, handlers=frozenset(call.handlers),
                factors=frozenset(fact.authenticator for fact in login.ledger),
            )  # fmt: skip
            self.graph.nodes.append(found)
        return found


def _lacked(facts: Facts) -> Iterator[tuple[str, str]]:
    """The roles, groups and levels that the person is known not to have."""
    for term, value in facts.equal.items():
        match term:
            case ("leaf", "member", word, name, 0, None) if value == constant(False):
                yield word, name
            case ("leaf", "acrs", None) if value == constant(NULL):
                yield "acr", ANY_NAME


_OTHERS = {"abort": "onUserAbort", "fallback": "onFallback"}


def _told(event: AuditEvent) -> Iterator[tuple[Any, ...]]:
    """A step or a call that is over, as the audit tells it."""
    match event.name:
        case "step_succeeded":
            yield "step", int(event.details["step"]), event.details["authenticator"] or None, "success"
        case "step_failed":
            word = _WORDS.get((event.why or "").rpartition(".")[2], "fail")
            yield "step", int(event.details["step"]), event.details["authenticator"] or None, word
        case "call_ended":
            yield "call", event.details["call"], event.why


_WORDS = {"cancelled": "abort", "fallback": "fallback"}


def _happening(kind: str, told: Any) -> Happening:
    match kind:
        case "step":
            word = "fail" if told[1] == "retry" else told[1]
            return Happening("step", told[0], word, authenticator=told[2])
        case "call":
            return Happening("call", told[0], told[1], data=told[2])
        case "prompt":
            return Happening("prompt", told[0], told[1])
        case "asked":
            return Happening("asked", told[0], "", data=told[1])
        case "secret":
            return Happening("secret", told, "")
    return Happening(kind, told, "onSkip")


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise AssertionError("a login that is explored waits for nothing")


def explore(flow: Flow, around: Surroundings) -> Graph:
    """The graph of the flow: as precise as the work that may be spent on it allows."""
    coarse = retries = False
    while True:
        explorer = Explorer(flow, around, coarse=coarse, retries=retries)
        graph = explorer.explore()
        if not retries and LAST_FAILED in explorer.noticed:
            retries = True
        elif not coarse and explorer.is_too_large():
            coarse = True
        else:
            return graph
