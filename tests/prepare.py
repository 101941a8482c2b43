"""Makes this machine ready for the tests that need more than Python: a browser, and the npm package of a client.

`python -m tests.prepare` is part of the test command.  It may be run again; it says what it did and what it could not do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NODE_PACKAGES = Path(__file__).resolve().parent / "oidc" / "node_modules"
OPENID_CLIENT = "openid-client@6"


def browser() -> str | None:
    """Where a Chromium is, or None."""
    named = os.environ.get("DOORSTEP_TEST_BROWSER")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


def _install_browser() -> None:
    if browser() is not None:
        print(f"browser: {browser()}")
        return
    apt = shutil.which("apt-get")
    if apt is not None and os.geteuid() == 0:
        print("browser: installing the distribution's chromium ...", flush=True)
        subprocess.run([apt, "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(
            [apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, stdout=subprocess.DEVNULL
        )
    if browser() is None:
        print(
            "browser: none found. The browser tests will be skipped (and fail in CI).\n"
            "         Install Chromium (Debian: sudo apt-get install chromium) or set DOORSTEP_TEST_BROWSER.",
            file=sys.stderr,
        )


def node(program: str) -> str | None:
    """Where node or npm is: the one in this environment first."""
    beside = Path(sys.executable).parent / program
    return str(beside) if beside.exists() else shutil.which(program)


def _install_client() -> None:
    if (NODE_PACKAGES / "openid-client").exists():
        print("openid-client: there")
        return
    npm = node("npm")
    if npm is None:
        print("openid-client: no npm found; its test will be skipped (and fail in CI).", file=sys.stderr)
        return
    print("openid-client: installing ...", flush=True)
    subprocess.run(
        [npm, "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--silent", OPENID_CLIENT],
        cwd=NODE_PACKAGES.parent,
        check=False,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"},
    )


if __name__ == "__main__":
    _install_browser()
    _install_client()
