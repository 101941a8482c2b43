"""Puts the endpoints of this face together: what each needs, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from starlette.routing import Route

from engine.model import Session
from engine.outgoing import Outgoing
from engine.ports import Audit, Clock, ConfigurationStore, Directory, Spawner, StateStore
from engine.sessions import Sessions
from oidc.access import AccessTokens
from oidc.asking import Asking
from oidc.assertions import Assertions
from oidc.authn.endpoint import JsonLogin
from oidc.authorize import AuthorizationEndpoint, ErrorPage, Facts, OpenLogin, SessionId
from oidc.backchannel import BackChannel
from oidc.bearers import Bearers
from oidc.client_credentials import AdminAccess, ClientGrant
from oidc.clients import Clients
from oidc.codes import Codes
from oidc.consent import ConsentPage
from oidc.consents import Consents
from oidc.cors import Endpoint, Origins, for_anybody, for_clients
from oidc.departures import Departures
from oidc.device_access import DeviceAccess
from oidc.discovery import DiscoveryEndpoint
from oidc.finish import AuthorizationAnswers
from oidc.forward_auth import ForwardAuth
from oidc.grants import Grants
from oidc.held import HeldTokens
from oidc.introspection import IntrospectionEndpoint
from oidc.issuing import Issuer
from oidc.jwks import JwksEndpoint
from oidc.keys import SigningKeys
from oidc.logout import LogoutPages
from oidc.notes import Notes
from oidc.pushed import PushedRequestEndpoint, PushedRequests
from oidc.redeeming import CodeGrant
from oidc.refreshing import RefreshGrant
from oidc.revocation import RevocationEndpoint
from oidc.token import TokenEndpoint
from oidc.tokens import Tokens
from oidc.userinfo import UserinfoEndpoint
from oidc.visits import Visits
from web.cookies import Cookies
from web.pages import Pages


@dataclass(frozen=True)
class Provider:
    """An OpenID provider on given stores.  issuer: the public address, as configured; key: 32 secret bytes."""

    issuer: str
    configuration: ConfigurationStore
    directory: Directory
    state: StateStore
    keys: SigningKeys
    audit: Audit
    clock: Clock
    outgoing: Outgoing
    spawner: Spawner
    key: bytes
    admin: AdminAccess

    @cached_property
    def tokens(self) -> Tokens:
        """Signs and reads tokens."""
        return Tokens(self.issuer, self.keys, clock=self.clock)

    @cached_property
    def grants(self) -> Grants:
        """What refresh tokens stand for."""
        return Grants(self.state, self.clock)

    @cached_property
    def access(self) -> AccessTokens:
        """The access tokens that count."""
        return AccessTokens(self.state, self.grants)

    @cached_property
    def consents(self) -> Consents:
        """What people allowed."""
        return Consents(self.state, self.clock)

    @cached_property
    def notes(self) -> Notes:
        """What goes into the audit."""
        return Notes(self.audit, self.clock)

    @cached_property
    def backchannel(self) -> BackChannel:
        """What tells applications of ended sessions."""
        return BackChannel(
            self.configuration, self.tokens, self.state, self.outgoing, spawner=self.spawner, clock=self.clock
        )

    @cached_property
    def bearers(self) -> Bearers:
        """Reads the access tokens that our own endpoints are shown."""
        return Bearers(self.configuration, self.directory, access=self.access, tokens=self.tokens)

    @cached_property
    def device_access(self) -> DeviceAccess:
        """What an access token opens at the face for authenticator apps."""
        return DeviceAccess(self.bearers, self.configuration, self.directory, self.clock)

    @cached_property
    def answers(self) -> AuthorizationAnswers:
        """What turns the end of a login into an address."""
        return AuthorizationAnswers(
            self.issuer, Codes(self.state), consents=self.consents, configuration=self.configuration
        )

    @cached_property
    def clients(self) -> Clients:
        """Knows applications by what they show."""
        audiences = frozenset({self.issuer, f"{self.issuer}/oauth2/token"})
        return Clients(self.configuration, Assertions(self.state, self.clock, audiences=audiences))

    @cached_property
    def sessions(self) -> Sessions:
        """What browsers have proven, where ending one is told to its applications."""
        return Sessions(self.state, self.clock, self.session_ended)

    @cached_property
    def departures(self) -> Departures:
        """What ends what rests on proofs that count no more."""
        return Departures(self.directory, self.sessions, self.grants)

    @cached_property
    def visits(self) -> Visits:
        """Who uses the applications behind proxies."""
        return Visits(self.state, self.clock)

    @cached_property
    def code(self) -> CodeGrant:
        """What takes codes."""
        return CodeGrant(
            self.directory,
            Codes(self.state),
            grants=self.grants,
            issuer=Issuer(self.access, self.tokens, self.clock),
            notes=self.notes,
            clock=self.clock,
        )

    async def session_ended(self, session: Session) -> None:
        """End and tell all that rests on a session."""
        await self.visits.ended(session)
        await self.backchannel.ended(session)


def routes(
    provider: Provider,
    *,
    open_login: OpenLogin,
    session_id: SessionId,
    facts: Facts,
    error_page: ErrorPage,
    cookies: Cookies,
    pages: Pages,
    json_login: JsonLogin | None = None,
) -> list[Route]:
    """All routes of this face.  json_login: None for a server without it."""
    asking = Asking(provider.configuration, provider.tokens)
    pushed = PushedRequests(provider.state, provider.clock)
    authorize = AuthorizationEndpoint(
        asking,
        pushed,
        open_login=open_login,
        session_id=session_id,
        facts=facts,
        error_page=error_page,
        open_direct=json_login.begin if json_login is not None else None,
    )
    logout = LogoutPages(
        provider.configuration,
        provider.sessions,
        tokens=provider.tokens,
        cookies=cookies,
        pages=pages,
        notes=provider.notes,
        key=provider.key,
    )
    consent = ConsentPage(
        provider.consents,
        provider.answers,
        configuration=provider.configuration,
        cookies=cookies,
        pages=pages,
        notes=provider.notes,
        clock=provider.clock,
    )
    return [
        Route("/oauth2/authorize", authorize.answer, methods=["GET", "POST"]),
        *([Route("/oauth2/authn", json_login.answer, methods=["POST"])] if json_login is not None else []),
        Route("/oauth2/par", PushedRequestEndpoint(provider.clients, asking, pushed).answer, methods=["POST"]),
        *_public(provider),
        *_of_tokens(provider),
        *consent.routes(),
        *logout.routes(),
        *ForwardAuth(
            provider.issuer, provider.configuration, provider.directory, visits=provider.visits, codes=provider.code
        ).routes(),
    ]


def _public(provider: Provider) -> list[Route]:
    """What anybody may read."""
    discovery = DiscoveryEndpoint(provider.issuer).answer
    return [
        Route("/.well-known/openid-configuration", for_anybody(discovery), methods=["GET", "OPTIONS"]),
        Route("/oauth2/jwks", for_anybody(JwksEndpoint(provider.keys).answer), methods=["GET", "OPTIONS"]),
    ]


def _of_tokens(provider: Provider) -> list[Route]:
    """Where tokens are given, shown and given back."""
    origins = Origins(provider.configuration.applications, provider.clock)
    held = HeldTokens(provider.grants, provider.access, tokens=provider.tokens)
    endpoints: dict[str, Endpoint] = {
        "/oauth2/token": _token_endpoint(provider).answer,
        "/oauth2/revoke": RevocationEndpoint(provider.clients, held, provider.admin, provider.notes).answer,
        "/oauth2/introspect": IntrospectionEndpoint(
            provider.clients, held, directory=provider.directory, issuer=provider.issuer
        ).answer,
    }
    userinfo = for_clients(UserinfoEndpoint(provider.bearers).answer, origins)
    return [
        *(Route(at, for_clients(one, origins), methods=["POST", "OPTIONS"]) for at, one in endpoints.items()),
        Route("/oauth2/userinfo", userinfo, methods=["GET", "POST", "OPTIONS"]),
    ]


def _token_endpoint(provider: Provider) -> TokenEndpoint:
    refresh = RefreshGrant(provider.directory, provider.grants, issuer=provider.code.issuer, notes=provider.notes)
    client = ClientGrant(provider.admin, provider.notes)
    return TokenEndpoint(provider.clients, provider.code, refresh, client)
