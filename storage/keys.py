"""The file of secret keys: made once, readable by its owner alone, several keys while one follows the other.

One key a line, newest first: 32 bytes as base64url without padding.  Knows nothing of what the keys are used for.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

KEY_BYTES = 32
MOST_KEYS = 16
_LARGEST_FILE = 4096


class KeyFileError(ValueError):
    """The key file cannot be used.  The message names the file, what is wrong and the remedy, never a key."""


def load_or_make_key(path: str | os.PathLike[str]) -> tuple[bytes, ...]:
    """The keys in *path*, newest first; a missing file is made with one new key, mode 600.

    Of several processes that start at once one makes the file and all read the same.  Raises KeyFileError.
    """
    file = Path(path)
    if not os.path.exists(file):
        _make(file)
    return load_keys(file)


def load_keys(path: str | os.PathLike[str]) -> tuple[bytes, ...]:
    """The keys in *path*, newest first.  Raises KeyFileError if it is missing, readable by others or malformed."""
    file = Path(path)
    return _parsed(file, _read(file))


def rotate_key(path: str | os.PathLike[str]) -> tuple[bytes, ...]:
    """Put a new key in front, so that it seals from now on while the others still open; gives all, newest first.

    No old key is dropped: something may still be sealed with it.  Raises KeyFileError, also if there are MOST_KEYS.
    """
    file = Path(path)
    keys = (secrets.token_bytes(KEY_BYTES), *load_keys(file))
    if len(keys) > MOST_KEYS:
        raise KeyFileError(f"{file}: already has {MOST_KEYS} keys; remove lines from its end that nothing needs")
    try:
        os.replace(_written_beside(file, keys), file)
        _sync_folder(file)
    except OSError as error:
        raise KeyFileError(f"{file}: cannot be replaced: {error.strerror}") from error
    return keys


def _make(file: Path) -> None:
    """Linked, not renamed: whoever comes second leaves the first one's file alone."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = _written_beside(file, (secrets.token_bytes(KEY_BYTES),))
        try:
            with suppress(FileExistsError):
                os.link(temporary, file)
        finally:
            temporary.unlink()
        _sync_folder(file)
    except OSError as error:
        raise KeyFileError(f"{file}: cannot be made: {error.strerror}") from error


def _written_beside(file: Path, keys: Sequence[bytes]) -> Path:
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    lines = "".join(base64.urlsafe_b64encode(key).decode().rstrip("=") + "\n" for key in keys)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(lines)
        out.flush()
        os.fsync(out.fileno())
    return temporary


def _sync_folder(file: Path) -> None:
    descriptor = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(file: Path) -> bytes:
    """The bytes of *file*, whose rights are checked on the very file that is read."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError:
        raise KeyFileError(f"{file}: there is no such key file") from None
    except OSError as error:
        raise KeyFileError(f"{file}: cannot be read: {error.strerror}") from error
    try:
        _check_rights(file, os.fstat(descriptor))
        return os.read(descriptor, _LARGEST_FILE + 1)
    finally:
        os.close(descriptor)


def _check_rights(file: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise KeyFileError(f"{file}: is not a file")
    shared = 0o040 if status.st_uid == 0 != os.geteuid() else 0  # how orchestrators hand a file to one container
    if status.st_mode & 0o077 & ~shared:
        mode = stat.S_IMODE(status.st_mode)
        raise KeyFileError(f"{file}: others may read or write it (mode {mode:o}); run: chmod 600 {file}")
    if status.st_uid not in (os.geteuid(), 0):
        raise KeyFileError(f"{file}: belongs to another user (uid {status.st_uid})")


def _parsed(file: Path, content: bytes) -> tuple[bytes, ...]:
    if len(content) > _LARGEST_FILE:
        raise KeyFileError(f"{file}: is larger than {_LARGEST_FILE} bytes")
    lines = content.split()
    keys = tuple(_key(file, line, number) for number, line in enumerate(lines, start=1))
    if not keys or len(keys) > MOST_KEYS or len(set(keys)) != len(keys):
        raise KeyFileError(f"{file}: expected 1 to {MOST_KEYS} different keys, one a line, found {len(keys)}")
    return keys


def _key(file: Path, line: bytes, number: int) -> bytes:
    try:
        key = base64.b64decode(line + b"=", altchars=b"-_", validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES or base64.urlsafe_b64encode(key).rstrip(b"=") != line:
        raise KeyFileError(f"{file}: key {number} is not 32 bytes as base64url without padding")
    return key
