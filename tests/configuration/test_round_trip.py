"""An export, its secrets filled in, makes an empty server export the same bytes, whatever was configured."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc.jwk import ECKey

from configuration.apply import apply_documents
from configuration.export import as_yaml, export
from configuration.form import parse
from configuration.reading import Reading, parse_yaml
from configuration.tools import Tools
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory
from tests.configuration.conftest import Argon2, Salted, no_findings

KEY = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)
SECRETS = {"A_SECRET": "0123456789abcdefghijABCDEF-_"}

_ids = st.from_regex(r"[a-z][a-z0-9.-]{0,12}", fullmatch=True)
_words = st.lists(st.sampled_from(["admin", "staff", "Ärzte", "a b"]), unique=True, max_size=3)
_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60)
_secret = st.just({"env": "A_SECRET"})


def _some(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=optional)


def _named(key: str, names: st.SearchStrategy[str], rest: st.SearchStrategy[dict[str, Any]]) -> Any:
    pairs = st.dictionaries(names, rest, max_size=4)
    return pairs.map(lambda entries: [{key: name, **entry} for name, entry in entries.items()])


_options = st.lists(st.sampled_from(["identifier", "password", "push"]), min_size=1, max_size=3, unique=True)
_steps = st.lists(_options, min_size=1, max_size=3).map(
    lambda steps: [
        {"id": number, "options": [{"authenticator": one} for one in options]}
        for number, options in enumerate(steps, 1)
    ]
)
_flow = st.fixed_dictionaries({"steps": _steps}, optional={"script": _texts.map(lambda text: {"source": text})})
_proofs = st.sampled_from(
    [{}, {"client_secret": {"env": "A_SECRET"}}, {"jwks": {"keys": [KEY]}, "admin_scopes": ["users:read", "keys:read"]}]
)
_application = st.tuples(
    _some(
        name=st.sampled_from(["Payroll", "Löhne: x"]),
        post_logout_redirect_uris=st.just(["https://a.test/left?x=1"]),
        id_token_signed_response_alg=st.sampled_from(["ES256", "RS256"]),
        require_pushed_authorization_requests=st.booleans(),
        backchannel_logout_uri=st.just("https://a.test/logout"),
        consent=st.sampled_from(["skip", "ask"]),
        native_api=st.booleans(),
        require=st.lists(st.sampled_from(["push", "password"]), unique=True),
        acr_values=st.just(["urn:doorstep:1"]),
        roles=_words,
        enabled=st.booleans(),
    ),
    _proofs,
).map(
    lambda both: {"redirect_uris": ["https://a.test/back", "https://a.test/b?c=d"], "flow": "f", **both[0], **both[1]}
)
_user = st.tuples(
    _some(roles=_words, groups=_words, claims=st.dictionaries(_texts, _texts, max_size=3), enabled=st.booleans()),
    st.sampled_from([{}, {"password": {"env": "A_SECRET"}}]),
).map(lambda both: {**both[0], **both[1]})
_settings = _some(
    organisation=st.just("acme"),
    password=_some(min_length=st.integers(8, 64)),
    push=_some(number_challenge=st.booleans(), grace=st.integers(0, 60), budget=_some(per_day=st.integers(1, 99))),
    scripts=_some(fuel=st.integers(1_000, 50_000)),
    http=_some(allow=st.just(["api.example.test", "*.b.test:8443"])),
    secrets=st.dictionaries(st.sampled_from(["riskKey", "other"]), _secret),
    mail=st.fixed_dictionaries(
        {"host": st.just("mail.test"), "from": st.just("a@b.test")}, optional={"password": _secret}
    ),
)
_documents = st.fixed_dictionaries(
    {
        "applications": _named("id", _ids, _application),
        "flows": _named("id", _ids.filter(lambda name: name != "f"), _flow).map(
            lambda flows: [{"id": "f", "steps": [{"id": 1, "options": [{"authenticator": "password"}]}]}, *flows]
        ),
        "users": _named("username", _ids, _user),
        "settings": _settings,
        "libraries": _named("name", _ids, st.fixed_dictionaries({"source": _texts})),
        "prompts": _named("name", _ids, st.just({"source": "<p>{{ who }}</p>"})),
    }
)


def an_empty_server() -> Tools:
    """Stores in which there is nothing."""
    return Tools(
        store=MemoryConfiguration(MemoryDirectory()),
        audit=MemoryAudit(),
        clock=lambda: 1_000_000.0,
        passwords=Argon2(),
        client_secrets=Salted(),
        check_script=no_findings,
        template_fault=lambda source: None,
        fcm_provider=lambda *_, **__: pytest.fail("there is none"),
        environment=SECRETS,
        new_id=iter(map(str, range(10_000))).__next__,
    )


async def applied(text: str, to: Tools) -> str:
    """What the server exports once that document was applied to it."""
    value, positions = parse_yaml(text)
    reading = Reading("document.yaml", Path(), value, positions)
    await apply_documents([(reading, parse(reading))], to)
    return as_yaml(await export(to.store))


@settings(max_examples=60, deadline=None)
@given(document=_documents)
def test_an_empty_server_becomes_the_same_by_an_export(document: dict[str, Any]) -> None:
    """Byte by byte; where a secret is stored, the export is told where it lies."""
    first = asyncio.run(applied(as_yaml(document), an_empty_server()))
    filled = first.replace("stored: true", "env: A_SECRET")
    assert asyncio.run(applied(filled, an_empty_server())) == first
