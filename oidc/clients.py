"""Who asks at the endpoints for applications: exactly one way of proof, the registered one (RFC 6749 §2.3)."""

from __future__ import annotations

import base64
import binascii
import logging
from dataclasses import dataclass

from starlette.requests import Request

from engine.model import Application
from engine.ports import Configuration
from oidc.assertions import ASSERTION_TYPE, Assertions
from oidc.errors import MalformedParameters, ProtocolError
from oidc.parameters import Parameters, decode, form_of
from oidc.secrets import verify_secret
from web.forms import FORM_TYPE

METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt", "none")

_log = logging.getLogger("doorstep.oidc")


@dataclass(frozen=True, slots=True)
class Presented:
    """What a client showed.  secrets: the readings of the one secret it sent; assertion: its signed word."""

    client_id: str
    secrets: tuple[str, ...] = ()
    assertion: str | None = None


@dataclass(frozen=True, slots=True)
class Clients:
    """Knows applications by what they show."""

    configuration: Configuration
    assertions: Assertions

    async def of(self, request: Request) -> tuple[Application, Parameters]:
        """The enabled application that proved to be itself, and what it posted.

        Raises ProtocolError: invalid_client, or invalid_request for a malformed form or two ways of proof at once.
        """
        parameters = await _parameters(request)
        headers = request.headers.getlist("authorization")
        if len(headers) > 1:
            raise ProtocolError("invalid_request", "more than one Authorization header")
        presented = _presented(headers[0] if headers else None, parameters)
        application = await self.configuration.application(presented.client_id)
        if application is None or not application.enabled or not await self._is(application, presented):
            # compares in vain where there is nothing to compare with: an unknown client takes as long as a wrong secret
            for secret in presented.secrets if application is None else ():
                verify_secret(None, secret)
            raise refused_client()
        return application, parameters

    async def _is(self, application: Application, presented: Presented) -> bool:
        """A public client shows nothing, any other what it is registered with."""
        if application.keys:
            if presented.assertion is None or presented.secrets:
                return False
            return await self.assertions.proves(presented.assertion, application)
        if application.secret_hash is None:
            return not presented.secrets and presented.assertion is None
        fitting = [verify_secret(application.secret_hash, secret) for secret in presented.secrets]
        return any(fitting) and presented.assertion is None


def refused_client() -> ProtocolError:
    """The one refusal for every reason (RFC 6749 §5.2)."""
    return ProtocolError("invalid_client", "client authentication failed", status=401)


async def _parameters(request: Request) -> Parameters:
    try:
        parameters = await form_of(request)
    except MalformedParameters as error:
        _log.info("malformed request: %s", error)
        raise ProtocolError("invalid_request", f"everything goes into one {FORM_TYPE} body in UTF-8") from error
    parameters.refuse_repeated()
    return parameters


def _presented(authorization: str | None, parameters: Parameters) -> Presented:
    client_id, secret = parameters.get("client_id"), parameters.get("client_secret")
    assertion = _assertion(parameters)
    if sum(way is not None for way in (authorization, secret, assertion)) > 1:
        raise ProtocolError("invalid_request", "more than one way of client authentication")
    if authorization is not None:
        basic = _basic(authorization)
        if client_id not in (None, basic.client_id):
            raise refused_client()
        return basic
    if assertion is not None:
        named = Assertions.names(assertion)
        if named is None or client_id not in (None, named):
            raise refused_client()
        return Presented(named, assertion=assertion)
    if client_id is None:
        raise refused_client()
    return Presented(client_id, (secret,) if secret is not None else ())


def _assertion(parameters: Parameters) -> str | None:
    assertion, kind = parameters.get("client_assertion"), parameters.get("client_assertion_type")
    if (assertion is None) != (kind is None) or kind not in (None, ASSERTION_TYPE):
        raise ProtocolError("invalid_request", f"client_assertion_type must be {ASSERTION_TYPE}")
    return assertion


def _basic(authorization: str) -> Presented:
    """Read `Basic base64(id:secret)`, both form-encoded (RFC 6749 §2.3.1).

    Many clients leave that encoding out, so the secret counts as it stands too: whoever knows it, knows it.
    """
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise refused_client()
    try:
        name, colon, secret = base64.b64decode(encoded.strip(), validate=True).partition(b":")
        plain = secret.decode("utf-8")
        client_id = decode(name)
    except (binascii.Error, ValueError, MalformedParameters):
        raise refused_client() from None
    if not colon or not plain or not client_id:
        raise refused_client()
    try:
        return Presented(client_id, tuple(dict.fromkeys((decode(secret), plain))))
    except MalformedParameters:
        return Presented(client_id, (plain,))
