"""Public keys of devices: which are accepted, and how a signature of each kind is verified.

A key has one kind and therefore a fixed list of algorithms; nothing a token says can widen it.
Does not read tokens.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from math import gcd, isqrt, prod

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

_Key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey

LONGEST_TEXT = 1024
"""Characters of the base64 text of a key: RSA-4096 needs 736."""
LONGEST_SIGNATURE = 1024
"""Characters of the base64 text of a registration signature: RSA-4096 needs 684."""

RSA_ALGORITHMS = ("RS256", "PS256")
EC_ALGORITHMS = ("ES256",)
ED25519_ALGORITHMS = ("Ed25519", "EdDSA")
"""RFC 9864 names the first; the second is its older, still usual name."""


class KeyRefused(Exception):
    """The key is malformed, of a kind that is not accepted, or weak."""


class SignatureRefused(Exception):
    """The signature is not this key's over this text, by an algorithm of this key."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An accepted key.  der: its SubjectPublicKeyInfo; algorithms: JOSE names its signatures may use."""

    der: bytes
    algorithms: tuple[str, ...]
    _key: _Key

    @staticmethod
    def enrolled(der: bytes) -> PublicKey:
        """A key that was accepted before, as stored.  Raises KeyRefused if it is not even a key."""
        return _of_kind(der, _load(der))

    @staticmethod
    def offered(text: str) -> PublicKey:
        """A key that a device registers: SPKI DER in standard base64.  Raises KeyRefused for anything but a good one.

        Accepted are RSA of 2048, 3072 or 4096 bits, P-256 and Ed25519 (push-protocol.md 9.15).
        """
        der = strict_base64(text, longest=LONGEST_TEXT)
        if der is None:
            raise KeyRefused("the key is not canonical standard base64")
        key = _load(der)
        if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != der:
            raise KeyRefused("the key is not canonical DER of a plain key")
        if isinstance(key, rsa.RSAPublicKey):
            _refuse_weak_rsa(key)
        return _of_kind(der, key)

    def verify(self, algorithm: str, text: bytes, *, signature: bytes) -> None:
        """Raises SignatureRefused unless *signature* is this key's over *text*.

        Signatures of ES256 are r||s, 64 bytes (RFC 7518 §3.4).
        """
        if algorithm not in self.algorithms:
            raise SignatureRefused("algorithm")
        try:
            proven = self._verify(algorithm, text, signature)
        except Exception as error:  # whatever a library finds wrong with a signature, it is not a good one
            raise SignatureRefused("signature") from error
        if proven is not text:
            raise SignatureRefused("signature")

    def verify_registration(self, challenge: str, device_token: str, *, signature: str) -> None:
        """Raises SignatureRefused unless *signature* (standard base64) is over `challenge.deviceToken` (1.2)."""
        raw = strict_base64(signature, longest=LONGEST_SIGNATURE)
        if raw is None:
            raise SignatureRefused("not canonical standard base64")
        self.verify(self.algorithms[0], f"{challenge}.{device_token}".encode(), signature=raw)

    def _verify(self, algorithm: str, text: bytes, signature: bytes) -> bytes:
        """Gives *text* itself: what says anything else, or nothing, has proven nothing."""
        match self._key:
            case rsa.RSAPublicKey() if algorithm == "RS256":
                self._key.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
            case rsa.RSAPublicKey():
                pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=hashes.SHA256.digest_size)
                self._key.verify(signature, text, pss, hashes.SHA256())
            case ec.EllipticCurvePublicKey():
                self._key.verify(_dss(signature), text, ec.ECDSA(hashes.SHA256()))
            case ed25519.Ed25519PublicKey():
                self._key.verify(signature, text)
        return text


def strict_base64(text: str, *, longest: int) -> bytes | None:
    """The bytes of standard, padded, canonical base64 of at most *longest* characters, or None."""
    if not 0 < len(text) <= longest or not text.isascii():
        return None
    try:
        raw = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if b64encode(raw).decode() == text else None


def _load(der: bytes) -> _Key:
    try:
        key = load_der_public_key(der)
    except (ValueError, TypeError, UnsupportedAlgorithm, OverflowError) as error:
        raise KeyRefused("not a public key (SubjectPublicKeyInfo, DER)") from error
    if isinstance(key, rsa.RSAPublicKey | ed25519.Ed25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise KeyRefused("accepted are RSA, P-256 and Ed25519 keys")


def _of_kind(der: bytes, key: _Key) -> PublicKey:
    match key:
        case rsa.RSAPublicKey():
            return PublicKey(der, RSA_ALGORITHMS, key)
        case ec.EllipticCurvePublicKey():
            return PublicKey(der, EC_ALGORITHMS, key)
        case ed25519.Ed25519PublicKey():
            return PublicKey(der, ED25519_ALGORITHMS, key)


def _dss(signature: bytes) -> bytes:
    """r||s as the DER that the library reads.  Raises ValueError on another length."""
    if len(signature) != 64:
        raise ValueError("an ES256 signature has 64 bytes")
    return encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))


# --- sanity of RSA moduli (NIST SP 800-89 §5.3.3): the tests a server can afford --------------------------------------


def _primes_below(limit: int) -> list[int]:
    sieve = bytearray([1]) * limit
    sieve[:2] = b"\0\0"
    for number in range(2, isqrt(limit) + 1):
        if sieve[number]:
            sieve[number * number :: number] = bytes(len(range(number * number, limit, number)))
    return [number for number in range(limit) if sieve[number]]


_SMALL_PRIMES = prod(_primes_below(2000))
_FERMAT_ROUNDS = 64
_LARGEST_EXPONENT = 1 << 32


def _subgroup(prime: int) -> frozenset[int]:
    """The powers of 65537 modulo *prime*."""
    members, power = set(), 1
    while power not in members:
        members.add(power)
        power = power * 65537 % prime
    return frozenset(members)


_ROCA = [(prime, _subgroup(prime)) for prime in _primes_below(168) if prime > 2]


def _refuse_weak_rsa(key: rsa.RSAPublicKey) -> None:
    numbers = key.public_numbers()
    n, e = numbers.n, numbers.e
    if key.key_size not in (2048, 3072, 4096):
        raise KeyRefused(f"an RSA key has 2048, 3072 or 4096 bits, not {key.key_size}")
    if not 65537 <= e < _LARGEST_EXPONENT or e % 2 == 0:
        raise KeyRefused("the RSA exponent is odd and at least 65537")
    if gcd(n, _SMALL_PRIMES) != 1:
        raise KeyRefused("the RSA modulus has a small factor")
    if _has_close_factors(n):
        raise KeyRefused("the factors of the RSA modulus are too close together")
    if all(n % prime in members for prime, members in _ROCA):
        raise KeyRefused("the RSA key was made by a broken generator (CVE-2017-15361)")


def _has_close_factors(n: int) -> bool:
    """Whether Fermat's method finds a factor within a few rounds; a perfect square is the closest case."""
    middle = isqrt(n - 1) + 1
    for candidate in range(middle, middle + _FERMAT_ROUNDS):
        rest = candidate * candidate - n
        if isqrt(rest) ** 2 == rest:
            return True
    return False
