"""Every login page in every state, as sample values: for tests of the templates and for looking at them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.model import Application
from engine.outcome import Page

NOW = 1_800_000_000.0
PAYROLL = Application("payroll", "Payroll", ("https://payroll.example.test/callback",), "payroll-login")
ENROLLMENT = json.dumps(
    {
        "deviceId": "4f0e6a52-6f5c-4a0e-9c33-0a4a5d3b7c11",
        "username": "mara",
        "host": "https://id.example.test:9443",
        "tenantDomain": "carbon.super",
        "challenge": "a8a1d0f4-7b1e-4d55-8f7e-3c1f2a9b6e20",
    },
    separators=(",", ":"),
)


def page(name: str, fields: Mapping[str, Any] | None = None, **changes: Any) -> Page:
    """A sample page of the login `FLOW`."""
    values: dict[str, Any] = {
        "flow_id": "FLOWFLOWFLOWFLOWFLOW22",
        "page": name,
        "fields": fields or {},
        "token": "1.token.mac",
        "application": PAYROLL,
        "redirect_uri": "https://payroll.example.test/callback",
        "username": "mara",
        "expires_at": NOW + 600,
    }
    return Page(**{**values, **changes})


WAITING = {
    "number": "07", "device_kinds": ["phone"], "status": "pending", "expires_at": NOW + 57,
    "resend_at": NOW + 27, "lifetime": 90, "resends_left": 2,
}  # fmt: skip
CODE = {"enrollment": ENROLLMENT, "expires_at": NOW + 180, "status": "pending"}



def refused(why: str, fields: Mapping[str, Any] | None = None, **changes: Any) -> Page:
    """A request that nobody will approve."""
    said = {"why": why, "status": "denied", "resends_left": 2, "resend_at": NOW, **(fields or {})}
    return page("push-error", said, message=f"push.{why}", **changes)


GALLERY: dict[str, Page] = {
    "identifier": page("identifier", username=None),
    "identifier-error": page("identifier", username=None, message="identifier.missing"),
    "password-first": page("password", {"ask_username": True}, username=None),
    "password-first-error": page(
        "password", {"ask_username": True, "username_hint": "mara"}, username=None, message="password.wrong"
    ),
    "password": page("password"),
    "password-error": page("password", message="password.wrong", others=("push",)),
    "password-stale": page("password", message="login.out_of_date", out_of_date=True),
    "push-wait": page("push-wait", {**WAITING, "number": None}, others=("password",)),
    "push-wait-number": page("push-wait", WAITING, others=("password",)),
    "push-wait-unreached": page("push-wait", {**WAITING, "reach": "not_reached"}, others=("password",)),
    "push-wait-early": page("push-wait", WAITING, message="push.resend_too_early"),
    "push-wait-resend": page("push-wait", {**WAITING, "resend_at": NOW, "can_enroll": True}),
    "push-wait-approved": page("push-wait", {**WAITING, "status": "approved"}),
    "push-wait-expired": page("push-wait", {**WAITING, "status": "expired", "resend_at": NOW, "expires_at": NOW}),
    "push-wait-first": page(
        "push-wait", {**WAITING, "new_device": "Mara’s Pixel 9", "device_kinds": ["browser", "phone"]}
    ),
    "push-wait-last": page("push-wait", {**WAITING, "status": "expired", "resends_left": 0}),
    "push-enroll-consent": page("push-enroll-consent"),
    "push-enroll": page("push-enroll", CODE),
    "push-enroll-expired": page("push-enroll", {**CODE, "expires_at": NOW}),
    "push-enroll-registered": page("push-enroll", {**CODE, "device": "Mara’s Pixel 9", "status": "registered"}),
    "push-enroll-another": page("push-enroll", {**CODE, "can_go_back": True}),
    "push-error-denied": refused("denied", others=("password",)),
    "push-error-denied-early": refused("denied", {"resend_at": NOW + 27}),
    "push-error-denied-last": refused("denied", {"resends_left": 0}),
    "push-error-reported": refused("denied", {"reported": True, "resends_left": 0}),
    "push-error-number": refused("wrong_number"),
    "push-error-number-last": refused("wrong_number", {"resends_left": 0}, others=("password",)),
    "push-error-revoked": refused("revoked", {"resends_left": 0}, others=("password",)),
    "push-error-revoked-enroll": refused("revoked", {"resends_left": 0, "can_enroll": True}),
    "choose": page("choose", {"options": ["push", "password", "totp", "house-key"]}, authenticator=None),
    "prompt": page(
        "prompt",
        {
            "title": "Terms of use",
            "text": "Tell us where you work, so that we can show you the right forms.",
            "inputs": [{"id": "city", "label": "City"}, {"id": "desk", "label": "Desk number"}],
            "actions": ["success", "cancel"],
        },
    ),
    "prompt-choices": page(
        "prompt",
        {
            "title": "Too many sessions",
            "inputs": [
                {"id": "old", "label": "Your password so far", "confidential": True},
                {
                    "id": "session",
                    "label": "Which one shall end?",
                    "choices": [{"value": "1", "label": "Safari on iOS"}, {"value": "2", "label": "Firefox on Linux"}],
                },
            ],
            "actions": ["success", "cancel"],
        },
    ),
    "prompt-own": page(
        "prompt",
        {
            "source": "<p class='lead'>Link <strong>{{ account }}</strong> to your account?</p>"
            "<div class='buttons'><button class='primary' name='action.success'>Link</button></div>",
            "data": {"account": "mara@partner.test"},
            "actions": ["success"],
        },
    ),
    "prompt-away": page("prompt", {"template": "externalRedirect", "address": "https://kyc.test/?a=1", "actions": []}),
    "prompt-wait": page(
        "prompt",
        {"template": "internalWait", "greeting": "Hold on", "text": "One moment.", "seconds": 20.0, "actions": []},
    ),
    "prompt-username": page("prompt", {"template": "username", "hint": "mara", "actions": ["success", "cancel"]}),
    "prompt-bare": page("prompt", {"title": "", "text": "", "inputs": [], "actions": ["later", "success"]}),
}
