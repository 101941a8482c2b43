"""Races about one push or one code, on two nodes with one SQLite file.

Whatever comes first, what may happen once happens once: one answer is taken, one device registered, and the browser
gets in exactly if the last word that was taken is an approval of the request it shows.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from authenticators import registry
from engine.errors import DeviceError
from engine.outcome import Failure, Success
from storage.keys import load_or_make_key
from storage.open import Stores, open_stores
from tests.authenticators.bench import Bench, Try
from tests.devices import Phone
from tests.storms.command import Options, Progress, options, randomness, spread

COUNT: Final = 10_000
PROCEED: Final = "PROCEED_PUSH_AUTHENTICATION"
RESEND: Final = "RESEND_PUSH_NOTIFICATION"
SPREAD: Final = 0.008
"""Seconds within which the parts of a race begin: about as long as each of them takes."""
MUCH: Final = {"per_10_minutes": 10**6, "per_day": 10**6, "per_address": 10**6, "cooldown_after_denial": 0}


@dataclass
class Tally:
    """What came of the races.  ends: by race, how they ended; doubles: races in which something happened twice."""

    races: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    doubles: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        self.races += other.races
        self.ends += other.ends
        self.doubles += other.doubles


class Node(Bench):
    """One process's authenticators, on stores that others have open too."""

    def __init__(self, stores: Stores, first: Node | None = None) -> None:
        super().__init__()
        if first is not None:
            self.passwords.close()
            self.clock, self.current, self.passwords = first.clock, first.current, first.passwords
        self.state, self.directory, self.signals = stores.state, stores.directory, stores.signals
        self.configuration, self.audit = stores.configuration, stores.audit
        self.parts = registry(self.wiring(), passwords=self.passwords)


@dataclass
class Place:
    """Two nodes, Mara with her phone, and the chance of this race."""

    nodes: tuple[Node, Node]
    phone: Phone
    chance: Random

    def node(self) -> Node:
        """Either of them."""
        return self.chance.choice(self.nodes)

    async def waiting(self) -> tuple[Try, dict[str, str]]:
        """A browser that waits, and what the phone was sent."""
        login = await self.node().login("push")
        await login.post(username="mara")
        return login, (await self.pull())[-1]

    async def pull(self) -> list[dict[str, str]]:
        """What waits at the phone."""
        return await self.node().parts.receiver.pending(self.phone.device_id, self.phone.pull_token())

    async def respond(self, push: dict[str, str], word: str = "APPROVED", number: str | None = None) -> bool:
        """Whether an answer is taken."""
        try:
            await self.node().parts.receiver.respond(self.phone.answer(push, word, number=number))
        except DeviceError as refused:
            if refused.status not in (400, 410):
                raise
            return False
        return True

    async def race(self, *work: Awaitable[Any]) -> list[Any]:
        """All at once, each begun after a while of its own."""

        async def begin(each: Awaitable[Any]) -> Any:
            await asyncio.sleep(self.chance.choice((0.0, SPREAD * self.chance.random())))
            return await each

        shuffled = self.chance.sample(range(len(work)), len(work))
        done = await asyncio.gather(*(begin(work[at]) for at in shuffled))
        return [done[shuffled.index(at)] for at in range(len(work))]


