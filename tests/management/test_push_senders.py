"""Push providers by HTTP: the shapes of the protocol, who may, what is refused, and that no key comes out again."""

from __future__ import annotations

import asyncio
import json
import time
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import literal, select

from commands.stores import opened
from configuration.export import export
from engine.admin_scopes import SCOPES
from management.tokens import PREFIX, AdminTokens
from storage.sql.configuration import FRESH
from storage.sql.tables import secrets
from tests.journeys.living import House
from tests.journeys.push_providers import audited, document, served, waiting, with_phone
from tests.management.callers import Caller, token_for
from tests.standins.fcm import Fcm, fcm

PUSH = "/api/server/v1/notification-senders/push"


@pytest.fixture(scope="module")
def google() -> Iterator[Fcm]:
    """A project of FCM's."""
    with fcm() as project:
        yield project


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, google: Fcm) -> Iterator[House]:
    """A server with no provider."""
    whole = document(google)
    whole["settings"]["push_providers"] = []
    with served(tmp_path_factory.mktemp("house"), google, whole) as house:
        yield house


class Admin(Caller):
    """A program of an admin's with all scopes, or some."""

    def __init__(self, house: House, *scopes: str) -> None:
        super().__init__(house, *scopes, base=PUSH)

    def forget(self, *names: str) -> None:
        """Remove what a test has made."""
        for name in names:
            assert self("DELETE", f"/{name}").status_code == 204


@pytest.fixture
def admin(house: House) -> Admin:
    """May do everything."""
    return Admin(house)


def sender(google: Fcm, name: str | None = "main", **more: Any) -> dict[str, Any]:
    """What a console posts."""
    content = b64encode(google.service_account().encode()).decode()
    body = {"name": name, "provider": "FCM", "properties": [{"key": "serviceAccountContent", "value": content}]}
    return {key: value for key, value in {**body, **more}.items() if value is not None}


def _copy() -> Any:
    stored = select(literal("push.provider.other"), secrets.c.sealed).where(secrets.c.name == "push.provider.main")
    return secrets.insert().from_select(["name", "sealed"], stored)


def refused(answer: httpx2.Response, status: int, code: str) -> bool:
    """Whether it is that refusal, in the shape of errors."""
    body = answer.json()
    assert body.keys() == {"code", "message", "traceId"}
    return (answer.status_code, body["code"]) == (status, code)


def test_a_sender_is_added_read_replaced_and_removed(admin: Admin, google: Fcm) -> None:
    """201, 200, 200, 204; what is read says whose key it is."""
    added = admin("POST", body=sender(google))
    assert (added.status_code, added.headers["location"]) == (201, f"{PUSH}/main")
    assert added.json().keys() == {"name", "provider", "properties"}
    facts = {one["key"]: one["value"] for one in added.json()["properties"]}
    assert (added.json()["provider"], facts["projectId"]) == ("FCM", "demo-project")
    assert admin("GET", "/main").json() == added.json()
    assert admin("GET").json() == [added.json()]
    replaced = admin("PUT", "/main", sender(google, None))
    assert (replaced.status_code, replaced.json() == added.json()) == (200, False)
    admin.forget("main")
    assert refused(admin("GET", "/main"), 404, "NSM-60001")


def test_a_sender_without_a_name_gets_the_usual_one(admin: Admin, google: Fcm) -> None:
    """`PushPublisher`; names are the same in any case."""
    assert admin("POST", body=sender(google, None)).json()["name"] == "PushPublisher"
    assert refused(admin("POST", body=sender(google, "pushpublisher")), 409, "NSM-60002")
    admin.forget("pushPUBLISHER")


