"""Who we are to push services (VAPID, RFC 8292): one P-256 key, made by us and kept sealed, and tokens signed with it.

Subscriptions of browsers are bound to the key, so it stays.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from joserfc import jwt
from joserfc.jwk import ECKey

from engine.ports import Clock, ConfigurationChange, ConfigurationStore

PREFIX = "push.vapid."
"""Of the stored secrets that the key lies in; no script can name them."""
VALID = 12 * 3600.0
"""Seconds a token is good for; RFC 8292 §2 allows 24 hours."""
RENEWED = 3600.0
"""Seconds before its end at which a token is made anew."""
MOST_TOKENS = 64


class Vapid:
    """The key at work.  contact: whom a push service may turn to: an https or mailto address (RFC 8292 §2.1)."""

    def __init__(self, pem: bytes, *, contact: str) -> None:
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError("the stored key for Web Push is none of P-256")
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key = urlsafe_b64encode(point).rstrip(b"=").decode()
        self._contact = contact
        self._key = ECKey.import_key(pem)
        self._tokens: dict[str, tuple[str, float]] = {}

    def authorization(self, origin: str, now: float) -> str:
        """The value of the header for a push service (RFC 8292 §3).  origin: scheme, host and port of its address."""
        token, expires_at = self._tokens.get(origin, ("", 0.0))
        if now >= expires_at - RENEWED:
            expires_at = now + VALID
            claims = {"aud": origin, "exp": int(expires_at), "sub": self._contact}
            token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, self._key)
            while len(self._tokens) >= MOST_TOKENS:
                del self._tokens[next(iter(self._tokens))]
            self._tokens[origin] = (token, expires_at)
        return f"vapid t={token}, k={self.public_key}"


async def own_key(store: ConfigurationStore, clock: Clock, *, contact: str) -> Vapid:
    """Our key; made now if there is none.  Of several that processes made at the same time the oldest counts."""
    pem = await _oldest(store)
    if pem is None:
        name = f"{PREFIX}{clock():020.6f}.{secrets.token_hex(4)}"
        await store.commit(ConfigurationChange(secrets={name: _new_key()}))
        pem = await _oldest(store)
    if pem is None:
        raise ValueError("the stored key for Web Push cannot be opened")
    return Vapid(pem.encode(), contact=contact)


def contact_of(issuer: str) -> str:
    """Whom a push service may turn to: the server's own address, if it is one that others can reach."""
    return issuer if issuer.startswith("https:") else "mailto:postmaster@localhost"


async def _oldest(store: ConfigurationStore) -> str | None:
    name = next((name for name in sorted(await store.secret_names()) if name.startswith(PREFIX)), None)
    return await store.secret(name) if name is not None else None


def _new_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
