"""Lines per top-level folder: code, documentation (comments and docstrings), blank."""

from __future__ import annotations

import io
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    "dsl", "engine", "authenticators", "storage", "web", "login", "oidc", "account", "configuration", "commands",
    "demo", "benchmarks", "tests",
)  # fmt: skip


def count(path: Path) -> tuple[int, int, int]:
    """Lines of code, of documentation, and blank ones."""
    text = path.read_text("utf-8")
    told: set[int] = set()
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        rows = set(range(token.start[0], token.end[0] + 1))
        alone = not token.line[: token.start[1]].strip()
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and alone):
            told |= rows
        elif token.string.strip():
            code |= rows
    total = len(text.splitlines())
    told -= code
    return len(code), len(told), total - len(code) - len(told)


def main() -> None:
    """Print the table."""
    print(f"{'folder':<16}{'files':>7}{'code':>8}{'told':>8}{'blank':>8}")
    for folder in FOLDERS:
        counts = [count(path) for path in sorted((ROOT / folder).rglob("*.py"))]
        code, told, blank = (sum(each[at] for each in counts) for at in range(3))
        print(f"{folder:<16}{len(counts):>7}{code:>8}{told:>8}{blank:>8}")


if __name__ == "__main__":
    main()
