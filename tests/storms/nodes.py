"""Two nodes on PostgreSQL and Valkey, people signing in, and a node killed again and again; or Valkey stopped, emptied.

`python -m tests.storms.nodes kill` and `python -m tests.storms.nodes store`: minutes, then what came of it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.journeys.nodes import Nodes, nodes
from tests.storms.people import Person, Told, document

PEOPLE = 200
EVERY = {"kill": 5.0, "store": 20.0}
GOAL = 0.995


def storm(kind: str, *, people: int, seconds: float) -> Told:
    """Let people sign in for so long while it storms, then let them come to an end."""
    told, ends = Told(), time.monotonic() + seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        nodes(Path(folder), document(people), more={"DOORSTEP_TRUSTED_PROXIES": "127.0.0.1"}) as running,
    ):
        keys = running.house.keys()
        begun = [Person(running.house, keys, number, ends=ends, told=told) for number in range(people)]
        for person in begun:
            person.start()
        trouble = _killing(running) if kind == "kill" else _losing(running)
        while time.monotonic() < ends - EVERY[kind]:
            time.sleep(EVERY[kind])
            trouble()
        for person in begun:
            person.join(120)
    return told


def _killing(running: Nodes) -> Callable[[], None]:
    """kill -9 of one node after the other; each is started again at once."""
    turn = 0

    def kill() -> None:
        nonlocal turn
        running.each[turn % len(running.each)].restart()
        turn += 1

    return kill


def _losing(running: Nodes) -> Callable[[], None]:
    """Valkey emptied, stopped for a second, and killed and started from its last save, in turns."""
    turn = 0

    def lose() -> None:
        nonlocal turn
        match turn % 3:
            case 0:
                running.valkey.tell("FLUSHALL")
            case 1:
                running.valkey.stop()
                time.sleep(1)
                running.valkey.start()
            case _:
                running.valkey.tell("SAVE")
                time.sleep(2)
                running.valkey.kill()
                running.valkey.start()
        turn += 1

    return lose


def main() -> None:
    """Print what came of it; the exit code tells whether it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=tuple(EVERY))
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--minutes", type=float, default=10.0)
    asked = parser.parse_args()
    told = storm(asked.kind, people=asked.people, seconds=asked.minutes * 60)
    what = "a node killed" if asked.kind == "kill" else "Valkey emptied, stopped or rolled back"
    print(
        f"2 nodes, {asked.people} people at once, {what} every {EVERY[asked.kind]:g} s for {asked.minutes:g} minutes\n"
    )
    print(f"logins                                    {told.logins:>8}")
    for restarts, count in sorted(told.restarts.items()):
        print(f"  reached the end after {restarts} restarts         {count:>8}")
    print(f"  given up                                {told.gave_up:>8}")
    print(f"with one restart at the most              {told.share:>8.2%}")
    print(f"wrong passwords refused                   {told.refused:>8}")
    print(f"codes redeemed twice                      {told.redeemed_twice:>8}")
    print(f"wrong                                     {len(told.wrong):>8}")
    for line in told.wrong[:20]:
        print(f"  {line}")
    sys.exit(bool(told.wrong) or (asked.kind == "kill" and told.share < GOAL))


if __name__ == "__main__":
    main()
