"""SESSION: cookies, single sign-on, what a page may do, where a browser is sent.

Elsewhere: SESSION-06 and 07 over every route in test_routes.py; SESSION-05 in part in tests/engine/test_sessions.py;
SESSION-24 in tests/login/test_in_browser.py; SESSION-08 in tests/oidc/test_signing_out.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from starlette.testclient import TestClient

from commands.settings import Settings
from server import create_app
from storage.open import Stores
from tests.browser import Browser
from tests.journeys.living import APPLICATION
from tests.security.town import Town, address, at_once, clean, document, hidden, password, town

SESSION = "doorstep-session"


def sent(response: httpx2.Response) -> list[SimpleCookie]:
    """Each cookie that an answer sets."""
    return [SimpleCookie(header) for header in response.headers.get_list("set-cookie")]


def without_asking(place: Town, cookie: str, **more: str) -> httpx2.Response:
    """What the application gets for prompt=none from a browser with that session cookie."""
    url = place.house.authorize("pass", prompt="none", **more)
    return httpx2.get(url, headers={"Cookie": f"{SESSION}={cookie}"})


def is_in(answer: httpx2.Response) -> bool:
    """Whether a code came out."""
    return "code=" in answer.headers["location"]


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """The same server as it is configured for the world: https, behind a proxy that ends TLS."""
    folder = tmp_path_factory.mktemp("secure")
    with town(folder, document()) as made:
        settings = made.house.settings
    world = Settings.model_construct(
        issuer="https://id.example.test", database_url=settings.database_url, secret_key_file=settings.secret_key_file
    )
    with TestClient(create_app(world), base_url="https://id.example.test", follow_redirects=False) as client:
        yield client


def test_session_01_cookie_flags(place: Town, secure: httpx2.Client) -> None:
    """Every cookie over https is pinned to the host, out of reach of scripts, and small."""
    name = place.person()
    path = place.house.authorize("pass").removeprefix(place.house.url)
    first = secure.get(path)
    page = secure.get(first.headers["location"])
    token = page.text.split('name="_token" value="')[1].split('"')[0]
    fields = {"_token": token, "username": name, "password": password(name)}
    last = secure.post(first.headers["location"], data=fields, headers={"Origin": "https://id.example.test"})
    assert "code=" in last.headers["location"]
    cookies = [morsel for answer in (first, last) for cookie in sent(answer) for morsel in cookie.values()]
    kinds = {morsel.key.split("doorstep-")[1].split("-")[0] for morsel in cookies}
    assert kinds == {"flow", "application", "session", "browser"}
    for morsel in cookies:
        assert morsel.key.startswith("__Host-")
        assert (bool(morsel["secure"]), bool(morsel["httponly"]), morsel["path"]) == (True, True, "/")
        assert morsel["samesite"].lower() == "lax"
        assert morsel["domain"] == ""
        assert len(morsel.OutputString()) < 400


def test_session_02_fixation(place: Town) -> None:
    """What was planted before the login is not what counts after it."""
    name, attacker = place.person(), place.person()
    for planted in ("A" * 43, place.signed_in(attacker).http.cookies[SESSION]):
        browser = place.browser()
        browser.http.cookies.set(SESSION, planted, domain="localhost.local")
        browser.open(place.house.authorize("pass", prompt="login"))
        browser.submit(username=name, password=password(name))
        given = browser.response.headers["set-cookie"]
        assert planted not in given
        assert not is_in(without_asking(place, planted))


def test_session_03_rotation(place: Town) -> None:
    """A login by what is remembered, and one that asks again, both give a new id and end the old one."""
    browser = place.signed_in(place.person())
    seen = [browser.http.cookies[SESSION]]
    place.at("pass", browser)
    seen.append(browser.http.cookies[SESSION])
    place.signed_in(place.person(), place.browser())
    assert len(set(seen)) == 2
    assert not is_in(without_asking(place, seen[0]))
    assert is_in(without_asking(place, seen[1]))


def test_session_03_step_up(place: Town) -> None:
    """A second factor gives a new id too, and its session knows both."""
    name = place.person()
    phone = place.phone(name)
    browser = place.signed_in(name)
    before = browser.http.cookies[SESSION]
    place.at("pass-push", browser)
    assert browser.page == "push-wait"
    place.house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert place.house.redeem(browser, "pass-push")["amr"] == ["pwd", "swk", "mfa"]
    assert browser.http.cookies[SESSION] != before
    assert not is_in(without_asking(place, before))


def sign_out(place: Town, browser: Browser) -> Browser:
    """As a person does, by our own page."""
    return browser.open(f"{place.house.url}/oidc/logout").submit()


def test_session_04_signed_out_is_signed_out(place: Town) -> None:
    """The old cookie opens nothing, and leaving again is no question."""
    browser = place.signed_in(place.person())
    assert "code" in place.at("pass", browser).query
    cookie = browser.http.cookies[SESSION]
    assert sign_out(place, browser).page == "done"
    assert SESSION not in browser.http.cookies
    with place.noauth():
        assert not is_in(without_asking(place, cookie))
    again = httpx2.get(f"{place.house.url}/oidc/logout", headers={"Cookie": f"{SESSION}={cookie}"})
    assert 'data-page="done"' in again.text


def test_session_19_signed_out_at_one_node_is_signed_out_at_all(place: Town) -> None:
    """A node that has served the session asks the store again each time."""
    browser = place.signed_in(place.person())
    url = place.house.authorize("pass", prompt="none")
    with TestClient(create_app(place.house.settings), base_url=place.house.url, follow_redirects=False) as other:
        other.cookies.set(SESSION, browser.http.cookies[SESSION])
        served = other.get(url)
        assert is_in(served)
        browser.http.cookies.set(SESSION, served.cookies[SESSION], domain="localhost.local")
        sign_out(place, browser)
        other.cookies.set(SESSION, served.cookies[SESSION])
        assert not is_in(other.get(url))


@pytest.mark.parametrize("turn", range(20))
def test_session_23_signing_out_races_signing_in(place: Town, turn: int) -> None:
    """Once a sign-out has been answered, none of the sessions that began meanwhile lets anybody in."""
    browser = place.signed_in(place.person())
    cookie = browser.http.cookies[SESSION]
    hint = place.tokens(browser, "pass")["id_token"]
    leave, headers = f"{place.house.url}/oidc/logout?id_token_hint={hint}", {"Cookie": f"{SESSION}={cookie}"}
    at = turn % 5
    answers = at_once(5, lambda n: httpx2.get(leave, headers=headers) if n == at else without_asking(place, cookie))
    assert (answers[at].status_code, 'data-page="done"' in answers[at].text) == (200, True)
    with place.noauth():
        for made in (each.cookies.get(SESSION) for each in answers):
            assert made is None or not is_in(without_asking(place, made))


def test_session_23_a_cookie_just_replaced_still_signs_out(place: Town) -> None:
    """Another tab has signed in while the question was on the screen; a minute later it does nothing more."""
    browser = place.signed_in(place.person())
    old = Browser()
    old.http.cookies.set(SESSION, browser.http.cookies[SESSION])
    old.open(f"{place.house.url}/oidc/logout")
    assert "code" in place.at("pass", browser).query
    assert old.submit().page == "done"
    with place.noauth():
        assert not is_in(without_asking(place, browser.http.cookies[SESSION]))


def test_session_05_idle_and_absolute(place: Town) -> None:
    """An hour unused ends it, and twelve hours whatever happens, by the server's clock."""
    browser = place.signed_in(place.person())
    cookie = browser.http.cookies[SESSION]
    place.clock.ahead = 3601
    assert not is_in(without_asking(place, cookie))
    place.clock.ahead = 0
    browser = place.signed_in(place.person())
    for hour in range(1, 13):
        place.clock.ahead = hour * 3590
        place.at("pass", browser)
        assert "code" in browser.query, hour
    place.clock.ahead = 12 * 3600 + 1
    assert place.at("pass", browser).page == "password"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"_token": ""},
        {"_token": "1.password.AAAAAAAAAAAAAAAAAAAAAA"},
        {"_token": "0.password."},
        {"_token": "9" * 90},
    ],
)
def test_session_06_no_form_without_its_token(place: Town, fields: dict[str, str]) -> None:
    """A right password without the page's own token is 403, and not counted."""
    name = place.person()
    browser = place.at("pass")
    with place.noauth(browser):
        more = {"username": name, "password": password(name)}
        answer = browser.http.post(address(browser), data=fields | more, headers={"Origin": place.house.url})
        assert answer.status_code == 403
        clean(answer)
    assert place.audited("password_wrong", name) == 0


