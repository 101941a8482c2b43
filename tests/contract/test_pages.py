"""Contract, sections 3 and 3a: the pages of a login, their forms, and how a login ends."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx2
import pytest

from tests.browser import Browser
from tests.contract.house import (
    APPLICATION,
    ENROLL,
    PASSWORD,
    PASSWORD_FIRST,
    PASSWORD_ONLY,
    PUSH,
    THEN_PASSWORD,
    House,
    application,
    crowd,
    document,
    let_in,
    person,
    scripted,
    sent_away,
    told_by,
)

IDENTIFIER = {"id": 1, "options": [{"authenticator": "identifier"}]}
CHOICE = {"id": 1, "options": [{"authenticator": "password"}, {"authenticator": "push"}]}
AGAIN = """
function onLoginRequest(context) {
    executeStep(1, {onFail: function (context) { executeStep(2); }});
}
"""
PARAMS = """
var seen = 'none';
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var colour = context.request.params.colour;
            seen = colour == null ? 'none' : colour[0] + colour.length;
            context.selectedAcr = seen;
        }
    });
}
"""
FLOWS = [
    PASSWORD_ONLY,
    ENROLL,
    {"id": "identify", "steps": [IDENTIFIER, THEN_PASSWORD], "subject_step": 1},
    {"id": "identifier-only", "steps": [IDENTIFIER], "subject_step": 1},
    {"id": "choice", "steps": [CHOICE], "subject_step": 1},
    {"id": "push-only", "steps": [PUSH], "subject_step": 1},
    scripted("again", [PASSWORD_FIRST, THEN_PASSWORD], AGAIN),
    scripted("params", [PASSWORD_FIRST], PARAMS),
    scripted("fails", [PASSWORD_FIRST], "function onLoginRequest(context) { fail(); executeStep(1); }"),
    scripted(
        "fails-in-words",
        [PASSWORD_FIRST],
        "function onLoginRequest(context) { executeStep(1, {onSuccess: function (c) { "
        "fail({errorCode: 'access_denied', errorMessage: 'Not on a Sunday & not today'}); executeStep(1); }}); }",
    ),
    scripted(
        "errs",
        [PASSWORD_FIRST],
        "function onLoginRequest(context) { sendError('', {status: 'Closed', statusMsg: 'Come <b>back</b>'}); "
        "executeStep(1); }",
    ),
    scripted(
        "errs-elsewhere",
        [PASSWORD_FIRST],
        "function onLoginRequest(context) { executeStep(1, {onSuccess: function (c) { "
        "sendError('https://payroll.example.test/callback', {status: 'Closed', statusMsg: 'a b&c'}); }}); }",
    ),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of these."""
    house = House(Path(tmp_path_factory.mktemp("pages")))
    whole = document(*FLOWS, people=[*crowd(80), person("mara"), person("noah")], push={"progressive_enrollment": True})
    required = application("required", "password-only", require=["push"])
    house.apply(whole | {"applications": [*whole["applications"], required]})
    with house.serving():
        yield house


def secret_of(name: str) -> str:
    """The password of that person."""
    return PASSWORD.format(name)


# --- what pages there are ---------------------------------------------------------------------------------------------


def test_a_first_password_step_asks_for_name_and_password(house: House) -> None:
    """`password` asks the user name too when nobody is known yet."""
    browser = house.begin("password-only")
    assert browser.page == "password"
    assert {"username", "password"} <= set(browser.forms[0].fields)
    assert browser.forms[0].method == "post"


def test_the_identifier_page_asks_for_the_name_and_proves_nothing(house: House) -> None:
    """identifier, then password: the second page has no name to type."""
    browser = house.begin("identify")
    assert browser.page == "identifier"
    assert "username" in browser.forms[0].fields
    assert "password" not in browser.forms[0].fields
    browser.submit(username="mara")
    assert browser.page == "password"
    assert "password" in browser.forms[0].fields
    assert let_in(browser.submit(password=secret_of("mara")))


def test_a_name_alone_lets_nobody_in(house: House) -> None:
    """A flow of nothing but `identifier` ends without a code."""
    browser = house.begin("identifier-only").submit(username="mara")
    assert not let_in(browser)
    assert browser.page == "error"


