"""Templates that an admin wrote: what they can draw, and that they can neither reach nor cost anything else."""

from __future__ import annotations

import pytest

from web.sandbox import LONGEST_TEMPLATE, BadTemplate, draw, fault_of

ROWS = {"rows": [{"name": "A"}, {"name": "<B>"}], "name": "mara", "many": list(range(200)), "count": 3}


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("<p>{{ name }}</p>", "<p>mara</p>"),
        ("{% for row in rows %}{{ loop.index }}{{ row.name }};{% endfor %}", "1A;2&lt;B&gt;;"),
        ("{{ rows[0]['name'] }}", "A"),
        ("{% if count + 1 > 3 %}yes{% else %}no{% endif %}", "yes"),
        ("{{ missing }}{{ missing.deep }}{{ name|upper }}{{ missing|default('none') }}", "MARAnone"),
        ("{{ rows[1].name|length }}", "3"),
    ],
)
def test_a_template_draws_what_it_is_given_escaped(source: str, drawn: str) -> None:
    """Values, conditions, loops, a few filters."""
    assert draw(source, ROWS) == drawn


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__ }}", "{{ name['__class__'] }}", "{{ name.format }}", "{{ rows.append }}",
        "{{ rows.__len__ }}", "{{ loop }}", "{{ cycler }}", "{{ range }}", "{{ lipsum }}", "{{ namespace }}",
        "{{ dict }}", "{{ config }}",
    ],
)  # fmt: skip
def test_nothing_but_the_given_values_can_be_reached(source: str) -> None:
    """No attribute of an object, no global of the template language: there is nothing of that name."""
    assert draw(source, ROWS) == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'base.html' %}", "{% extends 'base.html' %}", "{% import 'x' as x %}",
        "{% macro m() %}{% endmacro %}", "{% block b %}{% endblock %}", "{{ name() }}",
        "{{ rows.append(1) }}", "{{ 'x' * 9 }}", "{{ 9 ** 9 }}",
        "{{ 'a' ~ 'b' }}", "{% set x %}{{ name }}{{ name }}{% endset %}", "{{ self }}", "{{ name|safe }}",
        "{% autoescape false %}{{ name }}{% endautoescape %}", "{{ name|attr('upper') }}", "{{ rows|map('upper') }}",
        "{% for x in many recursive %}{% endfor %}", "{{ name", "{% if %}",
        "{% if name %}", "x" * (LONGEST_TEMPLATE + 1),
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    ],
)  # fmt: skip
def test_what_could_do_more_is_refused_before_it_is_used(source: str) -> None:
    """With the line, where there is one."""
    assert fault_of(source)
    with pytest.raises(BadTemplate):
        draw(source, ROWS)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in many %}{% for b in many %}{% endfor %}{% endfor %}",
        "{% for a in many %}{% for b in many %}{{ name }}{% endfor %}{% endfor %}",
        "{% for letter in name %}{% endfor %}",
        "{{ '%9999999d' % count }}",
        "{{ name + name }}",
        "{{ count % 0 }}",
        "{{ 1 / 0 }}",
    ],
)
def test_a_drawing_that_would_take_too_much_is_stopped(source: str) -> None:
    """Turns, size, faults: each is a refusal, never another exception."""
    with pytest.raises(BadTemplate):
        draw(source, ROWS)


def test_too_many_values_are_refused() -> None:
    """What a script gives is bounded."""
    with pytest.raises(BadTemplate):
        draw("{{ name }}", {"name": "x" * 70_000})


@pytest.mark.parametrize("source", ["{{ 1|round(9999999, 'ceil') }}", "{{ count|round(-9999999, 'floor') }}"])
def test_rounding_makes_no_huge_number(source: str) -> None:
    """Neither when it is drawn nor when it is compiled."""
    with pytest.raises(BadTemplate):
        draw(source, ROWS)


@pytest.mark.parametrize("source", ["{% set a = [name] %}", "{% set a = {'x': rows} %}", "{% set a = (rows, 1) %}"])
def test_a_list_holds_only_what_is_written_in_it(source: str) -> None:
    """Lists of lists of values would double with each line."""
    assert fault_of(source)


def test_a_number_beyond_all_numbers_is_a_refusal() -> None:
    """Folded while compiling, too."""
    with pytest.raises(BadTemplate):
        draw("{{ (1e308 - (-1e308))|int }}", ROWS)
