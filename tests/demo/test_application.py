"""The sample application against a live provider."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx2
import pytest

from demo.application import create_application
from tests.oidc.live import live_house
from tests.oidc.support import CALLBACK, SECRET, House

pytestmark = pytest.mark.anyio
ORIGIN = "http://localhost:8401"


@pytest.fixture
def live() -> Iterator[House]:
    """A provider on a port."""
    with live_house() as house:
        yield house


def browser_at(issuer: str, *, secret: str = SECRET) -> httpx2.AsyncClient:
    """A browser, with a cookie jar, that talks to the sample application."""
    app = create_application(issuer, "payroll", client_secret=secret, redirect_uri=CALLBACK)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=ORIGIN)


@pytest.fixture
async def browser(live: House, anyio_backend: str) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser on the application of the live provider."""
    async with browser_at(live.provider.issuer) as client:
        yield client


async def answer_of_login(browser: httpx2.AsyncClient, path: str = "/login") -> str:
    """Begin a sign-in and let the provider answer; gives the address it sends the browser to."""
    away = await browser.get(path)
    assert away.status_code == 303, away.text
    async with httpx2.AsyncClient() as outside:
        return str((await outside.get(away.headers["location"])).headers["location"])


def changed(address: str, **changes: str | None) -> str:
    """The address with parameters changed, or left out for None."""
    query = dict(parse_qsl(urlsplit(address).query)) | changes
    return "/callback?" + urlencode({name: value for name, value in query.items() if value is not None})


async def test_a_stranger_sees_what_it_is_and_how_to_sign_in(browser: httpx2.AsyncClient) -> None:
    """Signed out, there is one thing to do."""
    page = await browser.get("/")
    assert 'data-signed-in="false"' in page.text
    assert 'href="/login"' in page.text


async def test_a_sign_in_shows_who_and_how(browser: httpx2.AsyncClient) -> None:
    """Every claim of the verified ID token is on the page."""
    back = await browser.get(await answer_of_login(browser))
    assert (back.status_code, back.headers["location"]) == (303, "/")
    page = (await browser.get("/")).text
    assert 'data-signed-in="true"' in page
    assert '<td data-claim="sub">u-mara</td>' in page
    assert "mara@example.test" in page
    assert '<span class="chip">password</span>' in page
    assert "urn:doorstep:1" in page


async def test_the_session_changes_its_id_with_the_sign_in(browser: httpx2.AsyncClient) -> None:
    """ASVS 7.2.4."""
    address = await answer_of_login(browser)
    before = browser.cookies["sample-session"]
    await browser.get(address)
    assert browser.cookies["sample-session"] != before


async def test_signing_out_ends_this_session(browser: httpx2.AsyncClient) -> None:
    """And only a form may do it."""
    await browser.get(await answer_of_login(browser))
    kept = browser.cookies["sample-session"]
    assert (await browser.get("/logout")).status_code == 405
    assert (await browser.post("/logout")).status_code == 303
    browser.cookies.set("sample-session", kept)
    assert 'data-signed-in="false"' in (await browser.get("/")).text


async def test_an_answer_for_another_browser_is_refused(browser: httpx2.AsyncClient, live: House) -> None:
    """OpenID Connect Core §3.1.2.7: a state that this browser did not bring is nobody's."""
    address = await answer_of_login(browser)
    async with browser_at(live.provider.issuer) as victim:
        page = await victim.get(address)
        assert page.status_code == 400
        assert 'data-signed-in="false"' in (await victim.get("/")).text


async def test_an_answer_counts_once(browser: httpx2.AsyncClient) -> None:
    """The same address again signs nobody in."""
    address = await answer_of_login(browser)
    await browser.get(address)
    assert (await browser.get(address)).status_code == 400


async def test_an_answer_that_failed_counts_no_more(browser: httpx2.AsyncClient) -> None:
    """A sign-in under way is taken by the first answer to it, right or wrong."""
    address = await answer_of_login(browser)
    await browser.get(changed(address, code="other"))
    assert (await browser.get(address)).status_code == 400