def test_a_push_step_with_nobody_known_asks_who_it_is(house: House) -> None:
    """The guide's first page."""
    browser = house.begin("enroll")
    assert browser.page == "identifier"
    assert "password" not in browser.forms[0].fields


def test_the_pages_of_enrollment_have_their_names_and_forms(house: House) -> None:
    """consent with two buttons, password, code with data-enrollment."""
    name = house.someone()
    browser = house.begin("enroll").submit(username=name)
    assert browser.page == "push-enroll-consent"
    offered = {value for form in browser.forms for button, value in form.buttons if button == "scenario"}
    assert {"INIT_PUSH_ENROLL", "CANCEL_PUSH_ENROLL"} <= offered
    browser.press("INIT_PUSH_ENROLL")
    assert browser.page == "password"
    browser.submit(password=secret_of(name))
    assert browser.page == "push-enroll"
    assert browser.marked["data-enrollment"].startswith("{")
    assert any(
        ("scenario", "PUSH_DEVICE_ENROLLMENT") in form.buttons
        or form.fields.get("scenario") == "PUSH_DEVICE_ENROLLMENT"
        for form in browser.forms
    )


def test_a_step_with_several_ways_lets_the_person_choose(house: House) -> None:
    """`choose`; its form leads on to the way that was chosen."""
    browser = house.begin("choice")
    assert browser.page == "choose"
    (value,) = [
        v for form in browser.forms for n, v in form.buttons if n == "authenticator" and "password" in v.lower()
    ]
    browser.submit(("authenticator", value))
    assert browser.page == "password"
    name = house.someone()
    assert let_in(browser.submit(username=name, password=secret_of(name)))


def test_pages_work_without_javascript_and_without_foreign_addresses(house: House) -> None:
    """Forms of the page itself; no inline script or style; nothing from elsewhere."""
    for flow in ("password-only", "enroll", "identify", "choice"):
        browser = house.begin(flow)
        assert browser.response is not None
        text = browser.response.text
        assert "<main" in text
        assert " onclick=" not in text
        assert "<style" not in text
        assert " style=" not in text
        assert "javascript:" not in text
        policy = browser.response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "no-store" in browser.response.headers["cache-control"]
        for form in browser.forms:
            assert urljoin(browser.url, form.action or browser.url).startswith(f"{house.url}/login/")


# --- passwords --------------------------------------------------------------------------------------------------------


def test_a_wrong_password_shows_the_same_page_again(house: House) -> None:
    """Status 200, message `password.wrong`; the right one still works."""
    name = house.someone()
    browser = house.begin("password-only").submit(username=name, password="wrong-at-the-door")
    assert (browser.page, browser.status, browser.alerts) == ("password", 200, ["password.wrong"])
    assert let_in(browser.submit(username=name, password=secret_of(name)))


def test_the_fifth_wrong_password_fails_the_step(house: House) -> None:
    """Four times the page again, then the error page with the reason."""
    name = house.someone()
    browser = house.begin("password-only")
    for _ in range(4):
        browser.submit(username=name, password="wrong-at-the-door")
        assert (browser.page, browser.alerts) == ("password", ["password.wrong"])
    browser.submit(username=name, password="wrong-at-the-door")
    assert browser.page == "error"
    assert browser.alerts == ["password.wrong"]


def test_after_four_wrong_passwords_the_right_one_lets_in(house: House) -> None:
    """Five tries are five."""
    name = house.someone()
    browser = house.begin("password-only")
    for _ in range(4):
        browser.submit(username=name, password="wrong-at-the-door")
    assert let_in(browser.submit(username=name, password=secret_of(name)))


def test_a_name_nobody_has_is_told_the_same_as_a_wrong_password(house: House) -> None:
    """The same page, message and end."""
    browser = house.begin("password-only")
    for _ in range(4):
        browser.submit(username="nobody-at-all", password="wrong-at-the-door")
        assert (browser.page, browser.status, browser.alerts) == ("password", 200, ["password.wrong"])
    browser.submit(username="nobody-at-all", password="wrong-at-the-door")
    assert (browser.page, browser.alerts) == ("error", ["password.wrong"])


