"""`doorstep key`: the key that seals what is stored."""

from __future__ import annotations

from commands import terminal
from commands.options import ConfigOption


def rotate(config: ConfigOption = None) -> None:
    """Put a new key in front: it seals from now on, older ones still open.  Makes the file if there is none."""
    from commands.settings import load
    from storage.keys import load_or_make_key, rotate_key

    file = load(config).key_file
    if file.exists():
        keys = rotate_key(file)
        terminal.say(f"{file}: a new key seals from now on; {len(keys) - 1} older one(s) still open what they sealed.")
    else:
        load_or_make_key(file)
        terminal.say(f"{file}: made, with one key.")
