"""The `claims` parameter (OpenID Connect Core §5.5)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.oidc.support import MARA, House, sent
from tests.oidc.test_token import claims_of

pytestmark = pytest.mark.anyio


async def test_single_claims_go_where_they_were_asked_for(house: House) -> None:
    """§5.5: into the ID token, or what userinfo says; not by scope."""
    asked = json.dumps({"id_token": {"email": None, "nickname": None}, "userinfo": {"given_name": {"essential": True}}})
    tokens = await house.tokens(scope="openid", claims=asked)
    _, claims = await claims_of(house, tokens["id_token"])
    assert claims["email"] == "mara@example.test"
    assert "given_name" not in claims
    assert (await house.userinfo(tokens["access_token"])).json() == {"sub": MARA.id, "given_name": "Mara"}


@pytest.mark.parametrize("wanted", [{"value": "urn:doorstep:1"}, {"values": ["urn:x", "urn:doorstep:1"]}])
async def test_an_essential_acr_that_was_reached_is_no_matter(house: House, wanted: dict[str, Any]) -> None:
    """§5.5.1.1; the script sees what was asked for."""
    asked = json.dumps({"id_token": {"acr": wanted | {"essential": True}}})
    assert "code" in sent(await house.authorize(claims=asked, acr_values="urn:other"))
    assert house.opened[-1].acr_values[-1] == "urn:other"
    assert "urn:doorstep:1" in house.opened[-1].acr_values


async def test_an_essential_acr_that_was_not_reached_is_an_error(house: House) -> None:
    """OpenID Connect Unmet Authentication Requirements 1.0; a voluntary one is none."""
    essential = json.dumps({"id_token": {"acr": {"essential": True, "value": "urn:doorstep:9"}}})
    assert sent(await house.authorize(claims=essential))["error"] == "unmet_authentication_requirements"
    voluntary = json.dumps({"id_token": {"acr": {"value": "urn:doorstep:9"}}})
    assert "code" in sent(await house.authorize(claims=voluntary))


async def test_another_subject_than_the_one_asked_for_is_an_error(house: House) -> None:
    """§5.5.1: `sub` with a value."""
    for subject, answer in ((MARA.id, "code"), ("u-omar", "error")):
        asked = json.dumps({"id_token": {"sub": {"value": subject}}})
        assert answer in sent(await house.authorize(claims=asked))


@pytest.mark.parametrize(
    "claims",
    [
        "x",
        "[]",
        "1",
        '"x"',
        "{",
        '{"id_token": []}',
        '{"id_token": {"acr": 1}}',
        '{"id_token": {"acr": {"values": "x"}}}',
        '{"id_token": {"acr": {"values": [1]}}}',
        '{"id_token": {"acr": {"value": ""}}}',
        '{"id_token": {"email": null, "email": null}}',
        '{"id_token": {"sub": {"value": "a"}}, "userinfo": {"sub": {"value": "b"}}}',
        '{"a":' * 900 + "1" + "}" * 900,
        '{"id_token": {"acr": {"values": ["' + "x" * 300 + '"]}}}',
        '{"x": "' + "y" * 5000 + '"}',
    ],
)
async def test_what_is_not_of_the_form_is_refused(house: House, claims: str) -> None:
    """§5.5: told to the application, nothing begun."""
    assert sent(await house.authorize(claims=claims))["error"] == "invalid_request"
    assert house.opened == []