def test_with_onfail_the_first_wrong_password_goes_to_the_script(house: House) -> None:
    """The page is not shown again; the script runs step 2."""
    name = house.someone()
    browser = house.begin("again").submit(username=name, password="wrong-at-the-door")
    assert browser.page == "password"
    assert let_in(browser.submit(password=secret_of(name)))


def test_a_user_named_in_a_failed_step_stays_the_user_of_the_flow(house: House) -> None:
    """Step 2 proves the one who was named in step 1, whoever's name and password are posted."""
    first, second = house.someone(), house.someone()
    browser = house.begin("again").submit(username=first, password="wrong-at-the-door")
    browser.submit(username=second, password=secret_of(second))
    assert not let_in(browser), "the second name got in"
    if browser.page == "password":
        browser.submit(username=second, password=secret_of(first))
        assert house.claims(browser, "again")["preferred_username"] == first


@pytest.mark.parametrize("password", ["", " ", "x" * 1025, "x" * 100_000, "\x00", "at-the-door-of-mara\x00", "ＡＴ"])
def test_odd_passwords_are_wrong_and_nothing_more(house: House, password: str) -> None:
    """Neither a fault of the server nor a way in."""
    browser = house.begin("password-only").submit(username="mara", password=password)
    assert browser.status in (200, 400, 413)
    assert not let_in(browser)


# --- fields -----------------------------------------------------------------------------------------------------------


def post_pairs(browser: Browser, pairs: list[tuple[str, str]], *, drop: tuple[str, ...] = ()) -> httpx2.Response:
    """Post the first form's hidden fields and *pairs*, in which a name may stand twice."""
    form = browser.forms[0]
    kept = [(k, v) for k, v in form.fields.items() if k not in drop and k not in dict(pairs)]
    body = str(httpx2.QueryParams([*kept, *pairs])).encode()
    target = urljoin(browser.url, form.action or browser.url)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(target))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin}
    return browser.http.post(target, content=body, headers=headers)


def post_here(browser: Browser, pairs: list[tuple[str, str]]) -> Browser:
    """The same, as if typed in this browser; follows where it leads."""
    answer = post_pairs(browser, pairs)
    location = answer.headers.get("location")
    browser.response = answer
    return browser.open(urljoin(browser.url, location)) if location else browser


@pytest.mark.parametrize("field", ["username", "password"])
def test_a_declared_field_twice_is_refused(house: House, field: str) -> None:
    """400, and nothing has changed: the same page can still be answered."""
    name = house.someone()
    browser = house.begin("password-only")
    pairs = [("username", name), ("password", secret_of(name)), (field, secret_of(name))]
    assert post_pairs(browser, pairs).status_code == 400
    assert let_in(browser.submit(username=name, password=secret_of(name)))


def test_a_scenario_twice_is_refused(house: House) -> None:
    """The push step's field, declared as well."""
    browser = house.begin("enroll").submit(username=house.someone())
    pairs = [("scenario", "INIT_PUSH_ENROLL"), ("scenario", "INIT_PUSH_ENROLL")]
    assert post_pairs(browser, pairs).status_code == 400
    assert browser.press("INIT_PUSH_ENROLL").page == "password"


def test_an_undeclared_field_reaches_the_script_and_nothing_else(house: House) -> None:
    """`context.request.params.colour` is the list of its values."""
    name = house.someone()
    answered = house.begin("params").submit(username=name, password=secret_of(name), colour="red")
    assert house.claims(answered, "params")["acr"] == "red1"
    without = house.begin("params").submit(username=name, password=secret_of(name))
    assert house.claims(without, "params")["acr"] == "none"


def test_an_undeclared_field_twice_is_two_values_for_the_script(house: House) -> None:
    """It is not refused."""
    name = house.someone()
    browser = house.begin("params")
    pairs = [("username", name), ("password", secret_of(name)), ("colour", "red"), ("colour", "blue")]
    post_here(browser, pairs)
    assert house.claims(browser, "params")["acr"] == "red2"


def test_the_password_does_not_reach_the_script(house: House) -> None:
    """Declared secrets stay with the authenticator."""
    name = house.someone()
    browser = house.begin("params").submit(username=name, password=secret_of(name), colour="x")
    assert secret_of(name) not in str(house.claims(browser, "params"))


