"""The rules of an authorization request, one small function each, and the order they are asked in: `CHECKS`.

They look at plain values and await nothing.  Until the application's address is known to be its own, a refusal is a
page; after that it goes to that address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.model import Application
from engine.redirects import is_registered
from oidc.claims_request import claims_request
from oidc.errors import AuthorizationPageError, ProtocolError
from oidc.parameters import Parameters

LONGEST_STATE = 4096
LONGEST_NONCE = 1024
LONGEST_HINT = 255
LONGEST_ACR = 256
MOST_ACR_VALUES = 10

PROMPTS = frozenset({"none", "login", "consent", "select_account"})
"""OpenID Connect Core §3.1.2.1."""

_CHALLENGE = re.compile(r"[A-Za-z0-9\-._~]{43,128}\Z")
_SECONDS = re.compile(r"[0-9]{1,9}\Z")
_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+\Z")


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorization request with all that judging it needs, already fetched.

    application: the one named by client_id, None if there is none.  hinted_user: whom a valid id_token_hint names.
    has_session: whether this browser says that it has a session here; pushed: whether the request was pushed before;
    direct: whether the answer is JSON, because the application draws the pages.
    """

    parameters: Parameters
    application: Application | None = None
    hinted_user: str | None = None
    has_session: bool = False
    pushed: bool = False
    direct: bool = False


# --- refused on a page ------------------------------------------------------------------------------------------------


def client_and_address_once(asked: Asked) -> None:
    """Which application and which address must be beyond doubt (RFC 6749 §3.1)."""
    if asked.parameters.repeated & {"client_id", "redirect_uri"}:
        raise AuthorizationPageError("authorize.repeated")


def known_client(asked: Asked) -> None:
    """The application exists and is enabled (RFC 6749 §4.1.2.1)."""
    if asked.application is None or not asked.application.enabled:
        raise AuthorizationPageError("login.unknown_application")


def registered_redirect_uri(asked: Asked) -> None:
    """The address is one of the application's, character by character (RFC 9700 §4.1.3; RFC 8252 §7.3)."""
    redirect_uri = asked.parameters.get("redirect_uri")
    if redirect_uri is None or asked.application is None or not is_registered(redirect_uri, asked.application):
        raise AuthorizationPageError("authorize.unknown_address")


# --- refused by redirect ----------------------------------------------------------------------------------------------


def parameters_once(asked: Asked) -> None:
    """No parameter comes twice (RFC 6749 §3.1)."""
    asked.parameters.refuse_repeated()


def no_request_object(asked: Asked) -> None:
    """Request objects are neither read nor fetched (OpenID Connect Core §6.1, §6.2)."""
    for name in ("request", "request_uri", "registration"):
        if asked.parameters.get(name) is not None:
            raise ProtocolError(f"{name}_not_supported", f"{name} is not supported")


def pushed_where_it_must_be(asked: Asked) -> None:
    """An application that pushes its requests takes none from the browser (RFC 9126 §5)."""
    if asked.application is not None and asked.application.pushed_requests and not asked.pushed:
        raise ProtocolError("invalid_request", "this client must push its authorization requests")


def code_response_type(asked: Asked) -> None:
    """Only the code flow (RFC 9700 §2.1.2)."""
    if asked.parameters.required("response_type") != "code":
        raise ProtocolError("unsupported_response_type", "only response_type=code is supported")


def query_response_mode(asked: Asked) -> None:
    """The answer goes into the query of the address; or to the application at once, where it was asked so."""
    if asked.parameters.get("response_mode") not in (("direct",) if asked.direct else (None, "query")):
        raise ProtocolError("invalid_request", "only response_mode=query is supported")


def openid_scope(asked: Asked) -> None:
    """It is an OpenID Connect request (Core §3.1.2.1), and its scope is well-formed (RFC 6749 §3.3)."""
    words = asked.parameters.words("scope")
    if "openid" not in words or not all(_SCOPE.match(word) for word in words):
        raise ProtocolError("invalid_scope", "scope must contain openid")