async def test_signing_in_again_ends_the_session_before(browser: httpx2.AsyncClient) -> None:
    """A stolen cookie of before is worth nothing after."""
    await browser.get(await answer_of_login(browser))
    before = browser.cookies["sample-session"]
    await browser.get(await answer_of_login(browser))
    browser.cookies.clear()
    browser.cookies.set("sample-session", before)
    assert 'data-signed-in="false"' in (await browser.get("/")).text


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "other"},
        {"state": None},
        {"iss": "http://evil.test"},
        {"iss": None},
        {"code": "other"},
        {"code": None},
    ],
)
async def test_a_changed_answer_is_refused(browser: httpx2.AsyncClient, changes: dict[str, str | None]) -> None:
    """RFC 9207 §2.4, RFC 6749 §10.12: state, issuer and code must all be right."""
    page = await browser.get(changed(await answer_of_login(browser), **changes))
    assert page.status_code == 400
    assert 'role="alert"' in page.text


async def test_a_code_of_another_sign_in_is_refused(browser: httpx2.AsyncClient) -> None:
    """RFC 9700 §4.5: PKCE binds a code to the sign-in that asked for it."""
    stolen = parse_qs(urlsplit(await answer_of_login(browser)).query)["code"][0]
    page = await browser.get(changed(await answer_of_login(browser), code=stolen))
    assert page.status_code == 400
    assert "invalid_grant" in page.text


async def test_a_token_with_another_nonce_is_refused(browser: httpx2.AsyncClient) -> None:
    """OpenID Connect Core §3.1.3.7: the ID token must be the answer to this very request."""
    away = (await browser.get("/login")).headers["location"]
    parts = urlsplit(away)
    query = dict(parse_qsl(parts.query)) | {"nonce": "another"}
    async with httpx2.AsyncClient() as outside:
        back = await outside.get(parts._replace(query=urlencode(query)).geturl())
    page = await browser.get(back.headers["location"])
    assert page.status_code == 400
    assert "did not stand up to checking" in page.text


async def test_a_refusal_is_shown_in_words(browser: httpx2.AsyncClient) -> None:
    """What the server said is text, never markup."""
    query = dict(parse_qsl(urlsplit(await answer_of_login(browser)).query))
    refusal = {"state": query["state"], "iss": query["iss"], "error": "access_denied", "error_description": "<script>x"}
    page = await browser.get("/callback?" + urlencode(refusal))
    assert page.status_code == 400
    assert "You were not signed in." in page.text
    assert "&lt;script&gt;x" in page.text


async def test_a_repeated_parameter_is_refused(browser: httpx2.AsyncClient) -> None:
    """RFC 6749 §3.1."""
    page = await browser.get(await answer_of_login(browser) + "&code=x")
    assert page.status_code == 400


async def test_a_login_server_that_is_down_is_said_so() -> None:
    """502, with what to do."""
    async with browser_at("http://127.0.0.1:9") as browser:
        page = await browser.get("/login")
    assert page.status_code == 502
    assert "did not answer" in page.text


async def test_a_wrong_client_secret_is_said_so(live: House) -> None:
    """The server's error code is shown to whoever set the application up."""
    async with browser_at(live.provider.issuer, secret="wrong") as browser:
        page = await browser.get(await answer_of_login(browser))
    assert "invalid_client" in page.text


async def test_prove_it_again_asks_the_server_to_ask(browser: httpx2.AsyncClient, live: House) -> None:
    """OpenID Connect Core §3.1.2.1: prompt=login."""
    await answer_of_login(browser, "/login?prompt=login")
    assert live.opened[-1].fresh
    assert live.opened[-1].redirect_uri == CALLBACK


@pytest.mark.parametrize("path", ["/", "/login", "/nothing", "/callback", "/static/application.css"])
async def test_every_answer_has_a_strict_policy(browser: httpx2.AsyncClient, path: str) -> None:
    """Nothing from elsewhere, no scripts, no frames."""
    response = await browser.get(path)
    assert response.headers["content-security-policy"].startswith("default-src 'none';")
    assert response.headers["x-content-type-options"] == "nosniff"
