"""The authenticators there are, by id or by any name that scripts and imported configurations use for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.ports import Authenticator


class Registry:
    """Authenticators by id.  Names are looked up in any case, aliases included."""

    def __init__(self, authenticators: Iterable[Authenticator]) -> None:
        self._by_id = {authenticator.id: authenticator for authenticator in authenticators}
        self._ids: dict[str, str] = {}
        for authenticator in self._by_id.values():
            for name in (authenticator.id, *authenticator.aliases):
                self._ids[name.lower()] = authenticator.id

    def __iter__(self) -> Iterator[Authenticator]:
        return iter(self._by_id.values())

    def get(self, authenticator_id: str) -> Authenticator | None:
        """The authenticator with exactly that id."""
        return self._by_id.get(authenticator_id)

    def resolve(self, name: str) -> str | None:
        """The id that *name* means, or None."""
        return self._ids.get(name.lower())

    def is_factor(self, authenticator_id: str) -> bool:
        """Whether that authenticator proves anything; an unknown one does not."""
        authenticator = self._by_id.get(authenticator_id)
        return authenticator is not None and authenticator.factor
