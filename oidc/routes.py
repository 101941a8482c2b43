"""Puts the endpoints of this face together: what each needs, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import Route

from engine.ports import Audit, Clock, Configuration, Directory, StateStore
from oidc.access import AccessTokens
from oidc.authorize import AuthorizationEndpoint, ErrorPage, Facts, OpenLogin, SessionId
from oidc.codes import Codes
from oidc.discovery import DiscoveryEndpoint
from oidc.finish import AuthorizationAnswers
from oidc.jwks import JwksEndpoint
from oidc.keys import SigningKeys
from oidc.token import TokenEndpoint
from oidc.tokens import Tokens
from oidc.userinfo import UserinfoEndpoint


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID provider on given stores.  issuer: the public address, as configured."""

    issuer: str
    configuration: Configuration
    directory: Directory
    state: StateStore
    keys: SigningKeys
    audit: Audit
    clock: Clock

    def answers(self) -> AuthorizationAnswers:
        """What turns the end of a login into an address."""
        return AuthorizationAnswers(self.issuer, Codes(self.state), configuration=self.configuration)


def routes(
    provider: Provider, *, open_login: OpenLogin, session_id: SessionId, facts: Facts, error_page: ErrorPage
) -> list[Route]:
    """All routes of this face."""
    tokens = Tokens(provider.issuer, provider.keys, clock=provider.clock)
    access = AccessTokens(provider.state)
    authorize = AuthorizationEndpoint(
        provider.configuration,
        tokens,
        open_login=open_login,
        session_id=session_id,
        facts=facts,
        error_page=error_page,
    )
    token = TokenEndpoint(
        provider.configuration,
        provider.directory,
        codes=Codes(provider.state),
        access=access,
        tokens=tokens,
        audit=provider.audit,
        clock=provider.clock,
    )
    userinfo = UserinfoEndpoint(provider.configuration, provider.directory, access=access, tokens=tokens)
    return [
        Route("/.well-known/openid-configuration", DiscoveryEndpoint(provider.issuer).answer, methods=["GET"]),
        Route("/oauth2/authorize", authorize.answer, methods=["GET", "POST"]),
        Route("/oauth2/token", token.answer, methods=["POST"]),
        Route("/oauth2/userinfo", userinfo.answer, methods=["GET", "POST"]),
        Route("/oauth2/jwks", JwksEndpoint(provider.keys).answer, methods=["GET"]),
    ]
