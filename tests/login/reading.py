"""Reads a page as a browser without scripts does: its name, its messages, its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Shown(HTMLParser):
    """A page.  forms: names and values of each form's controls, buttons included; texts: of marked elements."""

    page: str = ""
    alerts: list[str] = field(default_factory=list)
    forms: list[list[tuple[str, str]]] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._mark: str | None = None
        self._in_form = False

    @property
    def token(self) -> str:
        """The first form's token."""
        return dict(self.forms[0])["_token"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self.elements.append((tag, at))
        if tag == "main":
            self.page = at.get("data-page", "")
        if at.get("role") == "alert":
            self.alerts.append(at.get("data-message", ""))
        if tag == "form":
            self.forms.append([])
            self._in_form = True
        elif "name" in at and tag in ("input", "button") and self._in_form:
            self.forms[-1].append((at["name"], at.get("value", "")))
        self._mark = next((name for name in ("data-number", "data-enrollment", "data-device") if name in at), None)

    def handle_data(self, data: str) -> None:
        if self._mark:
            self.texts[self._mark] = self.texts.get(self._mark, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._mark = None
        if tag == "form":
            self._in_form = False


def shown(html: str) -> Shown:
    """The page of that HTML."""
    page = Shown()
    page.feed(html)
    return page
