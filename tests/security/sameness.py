"""SAME: what is left of an answer when everything drawn at random is taken out; its length is part of it."""

from __future__ import annotations

import re

import httpx2


def masked(response: httpx2.Response, *names: str) -> tuple[object, ...]:
    """Status, header names, cookies, target and body, with ids, moments and *names* masked, each by its own length."""
    cookies = [_mask(cookie, names) for cookie in response.headers.get_list("set-cookie")]
    headers = sorted(name for name in response.headers if name != "date")
    target = _mask(response.headers.get("location", ""), names)
    return response.status_code, headers, cookies, target, _mask(response.text, names)


def _mask(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        text = text.replace(name, "NAME")
    text = re.sub(r"\d+\.[a-z-]+\.[\w-]{22}", "TOKEN", text)
    text = re.sub(r"[\w-]{43}", "SECRET", text)
    text = re.sub(r"(/login/|flow-|pushAuthId=)[\w-]{12,22}", r"\1FLOW", text)
    text = re.sub(r"(?<=<code data-reference>)[\w-]{8,9}", "REFERENCE", text)
    text = re.sub(r'(id="number">)\d\d', r"\1NN", text)
    text = re.sub(r"expires=[^;]+", "expires=WHEN", text)
    return re.sub(r'\d+:\d\d|(value|data-left|data-later|data-countdown)="\d+"', "TIME", text)
