"""`doorstep test`: runs the script tests (`*.test.yaml`) of a folder, each a flow played on a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import terminal
from commands.terminal import Stop

if TYPE_CHECKING:
    from commands.flows import FlowFile

ENDINGS = (".test.yaml", ".test.yml", ".test.json")
LISTS = ("tests", "cases", "scenarios")
"""What the list of a file's tests may be called."""


def test(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder with script tests, or one test file.")],
) -> None:
    """Run script tests.  Exit code 1 if one does not end as it expects, 2 if there is none."""
    files = sorted(_files(folder))
    if not files:
        raise Stop(f"{folder} has no file that ends in {', '.join(ENDINGS)}", code=terminal.MISUSED)
    failed = passed = 0
    for file in files:
        for name, faults in run_file(file):
            terminal.say(f"{'FAIL' if faults else 'ok'}  {file}: {name}", *(f"      {fault}" for fault in faults))
            failed, passed = failed + bool(faults), passed + (not faults)
    terminal.say(f"{passed} passed, {failed} failed")
    if failed:
        raise typer.Exit(terminal.FAILED)


def run_file(file: Path) -> Iterator[tuple[str, list[str]]]:
    """The name of each test of a file, and where it did not end as it expects.  Raises Stop for a file that is none."""
    from commands.simulate import plain, plain_file, play
    from engine.simulation import BadScenario, scenario_of

    value = plain_file(file)
    source, flow = _script_and_flow(file, value)
    for number, entry in enumerate(_tests(file, value), start=1):
        name = str(entry.get("name", f"test {number}"))
        _judge(entry, f"{file}: {name}")
        given = entry.get("scenario")
        try:
            scenario = scenario_of(plain_file(file.parent / given) if isinstance(given, str) else given)
        except BadScenario as problem:
            raise Stop(f"{file}: {name}: {problem}", code=terminal.MISUSED) from None
        result = plain(play(source, flow, scenario))
        faults = list(differences(entry["expect"], result))
        yield name, [*faults, *_why(result)] if faults else []


def differences(expected: Any, found: Any, where: str = "") -> Iterator[str]:
    """Where *found* has not what is expected: of an object only the keys that are named, of a list every entry.

    >>> list(differences({"result": "fail"}, {"result": "success", "acr": None}))
    ['result: expected "fail", found "success"']
    """
    import json

    from engine.check import hint

    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            inner = f"{where}.{key}" if where else str(key)
            if key not in found:
                yield f"{inner}: is not there{hint(str(key), found)}"
            else:
                yield from differences(value, found[key], inner)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, value in enumerate(expected):
            yield from differences(value, found[number], f"{where}[{number}]")
    elif expected != found or isinstance(expected, bool) is not isinstance(found, bool):
        shown = [json.dumps(value, ensure_ascii=False) for value in (expected, found)]
        yield f"{where}: expected {shown[0]}, found {shown[1]}"


def _judge(entry: dict[str, Any], where: str) -> None:
    """Raises Stop for a test with other keys than it has, or without what it expects."""
    from engine.check import hint

    keys = ("name", "scenario", "expect")
    unknown = [f"{key}{hint(str(key), keys)}" for key in entry if key not in keys]
    if unknown or "expect" not in entry:
        wrong = f"no {', no '.join(unknown)}" if unknown else "this one no expect"
        raise Stop(f"{where}: a test has name, scenario and expect, {wrong}", code=terminal.MISUSED)


def _why(result: dict[str, Any]) -> Iterator[str]:
    """What explains a result that is not as it should be."""
    if result["error"] or result["reason"]:
        yield f"because: {result['error'] or result['reason']}"
    if result["unused"]:
        yield f"answers that nothing asked for: {', '.join(result['unused'])}"


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    elif not folder.is_dir():
        raise Stop(f"{folder} is not there", code=terminal.MISUSED)
    else:
        yield from (path for path in folder.rglob("*") if path.is_file() and path.name.endswith(ENDINGS))


def _tests(file: Path, value: Any) -> list[dict[str, Any]]:
    lists = [value[name] for name in LISTS if isinstance(value.get(name), list)]
    if len(lists) != 1 or not all(isinstance(entry, dict) for entry in lists[0]):
        raise Stop(f"{file}: has no list `tests` of {{name, scenario, expect}}", code=terminal.MISUSED)
    found: list[dict[str, Any]] = lists[0]
    return found


def _script_and_flow(file: Path, value: Any) -> tuple[str, FlowFile]:
    """The script's text, and its flow: a file beside the test or the object itself."""
    from commands.flows import flow_file, flow_in, source_of
    from configuration.problems import ConfigurationErrors
    from configuration.reading import NotText, Reading

    if not isinstance(value, dict) or not isinstance(value.get("script"), str | dict):
        raise Stop(f"{file}: is no script test: it needs script, flow and tests", code=terminal.MISUSED)
    script = _script(file, value["script"])
    try:
        source = source_of(script) if isinstance(script, Path) else script
        at = script if isinstance(script, Path) else file
        given = value.get("flow")
        if isinstance(given, str):
            return source, flow_file(file.parent / given, source, script=at)
        return source, flow_in(Reading(str(file), file.parent, given, {}), source, script=at)
    except NotText as problem:
        raise Stop(f"{file}: the script {problem.text}", code=terminal.MISUSED) from None
    except ConfigurationErrors as errors:
        raise Stop(*map(str, errors.problems), code=terminal.MISUSED) from None


def _script(file: Path, given: str | dict[str, Any]) -> Path | str:
    """A file beside the test, or as a flow names its script: `{file}`, `{template}` or `{source}`."""
    from configuration.sources import TEMPLATES

    match given:
        case str() | {"file": str()}:
            return file.parent / (given if isinstance(given, str) else given["file"])
        case {"template": str(name)} if name.replace("-", "").isalnum():
            return TEMPLATES / f"{name}.js"
        case {"source": str(source)}:
            return source
    raise Stop(f"{file}: the script is a file, or one of file, template and source", code=terminal.MISUSED)
