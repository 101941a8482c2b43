"""A phone for tests, written from the wire protocol alone: it knows nothing of the server's code.

`Phone` makes the bodies and tokens that an authenticator app sends; the caller carries them, by plain calls or HTTP.
"""

from __future__ import annotations

import json
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any, Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Kind = Literal["rsa", "ec", "ed25519"]
_ALGORITHMS: dict[Kind, str] = {"rsa": "RS256", "ec": "ES256", "ed25519": "Ed25519"}


class Phone:
    """One authenticator app on one device.

    The default is an app as in use today: RSA-2048, `exp` in milliseconds, no provider, the number in the push.
    typed: the person types the number.  clock: seconds since the epoch.
    """

    def __init__(
        self,
        kind: Kind = "rsa",
        *,
        typed: bool = False,
        name: str | None = "Mara's phone",
        model: str = "Pixel 9",
        push_token: str = "token-of-the-phone",
        provider: str | None = None,
        bits: int = 2048,
        milliseconds: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.kind: Kind = kind
        self.typed = typed
        self.name = name
        self.model = model
        self.push_token = push_token
        self.provider = provider
        self.milliseconds = milliseconds
        self.algorithm = _ALGORITHMS[kind]
        self.device_id = ""
        self.purposes = kind != "rsa"
        self._clock = clock
        self._key = _new_key(kind, bits)

    # --- registering --------------------------------------------------------------------------------------------------

    @property
    def public_key(self) -> str:
        """SubjectPublicKeyInfo DER in standard base64."""
        spki = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return b64encode(spki).decode()

    def register_body(self, discovery: Mapping[str, str] | str) -> dict[str, Any]:
        """The body to post to `/devices` for the scanned *discovery* data, given as JSON text or parsed."""
        scanned = json.loads(discovery) if isinstance(discovery, str) else discovery
        self.device_id = scanned["deviceId"]
        signed = self._sign(f"{scanned['challenge']}.{self.push_token}".encode(), registering=True)
        body: dict[str, Any] = {
            "deviceId": self.device_id,
            "name": self.name,
            "model": self.model,
            "deviceToken": self.push_token,
            "publicKey": self.public_key,
            "signature": b64encode(signed).decode(),
        }
        if self.provider is not None or self.typed:
            metadata = {"numberInput": "typed"} if self.typed else {}
            body["provider"] = {"name": self.provider or "builtin", "metadata": metadata}
        return body

    # --- tokens -------------------------------------------------------------------------------------------------------

    def answer(self, push: Mapping[str, str], response: str = "APPROVED", *, number: str | None = None) -> str:
        """The signed answer to a push data map.

        number: what the person typed, or picked; without it an app of today sends back the number of the push.
        """
        claims: dict[str, Any] = {
            "pushAuthId": push["pushId"],
            "challenge": push["challenge"],
            "response": response,
            "exp": self.expiry(300),
        }
        given = number if number is not None else push.get("numberChallenge")
        if response == "APPROVED" and given is not None:
            claims["numberChallenge"] = given
        return self.token(claims)

    def pull_token(self, *, notices: bool = False) -> str:
        """For `/devices/{id}/pending`."""
        claims: dict[str, Any] = {"exp": self.expiry(300), "purpose": "pull"}
        return self.token(claims | {"notices": True} if notices else claims)

    def remove_token(self) -> str:
        """For `/devices/{id}/remove`."""
        claims: dict[str, Any] = {"exp": self.expiry(300)}
        return self.token(claims | {"purpose": "remove"} if self.purposes else claims)

    def update_token(self, *, name: str | None = None, push_token: str | None = None) -> str:
        """For `/devices/{id}/update`."""
        wanted = {"name": name, "deviceToken": push_token}
        claims: dict[str, Any] = {"exp": self.expiry(300)} | {k: v for k, v in wanted.items() if v is not None}
        return self.token(claims | {"purpose": "update"} if self.purposes else claims)

    def expiry(self, seconds: float) -> int:
        """`exp` so many seconds from now, in the unit this app uses."""
        return int((self._clock() + seconds) * (1000 if self.milliseconds else 1))

    def token(self, claims: Mapping[str, Any], *, header: Mapping[str, Any] | None = None) -> str:
        """A compact JWS over *claims*.  header: in place of the usual one."""
        usual = {"alg": self.algorithm, "typ": "JWT", "deviceId": self.device_id}
        signed = f"{_segment(usual if header is None else header)}.{_segment(claims)}"
        return f"{signed}.{_base64url(self._sign(signed.encode()))}"

    def _sign(self, text: bytes, *, registering: bool = False) -> bytes:
        match self._key:
            case rsa.RSAPrivateKey() if self.algorithm == "PS256" and not registering:
                pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
                return self._key.sign(text, pss, hashes.SHA256())
            case rsa.RSAPrivateKey():
                return self._key.sign(text, padding.PKCS1v15(), hashes.SHA256())
            case ec.EllipticCurvePrivateKey():
                r, s = decode_dss_signature(self._key.sign(text, ec.ECDSA(hashes.SHA256())))
                return r.to_bytes(32, "big") + s.to_bytes(32, "big")
            case ed25519.Ed25519PrivateKey():
                return self._key.sign(text)


def _new_key(kind: Kind, bits: int) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey:
    match kind:
        case "rsa":
            return rsa.generate_private_key(65537, bits)
        case "ec":
            return ec.generate_private_key(ec.SECP256R1())
        case "ed25519":
            return ed25519.Ed25519PrivateKey.generate()


def _segment(value: Mapping[str, Any]) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