@pytest.mark.parametrize(
    "name", ["user", "sub", "subject", "flow", "client_id", "redirect_uri", "acr", "scope", "state"]
)
def test_fields_that_sound_important_change_nothing(house: House, name: str) -> None:
    """The request was frozen when the login began."""
    who = house.someone()
    fields = {"username": who, "password": secret_of(who), name: "noah"}
    browser = house.begin("password-only").submit(**fields)
    claims = house.claims(browser, "password-only")
    assert claims["preferred_username"] == who
    assert browser.query["state"] == "the-state"


def test_more_than_32_other_fields_do_not_all_reach_the_script(house: House) -> None:
    """At most 32 fields of 2 KB: what is beyond is refused or cut, and the login is unharmed."""
    name = house.someone()
    browser = house.begin("params")
    many = [(f"field{number}", "x") for number in range(40)] + [("colour", "red")]
    answer = post_pairs(browser, [("username", name), ("password", secret_of(name)), *many])
    assert answer.status_code in (200, 302, 303, 400, 413)
    if answer.status_code in (302, 303):
        claims = house.claims(browser.open(urljoin(browser.url, answer.headers["location"])), "params")
        assert claims["acr"] == "none"
    else:
        assert let_in(browser.submit(username=name, password=secret_of(name)))


def test_32_fields_of_2_kb_are_taken(house: House) -> None:
    """The bound itself is allowed."""
    name = house.someone()
    browser = house.begin("params")
    many = [(f"field{number}", "x" * 2048) for number in range(31)] + [("colour", "r" * 2048)]
    post_here(browser, [("username", name), ("password", secret_of(name)), *many])
    assert house.claims(browser, "params")["acr"] == "r" * 2048 + "1"


def test_a_field_beyond_2_kb_does_not_reach_the_script(house: House) -> None:
    """Refused or cut; never a fault."""
    name = house.someone()
    browser = house.begin("params")
    answer = post_pairs(browser, [("username", name), ("password", secret_of(name)), ("colour", "r" * 2049)])
    assert answer.status_code in (302, 303, 400, 413)
    if answer.status_code in (400, 413):
        assert let_in(browser.submit(username=name, password=secret_of(name)))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"username": "mara"}', "application/json"),
        (b"username=%ff%fe", "application/x-www-form-urlencoded"),
        (b"username=mara&password=%00", "application/x-www-form-urlencoded"),
        (b"a" * 300_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(5000)), "application/x-www-form-urlencoded"),
        (
            b"--x\r\nContent-Disposition: form-data; name=username\r\n\r\nmara\r\n--x--",
            "multipart/form-data; boundary=x",
        ),
        (b"", "application/x-www-form-urlencoded"),
        (b"<a/>", "text/xml"),
    ],
)
def test_bodies_that_are_no_form_are_refused(house: House, content: bytes, kind: str) -> None:
    """4xx, and the login goes on."""
    name = house.someone()
    browser = house.begin("password-only")
    origin = house.url
    answer = browser.http.post(browser.url, content=content, headers={"Content-Type": kind, "Origin": origin})
    assert 400 <= answer.status_code < 500, answer.status_code
    assert let_in(browser.submit(username=name, password=secret_of(name)))


def test_a_form_without_its_token_is_refused(house: House) -> None:
    """No post from elsewhere: the hidden fields of the page are needed."""
    name = house.someone()
    browser = house.begin("password-only")
    hidden = tuple(field for field in browser.forms[0].fields if field not in ("username", "password"))
    pairs = [("username", name), ("password", secret_of(name))]
    assert 400 <= post_pairs(browser, pairs, drop=hidden).status_code < 500
    assert let_in(browser.submit(username=name, password=secret_of(name)))


# --- whose login it is ------------------------------------------------------------------------------------------------


def test_another_browser_can_neither_see_nor_answer_a_login(house: House) -> None:
    """The flow's cookie is needed; the owner is not disturbed."""
    name = house.someone()
    victim = house.begin("password-only")
    other = house.browser()
    assert other.open(victim.url).status == 403
    form = victim.forms[0]
    other.post(urljoin(victim.url, form.action or victim.url), {**form.fields, "username": name})
    assert other.status == 403
    assert let_in(victim.submit(username=name, password=secret_of(name)))


