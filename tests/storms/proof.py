"""Random login scripts, proven and then played with random logins: nobody gets in on a way that no proof has.

Of each login that succeeds, what was answered is followed through the graph; it must end in a success with the same
factors.  Where the proof has gaps nothing is promised, so only counterexamples are looked at there.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from commands.simulate import _empty
from configuration.methods import METHODS
from engine.functions import FUNCTIONS
from engine.model import Flow, Option, Step
from engine.proof import Graph, Node, Proof, Surroundings, prove
from engine.simulation import House, Played, scenario_of, simulate
from engine.simulation.play import _Player
from engine.simulation.scenario import Answer, Scenario
from engine.simulation.supposed import Answers
from engine.simulation.world import world_of
from tests.storms.command import Options, Progress, options, randomness, spread
from tests.storms.login_scripts import ScriptWriter, random_data, random_person, random_request

COUNT: Final = 5_000
SCENARIOS: Final = 200
REQUIRE: Final = ("password", "push", "password|push")
NAMES: Final = {method.id: frozenset(alias.lower() for alias in method.aliases) for method in METHODS}
AROUND: Final = Surroundings(functions=FUNCTIONS, methods=NAMES)
HOUSE: Final = House(functions=FUNCTIONS, methods=NAMES)
STEPS: Final = (
    Step(1, (Option("password"),)),
    Step(2, (Option("push"),)),
    Step(3, (Option("password"), Option("push"))),
)


class RandomAnswers(Answers):
    """Whatever is asked is answered by chance."""

    def __init__(self, chance: Random) -> None:
        super().__init__(())
        self.chance = chance
        self.next: Answer | None = None

    def next_for(self, kind: str, name: int | str) -> Answer | None:
        """An answer to what leaves the house; what the house itself knows is left to it."""
        if kind == "call" and name not in FUNCTIONS.calls:
            return None
        if self.next is None:
            self.next = self._made(kind, name)
        return self.next

    def take(self, kind: str, name: int | str) -> Answer:
        """The same, and it is used up."""
        answer, self.next = self.next or self._made(kind, name), None
        self.taken += 1
        return answer

    def left(self) -> Sequence[Answer]:
        """A person who may choose takes any way."""
        return [Answer(step="*", authenticator=self.chance.choice(("password", "push")))]

    def _made(self, kind: str, name: int | str) -> Answer:
        params: dict[str, str | list[str]] = {"mode": "yes"} if self.chance.random() < 0.3 else {}
        match kind:
            case "call":
                outcome = self.chance.choice(("success", "success", "fail", "timeout"))
                return Answer(call=str(name), outcome=outcome, data=random_data(self.chance))  # type: ignore[arg-type]
            case "prompt":
                action = self.chance.choice(("success", "success", "cancel"))
                return Answer(prompt=str(name), action=action, params={**params, "code": self.chance.choice("12x")})
        outcome = self.chance.choice(("success", "success", "success", "fail", "abort"))
        return Answer(step=name, username="mara", outcome=outcome, params=params)  # type: ignore[arg-type]


async def _play(flow: Flow, scenario: Scenario, chance: Random) -> Played:
    world = await world_of(flow, scenario, house=HOUSE, make_stores=_empty)
    player = _Player(scenario, world)
    player._answers = RandomAnswers(chance)
    player._engine._progress._outside._answers = player._answers  # type: ignore[attr-defined]
    return await player.play()


def play_by_chance(flow: Flow, chance: Random) -> tuple[dict[str, Any], Played]:
    """A random login, and how it ended."""
    hour = f"2026-01-0{chance.randint(1, 7)}T{chance.randint(0, 23):02}:30:00Z"
    plain = {"request": random_request(chance), "users": {"mara": random_person(chance)}, "now": hour}
    return plain, asyncio.run(_play(flow, scenario_of(plain), chance))


def follows(graph: Graph, played: Played) -> bool:
    """Whether the graph has a way with these answers and these factors."""
    factors = frozenset(played.trace[-1]["factors"].split())
    told = [entry for entry in played.trace if entry["what"] in ("step", "outcome")]
    states: list[tuple[Node, int]] = [(graph.nodes[0], 0)]
    seen: set[tuple[int, int]] = set()
    while states:
        node, at = states.pop()
        if (node.number, at) in seen:
            continue
        seen.add((node.number, at))
        if node.step is not None and "onFail" not in node.handlers and _is_retry(told, at, node.step):
            states.append((node, at + 1))
        for edge in node.edges:
            after = _after(edge.told, told, at)
            if after is None:
                continue
            if edge.target == "success" and after == len(told) and edge.factors == factors:
                return True
            if isinstance(edge.target, Node):
                states.append((edge.target, after))
    return False


def _is_retry(told: list[dict[str, Any]], at: int, step: int) -> bool:
    return at < len(told) and told[at].get("step") == step and told[at].get("outcome") == "fail"


def _after(edge: Sequence[tuple[Any, ...]], told: list[dict[str, Any]], at: int) -> int | None:
    """Where one is in what was told once the edge was taken; None if it does not fit."""
    for entry in edge:
        if at >= len(told) or entry != _entry(told[at]):
            return None
        at += 1
    return at


def _entry(told: dict[str, Any]) -> tuple[Any, ...]:
    if told["what"] == "outcome":
        return "call", told["call"], told["event"]
    return "step", told["step"], told["authenticator"], told["outcome"]


@dataclass(slots=True)
class Tally:
    """Of some scripts.  failures: number of the script and what was wrong, with the login."""

    answers: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    scripts: int = 0
    whole: int = 0
    logins: int = 0
    successes: int = 0
    failures: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in another one."""
        self.answers += other.answers
        self.gaps += other.gaps
        self.scripts += other.scripts
        self.whole += other.whole
        self.logins += other.logins
        self.successes += other.successes
        self.failures += other.failures