@pytest.mark.parametrize("type", ["text/plain", "multipart/form-data; boundary=x", "application/json", ""])
def test_session_07_simple_requests(place: Town, type: str) -> None:
    """What a foreign page can send without asking first is not the type of a form of ours."""
    browser = place.at("pass")
    headers = {"Origin": place.house.url} | ({"Content-Type": type} if type else {})
    with place.noauth(browser):
        answer = browser.http.post(address(browser), content=b'{"username":"x"}', headers=headers)
        assert answer.status_code == 415
        clean(answer)


def pages(place: Town) -> Iterator[tuple[str, httpx2.Response]]:
    """Every kind of HTML answer."""
    name, enrolling = place.person(), place.person()
    place.phone(name)
    http = place.browser().http
    yield "phone", http.get(f"{place.house.url}/phone")
    yield "404", http.get(f"{place.house.url}/nowhere")
    yield "410", http.get(f"{place.house.url}/login/AAAAAAAAAAAAAAAAAAAAAA")
    yield "authorize", http.get(f"{place.house.url}/oauth2/authorize?client_id=x")
    for application, step in (
        ("name-push", {"username": name}),
        ("payroll", {"username": enrolling}),
        ("either", {"username": name}),
    ):
        browser = place.at(application)
        yield browser.page, shown(browser)
        browser.submit(**step)
        yield browser.page, shown(browser)
    browser = place.at("pass")
    yield "password", shown(browser)
    browser.submit(username=name, password="wrong")
    yield "password", shown(browser)
    browser.post(address(browser), {**hidden(browser), "_action": "abort"})
    yield "error", shown(browser)


