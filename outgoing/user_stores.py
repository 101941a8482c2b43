"""The user stores of the settings, each made once and kept as long as its settings and its password are the same."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model import UserStoreSettings
from engine.ports import FunctionConfiguration, UserStore
from engine.user_stores import Stores
from outgoing.ldap import LdapStore


class ConfiguredStores(Stores):
    """Follows the settings while the server runs."""

    def __init__(self, configuration: FunctionConfiguration) -> None:
        self._configuration = configuration
        self._made: list[tuple[UserStoreSettings, LdapStore]] = []

    async def present(self) -> Sequence[tuple[UserStoreSettings, UserStore]]:
        """Each with its settings, in their order."""
        wanted = (await self._configuration.settings()).user_stores
        if [settings for settings, _ in self._made] != list(wanted):
            self._renew(wanted)
        return tuple(self._made)

    def close(self) -> None:
        """Let go of all connections."""
        self._renew(())

    def _renew(self, wanted: Sequence[UserStoreSettings]) -> None:
        before = self._made
        kept = [next((one for one in before if one[0] == settings), None) for settings in wanted]
        self._made = [one or (settings, self._store(settings)) for settings, one in zip(wanted, kept, strict=True)]
        for one in before:
            if one not in kept:
                one[1].close()

    def _store(self, settings: UserStoreSettings) -> LdapStore:
        return LdapStore(settings.ldap, lambda: self._configuration.secret(settings.secret))
