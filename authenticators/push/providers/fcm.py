"""Firebase Cloud Messaging: one Firebase app for each configured provider, its calls in threads of its own.

Only what leaves is made here; what FCM's refusals mean is told in fcm_errors, when to try again in steady.
"""

from __future__ import annotations

import asyncio
import datetime
import itertools
import time
import warnings
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

import firebase_admin
import requests
from firebase_admin import credentials, messaging
from google.auth.transport.requests import AuthorizedSession
from google.auth.transport.requests import Request as TokenRequest

from authenticators.push.providers.calls import DoorAdapter, Loop, TokenAdapter
from authenticators.push.providers.fcm_errors import meaning
from authenticators.push.providers.service_account import ServiceAccount
from authenticators.push.providers.steady import PATIENCE, Ended, Patience, Steady
from engine.model import Device
from engine.outgoing import Outgoing
from engine.ports import Clock, Handed, NotNow, PushMessage, Taken

FCM = "https://fcm.googleapis.com"
MOST_CALLS = 12
"""Calls of one provider at a time: below one owner's share of the door, with room for fetching tokens."""
MOST_WAITING = 500
"""Messages that wait for their turn; what comes on top is not sent."""
TEST_TOPIC = "doorstep-test"

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Reach:
    """How FCM is called.  endpoint: scheme, host and port in place of Google's, for stand-ins."""

    door: Outgoing
    clock: Clock = time.time
    endpoint: str = FCM
    patience: Patience = PATIENCE


class FcmSender:
    """Sends through one Firebase project.  Making it blocks for some 0.1 s: do it in a thread."""

    def __init__(self, name: str, account: ServiceAccount, reach: Reach, *, loop: Loop) -> None:
        self.name = name
        self._reach = reach
        self._steady = Steady(reach.patience)
        self._threads = ThreadPoolExecutor(MOST_CALLS, thread_name_prefix=f"push-{name}")
        self._turns = asyncio.Semaphore(MOST_CALLS)
        self._in_use = 0
        self._retired = False
        self._dropped = False
        self._app = _app(name, account, reach, loop=loop)

    @property
    def has_trouble(self) -> bool:
        """Whether it failed lately, and has not been seen to work since."""
        return self._steady.is_resting

    def refusal(self, push_token: str, metadata: Mapping[str, str]) -> str | None:
        """Why that is no target of FCM's, or None: a registration token, or an installation id (`target: fid`)."""
        return None if metadata.get("target", "token") in ("token", "fid") else "target is token or fid"

    async def send(self, device: Device, message: PushMessage, *, ttl: int) -> Handed:
        """Hand the message to FCM."""
        if self._in_use >= MOST_CALLS + MOST_WAITING:
            return NotNow("provider.busy")
        made = push_for(device, message, ttl=ttl, now=self._reach.clock())
        return await self._used(made, within=ttl, dry_run=False)

    async def test(self) -> Handed:
        """A dry run: FCM takes the credentials and a message to no one, and delivers nothing."""
        return await self._used(messaging.Message(topic=TEST_TOPIC, data={"test": "true"}), within=30, dry_run=True)

    def retire(self) -> None:
        """Take no more messages; the app goes when the last one has."""
        self._retired = True
        self._drop_if_unused()

    async def _used(self, message: messaging.Message, *, within: float, dry_run: bool) -> Handed:
        self._in_use += 1
        try:
            return await self._steady.send(lambda: self._in_thread(message, dry_run), within=within)
        finally:
            self._in_use -= 1
            self._drop_if_unused()

    async def _in_thread(self, message: messaging.Message, dry_run: bool) -> Ended:
        """One try.  Whoever gives it up leaves its turn to the thread, which goes on until its own deadline."""
        await self._turns.acquire()
        work = asyncio.get_running_loop().run_in_executor(self._threads, self._call, message, dry_run)
        work.add_done_callback(lambda _: self._turns.release())
        return await asyncio.shield(work)

    def _call(self, message: messaging.Message, dry_run: bool) -> Ended:
        try:
            messaging.send(message, dry_run=dry_run, app=self._app)
        except Exception as error:  # the library's own, Google's and those of `requests`: all are told apart there
            return meaning(error)
        return Taken()

    def _drop_if_unused(self) -> None:
        if self._retired and not self._in_use and not self._dropped:
            self._dropped = True
            self._threads.submit(firebase_admin.delete_app, self._app)  # it runs a loop of its own
            self._threads.shutdown(wait=False)


def push_for(device: Device, message: PushMessage, *, ttl: int, now: float) -> messaging.Message:
    """The message as FCM takes it: at once, for as long as it is of use, the newest in place of an older one."""
    target = {"fid" if device.metadata.get("target") == "fid" else "token": device.push_token}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # apps in use today have tokens, not installation ids
        return messaging.Message(
            **target,
            data=dict(message.data),
            notification=messaging.Notification(title=message.title, body=message.body),
            android=messaging.AndroidConfig(
                priority="high",
                ttl=datetime.timedelta(seconds=ttl),
                collapse_key=message.topic,
                notification=messaging.AndroidNotification(tag=message.topic),
            ),
            apns=_apns(message, expires_at=int(now) + ttl),
            webpush=messaging.WebpushConfig(headers={"TTL": str(ttl), "Urgency": "high", "Topic": message.topic}),
        )


def _apns(message: PushMessage, *, expires_at: int) -> messaging.APNSConfig:
    """expires_at: seconds since the epoch, as APNs has it, not a duration."""
    headers = {
        "apns-push-type": "alert",
        "apns-priority": "10",
        "apns-expiration": str(expires_at),
        "apns-collapse-id": message.topic,
    }
    aps = messaging.Aps(sound="default", category="PUSH_AUTH", custom_data={"interruption-level": "time-sensitive"})
    return messaging.APNSConfig(headers=headers, payload=messaging.APNSPayload(aps))


def _app(name: str, account: ServiceAccount, reach: Reach, *, loop: Loop) -> firebase_admin.App:
    """A Firebase app whose calls leave by the door.

    The library has no setting for its address, its transport and its own retries, so its service object is set here,
    and nowhere else.
    """
    door, owner, allow = (reach.door, loop), f"push:{name}", _allowed(account, reach)
    seconds = reach.patience.try_seconds
    token_session = requests.Session()
    _mount(token_session, TokenAdapter(door, owner=owner, allow=allow, seconds=seconds))
    certificate = credentials.Certificate(account.as_info())
    session = AuthorizedSession(  # type: ignore[no-untyped-call]
        certificate.get_credential(), max_refresh_attempts=1, auth_request=TokenRequest(token_session)
    )
    _mount(session, DoorAdapter(door, owner=owner, allow=allow, seconds=seconds))
    app = firebase_admin.initialize_app(certificate, {"httpTimeout": seconds}, name=f"doorstep-{name}-{next(_numbers)}")
    service = messaging._get_messaging_service(app)
    service._client._session = session
    service._fcm_url = f"{reach.endpoint}/v1/projects/{account.project}/messages:send"
    return app


def _mount(session: requests.Session, adapter: DoorAdapter) -> None:
    """The one transport of *session*, which reads no environment."""
    session.trust_env = False
    session.adapters.clear()
    session.mount("https://", adapter)
    session.mount("http://", adapter)


def _allowed(account: ServiceAccount, reach: Reach) -> tuple[str, ...]:
    """Where this provider may call: FCM and the token endpoint, and nowhere else."""
    addresses = (reach.endpoint, account.token_address)
    return tuple(f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, addresses))
