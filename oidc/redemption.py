"""The rules under which a code or a refresh token may be redeemed, one small function each, and their order.

They look at plain values and await nothing.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.model import Application, Device, User
from engine.ports import Directory
from oidc.codes import IssuedCode
from oidc.encoding import s256
from oidc.errors import ProtocolError
from oidc.grants import Grant
from oidc.parameters import Parameters

_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}\Z")


@dataclass(frozen=True, slots=True)
class Redemption:
    """What is about to be redeemed, with the world as it is now.

    given: the code or the grant.  devices: the devices among its proofs, by id, as the directory has them now.
    """

    given: IssuedCode | Grant
    client: Application
    parameters: Parameters
    user: User | None
    devices: Mapping[str, Device | None]


async def redemption_of(
    given: IssuedCode | Grant, client: Application, *, parameters: Parameters, directory: Directory
) -> Redemption:
    """Fetch all that the rules look at."""
    user = await directory.user(given.user_id)
    ids = [name.removeprefix("device:") for name, _ in given.credentials if name.startswith("device:")]
    devices = {device_id: await directory.device(device_id) for device_id in ids}
    return Redemption(given, client, parameters=parameters, user=user, devices=devices)


def same_client(redemption: Redemption) -> None:
    """Only the client that it was made for (RFC 6749 §4.1.3, §6)."""
    if redemption.given.client_id != redemption.client.id:
        raise invalid_grant("it is not for this client")


def same_redirect_uri(redemption: Redemption) -> None:
    """The same address as in the authorization request (RFC 6749 §4.1.3)."""
    if redemption.parameters.get("redirect_uri") != _code(redemption).redirect_uri:
        raise invalid_grant("redirect_uri is not the one of the authorization request")


def verifier_fits(redemption: Redemption) -> None:
    """The client knows what it hashed into the code_challenge (RFC 7636 §4.6)."""
    verifier = redemption.parameters.get("code_verifier") or ""
    if _VERIFIER.match(verifier) is None:
        raise invalid_grant("code_verifier is missing or malformed")
    if not hmac.compare_digest(s256(verifier), _code(redemption).code_challenge):
        raise invalid_grant("code_verifier does not fit")


def no_wider_scope(redemption: Redemption) -> None:
    """A scope given here may only narrow what was granted (RFC 6749 §5.2, §6)."""
    if not set(redemption.parameters.words("scope")) <= set(redemption.given.scope):
        raise ProtocolError("invalid_scope", "scope is wider than what was granted")


def live_user(redemption: Redemption) -> None:
    """The person still has an account."""
    if redemption.user is None or not redemption.user.live:
        raise invalid_grant("the user may no longer sign in")


def unchanged_credentials(redemption: Redemption) -> None:
    """What proved the person still does: no credential was changed and no device removed meanwhile."""
    user = redemption.user
    if user is None or any(version != user.credential_version for _, version in redemption.given.credentials):
        raise invalid_grant("a credential has changed")
    if any(device is None or device.user_id != user.id for device in redemption.devices.values()):
        raise invalid_grant("a device was removed")


Check = Callable[[Redemption], None]

OF_GRANT: tuple[Check, ...] = (same_client, no_wider_scope, live_user, unchanged_credentials)
"""Every rule for a refresh token, in order; the first that refuses decides."""
OF_CODE: tuple[Check, ...] = (same_client, same_redirect_uri, verifier_fits, *OF_GRANT[1:])
"""Every rule for a code."""


def checked(redemption: Redemption, checks: tuple[Check, ...]) -> User:
    """The user whom the tokens are about.  Raises ProtocolError."""
    for check in checks:
        check(redemption)
    assert redemption.user is not None
    return redemption.user


def invalid_grant(description: str) -> ProtocolError:
    """The refusal of a code or a refresh token (RFC 6749 §5.2)."""
    return ProtocolError("invalid_grant", description)


def _code(redemption: Redemption) -> IssuedCode:
    assert isinstance(redemption.given, IssuedCode)
    return redemption.given
