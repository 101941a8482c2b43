"""The replacement templates of replace: `$&`, `$1`, `$<name>` ... (ECMA-262 §22.1.3.19.1 GetSubstitution)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dsl.library.building import charge_text
from dsl.operators import to_string
from dsl.values import Obj, Value

if TYPE_CHECKING:
    from dsl.run import Run

_REFERENCE = re.compile(r"\$(?:([$&`'])|([0-9]{1,2})|<([^>]*)>)")


@dataclass(frozen=True, slots=True)
class Match:
    """One match to be replaced: where it is in the text, and its groups."""

    text: str
    start: int
    matched: str
    captures: list[Value]
    groups: Value = None


def substitute(run: Run, match: Match, template: str) -> str:
    """*template* with its references filled in; charges for what it builds."""
    run.charge_fuel(1 + (len(template) >> 4))
    if "$" not in template:
        return template
    run.charge_fuel(template.count("$"))
    parts: list[str] = []
    at = 0
    for found in _REFERENCE.finditer(template):
        parts.append(template[at : found.start()])
        piece = _referred(run, match, found)
        charge_text(run, len(piece))
        parts.append(piece)
        at = found.end()
    parts.append(template[at:])
    charge_text(run, len(template))
    return "".join(parts)


def _referred(run: Run, match: Match, found: re.Match[str]) -> str:
    sign, digits, name = found.groups()
    if sign is not None:
        return _by_sign(match, sign)
    if digits is not None:
        return _by_number(match, digits)
    if not isinstance(match.groups, Obj):
        return found.group()
    capture = match.groups.get(run, name)
    return "" if capture is None else to_string(run, capture)


def _by_sign(match: Match, sign: str) -> str:
    if sign == "$":
        return "$"
    if sign == "&":
        return match.matched
    return match.text[: match.start] if sign == "`" else match.text[match.start + len(match.matched) :]


def _by_number(match: Match, digits: str) -> str:
    """The capture of one or two digits; two that name no group are one digit and a plain one behind it."""
    rest = ""
    if int(digits) > len(match.captures) and len(digits) == 2:
        digits, rest = digits[0], digits[1]
    index = int(digits)
    if not 1 <= index <= len(match.captures):
        return "$" + digits + rest
    capture = match.captures[index - 1]
    return (capture if isinstance(capture, str) else "") + rest