def pkce_s256(asked: Asked) -> None:
    """Everyone proves at the token endpoint that it is the one who asked (RFC 7636 §4.3; RFC 9700 §2.1.1)."""
    if _CHALLENGE.match(asked.parameters.required("code_challenge")) is None:
        raise ProtocolError("invalid_request", "code_challenge must be 43 to 128 unreserved characters")
    if asked.parameters.get("code_challenge_method") != "S256":
        raise ProtocolError("invalid_request", "code_challenge_method must be S256")


def bounded_state_and_nonce(asked: Asked) -> None:
    """Both come back exactly as sent, so neither may be of any length."""
    for name, longest in (("state", LONGEST_STATE), ("nonce", LONGEST_NONCE)):
        if len(asked.parameters.get(name) or "") > longest:
            raise ProtocolError("invalid_request", f"{name} is longer than {longest} characters")


def known_prompt(asked: Asked) -> None:
    """Known words only, and `none` stands alone (Core §3.1.2.1)."""
    prompt = asked.parameters.words("prompt")
    if not PROMPTS.issuperset(prompt):
        raise ProtocolError("invalid_request", "prompt has a word that is not supported")
    if "none" in prompt and len(prompt) > 1:
        raise ProtocolError("invalid_request", "prompt=none cannot be combined")


def max_age_in_seconds(asked: Asked) -> None:
    """A whole number of seconds, 0 or more (Core §3.1.2.1)."""
    max_age = asked.parameters.get("max_age")
    if max_age is not None and _SECONDS.match(max_age) is None:
        raise ProtocolError("invalid_request", "max_age must be a number of seconds")


def bounded_login_hint(asked: Asked) -> None:
    """A hint is a name that could be typed."""
    hint = asked.parameters.get("login_hint") or ""
    if len(hint) > LONGEST_HINT or not hint.isprintable():
        raise ProtocolError("invalid_request", "login_hint is no name")


def bounded_acr_values(asked: Asked) -> None:
    """A short list of short words."""
    values = asked.parameters.words("acr_values")
    if len(values) > MOST_ACR_VALUES or any(len(v) > LONGEST_ACR or not v.isprintable() for v in values):
        raise ProtocolError("invalid_request", "acr_values has too many or too long words")


def readable_claims(asked: Asked) -> None:
    """The `claims` parameter is of its form (Core §5.5), and names the same person as the hint, if both name one."""
    subject = claims_request(asked.parameters.get("claims")).subject
    if subject is not None and asked.hinted_user not in (None, subject):
        raise ProtocolError("invalid_request", "claims and id_token_hint name different persons")


def own_id_token_hint(asked: Asked) -> None:
    """A hint is an ID token that we made for this application, expired or not (Core §3.1.2.1)."""
    if asked.parameters.get("id_token_hint") is not None and asked.hinted_user is None:
        raise ProtocolError("invalid_request", "id_token_hint is not one of our ID tokens for this client")


def session_for_no_prompt(asked: Asked) -> None:
    """Without a session nobody can be let in without asking (Core §3.1.2.6)."""
    if "none" in asked.parameters.words("prompt") and not asked.has_session:
        raise ProtocolError("login_required", "nobody is signed in")


OF_PUSHED: tuple[Callable[[Asked], None], ...] = (
    client_and_address_once,
    known_client,
    registered_redirect_uri,
    # from here on the application is told
    parameters_once,
    no_request_object,
    pushed_where_it_must_be,
    code_response_type,
    query_response_mode,
    openid_scope,
    pkce_s256,
    bounded_state_and_nonce,
    known_prompt,
    max_age_in_seconds,
    bounded_login_hint,
    bounded_acr_values,
    own_id_token_hint,
    readable_claims,
)
"""Every rule for a request that is pushed, in order; the first that refuses decides."""
CHECKS = (*OF_PUSHED, session_for_no_prompt)
"""Every rule for a request that begins a login."""
