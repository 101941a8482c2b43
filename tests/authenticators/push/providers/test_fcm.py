"""FCM through its own library: what leaves, what each refusal means, and that nothing of ours waits for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import firebase_admin
import pytest

from authenticators.push.providers.configured import Live
from authenticators.push.providers.makers import Makers
from engine.model import PushProvider
from engine.ports import DeadToken, Handed, NotNow, Taken
from tests.authenticators.push.providers.conftest import MESSAGE, PHONE, SWIFT
from tests.standins.fcm import ERRORS, Fcm
from tests.standins.server import Said

pytestmark = pytest.mark.anyio

MAIN = PushProvider("main", "fcm", digest="1")
FATES: dict[str, tuple[Handed, int]] = {
    "UNREGISTERED": (DeadToken("token.unregistered"), 1),
    "INVALID_ARGUMENT of a token": (DeadToken("token.invalid"), 1),
    "INVALID_ARGUMENT of a field": (NotNow("message.invalid", alert=True), 1),
    "SENDER_ID_MISMATCH": (DeadToken("token.other_project", alert=True), 1),
    "PERMISSION_DENIED": (NotNow("provider.project", alert=True), 1),
    "QUOTA_EXCEEDED": (NotNow("provider.quota"), 1),
    "THIRD_PARTY_AUTH_ERROR": (NotNow("provider.apns_key", alert=True), 2),
    "UNAUTHENTICATED": (NotNow("provider.credentials", alert=True), 2),
    "INTERNAL": (NotNow("provider.unavailable"), 3),
    "UNAVAILABLE": (NotNow("provider.unavailable"), 3),
    "no answer": (NotNow("provider.unavailable"), 3),
    "slow": (NotNow("provider.slow"), 3),
}
"""What each error means, and how often FCM is asked before it is believed."""


@pytest.fixture
async def sender(google: Fcm, makers: Callable[..., Makers]) -> AsyncIterator[Live]:
    """A sender of the project."""
    made = await makers().by_kind()["fcm"](MAIN, google.service_account())
    yield made
    made.retire()


async def test_a_message_leaves_as_fcm_wants_it(google: Fcm, sender: Live) -> None:
    """High priority, for as long as it is of use, by absolute time for APNs, the newest in place of an older one."""
    assert await sender.send(PHONE, MESSAGE, ttl=90) == Taken()
    [message] = google.sent
    assert (message["token"], message["data"]) == ("token-1", MESSAGE.data)
    assert message["android"] == {
        "priority": "high", "ttl": "90s", "collapse_key": "topic-1", "notification": {"tag": "topic-1"}
    }  # fmt: skip
    headers = message["apns"]["headers"]
    assert abs(int(headers["apns-expiration"]) - time.time() - 90) < 60
    assert (headers["apns-push-type"], headers["apns-priority"]) == ("alert", "10")
    assert message["apns"]["payload"]["aps"]["interruption-level"] == "time-sensitive"
    assert google.refused == []


async def test_an_installation_id_is_a_target_too(google: Fcm, sender: Live) -> None:
    """A device says at registration which it has; anything else is refused there."""
    await sender.send(replace(PHONE, metadata={"target": "fid"}), MESSAGE, ttl=90)
    assert "token" not in google.sent[0]
    assert google.sent[0]["fid"] == "token-1"
    assert sender.refusal("x", {"target": "topic"}) is not None


async def test_tokens_are_fetched_once_and_kept(google: Fcm, sender: Live) -> None:
    """Not with each message."""
    assert [await sender.send(PHONE, MESSAGE, ttl=90) for _ in range(3)] == [Taken()] * 3
    assert google.grants == 1


@pytest.mark.parametrize("error", ERRORS)
async def test_each_error_means_what_the_table_says(error: str, google: Fcm, makers: Callable[..., Makers]) -> None:
    """Dead token, trouble for an admin, or another try by our own patience; the library itself tries nothing again."""
    patience = replace(SWIFT, try_seconds=0.2) if error == "slow" else SWIFT
    sender = await makers(patience=patience).by_kind()["fcm"](MAIN, google.service_account())
    await sender.test()
    google.answer, google.calls = lambda _: ERRORS[error], 0
    assert (await sender.send(PHONE, MESSAGE, ttl=90), google.calls) == FATES[error]
    google.ended.set()
    sender.retire()


async def test_a_passing_failure_is_tried_again(google: Fcm, sender: Live) -> None:
    """And then it is taken, once."""
    answers = [ERRORS["UNAVAILABLE"], ERRORS["no answer"]]
    google.answer = lambda _: answers.pop() if answers else None
    assert await sender.send(PHONE, MESSAGE, ttl=90) == Taken()
    assert len(google.sent) == 1


async def test_retry_after_is_obeyed_where_there_is_time(google: Fcm, sender: Live) -> None:
    """A second is waited; a minute is over the message's time, so it is given up at once."""
    answers = [replace(ERRORS["QUOTA_EXCEEDED"], headers={"Retry-After": "1"})]
    google.answer = lambda _: answers.pop() if answers else None
    began = time.monotonic()
    assert await sender.send(PHONE, MESSAGE, ttl=90) == Taken()
    assert time.monotonic() - began >= 1
    google.answer, google.calls = lambda _: ERRORS["QUOTA_EXCEEDED"], 0
    assert await sender.send(PHONE, MESSAGE, ttl=90) == NotNow("provider.quota")
    assert google.calls == 1


