"""The tables of the documents that are made from the code: `python -m tests.docs.generated` writes them anew.

Each stands below its marker, `<!-- table: NAME -->`, up to the next empty line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from dsl.hostapi import HostFunction, Parameter
from dsl.library import REALM
from engine.functions import TABLE
from tests.docs.documents import DOCS, ROOT


def functions() -> str:
    """Every function that a script may call, with its parameters."""
    named = [(function.name, function) for function in TABLE.functions]
    named += [(f"{name}.{function.name}", function) for name, made in TABLE.namespaces.items() for function in made]
    return _table(["function", "what it does"], [[f"`{_call(name, f)}`", _does(f)] for name, f in named])


def _does(function: HostFunction) -> str:
    """What it does, what it gives, which handlers it calls, what happens when it cannot."""
    said = [function.doc]
    if function.returns != "void":
        said.append(f"Gives `{function.returns.replace(' | ', '` or `')}`.")
    if function.events:
        said.append(f"Handlers: {', '.join(f'`{event}`' for event in function.events)}.")
    if function.fails:
        said.append(f"{function.fails[:1].upper()}{function.fails[1:]}.")
    return " ".join(said)


def _call(name: str, function: HostFunction) -> str:
    said = [_parameter(parameter) for parameter in function.parameters]
    return f"{name}({', '.join(said)})"


def _parameter(parameter: Parameter) -> str:
    if parameter.rest:
        return f"...{parameter.name}"
    return f"[{parameter.name}]" if parameter.optional else parameter.name


def global_names() -> str:
    """Every global name of the language."""
    return ", ".join(f"`{name}`" for name in sorted([*REALM, "globalThis"]))


def templates() -> str:
    """Every script that ships, with its story."""
    rows = []
    for path in sorted((ROOT / "scripts").glob("*.js")):
        told = yaml.safe_load(path.with_suffix(".yaml").read_text("utf-8"))
        steps = "; ".join(
            f"{step['id']} {'/'.join(option['authenticator'] for option in step['options'])}" for step in told["steps"]
        )
        story = f"{told['story'].strip()} {_needs(told)}".strip()
        rows.append([f"[`{path.stem}`](../scripts/{path.stem}.js)", steps, story])
    return _table(["name", "steps", "story"], rows)


def _needs(told: dict[str, str]) -> str:
    return f"Needs: {told['needs'][:1].lower()}{told['needs'][1:]}" if "needs" in told else ""


def login() -> str:
    """The states of a login, as a diagram."""
    return f"```mermaid\n{(DOCS / 'login.mermaid').read_text('utf-8')}```"


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


TABLES: dict[str, Callable[[], str]] = {
    "functions": functions,
    "globals": global_names,
    "login": login,
    "templates": templates,
}
_MARKED = re.compile(r"(<!-- table: ([a-z]+) -->\n)(.*?)(?=\n\n|\n*\Z)", re.DOTALL)


def renewed(text: str) -> str:
    """The text of a document with its tables as they have to be.  Raises KeyError for a table that is not ours."""
    return _MARKED.sub(lambda match: match[1] + _wrapped(TABLES[match[2]]()), text)


def _wrapped(made: str) -> str:
    """Lines of prose within the width of a page; tables and blocks stay as they are."""
    if made.startswith(("|", "```")):
        return made
    lines, line = [], ""
    for word in made.split():
        if len(line) + len(word) >= 120:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def marked(text: str) -> list[str]:
    """The names of the tables that a document has."""
    return [match[2] for match in _MARKED.finditer(text)]


def main(folder: Path = DOCS) -> None:
    """Write every table anew."""
    for path in sorted(folder.glob("*.md")):
        text = path.read_text("utf-8")
        if renewed(text) != text:
            path.write_text(renewed(text), "utf-8")
            print(f"wrote {path.name}")


if __name__ == "__main__":
    main()
