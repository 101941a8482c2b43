"""Makes this machine ready for the tests that need more than Python: a browser, and web servers.

`python -m tests.prepare` is part of the test command.  It may be run again; it says what it did and what it could not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """Where a Chromium is, or None."""
    named = os.environ.get("DOORSTEP_TEST_BROWSER")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


def install_browser() -> None:
    """Take the distribution's Chromium where we may install it; else say how to get one."""
    apt = shutil.which("apt-get")
    if browser() is None and apt is not None and os.geteuid() == 0:
        print("browser: installing the distribution's chromium ...", flush=True)
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run([apt, *command], check=False, stdout=subprocess.DEVNULL)
    if browser() is None:
        print(
            "browser: none found. The browser tests are skipped, and fail in CI.\n"
            "         Install Chromium (Debian: sudo apt-get install chromium) or set DOORSTEP_TEST_BROWSER.",
            file=sys.stderr,
        )
    else:
        print(f"browser: {browser()}")


SERVERS = {"nginx": "nginx", "caddy": "caddy", "apache2": "libapache2-mod-auth-openidc", "slapd": "slapd"}
"""Programs, and the distribution's package that each comes with all it needs in."""


def install_servers() -> None:
    """Take the distribution's servers where we may install them; else say how to get them."""
    apt, missing = shutil.which("apt-get"), [package for name, package in SERVERS.items() if _server(name) is None]
    if missing and apt is not None and os.geteuid() == 0:
        print(f"servers: installing the distribution's {', '.join(missing)} ...", flush=True)
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
            subprocess.run([apt, *command], check=False, stdout=subprocess.DEVNULL)
    found = {name: _server(name) for name in SERVERS}
    print(f"servers: {', '.join(f'{name} at {path}' if path else f'no {name}' for name, path in found.items())}")


def _server(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


if __name__ == "__main__":
    install_browser()
    install_servers()