def shown(browser: Browser) -> httpx2.Response:
    """The answer at hand."""
    assert browser.response is not None
    return browser.response


def test_session_09_10_21_22_headers_of_every_page(place: Town) -> None:
    """No frame, no cache, no script but ours, no sniffing, no foreign opener, and the charset is said."""
    kinds = set()
    for kind, answer in pages(place):
        kinds.add(kind)
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert answer.headers["content-type"] == "text/html; charset=utf-8", kind
        assert answer.headers.get_list("content-security-policy") == [answer.headers["content-security-policy"]]
        for name in ("default-src", "object-src", "frame-ancestors", "base-uri"):
            assert policy[name] == "'none'", (kind, name)
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert set(policy["form-action"].split()) <= {"'self'", "https://payroll.example.test"}
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store", kind
        for word in ("<script>", "onclick", "onload", "javascript:", "style="):
            assert word not in answer.text, (kind, word)
    assert {"identifier", "password", "choose", "push-wait", "push-enroll-consent", "error", "phone"} <= kinds


def test_session_22_strict_transport(secure: httpx2.Client) -> None:
    """Over https every answer says so for a year, refusals too."""
    for path in ("/phone", "/nowhere", "/.well-known/openid-configuration"):
        assert secure.get(path).headers["strict-transport-security"].startswith("max-age=31536000")


EVIL = [
    "//evil.example.test", "/\\evil.example.test", "/%09/evil.example.test", "https:evil.example.test",
    "https://payroll.example.test@evil.example.test/callback", "https://evil.example.test/callback",
    "https://payroll.example.test.evil.example.test/callback", "javascript:alert(1)", "data:text/html,x",
    "https://payroll.example.test/callback\r\nX: y", "https://payroll。example。test/callback", "x" * 10_000, "",
]  # fmt: skip


@pytest.mark.parametrize("where", EVIL)
def test_session_11_open_redirect_of_authorize(place: Town, where: str) -> None:
    """Only the exact registered address; everything else is a page of ours."""
    answer = httpx2.get(place.house.authorize("pass", redirect_uri=where))
    clean(answer)
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "name", ["redirect_uri", "next", "return_to", "continue", "url", "RelayState", "post_logout_redirect_uri"]
)
def test_session_11_open_redirect_of_a_login(place: Town, name: str) -> None:
    """No field of a login's pages says where it leads."""
    person = place.person()
    browser = place.at("pass")
    more = {name: "https://evil.example.test/"}
    browser.post(
        f"{address(browser)}?{name}={quote(more[name])}",
        hidden(browser) | {"username": person, "password": password(person)} | more,
    )
    assert browser.url.startswith(APPLICATION)


