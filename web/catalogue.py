"""The texts that people read: message id to text, one file a language.

Pages and code name ids only.  An unknown id gives a generic text, never itself: a person is not shown a code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup, escape

FALLBACK = "fallback"
MILD = frozenset({"login.out_of_date", "push.resend_too_early", "push.code_expired", "push.not_registered"})
"""Messages that only inform: nothing was done wrong."""
DEFAULT_LANGUAGE = "en"

_PLACE = re.compile(r"\{(\w+)\}")
_MOST_RANGES = 10


class Catalogue:
    """One language.  language: a BCP 47 tag; direction: ltr or rtl."""

    def __init__(self, language: str, direction: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self.direction = direction
        self._texts = dict(texts)

    @staticmethod
    def read(path: Path) -> Catalogue:
        """From `messages.LANGUAGE.json`.  Raises ValueError if the generic text is missing."""
        texts = json.loads(path.read_text("utf-8"))
        if FALLBACK not in texts:
            raise ValueError(f"{path.name} has no text {FALLBACK!r}")
        return Catalogue(path.name.split(".")[1], texts.pop("direction", "ltr"), texts)

    def __contains__(self, message: str) -> bool:
        return message in self._texts

    def ids(self) -> frozenset[str]:
        """Every id there is."""
        return frozenset(self._texts)

    def text(self, message: str, **values: object) -> str:
        """The text of *message* with `{name}` replaced by the values.

        >>> Catalogue("en", "ltr", {"hello": "Hello {name}", "fallback": "Sorry"}).text("hello", name="Mara")
        'Hello Mara'
        """
        return _PLACE.sub(lambda place: str(values.get(place[1], "")), self._raw(message))

    def markup(self, message: str, **values: object) -> Markup:
        """The same as safe HTML, each value escaped and set in bold."""
        filled = {name: Markup("<strong>{}</strong>").format(value) for name, value in values.items()}
        return Markup(_PLACE.sub(lambda place: filled.get(place[1], Markup("")), str(escape(self._raw(message)))))  # noqa: S704

    def _raw(self, message: str) -> str:
        return self._texts.get(message, self._texts[FALLBACK])


class Catalogues:
    """All languages of a folder, English always among them."""

    def __init__(self, folder: Path) -> None:
        read = [Catalogue.read(path) for path in sorted(folder.glob("messages.*.json"))]
        self._by_language = {catalogue.language.lower(): catalogue for catalogue in read}
        self.default = self._by_language[DEFAULT_LANGUAGE]

    def text(self, message: str, **values: object) -> str:
        """The text in the default language, where no person's language is known (logs, JSON)."""
        return self.default.text(message, **values)

    def preferred(self, accept_language: str) -> Catalogue:
        """The best we have for an `Accept-Language` header (RFC 9110 §12.5.4, lookup as in RFC 4647 §3.4)."""
        for tag in _ranges(accept_language):
            while tag:
                if tag in self._by_language:
                    return self._by_language[tag]
                tag = tag.rpartition("-")[0]
        return self.default


def _ranges(accept_language: str) -> list[str]:
    """The wanted language tags, best first, lower case."""
    wanted: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:_MOST_RANGES]:
        tag, _, quality = part.strip().lower().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        if 0 < weight <= 1 and re.fullmatch(r"[a-z0-9-]{1,35}", tag):
            wanted.append((-weight, tag))
    return [tag for _, tag in sorted(wanted, key=lambda each: each[0])]
