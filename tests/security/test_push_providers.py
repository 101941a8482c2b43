"""PUSH-57, PUSH-58, ADMIN-08, ADMIN-09: push services that fail or hang, and key files that are not what they say."""

from __future__ import annotations

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.devices import Phone
from tests.journeys.living import House
from tests.journeys.push_providers import audited, document, served, waiting, with_phone
from tests.journeys.test_enrollment import enroll
from tests.management.test_push_senders import Admin, refused, sender
from tests.standins.fcm import ERRORS, Fcm, fcm
from tests.standins.server import Said

SECRETS = ("PRIVATE KEY", "ya29.", "secret-looking", "iam.gserviceaccount.com", "token-of-the-phone")


@pytest.fixture
def google() -> Iterator[Fcm]:
    """A project of FCM's."""
    with fcm() as project:
        yield project


@pytest.fixture
def house(tmp_path: Path, google: Fcm) -> Iterator[House]:
    """A server that sends through it."""
    with served(tmp_path, google) as house:
        yield house


@pytest.mark.parametrize("error", [error for error in ERRORS if error != "slow"])
def test_push_57_fcm_that_fails_lets_nobody_in(error: str, house: House, google: Fcm) -> None:
    """PUSH-57: the step waits on and offers to send again; no success, no way around, no secret in the page."""
    with_phone(house)
    google.answer = lambda _: ERRORS[error]
    browser = waiting(house)
    audited(house, "push_sent", 2)
    for _ in range(2):
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert (browser.page, browser.status) == ("push-wait", 200)
    assert browser.response is not None
    assert "RESEND_PUSH_NOTIFICATION" in browser.response.text
    assert not [secret for secret in SECRETS if secret in browser.response.text]
    assert not house.events("login_succeeded")[1:]


@pytest.mark.parametrize("token", ['"},"topic":"all"}', "../../v1/projects/x", "\\u0022,\\", "a%0d%0ab"], ids=range(4))
def test_push_51_an_address_is_carried_as_it_is(token: str, house: House, google: Fcm) -> None:
    """PUSH-51: whatever marks are in it, FCM gets one well-formed message for that address, at its one path."""
    with_phone(house, push_token=token)
    assert [message["token"] for message in google.sent] == [token]
    assert google.sent[0].keys() & {"topic", "condition"} == set()
    assert (google.calls, google.refused) == (1, [])


def test_push_58_fcm_that_hangs_delays_no_other_login(house: House, google: Fcm) -> None:
    """PUSH-58: with 500 logins whose pushes hang, another person signs in by the built-in channel."""
    noah = Phone("ec", provider="builtin")
    enroll(house, house.browser(), noah, "noah")
    with_phone(house)
    google.answer = lambda _: Said(200, wait=30.0)
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(lambda _: _named(house, "mara"), range(500)))
    assert pages == ["push-wait"] * 500
    browser = house.browser().open(house.authorize())
    browser.submit(username="noah")
    house.approve(noah)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert house.redeem(browser)["preferred_username"] == "noah"
    assert not google.ended.is_set()


def _named(house: House, name: str) -> str:
    return house.browser().open(house.authorize()).submit(username=name).page


def _zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("service-account.json", "{}" + " " * 1_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe\x80" * 100,
        b"[" * 10_000,
        b"[]",
        b'"service_account"',
        json.dumps({"type": "service_account"}).encode("utf-16"),
        _zipped(),
        b'{"type": "service_account", "type": "authorized_user"}',
        b'{"type": "service_account", "project_id": 7}',
        b'{"type": "external_account", "credential_source": {"url": "http://127.0.0.1/"}}',
        b" " * 30_000 + b"{}",
    ],
    ids=["empty", "binary", "deep", "array", "text", "UTF-16", "zip", "twice", "types", "external", "long"],
)
def test_admin_08_a_key_file_that_is_none_changes_nothing(content: bytes, house: House, google: Fcm) -> None:
    """ADMIN-08: 400, and what was configured stays at work."""
    admin = Admin(house)
    before = admin("GET").json()
    properties = [{"key": "serviceAccountContent", "value": b64encode(content).decode()}]
    body = sender(google, None, properties=properties)
    answer = admin("PUT", "/main", body)
    assert answer.status_code == 413 or refused(answer, 400, answer.json()["code"])
    assert admin("GET").json() == before
    with_phone(house)
    assert google.sent


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/token",
        "http://169.254.169.254/latest/meta-data",
        "https://attacker.test/token",
        "https://oauth2.googleapis.com.attacker.test/token",
        "https://oauth2.googleapis.com@127.0.0.1/token",
        "https://oauth2.googleapis.com/token?next=http://127.0.0.1",
        "file:///etc/passwd",
        "https://OAUTH2.googleapis.com/token",
    ],
)
def test_admin_09_tokens_are_fetched_from_google_alone(address: str, tmp_path: Path, google: Fcm) -> None:
    """ADMIN-09: a key file that names another place is refused, and nobody is called."""
    whole = document(google)
    whole["settings"]["push_providers"] = []
    with fcm() as canary, served(tmp_path, google, whole) as house:
        account = google.service_account(token_uri=address.format(port=canary.url.rsplit(":", 1)[1]))
        properties = [{"key": "serviceAccountContent", "value": b64encode(account.encode()).decode()}]
        answer = Admin(house)("POST", body=sender(google, properties=properties))
        assert refused(answer, 400, "NSM-60005")
        assert (canary.calls, canary.grants) == (0, 0)
