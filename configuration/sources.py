"""What a document points at: secrets in the environment or in files, scripts and libraries beside it, templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from configuration.document import LONGEST_SECRET, Script, Secret
from configuration.part import LONGEST_SCRIPT
from configuration.reading import Reading, Unreadable, read_text

TEMPLATES = Path(__file__).resolve().parent.parent / "scripts"
"""The login scripts that ship: `NAME.js`, each with `NAME.yaml` that tells what it is for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A script's or library's text.  name: what errors in it are reported under; None if it stands in the document."""

    source: str
    name: str | None = None


def secret_value(secret: Secret, reading: Reading, environment: Mapping[str, str]) -> str:
    """The secret itself.  Raises Unreadable.  Not for `stored` ones: their value is not here."""
    if secret.text is not None:
        return secret.text
    folder = _folder(reading)
    if secret.env is not None:
        value = environment.get(secret.env)
        if not value:
            raise Unreadable(f"the environment variable {secret.env} is not set")
        if len(value) > LONGEST_SECRET or any("\ud800" <= c <= "\udfff" for c in value):
            raise Unreadable(f"the environment variable {secret.env} is not a text of 1 to {LONGEST_SECRET} characters")
        return value
    assert secret.file is not None
    value = _named(secret.file, folder / secret.file, limit=LONGEST_SECRET).rstrip("\r\n")
    if not value:
        raise Unreadable(f"the file {secret.file} is empty")
    return value


def script_text(script: Script, reading: Reading) -> Text:
    """The text of a flow's script.  Raises Unreadable."""
    if script.source is not None:
        return Text(script.source)
    if script.file is not None:
        return file_text(script.file, reading)
    path = TEMPLATES / f"{script.template}.js"
    if not path.is_file():
        known = ", ".join(template_names()) or "none"
        raise Unreadable(f"there is no script template {script.template}; there are: {known}")
    return Text(_named(path.name, path, limit=LONGEST_SCRIPT), f"scripts/{path.name}")


def file_text(name: str, reading: Reading) -> Text:
    """The text of a file that lies beside the document or below it.  Raises Unreadable."""
    beside = _folder(reading)
    folder = beside.resolve()
    path = (folder / name).resolve()
    if Path(name).is_absolute() or not path.is_relative_to(folder):
        raise Unreadable(f"the file {name} is not inside the folder of {reading.name}")
    return Text(_named(name, path, limit=LONGEST_SCRIPT), str(beside / name))


def template_names() -> list[str]:
    """The names of the scripts that ship."""
    return sorted(path.stem for path in TEMPLATES.glob("*.js"))


def _folder(reading: Reading) -> Path:
    if reading.folder is None:
        raise Unreadable("what lies on the server is named in configuration files only; give the value itself")
    return reading.folder


def _named(name: str, path: Path, *, limit: int) -> str:
    try:
        return read_text(path, limit=limit)
    except Unreadable as problem:
        raise Unreadable(f"the file {name} {problem.text}") from None
