"""The token endpoint, rule by rule."""

from __future__ import annotations

from dataclasses import replace

import anyio
import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from engine.model import Device, Fact
from engine.ports import ConfigurationChange
from oidc.encoding import half_hash
from tests.oidc.support import CALLBACK, ISSUER, MARA, PAYROLL, SECRET, VERIFIER, House

pytestmark = pytest.mark.anyio


async def claims_of(house: House, token: str) -> tuple[dict[str, object], dict[str, object]]:
    """Header and claims of a token, verified with the published keys."""
    keys = KeySet.import_key_set((await house.http.get("/oauth2/jwks")).json())
    read = jwt.decode(token, keys, algorithms=["ES256"])
    return dict(read.header), dict(read.claims)


def refused(response: httpx2.Response, error: str, *, status: int = 400) -> bool:
    """Whether that is the refusal, and no token besides."""
    content = response.json()
    assert "access_token" not in content
    assert response.headers["cache-control"] == "no-store"
    return (response.status_code, content["error"]) == (status, error)


async def test_a_code_gives_an_id_token_about_the_login(house: House) -> None:
    """OpenID Connect Core §2: who, for whom, when, how."""
    tokens = await house.tokens(scope="openid profile email groups roles")
    header, claims = await claims_of(house, tokens["id_token"])
    now = int(house.clock.now)
    assert (header["alg"], header["typ"]) == ("ES256", "JWT")
    assert claims == {
        "iss": ISSUER,
        "sub": "u-mara",
        "aud": "payroll",
        "iat": now,
        "exp": now + 600,
        "auth_time": now - 5,
        "nonce": "n-1",
        "acr": "urn:doorstep:1",
        "amr": ["pwd"],
        "at_hash": half_hash(tokens["access_token"]),
        "preferred_username": "mara",
        "given_name": "Mara",
        "email": "mara@example.test",
        "groups": ["staff"],
        "roles": ["clerk"],
    }


async def test_an_id_token_tells_no_more_than_the_scope_opens(house: House) -> None:
    """OpenID Connect Core §5.4; and without a nonce there is none."""
    _, claims = await claims_of(house, (await house.tokens(scope="openid", nonce=None))["id_token"])
    assert set(claims) == {"iss", "sub", "aud", "iat", "exp", "auth_time", "acr", "amr", "at_hash"}


async def test_the_access_token_is_a_jwt_of_its_own_type(house: House) -> None:
    """RFC 9068 §2.2."""
    header, claims = await claims_of(house, (await house.tokens())["access_token"])
    assert header["typ"] == "at+jwt"
    assert (claims["iss"], claims["aud"], claims["client_id"]) == (ISSUER, ISSUER, "payroll")
    assert (claims["sub"], claims["scope"]) == ("u-mara", "openid profile email")
    assert claims["exp"] == claims["iat"] + 300  # type: ignore[operator]


async def test_a_token_response_is_not_cached(house: House) -> None:
    """RFC 6749 §5.1."""
    response = await house.redeem(await house.code())
    assert (response.headers["cache-control"], response.headers["pragma"]) == ("no-store", "no-cache")
    assert (response.json()["token_type"], response.json()["expires_in"]) == ("Bearer", 300)
    assert response.json()["scope"] == "openid profile email"


async def test_a_used_code_cannot_be_redeemed_again_and_its_tokens_die(house: House) -> None:
    """RFC 6749 §4.1.2: the second use is refused and revokes what the first one gave."""
    code = await house.code()
    first = (await house.redeem(code)).json()
    assert refused(await house.redeem(code), "invalid_grant")
    assert (await house.userinfo(first["access_token"])).status_code == 401
    assert (await house.audit.recent(limit=1))[0].name == "code_used_again"


async def test_a_used_code_is_recognised_after_its_deadline(house: House) -> None:
    """The mark of a spent code outlives the tokens it gave."""
    code = await house.code()
    first = (await house.redeem(code)).json()
    house.clock.now += 200
    assert refused(await house.redeem(code), "invalid_grant")
    assert (await house.userinfo(first["access_token"])).status_code == 401


async def test_of_many_redemptions_at_once_at_most_one_gets_tokens(house: House) -> None:
    """RFC 6749 §4.1.2: decided by one compare-and-set; and the winner's token dies with the reuse."""
    code = await house.code()
    responses: list[httpx2.Response] = []

    async def redeem() -> None:
        responses.append(await house.redeem(code))

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(redeem)
    given = [response.json() for response in responses if response.status_code == 200]
    assert len(given) == 1
    assert (await house.userinfo(given[0]["access_token"])).status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [(59, 200), (60, 400), (61, 400), (10_000, 400)])
async def test_oidc_09_a_code_lives_a_minute(house: House, seconds: int, status: int) -> None:
    """ASVS 10.4.3: counted from the end of the login, looked at on reading."""
    code = await house.code()
    house.clock.now += seconds
    assert (await house.redeem(code)).status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": None},
        {"redirect_uri": CALLBACK + "/"},
        {"code_verifier": None},
        {"code_verifier": ""},
        {"code_verifier": "x" * 42},
        {"code_verifier": "x" * 129},
        {"code_verifier": "x" * 43},
        {"code_verifier": VERIFIER + "="},
        {"code_verifier": VERIFIER[:-1] + "\u00e9"},
    ],
)
async def test_a_code_tried_with_the_wrong_proof_is_dead(house: House, changes: dict[str, str | None]) -> None:
    """RFC 6749 §4.1.3, RFC 7636 §4.6: invalid_grant, and no second guess."""
    code = await house.code()
    assert refused(await house.redeem(code, **changes), "invalid_grant")
    assert refused(await house.redeem(code), "invalid_grant")


