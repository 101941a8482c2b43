"""Prints which features work with which relying party: every cell is tried over real HTTP when this runs."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oidc.relying.features import FEATURES, scene
from tests.oidc.relying.parties import PARTIES, Party

ABSENT = "not offered by the client"


def column(kind: type[Party]) -> list[str]:
    """One word for each feature."""
    with TemporaryDirectory() as folder, scene(Path(folder), kind) as at:
        return [ABSENT if name in kind.lacks else _tried(name, at) for name in FEATURES]


def _tried(name: str, at: object) -> str:
    try:
        FEATURES[name](at)  # type: ignore[arg-type]
    except Exception as error:
        return f"FAILED: {type(error).__name__}"
    return "yes"


def main() -> None:
    """The table."""
    columns = [list(FEATURES), *map(column, PARTIES)]
    heads = ["", *(party.name for party in PARTIES)]
    widths = [max(map(len, [head, *cells])) for head, cells in zip(heads, columns, strict=True)]
    for row in [heads, *zip(*columns, strict=True)]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
