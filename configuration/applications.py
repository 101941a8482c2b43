"""Application entries to applications: the flow is there, what is required is known, the secret is hashed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from configuration.client_keys import client_keys
from configuration.document import ApplicationEntry
from configuration.methods import METHODS, method_named
from configuration.placed import Judgement, Placed
from configuration.problems import did_you_mean
from configuration.reading import Unreadable
from configuration.sources import secret_value
from configuration.tools import Tools
from engine.model import ACCOUNT, CONSOLE, Application, Flow


def application_of(
    placed: Placed[ApplicationEntry],
    old: Application | None,
    *,
    flows: Mapping[str, Flow],
    tools: Tools,
    judgement: Judgement,
) -> Application:
    """The application an entry describes.  flows: all that will exist."""
    entry = placed.entry
    if entry.id in (ACCOUNT, CONSOLE):
        page = "account page" if entry.id == ACCOUNT else "console"
        text = f"{entry.id} is the {page} of the server; to change how one signs in to it, give a flow that id"
        judgement.errors.append(placed.problem(text, "id"))
    if entry.flow not in flows:
        hint = did_you_mean(entry.flow, list(flows))
        judgement.errors.append(placed.problem(f"there is no flow {entry.flow}{hint}", "flow"))
    enabled = entry.enabled if entry.enabled is not None else old is None or old.enabled
    return Application(
        id=entry.id,
        name=entry.name or entry.id,
        redirect_uris=tuple(entry.redirect_uris),
        flow=entry.flow,
        post_logout_redirect_uris=tuple(entry.post_logout_redirect_uris),
        secret_hash=_secret_hash(placed, old, tools=tools, judgement=judgement),
        keys=client_keys(entry.jwks) if entry.jwks is not None else (),
        signing_algorithm=entry.id_token_signed_response_alg,
        asks_consent=entry.consent == "ask",
        pushed_requests=entry.require_pushed_authorization_requests,
        backchannel_logout_uri=entry.backchannel_logout_uri,
        forward_auth=entry.forward_auth,
        admin_scopes=tuple(entry.admin_scopes),
        native_api=entry.native_api,
        require=_required(placed, flows.get(entry.flow), judgement),
        acr_values=tuple(entry.acr_values),
        roles=None if entry.roles is None else tuple(entry.roles),
        enabled=enabled,
    )


def _required(placed: Placed[ApplicationEntry], flow: Flow | None, judgement: Judgement) -> frozenset[str]:
    required: set[str] = set()
    for index, name in enumerate(placed.entry.require):
        method = method_named(name)
        if method is None:
            known = ", ".join(one.id for one in METHODS)
            problem = placed.problem(f"there is no authenticator {name}; there are: {known}", "require", index)
            judgement.errors.append(problem)
            continue
        required.add(method.id)
        if not method.factor:
            text = f"{method.id} proves nothing, so nobody can ever sign in while it is required"
            judgement.warnings.append(replace(placed.problem(text, "require", index), closes=True))
        elif flow is not None and not _offers(flow, method.id):
            text = f"no step of flow {flow.id} offers {method.id}, so nobody can ever sign in while it is required"
            judgement.warnings.append(replace(placed.problem(text, "require", index), closes=True))
    return frozenset(required)


def _offers(flow: Flow, authenticator: str) -> bool:
    return any(option.authenticator == authenticator for step in flow.steps for option in step.options)


def _secret_hash(
    placed: Placed[ApplicationEntry], old: Application | None, *, tools: Tools, judgement: Judgement
) -> str | None:
    secret = placed.entry.client_secret
    stored = old.secret_hash if old is not None else None
    if secret is None:
        return None
    if secret.stored:
        if stored is None:
            judgement.errors.append(placed.problem("no client secret is stored; give one", "client_secret"))
        return stored
    try:
        value = secret_value(secret, placed.reading, tools.environment)
    except Unreadable as problem:
        judgement.errors.append(placed.problem(problem.text, "client_secret"))
        return stored
    if tools.client_secrets.is_weak(value):
        text = "the client secret could be guessed; give it 32 random characters"
        judgement.warnings.append(placed.problem(text, "client_secret"))
    if stored is not None and tools.client_secrets.matches(value, stored):
        return stored
    made = tools.client_secrets.hash(value)
    if not tools.client_secrets.matches(value, made):
        judgement.errors.append(placed.problem("cannot be used as a client secret: too long", "client_secret"))
    return made