async def test_a_code_is_for_one_client(house: House) -> None:
    """RFC 6749 §4.1.3: another client's try is refused and spends the code."""
    code = await house.code()
    assert refused(await house.redeem_as("other", SECRET + "2", code), "invalid_grant")
    assert refused(await house.redeem(code), "invalid_grant")


async def test_a_stranger_cannot_spend_a_code(house: House) -> None:
    """A request without client authentication changes nothing."""
    code = await house.code()
    assert refused(await house.redeem_as("payroll", "wrong", code), "invalid_client", status=401)
    assert (await house.redeem(code)).status_code == 200


async def test_a_scope_wider_than_granted_is_refused(house: House) -> None:
    """RFC 6749 §5.2."""
    assert refused(await house.redeem(await house.code(scope="openid"), scope="openid email"), "invalid_scope")


@pytest.mark.parametrize("code", ["nothing", "", "\u00e9", "a" * 5000])
async def test_an_unknown_code_is_refused(house: House, code: str) -> None:
    """RFC 6749 §5.2; an empty one was left out."""
    assert refused(await house.redeem(code), "invalid_request" if code == "" else "invalid_grant")


async def test_a_disabled_user_gets_no_tokens(house: House) -> None:
    """The account is looked at again when the code is redeemed."""
    code = await house.code()
    await house.directory.set_enabled(MARA.id, False)
    assert refused(await house.redeem(code), "invalid_grant")


async def test_a_removed_user_gets_no_tokens(house: House) -> None:
    """The same for one who is gone."""
    code = await house.code()
    await house.configuration.commit(ConfigurationChange(removed_users=["mara"]))
    assert refused(await house.redeem(code), "invalid_grant")


async def test_a_changed_credential_voids_the_code(house: House) -> None:
    """What was proven with the old password counts no more."""
    code = await house.code()
    await house.directory.set_password(MARA.id, "new hash")
    assert refused(await house.redeem(code), "invalid_grant")


async def test_a_removed_device_voids_the_code(house: House) -> None:
    """A phone that approved and was then removed approved nothing."""
    device = Device("d-1", MARA.id, "Phone", "P", "builtin", "token", public_key=b"key", algorithms=("ES256",))
    await house.directory.add_device(device, limit=3)
    house.facts = (Fact(1, "push", MARA.id, "device:d-1", 1, "swk", house.clock.now),)
    kept, voided = await house.code(), await house.code()
    assert (await house.redeem(kept)).status_code == 200
    await house.directory.remove_device("d-1", user_id=MARA.id)
    assert refused(await house.redeem(voided), "invalid_grant")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": None}, "invalid_request"),
        ({"code": None}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "unauthorized_client"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
    ],
)
async def test_other_grants_are_refused(house: House, changes: dict[str, str | None], error: str) -> None:
    """RFC 6749 §5.2; RFC 9700 §2.4 for the password grant."""
    form = {"grant_type": "authorization_code", "code": "c", "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    data = {name: value for name, value in {**form, **changes}.items() if value is not None}
    assert refused(await house.http.post("/oauth2/token", data=data, auth=("payroll", SECRET)), error)


@pytest.mark.parametrize("name", ["grant_type", "code", "redirect_uri", "code_verifier", "client_id", "anything"])
async def test_a_repeated_parameter_is_refused(house: House, name: str) -> None:
    """RFC 6749 §3.2."""
    code = await house.code()
    body = f"grant_type=authorization_code&code={code}&redirect_uri={CALLBACK}&code_verifier={VERIFIER}"
    twice = f"{body}&client_id=payroll&anything=1&{name}=x"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = await house.http.post("/oauth2/token", content=twice, headers=headers, auth=("payroll", SECRET))
    assert refused(response, "invalid_request")


async def test_the_token_endpoint_takes_forms_by_post_only(house: House) -> None:
    """RFC 6749 §3.2; ASVS 14.2.1: nothing secret in an address."""
    url = "/oauth2/token"
    assert (await house.http.get(url)).status_code == 405
    assert refused(await house.http.post(url, json={"grant_type": "authorization_code"}), "invalid_request")
    assert refused(await house.http.post(url, files={"code": b"x"}), "invalid_request")
    assert refused(await house.http.post(url + "?client_secret=x", data={"a": "b"}), "invalid_request")
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"client_id=%ff", b"client_id=%0", b"a=" + b"x" * 40_000, b"\xff\xfe"):
        assert refused(await house.http.post(url, content=body, headers=form), "invalid_request")


async def test_a_disabled_application_gets_no_tokens(house: House) -> None:
    """Switching an application off holds at once."""
    code = await house.code()
    await house.configuration.commit(ConfigurationChange(applications=[replace(PAYROLL, enabled=False)]))
    assert refused(await house.redeem(code), "invalid_client", status=401)


async def test_tokens_are_in_the_audit(house: House) -> None:
    """Who was given tokens, for which application; never the tokens."""
    tokens = await house.tokens()
    (event,) = await house.audit.recent(limit=1)
    assert (event.name, event.application_id, event.user_id) == ("tokens_issued", "payroll", MARA.id)
    assert tokens["access_token"] not in repr(event)
