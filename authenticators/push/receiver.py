"""What authenticator apps send (push-protocol.md): each call is verified completely and at once, then takes effect.

Cheap checks come before signatures, signatures before the store.  A refusal says one of the protocol's codes; which of
several checks failed is for the log only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from authenticators.push import purposes, tokens
from authenticators.push.accounts import Accounts
from authenticators.push.cleaning import is_id
from authenticators.push.denials import Denials
from authenticators.push.enrollment import Enrollment, IsCurrent
from authenticators.push.keys import KeyRefused, PublicKey
from authenticators.push.messages import message
from authenticators.push.notices import Notices
from authenticators.push.providers import builtin
from authenticators.push.registrar import Registrar, refuse_unreachable
from authenticators.push.requests import PushRequest, PushRequests, unfitting, wake_pages_of
from engine.errors import DeviceError
from engine.model import Device, User
from engine.ports import Audit, AuditEvent, Clock, Configuration, Directory, Senders, Signals, StateStore

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReceiver:
    """The Receiver port.  senders: the push providers that a device may ask for."""

    registrar: Registrar
    requests: PushRequests
    enrollment: Enrollment
    accounts: Accounts
    denials: Denials
    directory: Directory
    configuration: Configuration
    state: StateStore
    signals: Signals
    audit: Audit
    clock: Clock
    is_current: IsCurrent
    notices: Notices
    senders: Senders

    async def discovery(self, user: User) -> dict[str, str]:
        """New discovery data outside a login; the caller has checked that a proof of *user* is fresh."""
        return await self.registrar.discovery(user)

    async def register(self, body: Mapping[str, Any]) -> None:
        """Enroll a device (1.2).  Raises DeviceError; a refused registration leaves the code as it was."""
        await self.registrar.register(body)

    # --- answering ----------------------------------------------------------------------------------------------------

    async def respond(self, auth_response: str) -> None:
        """Take a signed answer (3).  Raises DeviceError: 400, or 410 for a device that was asked and is too late."""
        if not auth_response.strip():
            raise DeviceError("PBA-15006", "authResponse is blank.")
        token = _parsed(auth_response, code="PBA-15002")
        device = await self._device(token.device_id)
        if device is None:
            raise unfitting("unknown device")
        try:
            said = purposes.login_answer(_claims(token, device, now=self.clock()))
        except tokens.NotAuthentic as error:
            raise unfitting(str(error)) from None
        except tokens.Malformed as error:
            raise DeviceError("PBA-15002", "The token cannot be read.", detail=str(error)) from None
        except purposes.WrongPurpose as error:
            raise DeviceError(error.code, str(error)) from None
        await self._take(device, said)

    async def _take(self, device: Device, said: purposes.LoginAnswer) -> None:
        request = await self.requests.read(said.push_id) if is_id(said.push_id) else None
        if request is None:
            raise unfitting("no such request")
        wanted = await self._is_wanted(request, device, approved=said.approved)
        taken = await self.requests.answer(device, said, still_wanted=wanted)
        await self.signals.notify(f"push:{taken.id}")
        for asked in taken.asked:
            await self.signals.notify(builtin.channel(asked))
        allowed = (await self.configuration.settings()).push.budget
        match taken.word:
            case "denied":
                await self.denials.denied(taken, device, allowed=allowed)
            case "wrong_number":
                await self.denials.wrong_number(taken, device, allowed=allowed)
                raise DeviceError("PBA-15012", "The number is not the one on the screen.")
            case _:
                await self._record("push_approved", device, request=taken)

    async def _is_wanted(self, request: PushRequest, device: Device, *, approved: bool) -> bool:
        """Whether the login still waits for it; an approval also needs a person who may sign in now."""
        if not await self.is_current(request.flow_id, request.execution):
            return False
        if not approved:
            return True
        user = await self.directory.user(device.user_id)
        return user is not None and await self.accounts.is_live(user, ip=request.occasion.origin.ip)

    async def pending(self, device_id: str, token: str) -> list[dict[str, str]]:
        """The open requests of a device, oldest first; the token may be used until it expires.

        A device that has registered but is not confirmed yet has none, and may ask.  Notices follow, each once, for
        one that asks for them.
        """
        device, claims = await self._authentic(device_id, token, pulling=True)
        wants_notices = _for_purpose(lambda: purposes.pull(claims))
        found = [
            message(request.occasion, device)
            for request in await self.requests.open_for(device)
            if await self.is_current(request.flow_id, request.execution)
        ]
        return [*found, *await self.notices.fetched(device)] if wants_notices else found

    # --- changing -----------------------------------------------------------------------------------------------------

    async def remove(self, device_id: str, token: str) -> None:
        """Remove a device at its own wish (1.3)."""
        device, claims = await self._authentic(device_id, token)
        _for_purpose(lambda: purposes.removal(claims))
        await self._use_once(token, claims)
        if not await self.directory.remove_device(device.id, user_id=device.user_id):
            raise _unknown_device()
        await wake_pages_of(device, self.requests, self.signals)
        await self._record("device_removed", device)

    async def update(self, device_id: str, token: str) -> None:
        """Change a device's name or push token at its own wish (1.3)."""
        device, claims = await self._authentic(device_id, token)
        wanted = _for_purpose(lambda: purposes.change(claims))
        sender = await self.senders.named(device.provider)
        if wanted.push_token is not None and sender is not None:
            refuse_unreachable(sender, wanted.push_token, device.metadata)
        await self._use_once(token, claims)
        if not await self.directory.change_device(device.id, name=wanted.name, push_token=wanted.push_token):
            raise _unknown_device()
        await self._record("device_changed", device)

    async def _authentic(self, device_id: str, text: str, *, pulling: bool = False) -> tuple[Device, Mapping[str, Any]]:
        """The device of the path and the claims it signed.  Raises DeviceError PDH-15006 or PDH-15009.

        pulling: the header must name the device, and one that is not confirmed yet is known as well.
        """
        token = _parsed(text, code="PDH-15006")
        named = token.device_id
        if (named is None and pulling) or (named is not None and named != device_id):
            raise _not_verified("the header names another device")
        device = await self._device(device_id)
        if device is None and pulling and is_id(device_id):
            device = await self._unconfirmed(device_id)
        if device is None:
            raise _unknown_device()
        try:
            return device, _claims(token, device, now=self.clock())
        except (tokens.NotAuthentic, tokens.Malformed) as error:
            raise _not_verified(str(error)) from None

    async def _use_once(self, token: str, claims: Mapping[str, Any]) -> None:
        """A token that changes something does it once."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        ends = tokens.expiry(claims) + 2 * tokens.SKEW
        if not await self.state.create("device-token", digest, b"", expires_at=ends):
            raise _not_verified("used before")

    async def _device(self, device_id: str | None) -> Device | None:
        return await self.directory.device(device_id) if device_id is not None and is_id(device_id) else None

    async def _unconfirmed(self, device_id: str) -> Device | None:
        """The device that registered with a code and waits for the person at the browser."""
        registration = await self.enrollment.read(device_id)
        return registration.device() if registration is not None and registration.claimed is not None else None

    async def _record(self, name: str, device: Device, *, request: PushRequest | None = None) -> None:
        await self.audit.record(
            AuditEvent(
                name,
                self.clock(),
                flow_id=request.flow_id if request is not None else None,
                application_id=request.application_id if request is not None else None,
                user_id=device.user_id,
                username=request.occasion.username if request is not None else None,
                details={"device": device.id, "device_name": device.name},
            )
        )


def _parsed(text: str, *, code: str) -> tokens.Token:
    try:
        return tokens.parse(text)
    except tokens.Malformed as error:
        raise DeviceError(code, "The token cannot be read.", detail=str(error)) from None


def _claims(token: tokens.Token, device: Device, *, now: float) -> Mapping[str, Any]:
    """The claims that the device signed, by an algorithm that its row allows."""
    if token.algorithm not in device.algorithms:
        raise tokens.NotAuthentic("algorithm")
    try:
        return token.claims(PublicKey.enrolled(device.public_key), now)
    except KeyRefused:
        raise tokens.NotAuthentic("the stored key is unusable") from None


def _for_purpose(read: Callable[[], T]) -> T:
    try:
        return read()
    except purposes.WrongPurpose as error:
        raise DeviceError(error.code, str(error)) from None


def _not_verified(detail: str) -> DeviceError:
    return DeviceError("PDH-15006", "The token does not verify.", detail=detail)


def _unknown_device() -> DeviceError:
    return DeviceError("PDH-15009", "The device is not known.")
