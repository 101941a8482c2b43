"""Only plain data is read, and every refusal says where."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configuration.export import as_json, as_yaml
from configuration.problems import ConfigurationErrors, Position
from configuration.reading import LONGEST_FILE, parse_json, parse_yaml, read
from tests.configuration.conftest import Write


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: 1\na: 2\n", "'a' stands twice"),
        ("a: &x [1]\nb: *x\n", "anchors and aliases"),
        ("a: !!python/object/apply:os.system [id]\n", "tag"),
        ("a: !!str 1\n", "tag"),
        ("--- 1\n--- 2\n", "more than one YAML document"),
        ("? [a]\n: 1\n", "plain word"),
        ("a: [1\n", "not YAML"),
        ("a: \x01\n", "not YAML"),
        ("[" * 40 + "]" * 40, "nested deeper"),
    ],
)
def test_admin_24_what_json_cannot_say_is_refused_with_its_place(write: Write, text: str, reason: str) -> None:
    """Tags, anchors, duplicate keys and the like are errors of the file, not features."""
    with pytest.raises(ConfigurationErrors, match=reason):
        read(write(text))


def test_an_alias_bomb_is_refused_before_it_grows(write: Write) -> None:
    """Nothing is ever expanded."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(ConfigurationErrors, match="anchors"):
        read(write("\n".join(lines)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1, "a": 2}', "twice"),
        ("[NaN]", "NaN"),
        ("[" * 100_000, "too deep"),
        ('{"a": ', "not JSON"),
        ("", "not JSON"),
    ],
)
def test_json_is_as_strict(write: Write, text: str, reason: str) -> None:
    """Duplicate keys, NaN and depth are refused in JSON too."""
    with pytest.raises(ConfigurationErrors, match=reason):
        read(write(text, "doorstep.json"))


def test_words_stay_words() -> None:
    """Only what JSON has is converted: `yes`, times, octal numbers and dates are text."""
    value, _ = parse_yaml("[yes, no, on, 12:30, 0711, 2026-01-01, 1e5, .5, 0x1F, true, Null, ~, -3, 2.50, 'true']")
    assert value == [
        "yes", "no", "on", "12:30", "0711", "2026-01-01", "1e5", ".5", "0x1F", True, None, None, -3, 2.5, "true",
    ]  # fmt: skip


def test_positions_are_told_for_yaml_and_json() -> None:
    """Each key and item has its line and column."""
    _, positions = parse_yaml("flows:\n  - id: a\n    steps: []\n")
    assert positions[("flows", 0, "steps")] == Position(3, 5)
    _, positions = parse_json('{"flows": [\n {"id": 1}]}')
    assert positions[("flows", 0, "id")] == Position(2, 3)


def test_a_file_that_is_missing_too_large_or_no_text_is_refused(tmp_path: Path, write: Write) -> None:
    """The message names the file."""
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "latin.yaml").write_bytes("käse: 1".encode("latin-1"))
    large = write("# " + "x" * LONGEST_FILE)
    for path, reason in (
        (tmp_path / "nowhere.yaml", "cannot be read"),
        (tmp_path / "binary.yaml", "NUL"),
        (tmp_path / "latin.yaml", "not UTF-8"),
        (large, "larger than"),
    ):
        with pytest.raises(ConfigurationErrors, match=reason) as caught:
            read(path)
        assert caught.value.problems[0].file == str(path)


_plain = st.characters(codec="utf-8", exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\0")
_texts = st.text(_plain, max_size=30) | st.sampled_from(
    ["yes", "0o17", "1e5", "0711", "~", "null", "<<", "=", "a: b", "-", "\x85", "\u2028x", "a\r\nb", "\ufeff"]
)


@given(st.dictionaries(_texts, _texts | st.integers(-(10**17), 10**17) | st.booleans() | st.none(), max_size=5))
def test_what_is_written_is_read_back(value: dict[str, object]) -> None:
    """An export means the same when it is read, whatever its texts hold."""
    assert parse_yaml(as_yaml(value))[0] == value
    assert parse_json(as_json(value))[0] == value