@asynccontextmanager
async def place(chance: Random) -> AsyncIterator[Place]:
    """Everything on a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        keys = load_or_make_key(Path(folder, "secret.key"))
        first = Node.__new__(Node)
        stores = [
            await open_stores(f"sqlite:///{folder}/db.sqlite", None, keys=keys, clock=lambda: first.clock.now)
            for _ in range(2)
        ]
        first.__init__(stores[0])  # type: ignore[misc]  # the stores need its clock
        second = Node(stores[1], first)
        await first.set_push(number_challenge=True, max_devices=10, registration_notices=(), budget=MUCH)
        phone = await first.enroll(await first.add_user("mara"))
        yield Place((first, second), phone, chance)
        first.passwords.close()
        for each in stores:
            await each.close()


# --- the races --------------------------------------------------------------------------------------------------------


async def approve_twice(at: Place) -> tuple[str, bool]:
    """Both tokens are good; one counts, whichever browser request comes."""
    login, push = await at.waiting()
    taken = await at.race(at.respond(push), at.respond(push), at.respond(push))
    ended = await login.say(PROCEED)
    return f"{sum(taken)} taken", sum(taken) == 1 and isinstance(ended, Success)


async def approve_and_deny(at: Place) -> tuple[str, bool]:
    """A denial that is taken wins, even over an approval that was taken before it; the browser asks meanwhile."""
    login, push = await at.waiting()
    approved, denied, _ = await at.race(at.respond(push), at.respond(push, "DENIED"), login.say(PROCEED))
    got_in = isinstance(login.outcome, Success)
    if not isinstance(login.outcome, Success | Failure):
        got_in = isinstance(await login.say(PROCEED), Success)
    word = "in" if got_in else "refused"
    return f"approved {approved}, denied {denied}: {word}", got_in == (approved and not denied)


async def approve_and_resend(at: Place) -> tuple[str, bool]:
    """Either the old approval is used or the new request is; the new one is never approved by the old answer."""
    login, old = await at.waiting()
    at.nodes[0].clock.advance(61)
    old_taken, _ = await at.race(at.respond(old), login.say(RESEND))
    if isinstance(login.outcome, Success):
        return "old approval used", old_taken and not await at.respond(old)
    early = await login.say(PROCEED)
    new = [push for push in await at.pull() if push["pushId"] == login.state.get("push_id")]
    late = [await at.respond(old), *[await at.respond(push) for push in new]]
    ended = await login.say(PROCEED)
    fits = not isinstance(early, Success | Failure) and late == [False, True] and isinstance(ended, Success)
    return f"new request, old approval {'taken' if old_taken else 'refused'}", fits


async def register_twice(at: Place) -> tuple[str, bool]:
    """One code, two phones and the first phone again: one device."""
    before = len(await at.nodes[0].directory.devices("u-mara"))
    if before > 8:
        for device in (await at.nodes[0].directory.devices("u-mara"))[1:]:
            await at.node().parts.devices.remove(device)
        before = 1
    code = await at.node().parts.receiver.discovery(await _mara(at))
    bodies = [Phone("ec", clock=at.nodes[0].clock).register_body(code) for _ in range(2)]
    taken = await at.race(*(_registered(at, body) for body in (*bodies, bodies[0])))
    added = len(await at.nodes[1].directory.devices("u-mara")) - before
    return f"{sum(taken)} registered", sum(taken) == 1 == added


async def wrong_number_and_approve(at: Place) -> tuple[str, bool]:
    """The first one decides: a wrong number ends the request, a right one makes a wrong one come too late."""
    login, push = await at.waiting()
    right = login.page.fields["number"]
    wrong = f"{(int(right) + 1) % 100:02}"
    taken, *_ = await at.race(*(at.respond(push, number=each) for each in (right, wrong, wrong)))
    got_in = isinstance(await login.say(PROCEED), Success)
    events = Counter(event.name for event in await at.nodes[0].audit.recent(limit=20, flow_id=login.flow_id))
    once = events["push_approved"] + events["push_wrong_number"] == 1
    return f"right {taken}", got_in == taken and once


RACES: Final[tuple[Callable[[Place], Awaitable[tuple[str, bool]]], ...]] = (
    approve_twice,
    approve_and_deny,
    approve_and_resend,
    register_twice,
    wrong_number_and_approve,
)


async def _mara(at: Place) -> Any:
    return await at.nodes[0].directory.user("u-mara")


async def _registered(at: Place, body: dict[str, Any]) -> bool:
    try:
        await at.node().parts.receiver.register(body)
    except DeviceError as refused:
        if refused.status != 400:
            raise
        return False
    return True


# --- the command ------------------------------------------------------------------------------------------------------


def check(seed: int, numbers: range) -> Tally:
    """Run the races of those numbers, one kind after the other."""
    return asyncio.run(_check(seed, numbers))


async def _check(seed: int, numbers: range) -> Tally:
    tally = Tally()
    async with place(randomness(seed, numbers.start)) as at:
        for number in numbers:
            run = RACES[number % len(RACES)]
            at.chance = randomness(seed, number)
            end, as_it_must = await run(at)
            tally.races += 1
            tally.ends[f"{run.__name__.replace('_', ' ')}: {end}"] += 1
            if not as_it_must:
                tally.doubles.append(f"{number} {run.__name__}: {end}")
            at.nodes[0].current.clear()
    return tally


def storm(given: Options) -> Tally:
    """Run all races."""
    total, progress = Tally(), Progress(given.count)
    for tally in spread(check, given, chunk=200):
        total.add(tally)
        progress.add(tally.races)
    return total


def report(given: Options, total: Tally) -> None:
    """Print what was found."""
    print(f"push races: {total.races:,} on SQLite, two nodes on one file, seed {given.seed}")
    for end, count in sorted(total.ends.items()):
        print(f"  {count:>9,}  {end}")
    print(f"  {len(total.doubles):>9}  doubles")
    for double in total.doubles[:20]:
        print(f"--- {double}")


def main() -> int:
    given = options(__doc__, count=COUNT)
    total = storm(given)
    report(given, total)
    return 1 if total.doubles else 0


if __name__ == "__main__":
    sys.exit(main())