HOSTS = [
    {"Host": "evil.example.test"},
    {"Host": "evil.example.test:{port}"},
    {"Host": "localhost:{port}.evil.example.test"},
    {"Host": "localhost:{port}@evil.example.test"},
    {"Host": "localhost"},
    {"Host": ""},
]
PATHS = ["/.well-known/openid-configuration", "/phone", "/oauth2/jwks", "/oauth2/authorize"]


@pytest.mark.parametrize("headers", HOSTS)
@pytest.mark.parametrize("path", PATHS)
def test_session_12_another_host(place: Town, path: str, headers: dict[str, str]) -> None:
    """The server answers to its own names only."""
    port = urlsplit(place.house.url).port
    filled = {name: value.format(port=port) for name, value in headers.items()}
    answer = httpx2.get(place.house.url + path, headers=filled)
    assert answer.status_code == 400
    assert "evil" not in answer.text


FORWARDED = {
    "X-Forwarded-Host": "evil.example.test",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "host=evil.example.test;proto=https",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
    "X-Host": "evil.example.test",
}


def test_session_12_forwarded_headers(place: Town) -> None:
    """What a proxy could say changes no byte of what the server says of itself, nor of a code that a phone scans."""
    for path in PATHS[:3]:
        assert (
            httpx2.get(place.house.url + path, headers=FORWARDED).content == httpx2.get(place.house.url + path).content
        )
    browser = place.browser(**FORWARDED)
    name = place.person()
    place.at("payroll", browser).submit(username=name).press("INIT_PUSH_ENROLL").submit(password=password(name))
    assert f'"host":"{place.house.url}"' in browser.marked["data-enrollment"]
    assert "evil" not in shown(browser).text + str(shown(browser).headers)


@pytest.mark.parametrize("cookies", ["{n}={v}; {n}={x}", "{n}={x}; {n}={v}", "{n}={v}; {n}={v}", '{n}="{v}"; {n}={x}'])
def test_session_15_cookie_tossing(place: Town, cookies: str) -> None:
    """A cookie that comes twice is none, in whatever order; so is one with the secret of a login."""
    browser = place.signed_in(place.person())
    real = browser.http.cookies[SESSION]
    header = cookies.format(n=SESSION, v=real, x="A" * 43)
    with place.noauth():
        answer = httpx2.get(place.house.authorize("pass", prompt="none"), headers={"Cookie": header})
        assert not is_in(answer)
    place.at("pass", browser, prompt="login")
    name, secret = next(
        (key, value)
        for key, value in browser.http.cookies.items()
        if "flow" in key and key[14:] in address(browser).rsplit("/", 1)[-1]
    )
    doubled = {"Cookie": cookies.format(n=name, v=secret, x="A" * 43)}
    assert httpx2.get(address(browser), headers=doubled).status_code == 403


def test_session_17_another_token_as_session(place: Town) -> None:
    """Nothing else that the server gave away is a session."""
    browser = place.signed_in(place.person())
    answer = place.house.token(browser.query["code"], "pass").json()
    flow = [value for key, value in browser.http.cookies.items() if "flow" in key]
    with place.noauth():
        for value in (answer["id_token"], answer["access_token"], browser.query["code"], *flow):
            assert not is_in(without_asking(place, value))


def test_session_18_a_disabled_persons_session(place: Town) -> None:
    """Session, pending login and access token end with the person's account."""
    name = place.person()
    browser = place.signed_in(name)
    token = place.house.token(browser.query["code"], "pass").json()["access_token"]
    cookie = browser.http.cookies[SESSION]
    pending = place.at("pass")
    place.set_enabled(name, False)
    with place.noauth(pending):
        assert not is_in(without_asking(place, cookie))
        pending.submit(username=name, password=password(name))
        assert pending.alerts == ["password.wrong"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert httpx2.get(f"{place.house.url}/oauth2/userinfo", headers=bearer).status_code == 401


def test_session_18_a_changed_password(place: Town) -> None:
    """What was proven with the old one is over."""
    name = place.person()
    cookie = place.signed_in(name).http.cookies[SESSION]

    async def change(stores: Stores) -> None:
        user = await stores.directory.user_named(name)
        assert user is not None
        await stores.directory.set_password(user.id, "$argon2id$another")

    place.stores(change)
    with place.noauth():
        assert not is_in(without_asking(place, cookie))
