"""A traced program tells which way its conditions went, and is otherwise the same program."""

from __future__ import annotations

from dsl import Run, compile_script

SOURCE = """var out = [];
function f(n) {
  if (n > 1 && n < 9) { out.push('in'); } else if (!n) { out.push('zero'); }
  for (var i = 0; i < n; i++) out.push(i % 2 ? 'odd' : 'even');
  while (n-- > 1);
  do { n++; } while (n < 2);
}
f(2); f(0);
out.join()"""


def traced(source: str) -> Run:
    run = Run(compile_script(source, traced=True))
    run.start()
    return run


def test_each_condition_tells_its_place_and_which_way_it_went() -> None:
    """`if`, loops and the conditional operator, in the order in which they were looked at."""
    told = [(branch.line, branch.taken) for branch in traced(SOURCE).branches]
    assert told[:6] == [(3, True), (4, True), (4, False), (4, True), (4, True), (4, False)]
    assert told[6:9] == [(5, True), (5, False), (6, True)]
    assert (3, False) in told
    assert traced("if (1) { 2 }").branches[0].column == 5


def test_a_traced_program_gives_the_same_and_costs_the_same() -> None:
    """Value, fuel, memory and digest; its snapshots are those of the plain program."""
    plain = Run(compile_script(SOURCE))
    value = plain.start()
    run = Run(compile_script(SOURCE, traced=True))
    assert run.start() == value
    assert (run.fuel_used, run.memory_used) == (plain.fuel_used, plain.memory_used)
    assert plain.branches == []
    assert Run.load(plain.program, run.dump([]))[0].global_value("out") is not None
