"""What a template of a login page may show: an engine's Page turned into plain, typed values.

Nothing here decides anything.  What an authenticator left out has a quiet default, so a page never fails for it.

Fields by page (all optional):
- identifier, password: username_hint; ask_username
- push-wait: number, status (a Status word), expires_at, resend_at (seconds since the epoch), lifetime (seconds),
  resends_left, can_enroll, device_kinds (phone, browser), new_device (name of the phone just registered), reach,
  is_scripted
- push-enroll: enrollment (raw JSON text), expires_at, device (name of the phone that registered), can_go_back
- push-error: why (denied, wrong_number, revoked), reported, resend_at, resends_left, can_enroll
- choose: options
- prompt: template, title, text, inputs [{id, label, confidential, choices [{value, label}]}], actions; hint (username);
  address (externalRedirect); seconds, greeting (internalWait); source, data (an admin's own template)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from engine.outcome import Page
from web.catalogue import MILD, Catalogue
from web.qr import qr_svg
from web.sandbox import draw

PAGES = frozenset(
    {
        "identifier", "password", "push-wait", "push-enroll-consent", "push-enroll", "push-error", "choose", "prompt",
    }
)  # fmt: skip
WORDS = ("pending", "approved", "denied", "expired", "superseded", "revoked")

_ICONS = {
    "push": "phone", "password": "password", "identifier": "person", "totp": "phone", "passkey": "key",
    "email-otp": "mail", "magic-link": "mail",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the choose page, one button of a prompt.  text: a message id."""

    id: str
    text: str
    icon: str = "key"


