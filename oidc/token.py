"""The token endpoint: turns a code into tokens, once, for the client it was made for (RFC 6749 §4.1.3).

The rules are in `oidc/redemption.py`; a code is spent whether they let it pass or not.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from engine.model import Application, User
from engine.ports import Audit, AuditEvent, Clock, Configuration, Directory
from oidc.access import Access, AccessTokens
from oidc.answers import private_json, refusal_json
from oidc.claims import about
from oidc.clients import authenticated_client
from oidc.codes import Codes, Held, IssuedCode, UsedCode
from oidc.errors import MalformedParameters, ProtocolError
from oidc.parameters import Parameters, form_of
from oidc.redemption import CHECKS, Redemption, invalid_grant
from oidc.tokens import ACCESS_TOKEN_LIFE, Tokens
from web.forms import FORM_TYPE

_log = logging.getLogger("doorstep.oidc")


@dataclass(frozen=True, slots=True)
class TokenEndpoint:
    """`POST /oauth2/token`."""

    configuration: Configuration
    directory: Directory
    codes: Codes
    access: AccessTokens
    tokens: Tokens
    audit: Audit
    clock: Clock

    async def answer(self, request: Request) -> Response:
        """Tokens, or an error in the words of RFC 6749 §5.2.  Raises Busy if a store cannot be reached."""
        try:
            parameters = await _parameters(request)
            client = await self._client(request, parameters)
            return private_json(await self._grant(client, parameters))
        except ProtocolError as error:
            _log.info("token refused: %s", error)
            return refusal_json(error)

    async def _client(self, request: Request, parameters: Parameters) -> Application:
        headers = request.headers.getlist("authorization")
        if len(headers) > 1:
            raise ProtocolError("invalid_request", "more than one Authorization header")
        return await authenticated_client(headers[0] if headers else None, parameters, configuration=self.configuration)

    async def _grant(self, client: Application, parameters: Parameters) -> Mapping[str, Any]:
        match parameters.required("grant_type"):
            case "authorization_code":
                return await self._redeem(client, parameters)
            case _:
                raise ProtocolError("unsupported_grant_type", "only authorization_code is supported")

    async def _redeem(self, client: Application, parameters: Parameters) -> Mapping[str, Any]:
        match await self.codes.find(parameters.required("code")):
            case Held(record=IssuedCode() as code) as held:
                user = await self._checked(held, code, client=client, parameters=parameters)
                return await self._give(held, code, user=user)
            case Held(record=UsedCode() as used):
                await self._used_again(used)
        raise invalid_grant("the code is unknown, expired or was used before")

    async def _checked(self, held: Held, code: IssuedCode, *, client: Application, parameters: Parameters) -> User:
        """The user whom the tokens are about.  A refused code is spent: whoever tried may have stolen it."""
        user = await self.directory.user(code.user_id)
        ids = [name.removeprefix("device:") for name, _ in code.credentials if name.startswith("device:")]
        devices = {device_id: await self.directory.device(device_id) for device_id in ids}
        redemption = Redemption(code, client, parameters=parameters, user=user, devices=devices)
        try:
            for check in CHECKS:
                check(redemption)
        except ProtocolError as error:
            await self._spend(held, code, token_id=None)
            await self._note("code_refused", application_id=client.id, user_id=code.user_id, why=error.description)
            raise
        assert user is not None
        return user

    async def _give(self, held: Held, code: IssuedCode, *, user: User) -> Mapping[str, Any]:
        """Make the tokens.  The access token counts before the code is spent, so that a second user of the code,
        who finds it spent, also finds what to revoke."""
        token_id = secrets.token_urlsafe(32)
        access = Access(
            client_id=code.client_id,
            user_id=user.id,
            credential_version=user.credential_version,
            scope=code.scope,
            expires_at=self.clock() + ACCESS_TOKEN_LIFE,
            claims=code.claims,
        )
        await self.access.keep(token_id, access)
        if not await self._spend(held, code, token_id=token_id):
            await self.access.revoke(token_id)
            raise invalid_grant("the code is unknown, expired or was used before")
        await self._note("tokens_issued", application_id=code.client_id, user_id=user.id)
        access_token = await self.tokens.access_token(token_id, _access_claims(code, user))
        id_token = await self.tokens.id_token(code.client_id, _id_claims(code, user), access_token=access_token)
        return {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": ACCESS_TOKEN_LIFE,
            "id_token": id_token,
            "scope": " ".join(code.scope),
        }

    async def _spend(self, held: Held, code: IssuedCode, *, token_id: str | None) -> bool:
        """Spend the code; False if another was quicker, whose tokens then are revoked (RFC 6749 §4.1.2)."""
        if await self.codes.spend(held, code, token_id=token_id):
            return True
        match await self.codes.again(held):
            case Held(record=UsedCode() as used):
                await self._used_again(used)
        return False

    async def _used_again(self, used: UsedCode) -> None:
        if used.token_id is not None:
            await self.access.revoke(used.token_id)
        await self._note("code_used_again", application_id=used.client_id, user_id=used.user_id)

    async def _note(self, name: str, *, application_id: str, user_id: str, why: str | None = None) -> None:
        event = AuditEvent(name, self.clock(), application_id=application_id, user_id=user_id, why=why)
        await self.audit.record(event)


async def _parameters(request: Request) -> Parameters:
    try:
        parameters = await form_of(request)
    except MalformedParameters as error:
        _log.info("malformed token request: %s", error)
        raise ProtocolError("invalid_request", f"everything goes into one {FORM_TYPE} body in UTF-8") from error
    parameters.refuse_repeated()
    return parameters


def _how(code: IssuedCode) -> dict[str, Any]:
    """How and when the person was authenticated."""
    return {"auth_time": int(code.auth_time), "acr": code.acr, "amr": list(code.amr)}


def _access_claims(code: IssuedCode, user: User) -> dict[str, Any]:
    return {"sub": user.id, "client_id": code.client_id, "scope": " ".join(code.scope), **_how(code)}


def _id_claims(code: IssuedCode, user: User) -> dict[str, Any]:
    return {**about(user, code.scope, code.claims), "nonce": code.nonce, **_how(code)}