def test_the_cookie_of_one_login_does_not_open_another(house: House) -> None:
    """Two logins of two browsers; the cookie's value is bound to its own flow."""
    first, second = house.begin("password-only"), house.begin("password-only")
    for cookie in second.http.cookies.jar:
        value = cookie.value or ""
        for mine in first.http.cookies.jar:
            stolen = httpx2.get(first.url, headers={"Cookie": f"{mine.name}={value}"})
            assert stolen.status_code == 403


def test_two_tabs_of_one_browser_do_not_meet(house: House) -> None:
    """Each ends with its own state."""
    name = house.someone()
    browser = house.browser().open(house.authorize("password-only", state="one"))
    first, first_form = browser.url, browser.forms[0]
    browser.open(house.authorize("password-only", state="two"))
    browser.submit(username=name, password=secret_of(name))
    assert browser.query["state"] == "two"
    target = urljoin(first, first_form.action or first)
    browser.post(target, {**first_form.fields, "username": name, "password": secret_of(name)})
    assert browser.query["state"] == "one"


# --- ends -------------------------------------------------------------------------------------------------------------


def way_back(browser: Browser) -> str:
    """Where the button of an error page goes."""
    actions = [form for form in browser.forms if form.action.startswith(APPLICATION)]
    for form in actions:
        assert form.method == "get"
        query = str(httpx2.QueryParams(form.fields))
        return form.action if "?" in form.action and not form.fields else f"{form.action}?{query}"
    assert browser.response is not None
    links = re.findall(r'<a [^>]*href="([^"]+)"', browser.response.text)
    return next(html.unescape(link) for link in links if link.startswith(APPLICATION))


def check_start_again(browser: Browser) -> None:
    """A login that is over: 410 with its message and a way to start again."""
    assert (browser.status, browser.alerts) == (410, ["login.gone"])
    assert browser.page in ("error", "done")
    assert browser.response is not None
    assert re.search(r'<a [^>]*href="|<form', browser.response.text)


def check_way_back(house: House, browser: Browser) -> None:
    """redirect_uri?error=access_denied&state&iss, and no code."""
    query = parse_qs(urlsplit(way_back(browser)).query)
    assert query["error"] == ["access_denied"]
    assert query["state"] == ["the-state"]
    assert query["iss"] == [house.url]
    assert "code" not in query


def test_a_failed_login_shows_its_reason_and_a_way_back(house: House) -> None:
    """`data-page="error"`, a message id, and the button."""
    browser = house.begin("password-only")
    for _ in range(5):
        browser.submit(username="nobody", password="wrong-at-the-door")
    assert browser.page == "error"
    assert len(browser.alerts) == 1
    check_way_back(house, browser)


def test_a_login_without_what_the_application_requires_fails(house: House) -> None:
    """`require: [push]` holds whatever the flow does: no code for a password alone."""
    name = house.someone()
    browser = house.begin("required").submit(username=name, password=secret_of(name))
    assert browser.page == "error"
    assert not let_in(browser)
    check_way_back(house, browser)


def test_fail_goes_back_at_once(house: House) -> None:
    """Without arguments: access_denied; what the script queued after it does not run."""
    browser = house.begin("fails")
    assert sent_away(browser), told_by(browser)
    assert browser.query["error"] == "access_denied"
    assert browser.query["state"] == "the-state"
    assert browser.query["iss"] == house.url


def test_fail_takes_its_error_text_along(house: House) -> None:
    """`errorCode` and `errorMessage` are the application's error and description."""
    name = house.someone()
    browser = house.begin("fails-in-words").submit(username=name, password=secret_of(name))
    assert sent_away(browser), told_by(browser)
    assert browser.query["error"] == "access_denied"
    assert browser.query["error_description"] == "Not on a Sunday & not today"
    assert browser.query["state"] == "the-state"


def test_senderror_without_an_address_shows_its_page(house: House) -> None:
    """Its words are on the page, as text and not as markup."""
    browser = house.begin("errs")
    assert browser.page == "error"
    assert browser.response is not None
    assert "Closed" in browser.response.text
    assert "Come &lt;b&gt;back&lt;/b&gt;" in browser.response.text
    assert "<b>back" not in browser.response.text


