"""The one text form of octets in OAuth: base64url without padding (RFC 7515 §2), and what is hashed into it."""

from __future__ import annotations

import base64
import hashlib


def base64url(octets: bytes) -> str:
    """
    >>> base64url(b"??>")
    'Pz8-'
    """
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode("ascii")


def s256(verifier: str) -> str:
    """The code_challenge of an ASCII code_verifier (RFC 7636 §4.2; the example is its appendix B).

    >>> s256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    return base64url(hashlib.sha256(verifier.encode("ascii")).digest())


def half_hash(token: str) -> str:
    """The `at_hash` of an access token: the left half of its SHA-256 (OpenID Connect Core §3.1.3.6)."""
    return base64url(hashlib.sha256(token.encode("ascii")).digest()[:16])
