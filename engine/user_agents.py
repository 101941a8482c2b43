"""What a User-Agent text says of itself: browser, platform, device.  For people to recognise, never to decide on."""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN = "Unknown"
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Opera", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
    ("YaBrowser/", "Yandex"), ("Vivaldi/", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("MSIE ", "Internet Explorer"),
    ("Trident/", "Internet Explorer"), ("Safari/", "Safari"), ("curl/", "curl"), ("Wget/", "Wget"),
)  # fmt: skip
"""The first that occurs; many name others after themselves."""
_PLATFORMS = (
    ("iPhone", "iOS"), ("iPad", "iOS"), ("iPod", "iOS"), ("Android", "Android"), ("CrOS", "ChromeOS"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Macintosh", "macOS"), ("Linux", "Linux"), ("FreeBSD", "FreeBSD"),
)  # fmt: skip
_DESKTOPS = frozenset({"Windows", "macOS", "Linux", "ChromeOS", "FreeBSD"})


@dataclass(frozen=True, slots=True)
class UserAgent:
    """The parts; `Unknown` where the text does not say."""

    browser: str
    platform: str
    device: str


def read(user_agent: str) -> UserAgent:
    """The parts of *user_agent*.

    >>> read("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36")
    UserAgent(browser='Chrome', platform='Android', device='Phone')
    """
    platform = _first(user_agent, _PLATFORMS)
    return UserAgent(_first(user_agent, _BROWSERS), platform, _device(user_agent, platform))


def _device(user_agent: str, platform: str) -> str:
    if "iPad" in user_agent or "Tablet" in user_agent or (platform == "Android" and "Mobile" not in user_agent):
        return "Tablet"
    if "Mobile" in user_agent or platform in ("iOS", "Android"):
        return "Phone"
    return "Desktop" if platform in _DESKTOPS else UNKNOWN


def _first(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in user_agent), UNKNOWN)
