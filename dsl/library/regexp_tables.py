"""How the Unicode tables of regular expressions are written down, and read.

A table is a text of records with `;` between them, a record a few fields with `|` between them, the first of which is
the names.  A field of ranges: for each, the distance from the end of the one before, then, if it is longer than one,
`+` and its length beyond the first; in base 36.
"""

from __future__ import annotations

from dsl.library.regexp_sets import CharSet, Range, char_set

Records = dict[str, list[str]]


def read_records(table: str) -> Records:
    """The fields behind the names of each record, by every name that it has."""
    records: Records = {}
    for record in table.split(";"):
        names, *fields = record.split("|")
        for name in names.split():
            records[name] = fields
    return records


def read_ranges(field: str) -> CharSet:
    """The set that a field of ranges describes."""
    ranges: list[Range] = []
    end = 0
    for part in field.split():
        distance, _, length = part.partition("+")
        start = end + int(distance, 36)
        end = start + int(length or "0", 36)
        ranges.append((start, end))
    return char_set(ranges)
