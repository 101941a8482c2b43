"""Tokens of devices: strict parsing, one algorithm list per key, honest times."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from authenticators.push.keys import PublicKey
from authenticators.push.tokens import LONGEST, Malformed, NotAuthentic, parse
from tests.authenticators.bench import START
from tests.devices import Kind, Phone

PHONE = Phone("ec", clock=lambda: START)
PHONE.device_id = "d-1"
KEY = PublicKey.offered(PHONE.public_key)
GOOD = {"exp": START + 300}


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(token: str, key: PublicKey = KEY) -> Any:
    return parse(token).claims(key, START)


def signed(payload: bytes, header: bytes | None = None) -> str:
    """A token over raw bytes, well signed."""
    head = header or json.dumps({"alg": "ES256", "typ": "JWT", "deviceId": "d-1"}).encode()
    text = f"{b64(head)}.{b64(payload)}"
    return f"{text}.{b64(PHONE._sign(text.encode()))}"


@pytest.mark.parametrize(("kind", "algorithm"), [("rsa", "RS256"), ("rsa", "PS256"), ("ec", "ES256"), ("ed25519", "Ed25519"), ("ed25519", "EdDSA")])  # fmt: skip # noqa: E501
def test_each_kind_of_key_verifies_its_own_algorithms(kind: Kind, algorithm: str) -> None:
    """Five names for four algorithms."""
    phone = Phone(kind, clock=lambda: START)
    phone.algorithm = algorithm
    key = PublicKey.offered(phone.public_key)
    assert read(phone.token(GOOD), key) == GOOD


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "", "HS256", "RS256", "ES384", "es256", "Ed25519"])
def test_an_algorithm_that_is_not_the_key_s_is_refused(algorithm: str) -> None:
    """The token does not choose how it is verified."""
    header = {"alg": algorithm, "typ": "JWT", "deviceId": "d-1"}
    token = PHONE.token(GOOD, header=header)
    for text in (token, token.rpartition(".")[0] + "."):
        with pytest.raises((NotAuthentic, Malformed)):
            read(text)


@pytest.mark.parametrize("secret", ["text", "der", "pem", "empty"])
def test_a_public_key_is_never_a_shared_secret(secret: str) -> None:
    """HS256 with any form of the registered key is no signature."""
    der = KEY.der
    pem = f"-----BEGIN PUBLIC KEY-----\n{PHONE.public_key}\n-----END PUBLIC KEY-----\n".encode()
    key = {"text": PHONE.public_key.encode(), "der": der, "pem": pem, "empty": b""}[secret]
    header = {"alg": "HS256", "typ": "JWT", "deviceId": "d-1"}
    text = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(GOOD).encode())}"
    with pytest.raises(NotAuthentic):
        read(f"{text}.{b64(hmac.digest(key, text.encode(), 'sha256'))}")


@pytest.mark.parametrize(
    "more",
    [
        {"jwk": {}}, {"jku": "https://evil.test"}, {"x5u": "u"}, {"x5c": []}, {"kid": "../../dev/null"}, {"crit": []},
        {"crit": ["x"]}, {"b64": False}, {"zip": "DEF"}, {"cty": "JWT"}, {"typ": "at+jwt"}, {"typ": None}, {"alg": 1},
        {"deviceId": 7}, {"deviceId": None}, {"deviceId": []},
    ],
)  # fmt: skip
def test_a_header_says_nothing_but_algorithm_type_and_device(more: dict[str, Any]) -> None:
    """Keys, extensions and other types in the header refuse the token."""
    with pytest.raises(Malformed):
        parse(PHONE.token(GOOD, header={"alg": "ES256", "typ": "JWT", "deviceId": "d-1"} | more))


@pytest.mark.parametrize(
    "text",
    [
        "", ".", "..", "a.b", "a.b.c.d", "a.b.c.d.e", "." * 1000, "e30.e30.e30", "é.é.é", "W10.W10.aaaa",
        "x" * (LONGEST + 1),
    ],
)  # fmt: skip
def test_what_is_no_token_is_malformed(text: str) -> None:
    """Too few and too many segments, no JSON, no object, too long."""
    with pytest.raises(Malformed):
        parse(text)


def test_base64url_is_canonical() -> None:
    """Padding, the other alphabet, and stray bits at the end are refused: a token has one spelling."""
    token = PHONE.token(GOOD)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    stray = token[:-1] + alphabet[alphabet.index(token[-1]) | 1]
    assert stray != token
    for text in (token + "=", token + "\n", token.replace(".", "=.", 1), stray, " " + token):
        with pytest.raises(Malformed):
            parse(text)


def test_a_changed_token_is_not_authentic() -> None:
    """Any other payload or signature."""
    header, payload, signature = PHONE.token(GOOD).split(".")
    other = b64(json.dumps(GOOD | {"response": "APPROVED"}).encode())
    zeros = b64(bytes(64))
    for text in (f"{header}.{other}.{signature}", f"{header}.{payload}.{zeros}", f"{header}.{payload}.{b64(b'x')}"):
        with pytest.raises(NotAuthentic):
            read(text)


@pytest.mark.parametrize(
    "payload",
    [
        b'{"exp": 1, "exp": 1800000100}', b'{"exp": NaN}', b'{"exp": Infinity}', b"[]", b'"text"', b"", b"\xff",
        b"[" * 4000, b'{"exp": 1800000100', b'\xef\xbb\xbf{"exp": 1800000100}',
    ],
)  # fmt: skip
def test_a_payload_is_one_strict_json_object(payload: bytes) -> None:
    """Duplicate names, not-numbers, other things than objects, endless nesting, a byte order mark."""
    with pytest.raises((Malformed, NotAuthentic)):
        read(signed(payload or b" "))


@pytest.mark.parametrize("exp", [
    b"null", b'"9999999999"', b"1e400", b"true", b"-5", b"0", b"[1]", b"{}", b"1799999000", b"9" * 400, b"1899999999",
    b"1799999000000", b"1899999999000",
])  # fmt: skip
def test_exp_is_a_number_not_past_and_not_far_ahead(exp: bytes) -> None:
    """Every other form is refused, and none is an error of ours."""
    with pytest.raises((NotAuthentic, Malformed)):
        read(signed(b'{"exp": ' + exp + b"}"))


def test_exp_is_required() -> None:
    """A token without an end is refused."""
    with pytest.raises(NotAuthentic):
        read(PHONE.token({}))


@pytest.mark.parametrize("exp", [START + 300, (START + 300) * 1000, START + 600, START - 119])
def test_exp_may_be_in_seconds_or_milliseconds_by_a_wrong_clock(exp: float) -> None:
    """Apps in use send either."""
    assert read(PHONE.token({"exp": exp}))


@pytest.mark.parametrize(("name", "ahead", "good"), [("nbf", 60, True), ("nbf", 600, False), ("iat", 600, False), ("nbf", -9, True)])  # fmt: skip # noqa: E501
def test_a_token_that_is_not_yet_valid_is_refused(name: str, ahead: float, good: bool) -> None:
    """Beyond the skew of a clock."""
    token = PHONE.token(GOOD | {name: START + ahead})
    if good:
        assert read(token)
    else:
        with pytest.raises(NotAuthentic):
            read(token)
