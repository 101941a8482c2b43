"""Settings, secrets, keys and sign-in sequences by HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from tests.journeys.living import House
from tests.management.callers import Caller, is_problem

MAIL = {"host": "mail.example.test", "port": 587, "from": "login@example.test", "username": "u", "tls": "starttls"}


def test_settings_are_read_and_changed_in_part(admin: Caller) -> None:
    """The rest stays; an old tag is refused, and what is out of bounds."""
    before = admin("GET", "/settings").json()
    changed = admin.change("/settings", {"push": {"max_devices": 5}}, method="PATCH")
    assert changed.json() == {**before, "push": {**before["push"], "max_devices": 5}}
    wrong = admin.change("/settings", {"push": {"max_devices": 99}}, method="PATCH")
    assert is_problem(wrong, 422, "/push/max_devices")
    assert is_problem(admin("PUT", "/settings", before, if_match='"old"'), 412)
    assert admin.change("/settings", before).json() == before


def test_a_password_of_the_mail_server_goes_in_and_not_out(admin: Caller) -> None:
    """ADMIN-13: it stays while the server is the same, has to be told anew for another, and goes with it."""
    before = admin("GET", "/settings").json()
    made = admin.change("/settings", {"mail": {**MAIL, "password": "mail-canary"}}, method="PATCH")
    assert made.json()["mail"]["password"] == {"stored": True}
    assert "canary" not in made.text
    assert admin.change("/settings", made.json()).headers["etag"] == made.headers["etag"]
    moved = admin.change("/settings", {"mail": {"host": "evil.test"}}, method="PATCH")
    assert is_problem(moved, 422, "/mail/password")
    assert "mail" not in admin.change("/settings", {"mail": None}, method="PATCH").json()
    assert admin("GET", "/settings").json() == before


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(
    ("name", "value"), [("push_providers", [{"name": "sms", "provider": "builtin"}]), ("secrets", {"riskKey": "x"})]
)
def test_the_scope_of_settings_opens_no_other_resource(
    name: str, value: Any, method: str, admin: Caller, house: House
) -> None:
    """What has a scope of its own is refused in a body of settings, and nothing changes."""
    settings = Caller(house, "settings:read", "settings:write")
    before = settings("GET", "/settings").json()
    body = {name: value} if method == "PATCH" else {**before, name: value}
    assert is_problem(settings.change("/settings", body, method=method), 422, f"/{name}")
    assert settings("GET", "/settings").json() == before
    assert admin("GET", "/push-providers").json()["items"] == admin("GET", "/secrets").json()["items"] == []


def test_a_secret_can_be_set_and_never_read(admin: Caller) -> None:
    """ADMIN-13: names only; the tag changes with the value; secrets of the server itself are not there."""
    made = admin("POST", "/secrets", {"name": "riskKey", "value": "risk-canary-1"})
    assert (made.status_code, made.json()) == (201, {"name": "riskKey"})
    assert is_problem(admin("POST", "/secrets", {"name": "riskKey", "value": "x"}), 409, "/name")
    again = admin.change("/secrets/riskKey", {"value": "risk-canary-2"})
    assert again.headers["etag"] != made.headers["etag"]
    assert admin("GET", "/secrets").json()["items"] == [{"name": "riskKey"}]
    for name in ("admin.token.0000000000000000", "mail.password", "oidc.signing-key.1"):
        assert is_problem(admin("GET", f"/secrets/{name}"), 404)
        assert is_problem(admin("POST", "/secrets", {"name": name, "value": "x"}), 422, "/name")
    assert admin.remove("/secrets/riskKey").status_code == 204


def test_a_new_key_is_published_and_the_old_one_signs_on(admin: Caller, house: House) -> None:
    """Keys are listed without their private half; a second new one has to wait."""
    before = admin("GET", "/keys").json()["items"]
    made = admin("POST", "/keys", {"algorithm": "ES256"})
    assert (made.status_code, made.json().keys()) == (201, {"kid", "algorithm", "made_at"})
    published = [key["kid"] for key in httpx2.get(f"{house.url}/oauth2/jwks").json()["keys"]]
    assert {made.json()["kid"], *(one["kid"] for one in before)} <= {*published}
    assert is_problem(admin("POST", "/keys", {"algorithm": "ES256"}), 409)
    assert is_problem(admin("POST", "/keys", {"algorithm": "none"}), 422, "/algorithm")


EXPORTED: dict[str, Any] = {
    "type": "USER_DEFINED",
    "steps": [
        {"id": 1, "options": [{"idp": "LOCAL", "authenticator": "BasicAuthenticator"}]},
        {"id": 2, "options": [{"idp": "LOCAL", "authenticator": "push-notification-authenticator"}]},
    ],
    "requestPathAuthenticators": [],
    "script": "var onLoginRequest = function (context) {\n    executeStep(1);\n};\n",
    "subjectStepId": 1,
    "attributeStepId": 1,
}


def test_an_exported_sequence_is_put_and_read_back(admin: Caller, wiki: str) -> None:
    """As it was; the flow that another application uses stays as it is."""
    before = admin("GET", "/flows/enroll").json()
    put = admin.change(f"{wiki}/authentication-sequence", EXPORTED)
    assert put.status_code == 200, put.text
    assert put.json() == EXPORTED == admin("GET", f"{wiki}/authentication-sequence").json()
    assert (admin("GET", wiki).json()["flow"], admin("GET", "/flows/enroll").json()) == ("wiki", before)
    again = admin.change(f"{wiki}/authentication-sequence", EXPORTED | {"script": ""})
    assert (again.json()["script"], admin("GET", "/flows/wiki").json().get("script")) == ("", None)
    admin.remove(wiki)
    admin.remove("/flows/wiki")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"script": "nobody();"}, "/script"),
        ({"steps": [{"id": 1, "options": [{"authenticator": "x"}]}]}, "/steps/0/options/0/authenticator"),
        ({"steps": [{"id": 1, "options": [{"idp": "Google", "authenticator": "basic"}]}]}, "/steps/0/options/0/idp"),
        ({"subjectStepId": "1"}, "/subjectStepId"),
        ({"more": 1}, "/more"),
    ],
    ids=["script", "authenticator", "idp", "subject", "unknown"],
)
def test_a_sequence_that_cannot_run_is_refused(change: dict[str, Any], pointer: str, admin: Caller, wiki: str) -> None:
    """422, and the place in what was sent."""
    answer = admin.change(f"{wiki}/authentication-sequence", EXPORTED | change)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_key_sent_again_creates_once(admin: Caller) -> None:
    """The first answer again; another body is 422, a refusal is not kept, and of several at once one creates."""
    body = {"name": "once", "value": "v"}
    first = admin("POST", "/secrets", body, idempotency_key="k-1")
    again = admin("POST", "/secrets", body, idempotency_key="k-1")
    assert (first.status_code, again.content, again.headers["etag"]) == (201, first.content, first.headers["etag"])
    assert is_problem(admin("POST", "/secrets", body | {"value": "w"}, idempotency_key="k-1"), 422)
    assert is_problem(admin("POST", "/secrets", body, idempotency_key="k-2"), 409, "/name")
    admin.remove("/secrets/once")
    assert admin("POST", "/secrets", body, idempotency_key="k-2").status_code == 201
    assert is_problem(admin("POST", "/secrets", body, idempotency_key="a b"), 400)
    admin.remove("/secrets/once")


def test_of_several_with_one_key_at_once_one_creates(admin: Caller) -> None:
    """The others get its answer, or are told to wait."""
    with ThreadPoolExecutor(8) as pool:
        sent = pool.map(lambda _: admin("POST", "/secrets", {"name": "s", "value": "v"}, idempotency_key="k"), range(8))
        answers = list(sent)
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert all("retry-after" in answer.headers for answer in answers if answer.status_code == 409)
    assert admin("POST", "/secrets", {"name": "s", "value": "v"}, idempotency_key="k").status_code == 201
    admin.remove("/secrets/s")