async def test_a_provider_that_is_down_rests(google: Fcm, sender: Live) -> None:
    """After three lost messages the next ones cost nothing, and everybody may know."""
    google.answer = lambda _: ERRORS["UNAVAILABLE"]
    for _ in range(3):
        assert await sender.send(PHONE, MESSAGE, ttl=90) == NotNow("provider.unavailable")
    google.calls = 0
    assert [await sender.send(PHONE, MESSAGE, ttl=90) for _ in range(50)] == [NotNow("provider.resting")] * 50
    assert (google.calls, sender.has_trouble) == (0, True)


async def test_a_provider_that_is_back_is_found_by_one_message(google: Fcm, makers: Callable[..., Makers]) -> None:
    """While it is looked at, the others are told that it rests; when it took one, all may come."""
    sender = await makers(patience=replace(SWIFT, rest=0.0, tries=1)).by_kind()["fcm"](MAIN, google.service_account())
    google.answer = lambda _: ERRORS["UNAVAILABLE"]
    for _ in range(3):
        await sender.send(PHONE, MESSAGE, ttl=90)
    google.answer, google.calls = lambda _: Said(200, {"name": "late"}, wait=0.2), 0
    handed = await asyncio.gather(*(sender.send(PHONE, MESSAGE, ttl=90) for _ in range(5)))
    assert (handed, google.calls) == ([Taken(), *[NotNow("provider.resting")] * 4], 1)
    assert (await sender.send(PHONE, MESSAGE, ttl=90), sender.has_trouble) == (Taken(), False)
    sender.retire()


async def test_credentials_that_were_revoked_are_an_admin_s_trouble(google: Fcm, sender: Live) -> None:
    """The token endpoint says no: nothing is tried again, no device is to blame."""
    google.revoke_keys()
    assert await sender.send(PHONE, MESSAGE, ttl=90) == NotNow("provider.credentials", alert=True)
    assert (google.sent, google.calls) == ([], 0)


@pytest.mark.parametrize("answer", [Said(503), Said(429), Said(200, drop=True)], ids=["503", "429", "drops"])
async def test_a_token_endpoint_that_is_down_is_tried_again(answer: Said, google: Fcm, sender: Live) -> None:
    """By our own patience, not by the library's, which would sleep for seconds."""
    google.token_answer = answer
    assert await sender.send(PHONE, MESSAGE, ttl=90) == NotNow("provider.unavailable")
    assert google.grants == SWIFT.tries


