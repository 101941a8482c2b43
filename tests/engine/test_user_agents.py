"""What a User-Agent text says, for people to recognise their sessions by."""

from __future__ import annotations

import pytest

from engine.user_agents import read

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0.0.0 Safari/537.36",
         "Chrome on Windows, Desktop"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0",
         "Edge on Windows, Desktop"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/130.0 Safari/537.36",
         "Chrome on ChromeOS, Desktop"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/18.0 Safari/605.1",
         "Safari on macOS, Desktop"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
         "Safari on iOS, Phone"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) CriOS/130.0 Mobile/15E148 Safari/604.1",
         "Chrome on iOS, Tablet"),
        (f"Mozilla/5.0 (Linux; Android 15; Pixel 9) {WEBKIT} Chrome/130.0 Mobile Safari/537.36",
         "Chrome on Android, Phone"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-X910) {WEBKIT} SamsungBrowser/26.0 Chrome/122.0 Safari/537.36",
         "Samsung Internet on Android, Tablet"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
         "Firefox on Linux, Desktop"),
        ("Mozilla/5.0 (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
         "Firefox on Android, Phone"),
        ("curl/8.9.1",
         "curl on Unknown, Unknown"),
        ("",
         "Unknown on Unknown, Unknown"),
        ("\ud800\0<script>",
         "Unknown on Unknown, Unknown"),
    ],
)  # fmt: skip
def test_a_user_agent_is_read(text: str, said: str) -> None:
    """The browser that somebody would name, not those it names itself."""
    agent = read(text)
    assert f"{agent.browser} on {agent.platform}, {agent.device}" == said
