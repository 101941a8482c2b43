"""The file of secret keys."""

from __future__ import annotations

import base64
import os
import shutil
import stat
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.keys import MOST_KEYS, KeyFileError, load_keys, load_or_make_key, rotate_key

LINE = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the keys will be."""
    return tmp_path / "secret.key"


def written(file: Path, text: str, *, mode: int = 0o600) -> Path:
    """*file* with that text and those rights."""
    file.write_text(text)
    file.chmod(mode)
    return file


def test_a_missing_file_is_made_with_one_key_for_the_owner_alone(file: Path) -> None:
    """Whatever the umask; the next start reads the same key, and nothing else is left in the folder."""
    before = os.umask(0)
    try:
        made = load_or_make_key(file)
    finally:
        os.umask(before)
    assert [len(key) for key in made] == [32]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_or_make_key(file) == load_keys(file) == made
    assert os.listdir(file.parent) == ["secret.key"]


def test_of_several_that_start_at_once_all_read_the_same_key(file: Path) -> None:
    """One makes the file, whole from the first moment."""
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(load_or_make_key, [file] * 64))
    assert len(set(made)) == 1
    assert os.listdir(file.parent) == ["secret.key"]


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """For the owner alone."""
    load_or_make_key(tmp_path / "data" / "secret.key")
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o666, 0o610])
def test_a_file_that_others_can_reach_is_refused(file: Path, mode: int) -> None:
    """The message says what to do."""
    written(file, LINE, mode=mode)
    with pytest.raises(KeyFileError, match=f"mode {mode:o}.*chmod 600"):
        load_or_make_key(file)


def test_a_missing_file_can_be_an_error(file: Path) -> None:
    """Where nodes share a database each must have the same file."""
    with pytest.raises(KeyFileError, match="no such key file"):
        load_keys(file)
    assert not file.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "short",
        LINE[:-1],
        LINE + "A",
        LINE + "=",
        LINE[:-1] + "9",
        LINE.replace("A", "+"),
        f"{LINE}\n{LINE}\n",
    ],
)
def test_a_malformed_file_is_refused_without_showing_it(file: Path, text: str) -> None:
    """No key, not enough bytes, another alphabet, a second spelling, twice the same."""
    with pytest.raises(KeyFileError) as caught:
        load_or_make_key(written(file, text))
    assert str(file) in str(caught.value)
    assert not text.strip() or text.split()[0] not in str(caught.value)
    assert file.read_text() == text


def test_neither_folder_nor_pipe_nor_dangling_link_is_a_key_file(tmp_path: Path) -> None:
    """And none of them makes the start hang."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "link"):
        with pytest.raises(KeyFileError):
            load_or_make_key(path)


def test_a_place_where_nothing_can_be_made_is_named(tmp_path: Path) -> None:
    """A file in place of a folder."""
    written(tmp_path / "file", "")
    with pytest.raises(KeyFileError, match=r"secret\.key"):
        load_or_make_key(tmp_path / "file" / "secret.key")


def test_a_rotation_puts_a_new_key_in_front(file: Path) -> None:
    """The old ones still open, rights stay, and nothing else is left in the folder."""
    first = load_or_make_key(file)
    second = rotate_key(file)
    assert second[1:] == first
    assert load_keys(file) == second
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(file.parent) == ["secret.key"]


def test_a_rotation_never_drops_a_key(file: Path) -> None:
    """Rather than lose what it opens, one rotation too many is refused."""
    load_or_make_key(file)
    for _ in range(MOST_KEYS - 1):
        last = rotate_key(file)
    with pytest.raises(KeyFileError, match="remove lines from its end"):
        rotate_key(file)
    assert load_keys(file) == last


def test_a_rotation_needs_a_file(file: Path) -> None:
    """It makes none."""
    with pytest.raises(KeyFileError):
        rotate_key(file)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand a file to another user")
@pytest.mark.parametrize(("mode", "taken"), [(0o440, True), (0o400, False), (0o444, False), (0o460, False)])
def test_a_file_of_roots_may_be_for_our_group(mode: int, taken: bool) -> None:
    """So orchestrators hand a secret to one container; others may still neither read nor write it."""
    file = Path(tempfile.mkdtemp()) / "secret.key"
    load_or_make_key(file)
    os.chown(file, 0, 65534)
    file.chmod(mode)
    file.parent.chmod(0o755)
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        try:
            load_keys(file)
        except KeyFileError:
            os._exit(1)
        os._exit(0)
    assert (os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0) is taken
    shutil.rmtree(file.parent)
