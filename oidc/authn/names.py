"""How the ways to do a step are called in JSON login: base64url of `NAME:IDP`, names as existing clients know them."""

from __future__ import annotations

from base64 import urlsafe_b64encode

PROMPT = "prompt"
"""What a script asks besides the steps, told as if it were one more way to do a step."""

_NAMES = {
    "identifier": "IdentifierExecutor",
    "password": "BasicAuthenticator",
    "push": "push-notification-authenticator",
    "passkey": "FIDOAuthenticator",
    "email-otp": "email-otp-authenticator",
    "magic-link": "MagicLinkAuthenticator",
    "backup-code": "backup-code-authenticator",
}


def idp_of(authenticator: str) -> str:
    """Who offers it: we ourselves, or the script."""
    return "SCRIPT" if authenticator == PROMPT else "LOCAL"


def authenticator_id(authenticator: str) -> str:
    """The id in JSON of an authenticator's reserved id.

    >>> authenticator_id("password")
    'QmFzaWNBdXRoZW50aWNhdG9yOkxPQ0FM'
    """
    named = f"{_NAMES.get(authenticator, authenticator)}:{idp_of(authenticator)}"
    return urlsafe_b64encode(named.encode()).rstrip(b"=").decode()
