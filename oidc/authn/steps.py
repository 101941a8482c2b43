"""A page of the engine as the `nextStep` of an AuthResponse: what to ask the person for, and how to post it back.

Decides nothing.  What a page of ours shows besides is in `additionalData`, as text: number, code, times, the address
that tells the status.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.outcome import Page
from oidc.authn.names import PROMPT, authenticator_id, idp_of
from web.catalogue import MILD, Catalogue

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """What one page asks for.  params: names, in order; values: those that a param may have, where they are few.

    secret: params that nobody should read over a shoulder.  kind: a promptType.  data: for the application to show or
    to use.
    """

    params: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] | None = None
    labels: Mapping[str, str] | None = None
    secret: frozenset[str] = frozenset({"password"})
    kind: str = "USER_PROMPT"
    data: Mapping[str, object] | None = None


def next_step(page: Page, texts: Catalogue, *, status_endpoint: str) -> Json:
    """The `nextStep` that *page* is."""
    if page.page == "choose":
        step: Json = {
            "stepType": "MULTI_OPTIONS_PROMPT",
            "authenticators": [_option(name, texts) for name in page.fields["options"]],
        }
    else:
        ask = _ASKS[page.page](page, status_endpoint)
        step = {"stepType": "AUTHENTICATOR_PROMPT", "authenticators": [_prompt(page, ask, texts)]}
    if page.others and page.page != "choose":
        step["otherAuthenticators"] = [_option(name, texts) for name in page.others]
    messages = _messages(page, texts)
    return {**step, "messages": messages} if messages else step


def is_wrong(page: Page) -> bool:
    """Whether the page comes again because what was posted did not do."""
    return page.message is not None and page.message not in MILD


# --- what each page asks for ------------------------------------------------------------------------------------------


def _identifier(page: Page, _: str) -> Ask:
    return Ask(("username",), ("username",))


def _password(page: Page, _: str) -> Ask:
    names = ("username", "password") if page.fields.get("ask_username") or page.username is None else ("password",)
    return Ask(names, names)


def _wait(page: Page, status_endpoint: str) -> Ask:
    offered = ["PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION"]
    if page.fields.get("can_enroll"):
        offered.append("PUSH_DEVICE_ENROLLMENT")
    shown = {
        "number": "number",
        "status": "status",
        "reach": "reach",
        "expires_at": "expiresAt",
        "resend_at": "resendAt",
        "resends_left": "resendsLeft",
        "new_device": "newDevice",
    }
    return _scenarios(offered, {**_picked(page, shown), "statusEndpoint": status_endpoint}, kind="INTERNAL_PROMPT")


def _refused(page: Page, status_endpoint: str) -> Ask:
    offered = ["PROCEED_PUSH_AUTHENTICATION"]
    if page.fields.get("resends_left"):
        offered.append("RESEND_PUSH_NOTIFICATION")
    if page.fields.get("can_enroll"):
        offered.append("PUSH_DEVICE_ENROLLMENT")
    if page.fields.get("why") != "revoked":
        offered.append("REPORT_PUSH_AUTHENTICATION")
    shown = {"status": "status", "resend_at": "resendAt", "resends_left": "resendsLeft"}
    return _scenarios(offered, {**_picked(page, shown), "statusEndpoint": status_endpoint})


def _consent(page: Page, _: str) -> Ask:
    return _scenarios(["INIT_PUSH_ENROLL", "CANCEL_PUSH_ENROLL"], {})


def _enroll(page: Page, status_endpoint: str) -> Ask:
    offered = ["PUSH_DEVICE_ENROLLMENT"]
    if page.fields.get("can_go_back"):
        offered.append("CANCEL_PUSH_DEVICE_ENROLLMENT")
    shown = {"enrollment": "enrollmentData", "expires_at": "expiresAt", "device": "device"}
    return _scenarios(offered, {**_picked(page, shown), "statusEndpoint": status_endpoint}, kind="INTERNAL_PROMPT")


def _script(page: Page, _: str) -> Ask:
    """A script's own question.  A template of an admin's own is drawn by the application, from the same data."""
    fields = page.fields
    asked = fields.get("inputs", ())
    inputs = {str(each["id"]): str(each["label"]) for each in asked}
    secret = frozenset(each["id"] for each in asked if each["confidential"])
    choices = {each["id"]: tuple(choice["value"] for choice in each["choices"]) for each in asked}
    shown = {"title": "title", "text": "text", "greeting": "title", "hint": "username", "seconds": "askAgainIn"}
    data: Json = {"template": str(fields.get("template", "genericForm")), **_picked(page, shown)}
    if "data" in fields:
        data["data"] = json.dumps(fields["data"], ensure_ascii=False)
    if any(choices.values()):
        labels = {each["id"]: each["choices"] for each in asked if each["choices"]}
        data["choices"] = json.dumps(labels, ensure_ascii=False)
    actions = tuple(str(action) for action in fields.get("actions", ()))
    match data["template"]:
        case "externalRedirect":
            return Ask(kind="REDIRECTION_PROMPT", data={**data, "redirectUrl": fields["address"]})
        case "internalWait":
            return Ask(kind="INTERNAL_PROMPT", data=data)
        case "username":
            inputs = {"username": ""}
    names = (*inputs, "action") if actions else tuple(inputs)
    return Ask(names, tuple(inputs), {**choices, "action": actions}, inputs, secret=secret, data=data)


_ASKS: Mapping[str, Callable[[Page, str], Ask]] = {
    "identifier": _identifier,
    "password": _password,
    "push-wait": _wait,
    "push-enroll-consent": _consent,
    "push-enroll": _enroll,
    "push-error": _refused,
    "prompt": _script,
}


def _scenarios(offered: list[str], data: Mapping[str, object], *, kind: str = "USER_PROMPT") -> Ask:
    return Ask(("scenario",), ("scenario",), {"scenario": tuple(offered)}, kind=kind, data=data)


def _picked(page: Page, names: Mapping[str, str]) -> Json:
    """Fields of the page under their names in JSON, as text; a moment is in whole seconds since the epoch."""
    found = {told: page.fields[name] for name, told in names.items() if page.fields.get(name) not in (None, "")}
    return {told: str(int(value) if isinstance(value, float) else value) for told, value in found.items()}


# --- shapes -----------------------------------------------------------------------------------------------------------


def _prompt(page: Page, ask: Ask, texts: Catalogue) -> Json:
    authenticator = PROMPT if page.page == "prompt" else page.authenticator or ""
    metadata: Json = {"i18nKey": f"authenticator.{authenticator}", "promptType": ask.kind}
    if ask.params:
        metadata["params"] = [_param(name, order, ask, texts) for order, name in enumerate(ask.params, 1)]
    if ask.data:
        metadata["additionalData"] = dict(ask.data)
    return {**_named(authenticator, texts), "metadata": metadata, "requiredParams": list(ask.required)}


def _option(authenticator: str, texts: Catalogue) -> Json:
    """A way that has not begun: post its id without params, and its prompt comes."""
    metadata = {"i18nKey": f"authenticator.{authenticator}"}
    return {**_named(authenticator, texts), "metadata": metadata, "requiredParams": []}


def _named(authenticator: str, texts: Catalogue) -> Json:
    text = f"authenticator.{authenticator}"
    return {
        "authenticatorId": authenticator_id(authenticator),
        "authenticator": texts.text(text if text in texts else "authenticator.other"),
        "idp": idp_of(authenticator),
    }


def _param(name: str, order: int, ask: Ask, texts: Catalogue) -> Json:
    text = f"field.{name}"
    label = (ask.labels or {}).get(name) or (texts.text(text) if text in texts else name)
    told: Json = {
        "param": name,
        "type": "STRING",
        "order": order,
        "confidential": name in ask.secret,
        "i18nKey": f"{name}.param",
        "displayName": label,
    }
    values = (ask.values or {}).get(name)
    return {**told, "values": list(values)} if values else told


def _messages(page: Page, texts: Catalogue) -> list[Json]:
    """What the page says; that a push was sent is said as existing clients expect it."""
    told: list[Json] = []
    if page.message is not None:
        values = {name: value for name, value in page.fields.items() if isinstance(value, (str, int))}
        kind = "ERROR" if is_wrong(page) else "INFO"
        told.append(message(page.message, texts.text(page.message, **values), kind=kind))
    if page.page == "push-wait" and page.fields.get("status") == "pending":
        told.append(message("PushNotificationSent", texts.text("push-wait.lead.phone"), kind="INFO"))
    return told


def message(message_id: str, text: str, *, kind: str) -> Json:
    """One message.  kind: INFO or ERROR."""
    return {"type": kind, "messageId": message_id, "message": text, "i18nKey": f"message.{message_id}"}
