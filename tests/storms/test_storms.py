"""A few of each storm; the full counts are behind `make storm`."""

from __future__ import annotations

import pytest

from tests.storms import differential, escape, fuzz, limits, proof, push_races, restarts, schemathesis
from tests.storms.command import Options, randomness
from tests.storms.python_names import global_names, probes
from tests.storms.reach import is_value, reachable, run_of


def test_random_programs_do_what_they_do_elsewhere() -> None:
    """The same values, errors and side effects as in QuickJS, or a rule that says why not."""
    tally = differential.compare(11, range(60))
    differential.ask_another(tally.unexplained())
    assert tally.unexplained() == []
    assert tally.endings["ran to its end"] > 40


def test_random_programs_do_not_notice_restarts() -> None:
    """The same traces straight through and with dump and load at every suspension."""
    tally = restarts.check(12, range(40))
    assert tally.noticed == []
    assert tally.restarts > 200


def test_mutated_programs_end_in_the_languages_own_errors() -> None:
    """No foreign exception, no hang, no memory over the limit."""
    tally = fuzz.check(13, range(1_500))
    assert tally.failures == []
    assert len(tally.endings) > 8


def test_no_construct_catches_a_limit() -> None:
    """Whatever is around it, the script is over, and has used as much as the first time."""
    first, again = limits.check(14, range(25)), limits.check(14, range(25))
    assert first.failures == []
    assert first.marks == again.marks


@pytest.mark.parametrize("way", escape.classes(), ids=lambda way: way.name)
def test_no_known_escape_gets_out(way: escape.EscapeClass) -> None:
    """Each attempt comes to what the language says, and leaves nothing foreign within reach."""
    assert [(each.program, wrong) for each in way.attempts if (wrong := escape.attempt(each)) is not None] == []


def test_no_forged_snapshot_holds_anything_foreign() -> None:
    """It is refused, or a heap of the language's own values."""
    assert escape.forgeries(1_000, randomness(16, 0)) == []


def test_names_of_python_mean_nothing() -> None:
    """No attribute of a Python object is a property, no name of generated code a variable."""
    assert probes(150_000, randomness(15, 0))[1] == []
    assert global_names() == []


def test_the_walk_would_see_what_does_not_belong() -> None:
    """A foreign object, a text of Python, an integer beyond the language's."""
    run = run_of("var held = {a: [1]}")
    run.start()
    held = run.globals["held"]
    assert held in list(reachable(run))
    assert not any(map(is_value, (object(), 2**53 + 1, "\U0001f600", (), {}, [], len, run)))


def test_races_about_a_push_have_one_end() -> None:
    """On two nodes with one SQLite file, what may happen once happens once."""
    tally = push_races.check(16, range(60))
    assert tally.doubles == []
    assert tally.races == 60


def test_the_numbers_of_a_storm_say_what_is_in_it() -> None:
    """One number gives the same program in every process and on every machine."""
    assert Options(count=1, seed=1, processes=1).processes == 1
    assert randomness(3, 4).random() == randomness(3, 4).random() != randomness(3, 5).random()


def test_nobody_gets_in_on_a_way_that_a_proof_does_not_have() -> None:
    """Random login scripts, each proven and then played with random logins."""
    tally = proof.check(15, range(30), scenarios=20)
    assert tally.failures == []
    assert tally.successes > 50
    assert tally.whole > 25


def test_the_management_api_is_as_its_document_says() -> None:
    """Every check of Schemathesis, for as long as a test may take."""
    well, told = schemathesis.check(17, seconds=40)
    assert well, told
