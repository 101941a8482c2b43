"""Where a login's end leads: the application's address with a code, or with an error (RFC 6749 §4.1.2)."""

from __future__ import annotations

from engine.errors import UnknownApplication
from engine.model import Application, LoginResult
from engine.outcome import Refused
from engine.ports import Configuration
from engine.redirects import is_registered
from oidc.authorization_request import AuthorizationRequest, thaw
from oidc.codes import LIFE, Codes, IssuedCode, code_of
from oidc.consents import Consents
from oidc.redirects import error_address, with_parameters

CONSENT = "/oauth2/consent/"


class AuthorizationAnswers:
    """Turns the end of a login into the address to send the browser to (`engine.ports.ApplicationFace`)."""

    def __init__(self, issuer: str, codes: Codes, *, consents: Consents, configuration: Configuration) -> None:
        self._issuer = issuer
        self._codes = codes
        self._consents = consents
        self._configuration = configuration

    async def granted(self, result: LoginResult) -> str:
        """The address with the code, or our own page that asks the person first.

        For the same result always the same code, stored at most once.
        Raises UnknownApplication if the application may not be answered any more.
        """
        asked = thaw(result.request.protocol)
        application = await self._still_registered(asked)
        refusal = _unmet(asked, result)
        if refusal is not None:
            return self._error(asked, refusal[0], description=refusal[1])
        wanted = (*asked.scope, *asked.asked.id_token, *asked.asked.userinfo)
        if not await self._must_ask(application, asked, result, wanted=wanted):
            return await self.allowed(result, at=result.issued_at)
        if result.request.passive:
            return self._error(asked, "consent_required", description="the person must be asked first")
        return self._issuer + CONSENT + await self._consents.ask(result, wanted)

    async def allowed(self, result: LoginResult, *, at: float) -> str:
        """The address with the code, now that nobody needs to be asked.  at: from when it lives.

        Raises UnknownApplication.
        """
        asked = thaw(result.request.protocol)
        await self._still_registered(asked)
        code = code_of(result.ticket)
        await self._codes.issue(code, _record(asked, result, expires_at=at + LIFE))
        return with_parameters(asked.redirect_uri, {"code": code, "state": asked.state, "iss": self._issuer})

    async def declined(self, result: LoginResult) -> str:
        """The address with the person's no.  Raises UnknownApplication."""
        asked = thaw(result.request.protocol)
        await self._still_registered(asked)
        return self._error(asked, "access_denied", description="the person did not consent")

    async def refused(self, refused: Refused) -> str:
        """The address with the error.  Raises UnknownApplication if the application may not be answered any more."""
        asked = thaw(refused.protocol)
        await self._still_registered(asked)
        failed = refused.failed
        return self._error(asked, failed.error, description=failed.description, error_uri=failed.error_uri)

    async def _must_ask(
        self, application: Application, asked: AuthorizationRequest, result: LoginResult, *, wanted: tuple[str, ...]
    ) -> bool:
        if asked.asks_consent and application.asks_consent:
            return True
        return application.asks_consent and not await self._consents.covers(result.user_id, application.id, wanted)

    async def _still_registered(self, asked: AuthorizationRequest) -> Application:
        """The address was the application's when the login began; it may have been withdrawn since."""
        application = await self._configuration.application(asked.client_id)
        if application is None or not application.enabled or not is_registered(asked.redirect_uri, application):
            raise UnknownApplication("the application or its address was withdrawn during the login")
        return application

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


def _unmet(asked: AuthorizationRequest, result: LoginResult) -> tuple[str, str] | None:
    """What was demanded of the login and is not so: an error code and its description."""
    if asked.expected_user not in (None, result.user_id):
        return "login_required", "another user than the one asked for"
    if asked.asked.acr_essential and result.acr not in asked.asked.acr:
        return "unmet_authentication_requirements", "the acr asked for as essential was not reached"
    return None


def _record(asked: AuthorizationRequest, result: LoginResult, *, expires_at: float) -> IssuedCode:
    return IssuedCode(
        client_id=asked.client_id,
        redirect_uri=asked.redirect_uri,
        scope=asked.scope,
        code_challenge=asked.code_challenge,
        user_id=result.user_id,
        credentials=tuple((fact.credential, fact.credential_version) for fact in result.facts),
        auth_time=result.auth_time,
        amr=result.amr,
        expires_at=expires_at,
        nonce=asked.nonce,
        acr=result.acr,
        sid=result.sid,
        claims=result.claims,
        asked=asked.asked,
    )