async def test_tls_that_does_not_stand_sends_nothing(google: Fcm, makers: Callable[..., Makers]) -> None:
    """A server that is not FCM's gets no message and no token of ours."""
    endpoint = google.url.replace("http:", "https:")
    sender = await makers(fcm_endpoint=endpoint).by_kind()["fcm"](MAIN, google.service_account())
    assert await sender.send(PHONE, MESSAGE, ttl=90) == NotNow("provider.unavailable")
    assert (google.sent, google.calls) == ([], 0)
    sender.retire()


async def test_a_redirect_is_not_followed(google: Fcm, sender: Live) -> None:
    """Neither to elsewhere nor back to FCM itself."""
    google.answer = lambda _: Said(302, headers={"Location": google.url + "/token"})
    grants = google.grants + 1
    assert await sender.send(PHONE, MESSAGE, ttl=90) == NotNow("provider.refused", alert=True)
    assert google.grants == grants


async def test_no_proxy_of_the_environment_is_asked(
    google: Fcm, makers: Callable[..., Makers], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the environment says."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    sender = await makers().by_kind()["fcm"](MAIN, google.service_account())
    assert await sender.send(PHONE, MESSAGE, ttl=90) == Taken()
    sender.retire()


async def test_without_stand_ins_only_google_is_called(google: Fcm, makers: Callable[..., Makers]) -> None:
    """A key file that names this machine is refused unless the server's settings name it too."""
    make = makers(fcm_token_hosts=()).by_kind()["fcm"]
    with pytest.raises(ValueError, match="token_uri"):
        await make(MAIN, google.service_account())


async def test_a_dry_run_delivers_nothing(google: Fcm, sender: Live) -> None:
    """FCM looks at the credentials and the message."""
    assert await sender.test() == Taken()
    assert (google.sent, len(google.dry_runs)) == ([], 1)


async def test_a_sender_that_was_replaced_sends_what_it_has_begun(google: Fcm, sender: Live) -> None:
    """Its app goes when the last message has."""
    google.answer = lambda _: Said(200, {"name": "late"}, wait=0.2)
    begun = [asyncio.create_task(sender.send(PHONE, MESSAGE, ttl=90)) for _ in range(3)]
    await asyncio.sleep(0.05)
    sender.retire()
    apps = len(firebase_admin._apps)
    assert await asyncio.gather(*begun) == [Taken()] * 3
    while len(firebase_admin._apps) == apps:  # noqa: ASYNC110 - the library tells nobody
        await asyncio.sleep(0.01)
    sender.retire()


async def test_a_slow_provider_keeps_nobody_else_waiting(google: Fcm, makers: Callable[..., Makers]) -> None:
    """Two hundred messages hang at one project; the loop turns, and another project's message leaves."""
    slow, fine = [await makers().by_kind()["fcm"](MAIN, google.service_account()) for _ in range(2)]
    google.answer = lambda message: ERRORS["slow"] if message["token"] == "token-1" else None
    hanging = [asyncio.create_task(slow.send(PHONE, MESSAGE, ttl=90)) for _ in range(200)]
    await asyncio.sleep(0.1)
    assert await fine.send(replace(PHONE, push_token="token-2"), MESSAGE, ttl=90) == Taken()
    assert not any(task.done() for task in hanging)
    google.ended.set()
    await asyncio.gather(*hanging)
    slow.retire()
    fine.retire()


async def test_no_secret_reaches_the_log(google: Fcm, sender: Live, caplog: pytest.LogCaptureFixture) -> None:
    """Not the key, not a token of ours, not a push token, not what FCM says."""
    with caplog.at_level(logging.DEBUG):
        await sender.send(PHONE, MESSAGE, ttl=90)
        google.answer = lambda _: ERRORS["UNREGISTERED"]
        await sender.send(PHONE, MESSAGE, ttl=90)
    assert not [word for word in ("PRIVATE KEY", "ya29.", "token-1", "secret-looking") if word in caplog.text]
