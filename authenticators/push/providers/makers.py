"""What makes the senders of each kind of push provider.  What a kind needs is imported when one is made."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from authenticators.push.providers import service_account
from authenticators.push.providers.configured import Live, Make
from authenticators.push.providers.steady import PATIENCE, Patience
from authenticators.push.providers.vapid import contact_of, own_key
from engine.model import PushProvider
from engine.outgoing import Outgoing
from engine.ports import Clock, ConfigurationStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Makers:
    """What the makers stand on.

    issuer: the server's public address; fcm_endpoint, fcm_token_hosts: stand-ins on this machine in place of Google.
    """

    door: Outgoing
    clock: Clock
    configuration: ConfigurationStore
    issuer: str
    fcm_endpoint: str | None = None
    fcm_token_hosts: Sequence[str] = ()
    patience: Patience = PATIENCE

    def by_kind(self) -> Mapping[str, Make]:
        """One for each kind."""
        return {"fcm": self._fcm, "webpush": self._webpush}

    async def _webpush(self, provider: PushProvider, _: str | None) -> Live:
        from authenticators.push.providers.webpush import WebPushSender

        vapid = await own_key(self.configuration, self.clock, contact=contact_of(self.issuer))
        return WebPushSender(provider, vapid, door=self.door, clock=self.clock, patience=self.patience)

    async def _fcm(self, provider: PushProvider, secret: str | None) -> Live:
        return await asyncio.to_thread(self._fcm_now, provider, secret or "", asyncio.get_running_loop())

    def _fcm_now(self, provider: PushProvider, secret: str, loop: asyncio.AbstractEventLoop) -> Live:
        """Blocks: the library is large, and sets up what it never uses here."""
        from authenticators.push.providers.fcm import FCM, FcmSender, Reach

        account = service_account.read(secret, token_hosts=self.fcm_token_hosts)
        reach = Reach(self.door, self.clock, self.fcm_endpoint or FCM, self.patience)
        return FcmSender(provider.name, account, reach, loop=loop)
