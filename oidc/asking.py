"""Fetches what the rules of an authorization request look at, and freezes a request that passed them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import Application, LoginRequest, RequestFacts
from engine.ports import Configuration
from oidc.authorization_request import SCOPES, AuthorizationRequest, freeze
from oidc.checks import Asked
from oidc.claims_request import claims_request
from oidc.errors import TokenRefused
from oidc.parameters import Parameters
from oidc.tokens import Tokens

MOST_PARAMS = 32
LONGEST_PARAM = 2048
"""What a script may see of an authorization request's parameters (contract 3a)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Knows applications and reads hints."""

    configuration: Configuration
    tokens: Tokens

    async def of(self, parameters: Parameters, *, has_session: bool = False, pushed: bool = False) -> Asked:
        """The request with all that judging it needs."""
        client_id, hint = parameters.get("client_id"), parameters.get("id_token_hint")
        application = await self.configuration.application(client_id) if client_id is not None else None
        return Asked(
            parameters,
            application=application,
            hinted_user=await self._hinted(hint, client_id) if hint and client_id and application else None,
            has_session=has_session,
            pushed=pushed,
        )

    async def _hinted(self, hint: str, client_id: str) -> str | None:
        """The user whom an ID token of ours for that application names."""
        try:
            read = await self.tokens.read_hint(hint)
        except TokenRefused:
            return None
        return read.user_id if read.client_id == client_id else None


def login_request(asked: Asked, application: Application, *, facts: RequestFacts) -> LoginRequest:
    """The login that a request which passed all rules asks for."""
    parameters = asked.parameters
    prompt, max_age = parameters.words("prompt"), parameters.get("max_age")
    wanted = claims_request(parameters.get("claims"))
    return LoginRequest(
        application_id=application.id,
        redirect_uri=parameters.required("redirect_uri"),
        protocol=freeze(authorization_request(asked, application)),
        # what `claims` asks for is the more exact of the two (Core §5.5.1.1)
        acr_values=tuple(dict.fromkeys((*wanted.acr, *parameters.words("acr_values")))),
        login_hint=parameters.get("login_hint"),
        max_age=int(max_age) if max_age is not None else None,
        # max_age=0 asks for what prompt=login asks for (Core §3.1.2.1); whoever shall choose an account signs in anew
        fresh=bool({"login", "select_account"}.intersection(prompt)) or (max_age is not None and int(max_age) == 0),
        passive="none" in prompt,
        facts=facts,
    )


def authorization_request(asked: Asked, application: Application) -> AuthorizationRequest:
    """What the answer will need of a request which passed all rules."""
    parameters = asked.parameters
    wanted, claims = parameters.words("scope"), claims_request(parameters.get("claims"))
    return AuthorizationRequest(
        client_id=application.id,
        redirect_uri=parameters.required("redirect_uri"),
        scope=tuple(scope for scope in SCOPES if scope in wanted),
        code_challenge=parameters.required("code_challenge"),
        state=parameters.get("state"),
        nonce=parameters.get("nonce"),
        expected_user=asked.hinted_user or claims.subject,
        asked=claims,
        asks_consent="consent" in parameters.words("prompt"),
    )


def shown(parameters: Parameters) -> Mapping[str, list[str]]:
    """What scripts may see of the parameters."""
    short = [(name, value) for name, value in parameters.values.items() if len(value) <= LONGEST_PARAM]
    return {name: [value] for name, value in short[:MOST_PARAMS]}