def test_both_versions_and_the_tenants_address_are_the_same(admin: Admin, house: House) -> None:
    """Another tenant is not there."""
    for path in (PUSH, PUSH.replace("v1", "v2"), f"/t/carbon.super{PUSH}"):
        assert httpx2.get(house.url + path, headers=admin.headers).json() == []
    assert httpx2.get(f"{house.url}/t/other{PUSH}", headers=admin.headers).status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"provider": None}, "NSM-60003"),
        ({"provider": "AmazonSNS"}, "NSM-60003"),
        ({"provider": 7}, "NSM-60003"),
        ({"properties": None}, "NSM-60003"),
        ({"properties": []}, "NSM-60003"),
        ({"properties": {}}, "NSM-60004"),
        ({"properties": [{"key": "a"}]}, "NSM-60004"),
        ({"properties": [{"key": "FCM.serviceAccount", "value": "x"}]}, "NSM-60004"),
        ({"properties": [{"key": "serviceAccountContent", "value": "x"}] * 2}, "NSM-60004"),
        ({"properties": [{"key": "serviceAccountContent", "value": "%%"}]}, "NSM-60005"),
        ({"properties": [{"key": "serviceAccountContent", "value": "e30="}]}, "NSM-60005"),
        ({"name": "../main"}, "NSM-60004"),
        ({"name": "a" * 65}, "NSM-60004"),
        ({"name": "webpush"}, "NSM-60004"),
        ({"name": ["main"]}, "NSM-60004"),
        ({"enabled": True}, "NSM-60004"),
        ({"provider": "builtin"}, "NSM-60004"),
    ],
)
def test_what_is_not_well_formed_changes_nothing(
    change: dict[str, Any], code: str, admin: Admin, google: Fcm
) -> None:
    """400 with a code."""
    assert refused(admin("POST", body=sender(google, **change)), 400, code)
    assert admin("GET").json() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "authorized_user"}, "type"),
        ({"token_uri": "https://attacker.test/token"}, "token_uri"),
        ({"token_uri": "http://127.0.0.1:1/token"}, "token_uri"),
        ({"universe_domain": "attacker.test"}, "universe_domain"),
        ({"private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}, "private_key"),
        ({"private_key_id": None}, "private_key_id"),
        ({"project_id": "../../v1"}, "project_id"),
        ({"client_email": "nobody"}, "client_email"),
    ],
)
def test_admin_11_12_a_key_file_that_cannot_work_is_refused(
    change: dict[str, Any], said: str, admin: Admin, google: Fcm
) -> None:
    """The answer names the field and never its value."""
    content = b64encode(google.service_account(**change).encode()).decode()
    answer = admin("POST", body=sender(google, properties=[{"key": "serviceAccountContent", "value": content}]))
    assert refused(answer, 400, "NSM-60005")
    assert f'"{said}"' in answer.json()["message"]
    assert not [text for text in ("attacker", "127.0.0.1", "AAAA", "../") if text in answer.text]


def test_a_body_that_is_no_object_is_refused(admin: Admin, house: House) -> None:
    """Neither another value, nor a name twice, nor too much of it, nor a form."""
    for content in (b"[]", b"", b"{", b'{"name":"a","name":"b"}', b'{"name":"' + b"a" * 70_000 + b'"}'):
        headers = {**admin.headers, "Content-Type": "application/json"}
        answer = httpx2.post(house.url + PUSH, headers=headers, content=content)
        assert answer.status_code in (400, 413)
    assert httpx2.post(house.url + PUSH, headers=admin.headers, data={"name": "a"}).status_code == 415


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [("GET", "", 0), ("GET", "/main", 0), ("POST", "", 1), ("PUT", "/main", 2), ("DELETE", "/main", 3)],
)
def test_each_call_wants_its_own_scope(method: str, path: str, scope: int, house: House) -> None:
    """A token with all others is not enough: 403, and the scope is named."""
    others = [one for number, one in enumerate(SCOPES) if number != scope]
    answer = Admin(house, *others)(method, path, None if method == "GET" else {})
    assert answer.status_code == 403
    assert f'scope="{SCOPES[scope]}"' in answer.headers["www-authenticate"]


def test_without_a_good_token_nothing_is_told(admin: Admin, house: House) -> None:
    """None, another one, one cut short, two of them, one in the address, one that ran out: 401."""
    good = admin.headers["Authorization"]
    expired = f"Bearer {token_for(house, *SCOPES, days=0)}"
    wrong = (good[:-1], good + "A", good.replace("dst_", "dst_0"), expired)
    for given in ("", "Bearer", "Bearer x", "Basic eA==", *wrong):
        answer = httpx2.get(house.url + PUSH, headers={"Authorization": given})
        assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer"), given
    twice = [("Authorization", good), ("Authorization", good)]
    assert httpx2.get(house.url + PUSH, headers=twice).status_code == 401
    assert httpx2.get(f"{house.url}{PUSH}?access_token={good[7:]}").status_code == 401


