"""What an access token opens at the face for authenticator apps: a person's own devices.

Looking needs a token of ours with `openid`.  Changing is more than any application may do for the person: it needs one
that has screens of its own (`native_api`), a proof that is minutes old, and where there is a device already, that one
of them approved.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from starlette.requests import Request

from engine.model import User
from engine.ports import Clock, Configuration, Directory
from oidc.access import Access
from oidc.bearers import Bearer, Bearers, challenge
from oidc.errors import ProtocolError, TokenRefused
from web.refusals import Refusal

FRESH = 300
"""Seconds that the proofs behind a token may be old when devices are changed."""
BY_DEVICE = "swk"
"""The `amr` of a device's approval (RFC 8176)."""

_log = logging.getLogger("doorstep.oidc")


@dataclass(frozen=True, slots=True)
class DeviceAccess:
    """Says whose devices a request is about.  Raises Refusal, in the words of RFC 6750 and RFC 9470."""

    bearers: Bearers
    configuration: Configuration
    directory: Directory
    clock: Clock

    async def __call__(self, request: Request, *, changes: bool) -> User:
        """The person, if the token suffices.  changes: devices are to be added or removed."""
        bearer = await self._bearer(request)
        if "openid" not in bearer.access.scope:
            raise _refused(403, "insufficient_scope", scope="openid")
        if changes:
            await self._refuse_change(bearer)
        return bearer.user

    async def _bearer(self, request: Request) -> Bearer:
        try:
            bearer = await self.bearers.of(request)
        except (TokenRefused, ProtocolError) as error:
            _log.info("device access refused: %s", error)
            raise _refused(401, "invalid_token") from None
        if bearer is None:
            raise _refused(401)
        return bearer

    async def _refuse_change(self, bearer: Bearer) -> None:
        application = await self.configuration.application(bearer.access.client_id)
        if application is None or not application.native_api:
            raise _refused(403, "insufficient_scope")
        if not self._is_fresh(bearer.access) or not await self._has_approved(bearer):
            raise _refused(401, "insufficient_user_authentication", max_age=str(FRESH))

    def _is_fresh(self, access: Access) -> bool:
        return self.clock() < access.auth_time + FRESH

    async def _has_approved(self, bearer: Bearer) -> bool:
        """Whether one of the person's devices did, if there are any."""
        return BY_DEVICE in bearer.access.amr or not await self.directory.devices(bearer.user.id)


def _refused(status: int, error: str | None = None, **more: str) -> Refusal:
    said = {"realm": "devices", **({"error": error} if error else {}), **more}
    text = "http.forbidden" if status == 403 else "http.unauthorized"
    return Refusal(status, text, detail=error or "", headers=challenge(**said))
