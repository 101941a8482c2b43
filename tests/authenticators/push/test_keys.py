"""Which public keys are accepted, and nothing else."""

from __future__ import annotations

from base64 import b64encode
from math import gcd, isqrt, prod

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from authenticators.push.keys import KeyRefused, PublicKey, _primes_below

SPKI = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
RSA = rsa.generate_private_key(65537, 2048)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()
RSA_DER = RSA.public_key().public_bytes(*SPKI)


def text(der: bytes) -> str:
    return b64encode(der).decode()


def length(size: int) -> bytes:
    raw = size.to_bytes((size.bit_length() + 7) // 8 or 1, "big")
    return raw if size < 128 else bytes([0x80 | len(raw)]) + raw


def tlv(tag: int, value: bytes) -> bytes:
    return bytes([tag]) + length(len(value)) + value


def integer(value: int) -> bytes:
    raw = value.to_bytes(value.bit_length() // 8 + 1, "big")
    return tlv(2, raw)


RSA_OID = bytes.fromhex("06092a864886f70d0101010500")
PSS_OID = bytes.fromhex("06092a864886f70d01010a")


def rsa_spki(n: int, e: int, oid: bytes = RSA_OID) -> str:
    """A SubjectPublicKeyInfo with any numbers in it."""
    key = tlv(0x30, integer(n) + integer(e))
    return text(tlv(0x30, tlv(0x30, oid) + tlv(3, b"\0" + key)))


@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_good_rsa_keys_are_accepted_for_their_two_algorithms(bits: int) -> None:
    """Three sizes; a hand-made encoding equals the library's."""
    key = rsa.generate_private_key(65537, bits).public_key()
    offered = PublicKey.offered(text(key.public_bytes(*SPKI)))
    assert offered.algorithms == ("RS256", "PS256")
    assert rsa_spki(key.public_numbers().n, 65537) == text(offered.der)


def test_p256_and_ed25519_are_accepted_each_for_its_own_algorithm() -> None:
    """The key's kind is read from the key, not told."""
    assert PublicKey.offered(text(EC.public_key().public_bytes(*SPKI))).algorithms == ("ES256",)
    assert PublicKey.offered(text(ED.public_key().public_bytes(*SPKI))).algorithms == ("Ed25519", "EdDSA")


@pytest.mark.parametrize("bits", [1024, 2047, 2056, 3000, 8192])
def test_rsa_keys_of_other_sizes_are_refused(bits: int) -> None:
    """Weak ones, odd ones and endless ones."""
    n = (1 << (bits - 1)) + 297
    with pytest.raises(KeyRefused):
        PublicKey.offered(rsa_spki(n | 1, 65537))


N = RSA.public_key().public_numbers().n


@pytest.mark.parametrize(
    "e",
    [1, 2, 3, 17, 65536, 65538, (1 << 32) + 1, N + 2],
    ids=lambda e: str(min(e, 1 << 64)),
)
def test_bad_rsa_exponents_are_refused(e: int) -> None:
    """Odd and at least 65537, and small."""
    with pytest.raises(KeyRefused):
        PublicKey.offered(rsa_spki(N, e))


def _roca_factor(power: int, above: int) -> int:
    """A number as the broken generator makes its primes: k·M + 65537^power mod M; without small factors."""
    product = prod(_primes_below(168)[1:])
    rest, small = pow(65537, power, product), prod(_primes_below(2000))
    return next(
        candidate
        for k in range(above // product + 1, above // product + 10_000)
        if gcd(candidate := k * product + rest, small) == 1
    )


def _weak_moduli() -> dict[str, int]:
    p, q = RSA.private_numbers().p, RSA.private_numbers().q
    close = next(c for c in range(p + 2, p + 100_000, 2) if all(c % small for small in _primes_below(2000)))
    half = isqrt(1 << 2047)
    roca = _roca_factor(5, 3 << 1022) * _roca_factor(77, 7 << 1021)
    return {
        "even": N - 1,
        "small factor": (N // 1009) * 1009 | 1 if (N // 1009) % 2 else (N // 1009 - 1) * 1009,
        "close factors": p * close,
        "square": (half | 1) ** 2 if (half | 1) ** 2 >= 1 << 2047 else (half + 2 | 1) ** 2,
        "roca": roca,
        "product is fine but for size": p * q * 3,
    }


WEAK = _weak_moduli()


@pytest.mark.parametrize("why", WEAK)
def test_weak_rsa_moduli_are_refused(why: str) -> None:
    """Even, with a small factor, with factors too close (Fermat), from a broken generator."""
    with pytest.raises(KeyRefused):
        PublicKey.offered(rsa_spki(WEAK[why], 65537))


def test_the_generator_s_mark_alone_refuses_a_key() -> None:
    """The test for the broken generator does what its name says: the other checks would let this one through."""
    with pytest.raises(KeyRefused, match="broken generator"):
        PublicKey.offered(rsa_spki(WEAK["roca"], 65537))


@pytest.mark.parametrize(
    "der",
    [
        ec.generate_private_key(ec.SECP384R1()).public_key().public_bytes(*SPKI),
        ec.generate_private_key(ec.SECP256K1()).public_key().public_bytes(*SPKI),
        x25519.X25519PrivateKey.generate().public_key().public_bytes(*SPKI),
        ed448.Ed448PrivateKey.generate().public_key().public_bytes(*SPKI),
        dsa.generate_private_key(1024).public_key().public_bytes(*SPKI),
        RSA.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1),
        RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        RSA.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        EC.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        EC.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
        RSA_DER + b"\0",
        RSA_DER[:-1],
        b"garbage",
        b"\x30\x80",
        b"A" * 700,
    ],
    ids=[
        "P-384", "secp256k1", "X25519", "Ed448", "DSA", "PKCS1", "PEM", "private RSA", "private EC", "compressed point",
        "a byte more", "a byte less", "garbage", "no end", "700 bytes",
    ],
)
def test_other_keys_and_other_encodings_are_refused(der: bytes) -> None:
    """Other curves and kinds, PKCS#1, PEM, private keys, trailing and missing bytes."""
    with pytest.raises(KeyRefused):
        PublicKey.offered(text(der))


def test_an_rsa_key_marked_for_pss_is_refused() -> None:
    """Its kind would not survive storing: only plain rsaEncryption is taken."""
    with pytest.raises(KeyRefused):
        PublicKey.offered(rsa_spki(N, 65537, PSS_OID))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: "",
        lambda good: good[:-1],
        lambda good: good + "=",
        lambda good: good[:40] + "\n" + good[40:],
        lambda good: f"-----BEGIN PUBLIC KEY-----{good}-----END PUBLIC KEY-----",
        lambda good: good.replace("A", "-", 1),
        lambda good: " " + good,
        lambda good: good + "é",
        lambda good: good * 2000,
    ],
)
def test_the_key_s_text_is_strict_base64(spoil: object) -> None:
    """Standard alphabet, padded, canonical, bounded."""
    good = text(RSA_DER)
    assert PublicKey.offered(good)
    with pytest.raises(KeyRefused):
        PublicKey.offered(spoil(good))  # type: ignore[operator]
