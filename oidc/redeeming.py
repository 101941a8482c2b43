"""A code for tokens, once (RFC 6749 §4.1.3).  It is spent whether the rules let it pass or not.

The rules are in `oidc/redemption.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.model import Application, User
from engine.ports import Clock, Directory
from oidc.authorization_request import OFFLINE
from oidc.codes import Codes, Held, IssuedCode, UsedCode
from oidc.errors import ProtocolError
from oidc.grants import ABSOLUTE, Grant, Grants, new_id, new_token
from oidc.issuing import Issuer
from oidc.notes import Notes
from oidc.parameters import Parameters
from oidc.redemption import OF_CODE, checked, invalid_grant, redemption_of


@dataclass(frozen=True, slots=True)
class CodeGrant:
    """`grant_type=authorization_code`."""

    directory: Directory
    codes: Codes
    grants: Grants
    issuer: Issuer
    notes: Notes
    clock: Clock

    async def tokens(self, client: Application, parameters: Parameters) -> Mapping[str, Any]:
        """The tokens.  Raises ProtocolError."""
        held, code = await self._unused(parameters)
        user = await self._checked(held, code, client=client, parameters=parameters)
        return await self._give(held, code, user=user, client=client)

    async def person(self, client: Application, parameters: Parameters) -> tuple[IssuedCode, User]:
        """Whom the code is about, for a client that has no use for tokens.  Raises ProtocolError."""
        held, code = await self._unused(parameters)
        user = await self._checked(held, code, client=client, parameters=parameters)
        if not await self._spend(held, code):
            raise _spent()
        return code, user

    async def _unused(self, parameters: Parameters) -> tuple[Held, IssuedCode]:
        match await self.codes.find(parameters.required("code")):
            case Held(record=IssuedCode() as code) as held:
                return held, code
            case Held(record=UsedCode() as used):
                await self._used_again(used)
        raise _spent()

    async def _checked(self, held: Held, code: IssuedCode, *, client: Application, parameters: Parameters) -> User:
        """The user whom the tokens are about.  A refused code is spent: whoever tried may have stolen it."""
        redemption = await redemption_of(code, client, parameters=parameters, directory=self.directory)
        try:
            return checked(redemption, OF_CODE)
        except ProtocolError as error:
            await self._spend(held, code)
            await self.notes.write("code_refused", client.id, user_id=code.user_id, why=error.description)
            raise

    async def _give(
        self, held: Held, code: IssuedCode, *, user: User, client: Application
    ) -> Mapping[str, Any]:
        """Make the tokens.  They count before the code is spent, so that a second user of the code, who finds it
        spent, also finds what to revoke."""
        grant, refresh_token = await self._granted(code) if OFFLINE in code.scope else (None, None)
        token_id = await self.issuer.allow(code, user, scope=code.scope, grant=grant)
        if not await self._spend(held, code, token_id=token_id, grant=grant):
            await self._revoke(token_id, grant)
            raise _spent()
        await self.notes.write("tokens_issued", code.client_id, user_id=user.id)
        return await self.issuer.answer(
            code, user, client=client, scope=code.scope, token_id=token_id, refresh_token=refresh_token
        )

    async def _granted(self, code: IssuedCode) -> tuple[str, str]:
        """A new grant, and its first refresh token."""
        grant_id, now = new_id(), self.clock()
        refresh_token, current = new_token(grant_id)
        grant = Grant(
            client_id=code.client_id,
            user_id=code.user_id,
            scope=code.scope,
            credentials=code.credentials,
            auth_time=code.auth_time,
            amr=code.amr,
            began_at=now,
            expires_at=now + ABSOLUTE,
            current=current,
            acr=code.acr,
            sid=code.sid,
            claims=code.claims,
            asked=code.asked,
        )
        await self.grants.add(grant_id, grant)
        return grant_id, refresh_token

    async def _spend(
        self, held: Held, code: IssuedCode, *, token_id: str | None = None, grant: str | None = None
    ) -> bool:
        """Spend the code; False if another was quicker, whose tokens then are revoked (RFC 6749 §4.1.2)."""
        if await self.codes.spend(held, code, token_id=token_id, grant=grant):
            return True
        match await self.codes.again(held):
            case Held(record=UsedCode() as used):
                await self._used_again(used)
        return False

    async def _used_again(self, used: UsedCode) -> None:
        await self._revoke(used.token_id, used.grant)
        await self.notes.write("code_used_again", used.client_id, user_id=used.user_id)

    async def _revoke(self, token_id: str | None, grant: str | None) -> None:
        if grant is not None:
            await self.grants.end(grant)
        if token_id is not None:
            await self.issuer.access.revoke(token_id)


def _spent() -> ProtocolError:
    return invalid_grant("the code is unknown, expired or was used before")