@dataclass(frozen=True, slots=True)
class Input:
    """A field that a script's form asks for.  choices: value and label of each, none where the person types."""

    id: str
    label: str
    confidential: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The values of one page.  now: seconds since the epoch; texts: the person's language; origin: of this server."""

    source: Page
    now: float
    texts: Catalogue
    origin: str = ""

    # --- every page ---------------------------------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """The `data-page` name."""
        return self.source.page

    @property
    def application(self) -> str:
        """The application's name."""
        return self.source.application.name

    @property
    def action(self) -> str:
        """Where the page's forms go."""
        return f"/login/{self.source.flow_id}"

    @property
    def token(self) -> str:
        """To be posted back."""
        return self.source.token

    @property
    def message(self) -> str | None:
        """A message id."""
        return self.source.message

    @property
    def is_mild(self) -> bool:
        """Whether the message only informs."""
        return self.message in MILD

    @property
    def values(self) -> dict[str, object]:
        """What a message's text may mention."""
        plain = {name: value for name, value in self.source.fields.items() if isinstance(value, (str, int))}
        return {**plain, "application": self.application}

    @property
    def username(self) -> str | None:
        """Who is signing in, when known."""
        return self.source.username

    @property
    def others(self) -> bool:
        """Whether the step can be done another way."""
        return bool(self.source.others) and self.page != "choose"

    @property
    def is_first(self) -> bool:
        """Whether this is where the login begins: the page's own heading names the application."""
        return self.page == "identifier" or (self.page == "password" and self.asks_username)

    @property
    def reference(self) -> str:
        """A number support can find in the trace."""
        return self.source.flow_id[:8]

    # --- identifier, password -----------------------------------------------------------------------------------------

    @property
    def asks_username(self) -> bool:
        """Whether the password page asks who it is, too."""
        return bool(self.source.fields.get("ask_username")) or self.source.username is None

    @property
    def username_hint(self) -> str:
        """What the user name field begins with."""
        return _text(self.source.fields, "username_hint") or self.username or ""

    # --- pages that wait ----------------------------------------------------------------------------------------------

    @property
    def events(self) -> str:
        """Where the page listens; it says what it knows, so that it hears only of what is new."""
        return f"/login/{self.source.flow_id}/events?seen={self.word}"

    @property
    def status(self) -> str:
        """Where a browser without EventSource asks instead."""
        return f"/push-auth/check-status?pushAuthId={quote(self.source.flow_id)}"

    @property
    def word(self) -> str:
        """How the request or the code stands, as far as this page knows."""
        if self.page == "push-enroll":
            return "registered" if self.device else "pending" if self.left else "expired"
        word = _text(self.source.fields, "status")
        return word if word in WORDS else "pending"

    @property
    def is_open(self) -> bool:
        """Whether an answer may still come."""
        return self.word == "pending"

    @property
    def is_over(self) -> bool:
        """Whether the request can no longer be approved."""
        return self.word in ("denied", "expired", "superseded", "revoked")

    @property
    def words(self) -> dict[str, str]:
        """What the page says when a word arrives, when no device may have been reached, when the connection is lost."""
        said = (*(word for word in WORDS if word != "pending"), "not_reached", "lost")
        return {word: self.texts.text(f"push-wait.{word}") for word in said}

    @property
    def hope(self) -> str:
        """What the page says while it waits: `waiting`, or `not_reached` if the request may have reached no device."""
        return "not_reached" if self.source.fields.get("reach") == "not_reached" else "waiting"

    @property
    def left(self) -> int:
        """Seconds until the request or the code runs out."""
        return self._seconds_until("expires_at")

    @property
    def lifetime(self) -> int:
        """Seconds the request could be answered from its beginning; what the time bar is measured by."""
        lifetime = self.source.fields.get("lifetime")
        return max(self.left, lifetime if isinstance(lifetime, int) else 0, 1)

    @property
    def number(self) -> str:
        """The number to type or to confirm; the empty string if there is none."""
        return _text(self.source.fields, "number")

    @property
    def kind(self) -> str:
        """Which kind of device was asked: phone, browser or both; never a name that reveals."""
        kinds = self.source.fields.get("device_kinds", ())
        if "browser" not in kinds:
            return "phone"
        return "both" if "phone" in kinds else "browser"

    @property
    def new_device(self) -> str:
        """The name of a phone that was registered just before, in this login."""
        return _text(self.source.fields, "new_device")

    @property
    def resend_in(self) -> int:
        """Seconds until the request may be sent again."""
        return self._seconds_until("resend_at")

    @property
    def can_resend(self) -> bool:
        """Whether the request may be sent again in this login."""
        left = self.source.fields.get("resends_left")
        return not isinstance(left, int) or left > 0

    @property
    def can_enroll(self) -> bool:
        """Whether one more phone may be registered from the waiting page."""
        return bool(self.source.fields.get("can_enroll"))

    @property
    def is_scripted(self) -> bool:
        """Whether going on after a refusal is the script's: else this page says what can be done."""
        return bool(self.source.fields.get("is_scripted"))

    @property
    def why(self) -> str:
        """Why nobody will approve the request: denied, wrong_number, revoked, or reported as a stranger's."""
        return "reported" if self.source.fields.get("reported") else _text(self.source.fields, "why")

    @property
    def advice(self) -> str:
        """Which text says what can be done about that."""
        may_repeat = self.can_resend or self.why not in ("denied", "wrong_number")
        return self.why if may_repeat else f"{self.why}.last"

    @property
    def is_stuck(self) -> bool:
        """Whether nothing more can be done with the phone: then other ways are no longer on the margin."""
        return self.page == "push-error" and not self.can_resend and not self.can_enroll

    # --- enrollment ---------------------------------------------------------------------------------------------------

    @property
    def enrollment(self) -> str:
        """The text of the code."""
        return _text(self.source.fields, "enrollment")

    @property
    def qr(self) -> Markup:
        """The code as inline SVG: dark on white in both themes, its quiet zone kept."""
        return qr_svg(self.enrollment)

    @property
    def phone_link(self) -> str:
        """The web authenticator, with the code where no server sees it."""
        return f"/phone#enroll={quote(self.enrollment, safe='')}"

    @property
    def device(self) -> str:
        """The name of the phone that has just registered."""
        return _text(self.source.fields, "device")

    @property
    def can_go_back(self) -> bool:
        """Whether a request waits that this enrollment came from."""
        return bool(self.source.fields.get("can_go_back"))

    # --- choose, prompt -----------------------------------------------------------------------------------------------

    @property
    def options(self) -> list[Choice]:
        """The ways to do the step."""
        names = self.source.fields.get("options", self.source.others)
        return [self._option(name) for name in names if isinstance(name, str)]

    @property
    def kind_of_prompt(self) -> str:
        """The template: one of the house's, `own` for one that an admin wrote, `form` for the plain form."""
        if "source" in self.source.fields:
            return "own"
        named = self.source.fields.get("template")
        return named if named in ("externalRedirect", "internalWait", "username") else "form"

    @property
    def title(self) -> str:
        """A script's own title."""
        return _text(self.source.fields, "title") or _text(self.source.fields, "greeting")

    @property
    def hint(self) -> str:
        """The name that the person probably has."""
        return _text(self.source.fields, "hint")

    @property
    def host(self) -> str:
        """Where the person is sent."""
        return urlsplit(_text(self.source.fields, "address")).netloc

    @property
    def address(self) -> str:
        """The address elsewhere, with the one to come back to; only this browser can use that."""
        given = _text(self.source.fields, "address")
        back = f"{self.origin}{self.action}/return?{urlencode({'_token': self.token})}"
        return f"{given}{'&' if urlsplit(given).query else '?'}{urlencode({'returnTo': back})}"

    @property
    def seconds(self) -> int:
        """Seconds until a page that waits should ask again."""
        given = self.source.fields.get("seconds")
        return max(1, ceil(given)) if isinstance(given, int | float) else 1

    @property
    def own(self) -> Markup:
        """An admin's own template, drawn in its box.  Raises BadTemplate."""
        data = self.source.fields.get("data")
        return draw(_text(self.source.fields, "source"), data if isinstance(data, Mapping) else {})

    @property
    def text(self) -> str:
        """A script's own text."""
        return _text(self.source.fields, "text")

    @property
    def inputs(self) -> list[Input]:
        """The fields that a script's form asks for."""
        given = self.source.fields.get("inputs", ())
        return [
            Input(
                each["id"],
                each["label"],
                confidential=each.get("confidential", False),
                choices=tuple((choice["value"], choice["label"]) for choice in each.get("choices", ())),
            )
            for each in given
        ]

    @property
    def actions(self) -> list[Choice]:
        """The buttons of a script's form, going on first; an admin's own template has its own."""
        if self.kind_of_prompt == "own":
            return []
        given = list(self.source.fields.get("actions", ())) or ["success"]
        ordered = sorted(given, key=lambda action: action != "success")
        known = {action: f"prompt.action.{action}" for action in ordered}
        return [Choice(action, text if text in self.texts else "prompt.action.other") for action, text in known.items()]

    @staticmethod
    def clock(seconds: int) -> str:
        """Minutes and seconds.

        >>> View.clock(65)
        '1:05'
        """
        return f"{seconds // 60}:{seconds % 60:02d}"

    def _option(self, name: str) -> Choice:
        text = f"authenticator.{name}"
        return Choice(name, text if text in self.texts else "authenticator.other", _ICONS.get(name, "key"))

    def _seconds_until(self, field: str) -> int:
        at = self.source.fields.get(field)
        return max(0, ceil(at - self.now)) if isinstance(at, (int, float)) else 0


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, Mapping) else ""
