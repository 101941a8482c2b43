"""Where a login's end leads: the application's address with a code, or with an error (RFC 6749 §4.1.2)."""

from __future__ import annotations

from engine.errors import UnknownApplication
from engine.model import LoginResult
from engine.outcome import Refused
from engine.ports import Configuration
from engine.redirects import is_registered
from oidc.authorization_request import AuthorizationRequest, thaw
from oidc.codes import LIFE, Codes, IssuedCode, code_of
from oidc.redirects import error_address, with_parameters


class AuthorizationAnswers:
    """Turns the end of a login into the address to send the browser to (`engine.ports.ApplicationFace`)."""

    def __init__(self, issuer: str, codes: Codes, *, configuration: Configuration) -> None:
        self._issuer = issuer
        self._codes = codes
        self._configuration = configuration

    async def granted(self, result: LoginResult) -> str:
        """The address with the code.  For the same result always the same code, stored at most once.

        Raises UnknownApplication if the application may not be answered any more.
        """
        asked = thaw(result.request.protocol)
        await self._still_registered(asked)
        if asked.expected_user not in (None, result.user_id):
            return self._error(asked, "login_required", description="another user than the one of id_token_hint")
        code = code_of(result.ticket)
        await self._codes.issue(code, _record(asked, result))
        answer = {"code": code, "state": asked.state, "iss": self._issuer}
        return with_parameters(asked.redirect_uri, answer)

    async def refused(self, refused: Refused) -> str:
        """The address with the error.  Raises UnknownApplication if the application may not be answered any more."""
        asked = thaw(refused.protocol)
        await self._still_registered(asked)
        failed = refused.failed
        return self._error(asked, failed.error, description=failed.description, error_uri=failed.error_uri)

    async def _still_registered(self, asked: AuthorizationRequest) -> None:
        """The address was the application's when the login began; it may have been withdrawn since."""
        application = await self._configuration.application(asked.client_id)
        if application is None or not application.enabled or not is_registered(asked.redirect_uri, application):
            raise UnknownApplication("the application or its address was withdrawn during the login")

    def _error(
        self, asked: AuthorizationRequest, error: str, *, description: str | None, error_uri: str | None = None
    ) -> str:
        return error_address(
            asked.redirect_uri,
            error,
            issuer=self._issuer,
            state=asked.state,
            description=description,
            error_uri=error_uri,
        )


def _record(asked: AuthorizationRequest, result: LoginResult) -> IssuedCode:
    return IssuedCode(
        client_id=asked.client_id,
        redirect_uri=asked.redirect_uri,
        scope=asked.scope,
        code_challenge=asked.code_challenge,
        user_id=result.user_id,
        credentials=tuple((fact.credential, fact.credential_version) for fact in result.facts),
        auth_time=result.auth_time,
        amr=result.amr,
        expires_at=result.issued_at + LIFE,
        nonce=asked.nonce,
        acr=result.acr,
        claims=result.claims,
    )
