"""A scripted browser without JavaScript: pages, first forms, buttons, cookies, redirects, over real HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2


@dataclass
class Form:
    """A form of a page.  buttons: name and value of each submit button."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads what the tests look at: data-page, forms, alerts, marked elements."""

    def __init__(self) -> None:
        super().__init__()
        self.page = ""
        self.forms: list[Form] = []
        self.alerts: list[str] = []
        self.marked: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._mark: str | None = None
        self._depth = 0
        self._link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.page = at.get("data-page", "")
        if tag == "form":
            self._form = Form(at.get("action", ""), at.get("method", "get").lower())
            self.forms.append(self._form)
        if at.get("role") == "alert" and "data-message" in at:
            self.alerts.append(at["data-message"])
        if tag == "a":
            self._link = at.get("href", "")
        if self._form is not None and tag in ("input", "textarea", "button"):
            self._field(tag, at)
        for mark in ("data-number", "data-enrollment", "data-device"):
            if mark in at:
                self._mark, self._depth = mark, 0
                self.marked[mark] = ""
                return
        if self._mark is not None:
            self._depth += 1

    def _field(self, tag: str, at: dict[str, str]) -> None:
        assert self._form is not None
        if "name" not in at:
            if tag == "button":
                self._form.buttons.append(("", ""))
            return
        if tag == "button" or at.get("type") == "submit":
            self._form.buttons.append((at["name"], at.get("value", "")))
        elif at.get("type") not in ("checkbox", "radio") or "checked" in at:
            self._form.fields[at["name"]] = at.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "a":
            self._link = None
        if self._mark is not None:
            if self._depth == 0:
                self._mark = None
            else:
                self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._mark is not None:
            self.marked[self._mark] += data
        if self._link is not None:
            self.links.append((self._link, data.strip()))


class Browser:
    """One browser with its own cookies.  Stops at addresses that begin with one of *foreign* (an application's)."""

    def __init__(self, *, foreign: tuple[str, ...] = (), headers: dict[str, str] | None = None) -> None:
        self.http = httpx2.Client(follow_redirects=False, timeout=30, headers=headers or {}, trust_env=False)
        self.foreign = foreign
        self.response: httpx2.Response | None = None
        self.url = ""
        self._reader = _Reader()

    @property
    def page(self) -> str:
        """The `data-page` of the page at hand; empty if it has none."""
        return self._reader.page

    @property
    def status(self) -> int:
        """HTTP status of the last answer."""
        assert self.response is not None
        return self.response.status_code

    @property
    def text(self) -> str:
        """The last answer's body."""
        assert self.response is not None
        return self.response.text

    @property
    def alerts(self) -> list[str]:
        """Message ids shown as alerts."""
        return self._reader.alerts

    @property
    def forms(self) -> list[Form]:
        """The forms of the page at hand."""
        return self._reader.forms

    @property
    def marked(self) -> dict[str, str]:
        """Texts of the elements that carry data-number or data-enrollment."""
        return {name: text.strip() for name, text in self._reader.marked.items()}

    @property
    def query(self) -> dict[str, str]:
        """The query of the address at hand."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}

    def open(self, url: str) -> Browser:
        """Go to an address and follow redirects."""
        return self._go("GET", url)

    def submit(self, button: tuple[str, str] | None = None, /, **fields: str) -> Browser:
        """Fill and send the first form that has the button (any form, if none is named)."""
        form = next(form for form in self.forms if button is None or button in form.buttons)
        values = {**form.fields, **fields}
        if button is not None:
            values[button[0]] = button[1]
        return self.post(urljoin(self.url, form.action or self.url), values)

    def press(self, value: str, **fields: str) -> Browser:
        """Send the form whose button posts *value* as its scenario (or whose hidden field does)."""
        for form in self.forms:
            if ("scenario", value) in form.buttons or form.fields.get("scenario") == value:
                target = urljoin(self.url, form.action or self.url)
                return self.post(target, {**form.fields, "scenario": value, **fields})
        raise AssertionError(f"no button {value} on {self.page}: {self.forms}")

    def post(self, url: str, values: dict[str, str]) -> Browser:
        """Post a form as this browser."""
        return self._go("POST", url, values)

    def _go(self, method: str, url: str, values: dict[str, str] | None = None) -> Browser:
        for _ in range(10):
            self.url = url
            if any(url.startswith(prefix) for prefix in self.foreign):
                self._reader = _Reader()
                return self
            origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
            headers = {"Origin": origin} if method == "POST" else {}
            self.response = self.http.request(method, url, data=values, headers=headers)
            location = self.response.headers.get("location")
            if location is None:
                self._reader = _Reader()
                self._reader.feed(self.response.text)
                return self
            method, url, values = "GET", urljoin(url, location), None
        raise AssertionError("too many redirects")
