"""An application with screens of its own, driven by the verbs of `tests.browser.Browser`: JSON login over real HTTP.

Knows only what docs/json-login.md tells.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2

_PAGES = {
    "INIT_PUSH_ENROLL": "push-enroll-consent",
    "PROCEED_PUSH_AUTHENTICATION": "push-wait",
    "PUSH_DEVICE_ENROLLMENT": "push-enroll",
}
_MARKS = {"number": "data-number", "enrollmentData": "data-enrollment", "device": "data-device"}


class JsonApp:
    """One login at a time.  answer: the last body; status: its HTTP status."""

    def __init__(self) -> None:
        self.http = httpx2.Client(timeout=30, trust_env=False)
        self.answer: dict[str, Any] = {}
        self.status = 0
        self.url = ""
        self._authn = ""
        self._flow_id = ""

    # --- what is asked ------------------------------------------------------------------------------------------------

    @property
    def authenticators(self) -> list[dict[str, Any]]:
        """What the next step offers."""
        return list(self.answer.get("nextStep", {}).get("authenticators", []))

    @property
    def params(self) -> dict[str, dict[str, Any]]:
        """The params of the one authenticator that is asked, by name."""
        return {each["param"]: each for each in self.authenticators[0]["metadata"].get("params", [])}

    @property
    def data(self) -> dict[str, str]:
        """What the step brings for the application to show or to use."""
        return dict(self.authenticators[0]["metadata"].get("additionalData", {})) if self.authenticators else {}

    @property
    def page(self) -> str:
        """The page that a browser would see."""
        if "code" in self.answer:
            return "error"
        step = self.answer.get("nextStep")
        if step is None:
            return ""
        if step["stepType"] == "MULTI_OPTIONS_PROMPT":
            return "choose"
        if self.authenticators[0]["idp"] == "SCRIPT":
            return "prompt"
        if "scenario" in self.params:
            return _PAGES[self.params["scenario"]["values"][0]]
        return "password" if "password" in self.params else "identifier"

    @property
    def alerts(self) -> list[str]:
        """Message ids, of what went wrong or is to be known."""
        if "code" in self.answer:
            return [self.answer["messageId"]]
        told = self.answer.get("nextStep", {}).get("messages", [])
        return [each["messageId"] for each in told if each["messageId"] != "PushNotificationSent"]

    @property
    def marked(self) -> dict[str, str]:
        """The number, the code and the device's name, as a browser's page marks them."""
        return {mark: self.data[name] for name, mark in _MARKS.items() if name in self.data}

    @property
    def query(self) -> dict[str, str]:
        """What the application was given."""
        return dict(parse_qsl(urlsplit(self.url).query))

    # --- what is done -------------------------------------------------------------------------------------------------

    def open(self, url: str) -> JsonApp:
        """Begin the login that this address would begin in a browser."""
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query)) | {"response_mode": "direct"}
        self.url = f"{parts.scheme}://{parts.netloc}"
        self._authn, self._redirect_uri = f"{self.url}/oauth2/authn", asked["redirect_uri"]
        return self._take(self.http.post(f"{self.url}/oauth2/authorize", data=asked))

    def submit(self, button: tuple[str, str] | None = None, /, **fields: str) -> JsonApp:
        """Post the params of what is asked; a button is an action or, of a script's question, its param."""
        if button is not None and button[0] == "_action":
            return self.post({"action": button[1]})
        if button is not None:
            fields["action"] = button[0].removeprefix("action.")
        chosen = fields.pop("authenticator", None)
        authenticator = self.authenticators[0]["authenticatorId"] if chosen is None else self._offered(chosen)
        return self.post({"selectedAuthenticator": {"authenticatorId": authenticator, "params": fields}})

    def press(self, value: str, **fields: str) -> JsonApp:
        """Post a scenario."""
        return self.submit(scenario=value, **fields)

    def post(self, body: dict[str, Any]) -> JsonApp:
        """Post whatever it is, for this login."""
        return self._take(self.http.post(self._authn, json={"flowId": self._flow_id, **body}))

    def _offered(self, key: str) -> str:
        """The id of the authenticator that has this key, among those offered."""
        step = self.answer["nextStep"]
        offered = (*step["authenticators"], *step.get("otherAuthenticators", ()))
        return next(e["authenticatorId"] for e in offered if e["metadata"]["i18nKey"] == f"authenticator.{key}")

    def _take(self, response: httpx2.Response) -> JsonApp:
        self.status, self.answer = response.status_code, response.json()
        self._flow_id = self.answer.get("flowId", self._flow_id)
        if "authData" in self.answer:
            self.url = f"{self._redirect_uri}?{urlencode(self.answer['authData'])}"
        return self
