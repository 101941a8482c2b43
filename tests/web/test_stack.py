"""What every request passes: host, target, origin, headers, and errors that say nothing."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from engine.errors import BadAnswer, Busy, DeviceError, LoginGone, NotYourLogin, TooManyRequests, UnknownApplication
from web.errors import Errors
from web.pages import Pages
from web.site import site_of
from web.stack import middleware

ORIGIN = "https://id.example.test"
RAISED = {
    "bad": BadAnswer("x"), "busy": Busy(), "gone": LoginGone(), "not-yours": NotYourLogin(),
    "many": TooManyRequests(retry_after=7), "unknown": UnknownApplication(), "crash": RuntimeError("/secret/path"),
}  # fmt: skip


async def fine(request: Request) -> Response:
    return PlainTextResponse("fine")


async def fail(request: Request) -> Response:
    raise RAISED[request.path_params["what"]]


async def refuse_device(request: Request) -> Response:
    raise DeviceError("PDH-15005", "The signature does not verify.")


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A server of those routes behind the real stack."""
    errors = Errors(Pages())
    app = Starlette(
        routes=[
            Route("/fine", fine, methods=["GET", "POST"]),
            Route("/fail/{what}", fail),
            Route("/oauth2/token", fine, methods=["POST"]),
            Route("/t/{t}/push-auth/authenticate", refuse_device, methods=["POST"]),
            Route("/healthz", fine),
        ],
        middleware=middleware(site=site_of(ORIGIN), errors=errors),
        exception_handlers=dict(errors.handlers()),
    )
    return TestClient(app, base_url=ORIGIN)


@pytest.mark.parametrize(
    "host", ["evil.test", "id.example.test.evil.test", "id.example.test:1", "id.example.test/x?", ""]
)
def test_another_host_is_400(client: TestClient, host: str) -> None:
    """And the forwarded ones are not looked at."""
    answer = client.get("/fine", headers={"host": host, "x-forwarded-host": "id.example.test"})
    assert answer.status_code == 400
    assert client.get("/fine", headers={"x-forwarded-host": "evil.test"}).status_code == 200


def test_probes_come_by_address(client: TestClient) -> None:
    """Only the health endpoints answer to any host."""
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200


@pytest.mark.parametrize("path", ["//evil.test/x", "/a%00b", "/a%0d%0ab", "/a%ffb", "/a\\b"])
def test_an_odd_target_is_400(client: TestClient, path: str) -> None:
    """Nothing but plain absolute paths."""
    assert client.get(f"{ORIGIN}{path}").status_code == 400


def test_a_flood_of_headers_is_431(client: TestClient) -> None:
    """In number and in bytes."""
    assert client.get("/fine", headers=[(f"x-{n}", "1") for n in range(200)]).status_code == 431
    assert client.get("/fine", headers={"x": "a" * 40_000}).status_code == 431


def test_a_huge_body_is_413_before_it_is_read(client: TestClient) -> None:
    """By its content length."""
    assert client.post("/fine", content=b"x" * 1_100_000).status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, 403),
        ({"sec-fetch-site": "odd"}, 403),
        ({"origin": ORIGIN}, 200),
        ({"origin": "null"}, 403),
        ({"origin": "https://evil.test"}, 403),
        ({"origin": "http://id.example.test"}, 403),
        ({"origin": "https://id.example.test.evil.test"}, 403),
    ],
)
def test_a_change_must_come_from_our_own_pages(client: TestClient, headers: dict[str, str], status: int) -> None:
    """By the browser's own word; other clients send none."""
    assert client.post("/fine", headers=headers).status_code == status


def test_applications_and_devices_may_post_from_elsewhere(client: TestClient) -> None:
    """Their calls rest on what they send; reading is free for all."""
    foreign = {"sec-fetch-site": "cross-site", "origin": "https://app.example.test"}
    assert client.post("/oauth2/token", headers=foreign).status_code == 200
    assert client.post("/t/x/push-auth/authenticate", headers=foreign).json()["code"] == "PDH-15005"
    assert client.get("/fine", headers=foreign).status_code == 200


@pytest.mark.parametrize("path", ["/fine", "/fail/crash", "/nowhere", "//x"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    """Errors too."""
    headers = client.get(f"{ORIGIN}{path}").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "charset" in headers["content-type"] or "json" in headers["content-type"]


@pytest.mark.parametrize(
    ("what", "status", "message"),
    [
        ("bad", 400, "http.bad_request"),
        ("busy", 503, "http.busy"),
        ("gone", 410, "login.gone"),
        ("not-yours", 403, "login.not_yours"),
        ("many", 429, "http.too_many"),
        ("unknown", 400, "login.unknown_application"),
        ("crash", 500, "http.internal"),
    ],
)
def test_an_error_page_says_what_to_do_and_nothing_else(
    client: TestClient, what: str, status: int, message: str
) -> None:
    """Status, message id, a reference number; no trace, no path."""
    answer = client.get(f"/fail/{what}")
    assert answer.status_code == status
    assert 'data-page="error"' in answer.text
    assert f'role="alert" data-message="{message}"' in answer.text
    assert re.search(r"data-reference>[0-9A-Z]{4}-[0-9A-Z]{4}<", answer.text)
    assert "secret/path" not in answer.text


def test_programs_get_json(client: TestClient) -> None:
    """By path, with code, message and trace id."""
    answer = client.post("/t/x/push-auth/authenticate", headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "traceId"}
    missing = client.get("/api/users/v1/me/push/nothing")
    assert (missing.status_code, missing.json()["code"]) == (404, "HTTP-404")
    assert client.get("/oauth2/token").json()["error"] == "invalid_request"


def test_a_retry_is_told_when(client: TestClient) -> None:
    """Busy and too-many answers carry Retry-After."""
    assert client.get("/fail/many").headers["retry-after"] == "7"
    assert client.get("/fail/busy").headers["retry-after"]


def test_another_method_is_405(client: TestClient) -> None:
    """No overrides."""
    for method in ("PUT", "DELETE", "TRACE", "PATCH"):
        assert client.request(method, "/fine", headers={"x-http-method-override": "GET"}).status_code == 405