def proof_of(flow: Flow) -> Proof:
    """What is proven of it."""

    def replay(plain: dict[str, Any]) -> tuple[str, frozenset[str]]:
        played = asyncio.run(simulate(flow, scenario_of(plain), house=HOUSE, make_stores=_empty))
        return played.result, frozenset(played.trace[-1].get("factors", "").split() if played.trace else ())

    return prove(flow, REQUIRE, around=AROUND, replay=replay)


def check(seed: int, numbers: range, scenarios: int = SCENARIOS) -> Tally:
    """Prove and play the scripts of these numbers."""
    tally = Tally()
    for number in numbers:
        chance = randomness(seed, number)
        flow = Flow("storm", STEPS, script=ScriptWriter(chance).script())
        proof = proof_of(flow)
        tally.scripts += 1
        tally.whole += not proof.graph.gaps
        tally.gaps.update(gap.partition(": ")[2] or gap for gap in list(proof.graph.gaps)[:1])
        tally.answers.update(verdict.answer for verdict in proof.verdicts)
        proven = [verdict.require.split("|") for verdict in proof.verdicts if verdict.answer == "proven"]
        for _ in range(scenarios):
            plain, played = play_by_chance(flow, chance)
            tally.logins += 1
            if played.result != "success":
                continue
            tally.successes += 1
            factors = set(played.trace[-1]["factors"].split())
            if any(not factors & set(wanted) for wanted in proven):
                tally.failures.append((number, f"got in without what is proven, by {sorted(factors)}: {plain}"))
            elif not proof.graph.gaps and not follows(proof.graph, played):
                tally.failures.append((number, f"got in on a way that is none: {plain} {played.steps} {played.calls}"))
    return tally


def _check(seed: int, numbers: range) -> Tally:
    return check(seed, numbers)


def storm(given: Options) -> Tally:
    """All of them."""
    total, progress = Tally(), Progress(given.count)
    for tally in spread(_check, given, chunk=5):
        total.add(tally)
        progress.add(tally.scripts)
    return total


def report(given: Options, total: Tally) -> None:
    """Print what was found."""
    print(f"proof: {total.scripts:,} random scripts, each with {SCENARIOS} random logins, seed {given.seed}")
    print(f"  {total.whole:>9,}  scripts followed to every end")
    print(f"  {total.logins:>9,}  logins played, {total.successes:,} of them got in")
    for answer, count in total.answers.most_common():
        print(f"  {count:>9,}  requirements: {answer}")
    print(f"  {len(total.failures):>9,}  logins that a proof says cannot be")
    for gap, count in total.gaps.most_common(12):
        print(f"  {count:>9,}  scripts not followed to the end: {gap}")
    for number, failure in total.failures[:30]:
        print(f"--- {number}: {failure}")


def main() -> int:
    given = options(__doc__, count=COUNT)
    total = storm(given)
    report(given, total)
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
