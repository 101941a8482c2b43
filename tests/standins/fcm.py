"""Firebase Cloud Messaging and Google's token endpoint, on loopback: strict in what they take, and told how to fail.

Written from the protocol alone; it knows nothing of the server's code.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.standins.server import Asked, Said, running

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SCOPES = frozenset(
    {"https://www.googleapis.com/auth/firebase.messaging", "https://www.googleapis.com/auth/cloud-platform"}
)
_FCM_ERROR = "type.googleapis.com/google.firebase.fcm.v1.FcmError"
_BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
_TARGETS = ("token", "fid", "topic", "condition")


def refusal(status: int, word: str, code: str | None = None, *, field_name: str | None = None, **more: Any) -> Said:
    """An error as FCM words it.  word: of the status; code: FCM's own; field_name: the field it blames."""
    details: list[dict[str, Any]] = [{"@type": _FCM_ERROR, "errorCode": code}] if code else []
    if field_name:
        details.append({"@type": _BAD_REQUEST, "fieldViolations": [{"field": field_name, "description": "is wrong"}]})
    error = {"code": status, "status": word, "message": f"secret-looking {code or word}", "details": details}
    return Said(status, {"error": error}, **more)


ERRORS: Mapping[str, Said] = {
    "UNREGISTERED": refusal(404, "NOT_FOUND", "UNREGISTERED"),
    "INVALID_ARGUMENT of a token": refusal(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT"),
    "INVALID_ARGUMENT of a field": refusal(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", field_name="message.data"),
    "SENDER_ID_MISMATCH": refusal(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"),
    "PERMISSION_DENIED": refusal(403, "PERMISSION_DENIED"),
    "QUOTA_EXCEEDED": refusal(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", headers={"Retry-After": "60"}),
    "THIRD_PARTY_AUTH_ERROR": refusal(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR"),
    "UNAUTHENTICATED": refusal(401, "UNAUTHENTICATED"),
    "INTERNAL": refusal(500, "INTERNAL", "INTERNAL"),
    "UNAVAILABLE": refusal(503, "UNAVAILABLE", "UNAVAILABLE"),
    "no answer": Said(200, drop=True),
    "slow": Said(200, {"name": "projects/demo-project/messages/late"}, wait=60.0),
}
"""Every error of the table, and two ways to say nothing."""


@dataclass(slots=True)
class Fcm:
    """One project.  sent: messages it took, dry runs too; refused: what was wrong with the others, in words.

    answer: what to say to a message in place of taking it, or None.  arrived_at: when the last message came, by the
    monotonic clock.
    """

    project: str = "demo-project"
    url: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    dry_runs: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    calls: int = 0
    arrived_at: float = 0.0
    grants: int = 0
    answer: Callable[[dict[str, Any]], Said | None] = lambda message: None
    token_answer: Said | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    _tokens: dict[str, float] = field(default_factory=dict)
    _keys: dict[str, tuple[str, RSAKey]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    # --- what an admin downloads --------------------------------------------------------------------------------------

    def service_account(self, **more: Any) -> str:
        """A new key file of this project."""
        key, key_id = rsa.generate_private_key(65537, 2048), secrets.token_hex(20)
        account = f"push-{key_id[:6]}@{self.project}.iam.gserviceaccount.com"
        spki = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._keys[key_id] = (account, RSAKey.import_key(spki))
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        info = {
            "type": "service_account",
            "project_id": self.project,
            "private_key_id": key_id,
            "private_key": pem.decode(),
            "client_email": account,
            "client_id": "1",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": f"{self.url}/token",
            "universe_domain": "googleapis.com",
        }
        return json.dumps(info | more, indent=2)

    def revoke_keys(self) -> None:
        """Let no key file made so far be good for a token, and no token be good for a message."""
        self._keys.clear()
        self._tokens.clear()

    # --- what it is asked ---------------------------------------------------------------------------------------------

    def post(self, asked: Asked) -> Said:
        """Answer a token request or a message."""
        if asked.path == "/token":
            return self._grant(asked)
        with self._lock:
            self.calls += 1
            self.arrived_at = time.monotonic()
        if asked.path != f"/v1/projects/{self.project}/messages:send":
            return refusal(404, "NOT_FOUND")
        if self._tokens.get(asked.headers.get("authorization", "").removeprefix("Bearer "), 0) < time.time():
            return refusal(401, "UNAUTHENTICATED")
        return self._take(asked)

    def _grant(self, asked: Asked) -> Said:
        with self._lock:
            self.grants += 1
        if self.token_answer is not None:
            return self.token_answer
        try:
            self._check_grant(asked)
        except Exception as problem:  # whatever a library finds wrong with an assertion
            self.refused.append(f"grant: {problem!r}")
            return Said(400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self._tokens[token] = time.time() + 3600
        return Said(200, {"access_token": token, "expires_in": 3600, "token_type": "Bearer"})

    def _check_grant(self, asked: Asked) -> None:
        """RFC 7523 §2.1, §3, as Google narrows it."""
        form = parse_qs(asked.body.decode("ascii"), strict_parsing=True)
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded", "content type"
        assert form.keys() == {"grant_type", "assertion"}, form.keys()
        assert form["grant_type"] == [GRANT], "grant type"
        [assertion] = form["assertion"]
        key_id = json.loads(_b64(assertion.split(".")[0]))["kid"]
        account, key = self._keys[key_id]
        token, now = jwt.decode(assertion, key, algorithms=["RS256"]), time.time()
        claims = token.claims
        assert claims["iss"] == account, "iss"
        assert claims["aud"] == "https://oauth2.googleapis.com/token", "aud"
        assert claims["iat"] <= now + 5, "iat"
        assert now < claims["exp"] <= claims["iat"] + 3600, "exp"
        assert SCOPES & set(claims["scope"].split()), "scope"

    def _take(self, asked: Asked) -> Said:
        body = json.loads(asked.body)
        problem = _problem(body, len(asked.body))
        if problem is not None:
            self.refused.append(problem)
            return refusal(400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", field_name=problem)
        message = body["message"]
        said = self.answer(message)
        if said is not None:
            return said
        with self._lock:
            taken = self.dry_runs if body.get("validate_only") else self.sent
            taken.append(message)
            return Said(200, {"name": f"projects/{self.project}/messages/{len(taken)}"})


def _b64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _problem(body: Any, length: int) -> str | None:
    """The field that FCM v1 would blame, or None."""
    if not isinstance(body, dict) or not body.keys() <= {"message", "validate_only"}:
        return "body"
    message = body.get("message")
    known = {*_TARGETS, "data", "notification", "android", "apns", "webpush", "fcm_options"}
    if not isinstance(message, dict) or not message.keys() <= known:
        return "message"
    if sum(name in message for name in _TARGETS) != 1:
        return "message.token"
    data = message.get("data", {})
    if any(not isinstance(value, str) for value in data.values()):
        return "message.data"
    if any(name in ("from", "gcm") or name.startswith("google") for name in data) or length > 8192:
        return "message.data"
    if sum(len(name) + len(value.encode()) for name, value in data.items()) > 4096:
        return "message.data"
    return _android_problem(message.get("android", {})) or _apns_problem(message.get("apns", {}))


def _android_problem(android: dict[str, Any]) -> str | None:
    ttl = android.get("ttl", "0s")
    whole = ttl.removesuffix("s").replace(".", "", 1)
    if not ttl.endswith("s") or not whole.isdigit() or float(ttl[:-1]) > 28 * 86400:
        return "message.android.ttl"
    return None if android.get("priority", "high") in ("high", "normal") else "message.android.priority"


def _apns_problem(apns: dict[str, Any]) -> str | None:
    headers = apns.get("headers", {})
    if any(not isinstance(value, str) for value in headers.values()):
        return "message.apns.headers"
    if headers.get("apns-priority", "10") not in ("1", "5", "10") or len(headers.get("apns-collapse-id", "")) > 64:
        return "message.apns.headers"
    expires = headers.get("apns-expiration", "0")
    if expires != "0" and not (expires.isdigit() and int(expires) > 1_600_000_000):
        return "message.apns.headers"
    return None


@contextmanager
def fcm(project: str = "demo-project") -> Iterator[Fcm]:
    """A project that answers, until the block ends."""
    made = Fcm(project)
    with running(made):
        yield made
