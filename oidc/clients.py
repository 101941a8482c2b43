"""Who asks at the token endpoint: client_secret_basic, client_secret_post or none, exactly one (RFC 6749 §2.3)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from engine.model import Application
from engine.ports import Configuration
from oidc.errors import MalformedParameters, ProtocolError
from oidc.parameters import Parameters, decode
from oidc.secrets import verify_secret

METHODS = ("client_secret_basic", "client_secret_post", "none")


@dataclass(frozen=True, slots=True)
class Presented:
    """What a client showed.  secrets: the readings of the one secret it sent; empty if it sent none."""

    client_id: str
    secrets: tuple[str, ...] = ()


async def authenticated_client(
    authorization: str | None, parameters: Parameters, *, configuration: Configuration
) -> Application:
    """The enabled application that proved to be itself.  Raises invalid_client, or invalid_request for two methods."""
    presented = _presented(authorization, parameters)
    application = await configuration.application(presented.client_id)
    if application is None or not application.enabled or not _is(application, presented):
        # compares in vain where there is nothing to compare with: an unknown client takes as long as a wrong secret
        for secret in presented.secrets if application is None else ():
            verify_secret(None, secret)
        raise _refused()
    return application


def _is(application: Application, presented: Presented) -> bool:
    """A public client shows no secret, any other shows its own."""
    if application.secret_hash is None:
        return not presented.secrets
    fitting = [verify_secret(application.secret_hash, secret) for secret in presented.secrets]
    return any(fitting)


def _presented(authorization: str | None, parameters: Parameters) -> Presented:
    client_id, secret = parameters.get("client_id"), parameters.get("client_secret")
    if authorization is None:
        if client_id is None:
            raise _refused()
        return Presented(client_id, (secret,) if secret is not None else ())
    if secret is not None:
        raise ProtocolError("invalid_request", "more than one way of client authentication")
    basic = _basic(authorization)
    if client_id not in (None, basic.client_id):
        raise _refused()
    return basic


def _basic(authorization: str) -> Presented:
    """Read `Basic base64(id:secret)`, both form-encoded (RFC 6749 §2.3.1).

    Many clients leave that encoding out, so the secret counts as it stands too: whoever knows it, knows it.
    """
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise _refused()
    try:
        name, colon, secret = base64.b64decode(encoded.strip(), validate=True).partition(b":")
        plain = secret.decode("utf-8")
        client_id = decode(name)
    except (binascii.Error, ValueError, MalformedParameters):
        raise _refused() from None
    if not colon or not plain or not client_id:
        raise _refused()
    try:
        return Presented(client_id, tuple(dict.fromkeys((decode(secret), plain))))
    except MalformedParameters:
        return Presented(client_id, (plain,))


def _refused() -> ProtocolError:
    return ProtocolError("invalid_client", "client authentication failed", status=401)