def test_a_token_is_kept_as_a_hash(admin: Admin, house: House) -> None:
    """Whoever reads the database, even with its key, cannot call with what is there; a revoked one is over at once."""
    token_id, secret = admin.headers["Authorization"].removeprefix("Bearer dst_").split("_", 1)

    async def look() -> str | None:
        async with opened(house.settings) as stores:
            kept = await stores.configuration.secret(PREFIX + token_id)
            assert await AdminTokens(stores.configuration, time.time).revoke(token_id)
            return kept

    kept = asyncio.run(look())
    assert kept is not None
    assert secret not in kept
    assert admin("GET").status_code == 401


def test_no_key_comes_out_again(admin: Admin, google: Fcm, house: House, tmp_path: Path) -> None:
    """Not by this API, not by an export, not in the database as it lies there."""
    account = json.loads(google.service_account())
    content = b64encode(json.dumps(account).encode()).decode()
    admin("POST", body=sender(google, properties=[{"key": "serviceAccountContent", "value": content}]))
    key = account["private_key"].splitlines()[3]

    async def exported() -> str:
        async with opened(house.settings) as stores:
            return json.dumps(await export(stores.configuration))

    whole = asyncio.run(exported())
    assert '{"name": "main", "provider": "fcm", "service_account": {"stored": true}}' in whole
    file = Path(house.settings.database_url.removeprefix("sqlite:///"))
    lying = b"".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))
    assert not [True for text in (whole, admin("GET").text) if key in text]
    assert key.encode() not in lying
    admin.forget("main")


def test_a_stored_key_opens_only_where_it_was_put(admin: Admin, google: Fcm, house: House) -> None:
    """It is bound to its row: copied to another one it is none, and nothing is sent with it."""
    admin("POST", body=sender(google))

    async def copy() -> str | None:
        async with opened(house.settings) as stores:
            database = stores.configuration._database  # type: ignore[attr-defined]
            await database.transaction(lambda run: run(database.prepare(_copy())))
            return await stores.configuration.secret("push.provider.other")

    assert asyncio.run(copy()) is None
    admin.forget("main")


def test_of_many_at_the_same_time_one_adds_it(admin: Admin, google: Fcm) -> None:
    """The others are told that the name is taken, or that somebody is at it."""
    body = sender(google)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: admin("POST", body=body).status_code, range(20)))
    assert (answers.count(201), answers.count(409)) == (1, 19)
    admin.forget("main")


def test_what_is_added_is_used_without_a_restart(admin: Admin, google: Fcm, house: House) -> None:
    """And what is removed is not; the audit says who did it."""
    admin("POST", body=sender(google))
    phone = with_phone(house)
    assert google.sent[-1]["token"] == phone.push_token
    admin.forget("main")
    time.sleep(FRESH + 0.1)
    sent = len(google.sent)
    waiting(house)
    newest, *_ = audited(house, "push_sent", 2)
    assert (newest.details["not_taken"], len(google.sent)) == ("provider.unknown", sent)
    assert audited(house, "push_provider_removed")[0].details["token_name"] == "test"


def test_web_push_can_be_told_of_another_push_service(admin: Admin) -> None:
    """By the hosts that it may call; no key file is taken."""
    services = [{"key": "services", "value": "Push.example.test, localhost:8500"}]
    body = {"name": "web", "provider": "webpush", "properties": services}
    assert admin("POST", body=body).json()["properties"][0]["value"] == "push.example.test,localhost:8500"
    body["properties"] = [{"key": "services", "value": "169.254.169.254"}]
    assert refused(admin("PUT", "/web", {**body, "name": "web"}), 400, "NSM-60005")
    assert refused(admin("PUT", "/web", {**body, "name": "other"}), 400, "NSM-60004")
    admin.forget("web")
