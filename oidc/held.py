"""A token that somebody shows at the revocation or introspection endpoint: of which kind it is, and whose."""

from __future__ import annotations

from dataclasses import dataclass

from oidc.access import Access, AccessTokens
from oidc.errors import TokenRefused
from oidc.grants import Grant, Grants
from oidc.tokens import Tokens


@dataclass(frozen=True, slots=True)
class ShownAccess:
    """An access token that counts.  id: its `jti`."""

    id: str
    access: Access

    @property
    def client_id(self) -> str:
        """The client it was given to."""
        return self.access.client_id

    @property
    def user_id(self) -> str:
        """The person it is about."""
        return self.access.user_id


@dataclass(frozen=True, slots=True)
class ShownRefresh:
    """A refresh token of a grant that lives.  newest: whether it is the one that counts."""

    id: str
    grant: Grant
    newest: bool

    @property
    def client_id(self) -> str:
        """The client it was given to."""
        return self.grant.client_id

    @property
    def user_id(self) -> str:
        """The person it is about."""
        return self.grant.user_id


@dataclass(frozen=True, slots=True)
class HeldTokens:
    """Finds tokens of either kind; a hint of the kind is not needed (RFC 7009 §2.1)."""

    grants: Grants
    access: AccessTokens
    tokens: Tokens

    async def find(self, token: str) -> ShownAccess | ShownRefresh | None:
        """What *token* is, or None: not ours, expired, revoked, or a token of another kind."""
        found = await self.grants.find(token)
        if found is not None:
            held, newest = found
            return ShownRefresh(held.id, held.grant, newest)
        try:
            token_id = await self.tokens.read_access_token(token)
        except TokenRefused:
            return None
        access = await self.access.find(token_id)
        return ShownAccess(token_id, access) if access is not None else None