def test_senderror_with_an_address_goes_there_with_its_parameters(house: House) -> None:
    """As query parameters, encoded; no code."""
    name = house.someone()
    browser = house.begin("errs-elsewhere").submit(username=name, password=secret_of(name))
    assert browser.url.startswith(APPLICATION), told_by(browser)
    assert browser.query["status"] == "Closed"
    assert browser.query["statusMsg"] == "a b&c"
    assert "code" not in browser.query


@pytest.mark.parametrize("path", ["unknown", "A" * 22, "A" * 400, "..%2f..", "a b", "é"])
def test_an_unknown_login_is_gone(house: House, path: str) -> None:
    """410 with a page and a way to start again, never a redirect."""
    browser = house.browser()
    answer = browser.http.get(f"{house.url}/login/{path}")
    assert answer.status_code in (410, 404) if "%2f" in path else answer.status_code == 410
    assert "location" not in answer.headers
    posted = browser.http.post(f"{house.url}/login/{path}", data={"username": "a"}, headers={"Origin": house.url})
    assert posted.status_code in (410, 404) if "%2f" in path else posted.status_code == 410


def test_a_finished_login_is_gone(house: House) -> None:
    """410 for seeing and for answering; no second code."""
    name = house.someone()
    browser = house.begin("password-only")
    url, form = browser.url, browser.forms[0]
    assert let_in(browser.submit(username=name, password=secret_of(name)))
    browser.open(url)
    check_start_again(browser)
    fields = {**form.fields, "username": name, "password": secret_of(name)}
    assert browser.post(urljoin(url, form.action or url), fields).status == 410
    assert not let_in(browser)


def test_a_failed_login_cannot_be_answered_any_more(house: House) -> None:
    """After the error page the right password is too late."""
    name = house.someone()
    browser = house.begin("password-only")
    url, form = browser.url, browser.forms[0]
    for _ in range(5):
        browser.submit(username=name, password="wrong-at-the-door")
    browser.post(urljoin(url, form.action or url), {**form.fields, "username": name, "password": secret_of(name)})
    assert browser.status == 410
    assert not let_in(browser)


def test_an_expired_login_is_gone_and_can_be_started_again(house: House) -> None:
    """A day later: 410, and nothing that was typed counts."""
    name = house.someone()
    browser = house.begin("password-only")
    house.pass_time(86_400)
    browser.submit(username=name, password=secret_of(name))
    check_start_again(browser)
    assert browser.open(browser.url).status == 410
    assert let_in(house.begin("password-only").submit(username=name, password=secret_of(name)))


# --- being signed in already ------------------------------------------------------------------------------------------


def test_a_step_proven_in_this_session_is_not_asked_again(house: House) -> None:
    """The second login in the same browser goes through."""
    name = house.someone()
    browser = house.begin("password-only").submit(username=name, password=secret_of(name))
    assert let_in(browser)
    browser.open(house.authorize("password-only"))
    assert house.claims(browser, "password-only")["preferred_username"] == name


@pytest.mark.parametrize("more", [{"prompt": "login"}, {"max_age": "0"}])
def test_prompt_login_and_max_age_ask_again(house: House, more: dict[str, str]) -> None:
    """Even with a session."""
    name = house.someone()
    browser = house.begin("password-only").submit(username=name, password=secret_of(name))
    assert let_in(browser)
    browser.open(house.authorize("password-only", **more))
    assert browser.page == "password"


def test_prompt_none_never_shows_a_page(house: House) -> None:
    """Without a session: login_required; with one: a code."""
    name = house.someone()
    browser = house.browser().open(house.authorize("password-only", prompt="none"))
    assert sent_away(browser)
    assert browser.query["error"] == "login_required"
    browser.open(house.authorize("password-only")).submit(username=name, password=secret_of(name))
    assert let_in(browser.open(house.authorize("password-only", prompt="none")))


def test_a_password_of_another_application_is_not_a_required_push(house: House) -> None:
    """A session brings what was proven and no more."""
    name = house.someone()
    browser = house.begin("password-only").submit(username=name, password=secret_of(name))
    assert let_in(browser)
    browser.open(house.authorize("required"))
    assert not let_in(browser)
