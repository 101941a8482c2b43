"""A browser's push service and the browser behind it, on loopback: checks VAPID and decrypts, or says how it fails.

Written from RFC 8030, 8188, 8291 and 8292 alone; it knows nothing of the server's code nor of the library it uses.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from tests.standins.server import Asked, Said, running


@dataclass(frozen=True, slots=True)
class Received:
    """A message that came and could be read."""

    browser: str
    plain: bytes
    headers: dict[str, str]

    @property
    def content(self) -> dict[str, Any]:
        """As JSON."""
        return dict(json.loads(self.plain))


@dataclass(slots=True)
class _Browser:
    key: ec.EllipticCurvePrivateKey
    secret: bytes
    server_key: str

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass(slots=True)
class PushService:
    """answer: what to say in place of taking a message, or None."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    calls: int = 0
    answer: Said | None = None
    ended: threading.Event = field(default_factory=threading.Event)
    _browsers: dict[str, _Browser] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def subscribe(self, server_key: str) -> str:
        """A new browser's subscription for that server, as `JSON.stringify(subscription)` has it."""
        name = secrets.token_urlsafe(16)
        browser = self._browsers[name] = _Browser(
            ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16), server_key
        )
        keys = {"p256dh": _encoded(browser.point), "auth": _encoded(browser.secret)}
        subscription = {"endpoint": f"{self.url}/push/{name}", "expirationTime": None, "keys": keys}
        return json.dumps(subscription, separators=(",", ":"))

    def unsubscribe_all(self) -> None:
        """Every subscription made so far is gone."""
        self._browsers.clear()

    def post(self, asked: Asked) -> Said:
        """RFC 8030 §5."""
        with self._lock:
            self.calls += 1
        if self.answer is not None:
            return self.answer
        name = asked.path.removeprefix("/push/")
        browser = self._browsers.get(name)
        if browser is None:
            return Said(410)
        try:
            self._check(asked, browser)
            plain = _decrypted(asked.body, browser)
        except Exception as problem:  # whatever is wrong with a message
            self.refused.append(repr(problem))
            return Said(400)
        with self._lock:
            self.received.append(Received(name, plain, dict(asked.headers)))
        return Said(201, headers={"Location": f"{self.url}/message/{secrets.token_urlsafe(8)}"})

    def _check(self, asked: Asked, browser: _Browser) -> None:
        """The headers that a push service wants (RFC 8030 §5.2-5.4, RFC 8292 §2-3, RFC 8188 §2)."""
        assert asked.headers["content-encoding"] == "aes128gcm", "content encoding"
        assert 0 <= int(asked.headers["ttl"]) <= 28 * 86400, "ttl"
        assert asked.headers["urgency"] in {"very-low", "low", "normal", "high"}, "urgency"
        topic = asked.headers.get("topic", "")
        assert len(topic) <= 32, "topic"
        assert len(decoded(topic)) >= 0, "topic"
        assert len(asked.body) <= 4096, "length"
        scheme, _, parameters = asked.headers["authorization"].partition(" ")
        assert scheme == "vapid", "scheme"
        given = dict(part.strip().split("=", 1) for part in parameters.split(","))
        assert given["k"] == browser.server_key, "the key is not the one that was subscribed with"
        point = decoded(given["k"])
        key = ECKey.import_key(
            {"kty": "EC", "crv": "P-256", "x": _encoded(point[1:33]), "y": _encoded(point[33:])}
        )
        token, now = jwt.decode(given["t"], key, algorithms=["ES256"]), time.time()
        assert token.claims["aud"] == self.url, token.claims["aud"]
        assert now < token.claims["exp"] <= now + 86400, "exp"
        assert token.claims["sub"].startswith(("mailto:", "https:")), "sub"


def _decrypted(body: bytes, browser: _Browser) -> bytes:
    """RFC 8291 §3.4, RFC 8188 §2: one record."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender_point, sealed = body[21 : 21 + length], body[21 + length :]
    assert len(sealed) <= size, "more than one record"
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender_point)
    shared = browser.key.exchange(ec.ECDH(), sender)
    info = b"WebPush: info\0" + browser.point + sender_point
    material = _derived(shared, browser.secret, info, length=32)
    key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(material, salt, b"Content-Encoding: nonce\0", length=12)
    padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
    assert padded[-1:] == b"\x02", "the last record is marked"
    return padded[:-1]


def _derived(material: bytes, salt: bytes, info: bytes, *, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)


def _encoded(octets: bytes) -> str:
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Base64url without padding."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@contextmanager
def push_service() -> Iterator[PushService]:
    """A push service that answers, until the block ends."""
    made = PushService()
    with running(made):
        yield made
