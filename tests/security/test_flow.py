"""FLOW: the steps of a login, its browser, its request, its end.

Elsewhere: FLOW-05, 17, 30 and 33 in tests/journeys/test_nobody_gets_in.py, 37 in tests/journeys/test_both_faces.py, 47
in tests/engine/test_steps.py.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlencode

import httpx2
import pytest

from engine.ports import ConfigurationChange
from engine.sessions import key_of
from storage.open import Stores
from tests.browser import Browser
from tests.devices import Phone
from tests.security.town import Town, address, at_once, clean, hidden, password, post_as

WORDS = (
    "PROCEED_PUSH_AUTHENTICATION",
    "RESEND_PUSH_NOTIFICATION",
    "SEND_PUSH_NOTIFICATION",
    "INIT_PUSH_ENROLL",
    "CANCEL_PUSH_ENROLL",
    "PUSH_DEVICE_ENROLLMENT",
    "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT",
    "CANCEL_PUSH_DEVICE_ENROLLMENT",
)


def asked_push(place: Town, name: str) -> tuple[Browser, Phone]:
    """A browser that waits for the phone, after the password."""
    phone = place.phone(name)
    browser = place.at("pass-push").submit(username=name, password=password(name))
    assert browser.page == "push-wait", (browser.page, browser.alerts)
    return browser, phone


def at_consent(place: Town, name: str) -> Browser:
    """A browser that is asked whether a phone may be registered."""
    browser = place.at("payroll").submit(username=name)
    assert browser.page == "push-enroll-consent"
    return browser


def at_code(place: Town, name: str) -> Browser:
    """A browser that shows the code of an enrollment."""
    browser = at_consent(place, name).press("INIT_PUSH_ENROLL").submit(password=password(name))
    assert browser.page == "push-enroll", (browser.page, browser.alerts)
    return browser


def test_flow_01_step_skipping(place: Town) -> None:
    """No word of the push page does anything while the password is asked."""
    browser = place.at("pass-push")
    target, token, url = address(browser), hidden(browser), browser.url
    with place.noauth(browser):
        for word in WORDS:
            browser.post(target, {**token, "scenario": word, "username": place.person()})
            assert browser.open(url).page == "password"
    assert place.records("push") == 0


@pytest.mark.parametrize("tail", ["/resume", "/complete", "?resume=1", "?step=2&status=COMPLETED"])
def test_flow_02_jumping_to_the_end(place: Town, tail: str) -> None:
    """There is no address at which a login ends."""
    browser = place.at("pass-push")
    url = browser.url
    with place.noauth(browser):
        browser.open(url + tail)
        assert browser.status in (200, 404, 405)
        assert browser.open(url).page == "password"


def test_flow_03_old_step_again(place: Town) -> None:
    """The body of a page already left changes neither the person nor the step."""
    name, other = place.person(), place.person()
    phone = place.phone(name)
    browser = place.at("name-push")
    first = {"target": address(browser), "fields": {**hidden(browser), "username": name}}
    browser.submit(username=name)
    for username in (name, other):
        browser.post(first["target"], {**first["fields"], "username": username})
        assert (browser.status, browser.page) == (409, "push-wait")
    place.house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert place.house.redeem(browser, "name-push")["preferred_username"] == name


def test_flow_04_finished_flow_again(place: Town) -> None:
    """Every body of a login that has ended gives 410 and no second code."""
    name = place.person()
    browser = place.at("pass")
    body = {**hidden(browser), "username": name, "password": password(name)}
    target = address(browser)
    browser.post(target, body)
    assert "code" in browser.query
    with place.noauth():
        for fields in (body, {**body, "scenario": WORDS[0]}, {**body, "_action": "restart"}):
            answer = browser.http.post(target, data=fields, headers={"Origin": place.house.url})
            assert answer.status_code == 410
            assert browser.http.get(target).status_code == 410


def test_flow_08_one_step_fifty_times(place: Town) -> None:
    """Of fifty right passwords at once one moves the login and one push leaves; nothing is counted against anybody."""
    name = place.person()
    phone = place.phone(name)
    browser = place.at("pass-push")
    pushes = place.records("push")
    body = {**hidden(browser), "username": name, "password": password(name)}
    answers = at_once(50, post_as(browser, address(browser), body))
    told = Counter(answer.status_code for answer in answers)
    assert told[200] == 1, told
    assert set(told) <= {200, 409, 503}, told
    assert place.records("push") == pushes + 1
    assert place.push(phone)
    assert place.audited("password_wrong", name) == 0


def test_flow_09_last_step_fifty_times(place: Town) -> None:
    """One code, however often the approval is used."""
    name = place.person()
    browser, phone = asked_push(place, name)
    place.house.approve(phone)
    body = {**hidden(browser), "scenario": "PROCEED_PUSH_AUTHENTICATION"}
    with place.one():
        answers = at_once(50, post_as(browser, address(browser), body))
    ends = {answer.headers["location"] for answer in answers if answer.status_code == 303}
    assert len(ends) == 1
    assert all(answer.status_code in (303, 409, 410) for answer in answers)


def test_flow_10_fixation(place: Town) -> None:
    """A login that somebody else began is nobody's in this browser."""
    name = place.person()
    attacker, victim = place.at("pass"), place.browser()
    with place.noauth(attacker, victim):
        victim.open(attacker.url)
        assert victim.status == 403
        victim.post(address(attacker), {**hidden(attacker), "username": name, "password": password(name)})
        assert victim.status == 403
        attacker.open(attacker.url)
        assert attacker.page == "password"


def test_flow_11_foreign_flow_id(place: Town) -> None:
    """At each step: another browser gets 403, and the login goes on as if nothing had been."""
    name = place.person()
    phone = place.phone(name)
    stranger, browser = place.at("pass"), place.at("pass-push")
    for fields in ({"username": name, "password": password(name)}, {"scenario": "PROCEED_PUSH_AUTHENTICATION"}):
        stranger.post(address(browser), {**hidden(browser), **fields})
        assert stranger.status == 403
        assert stranger.http.get(f"{address(browser)}/events").status_code == 403
        if browser.page == "password":
            browser.submit(username=name, password=password(name))
    place.house.approve(phone)
    browser.press("PROCEED_PUSH_AUTHENTICATION")
    assert "code" in browser.query


def test_flow_12_own_cookie_of_another_flow(place: Town) -> None:
    """The secret of one's own second login does not open the first, under whatever name it is sent."""
    browser = place.at("pass")
    first, token = address(browser), hidden(browser)
    place.at("pass", browser)
    second = address(browser)
    secret = next(value for key, value in browser.http.cookies.items() if second.split("/")[-1][:12] in key)
    cookie = f"doorstep-flow-{first.split('/')[-1][:12]}={secret}"
    headers = {"Cookie": cookie, "Origin": place.house.url}
    assert httpx2.post(first, data={**token, "username": "x"}, headers=headers).status_code == 403
    assert httpx2.get(first, headers=headers).status_code == 403


@pytest.mark.parametrize("at", ["body", "query"])
def test_flow_13_finish_for_another_application(place: Town, at: str) -> None:
    """Whatever else is posted, the code is the application's whose login it is."""
    name = place.person()
    more = {
        "client_id": "must-push",
        "app": "must-push",
        "sp": "must-push",
        "redirect_uri": "https://evil.example.test/",
    }
    more |= {"sessionDataKey": "x", "flow": "pass-push", "state": "another"}
    browser = place.at("pass")
    target = address(browser) + (f"?{urlencode(more)}" if at == "query" else "")
    fields = {**hidden(browser), "username": name, "password": password(name)}
    browser.post(target, fields | (more if at == "body" else {}))
    claims = place.house.redeem(browser, "pass")
    assert (claims["aud"], claims["amr"]) == ("pass", ["pwd"])


def test_flow_14_another_request_in_the_same_browser(place: Town) -> None:
    """A second authorization request is a second login; the first keeps what it was asked."""
    name = place.person()
    browser = place.at("pass", state="first")
    first = browser.url
    browser.open(place.house.authorize("pass", state="second", flow=first.rsplit("/", 1)[-1]))
    assert browser.url != first
    browser.open(first).submit(username=name, password=password(name))
    assert browser.query["state"] == "first"


@pytest.mark.parametrize("page", ["password", "push-enroll-consent", "push-wait", "push-enroll"])
def test_flow_15_resume_after_expiry(place: Town, page: str) -> None:
    """Twenty minutes are the end at each step, and of what was asked for it."""
    name = place.person()
    makers = {"push-enroll-consent": at_consent, "push-enroll": at_code}
    phone = None
    if page == "push-wait":
        browser, phone = asked_push(place, name)
    else:
        browser = makers[page](place, name) if page in makers else place.at("pass")
    enrollment, push = browser.marked.get("data-enrollment"), place.push(phone) if phone else None
    target, fields = address(browser), {**browser.forms[0].fields, "username": name, "password": password(name)}
    place.clock.ahead = 1201
    with place.noauth(browser):
        if phone is not None and push is not None:
            assert place.house.respond(phone.answer(push)).status_code in (400, 410)
        if enrollment:
            assert place.house.register(Phone("ec"), enrollment).status_code == 400
        browser.post(target, fields)
        assert (browser.status, browser.page) == (410, "done")


def test_flow_18_subject_confusion(place: Town) -> None:
    """A name posted with the second factor is not looked at."""
    name, other = place.person(), place.person()
    browser = place.at("either").submit(username=name)
    browser.submit(authenticator="password")
    assert browser.page == "password"
    browser.submit(username=other, password=password(name))
    claims = place.house.redeem(browser, "either")
    assert claims["preferred_username"] == name


@pytest.mark.parametrize(
    "body",
    [
        "username={a}&username={b}&password={p}",
        "username={a}&password={p}&password={p}",
        "username={a}&password={p}&_action=abort&_action=choose",
        "username[]={a}&password={p}",
        "username%00={a}&password={p}",
        "username={a}&password={p}&_token=x",
    ],
)
def test_flow_19_parameter_pollution(place: Town, body: str) -> None:
    """A field that means something is there once, under exactly its name."""
    a, b = place.person(), place.person()
    browser = place.at("pass")
    target, url = address(browser), browser.url
    filled = body.format(a=a, b=b, p=password(a)) + f"&_token={hidden(browser)['_token']}"
    headers = {"Origin": place.house.url, "Content-Type": "application/x-www-form-urlencoded"}
    with place.noauth(browser):
        answer = browser.http.post(target, content=filled, headers=headers)
        assert answer.status_code == (200 if "[]" in body else 400)
        assert browser.open(url).page == "password"


def test_flow_19_a_name_in_the_address_is_none(place: Town) -> None:
    """Only the body is read."""
    name = place.person()
    browser = place.at("pass")
    with place.noauth(browser):
        browser.post(f"{address(browser)}?username={name}&password={password(name)}", hidden(browser))
        assert (browser.status, browser.page) == (200, "password")


@pytest.mark.parametrize("form", ["upper", "outer spaces", "full width"])
def test_flow_20_spellings_of_one_name(place: Town, form: str) -> None:
    """They are one person, and one count of tries."""
    name = place.person()
    spelt = {
        "upper": name.upper(),
        "outer spaces": f" {name} ",
        "full width": "".join(chr(ord(c) + 0xFEE0) for c in name),
    }
    browser = place.at("pass").submit(username=spelt[form], password=password(name))
    assert place.house.redeem(browser, "pass")["preferred_username"] == name
    wrong = place.at("pass", place.browser())
    for attempt in range(5):
        wrong.submit(username=spelt[form] if attempt % 2 else name, password="wrong")
    assert wrong.page == "error"
    with place.noauth(wrong):
        place.at("pass", wrong).submit(username=name, password=password(name))
        assert wrong.alerts == ["password.wrong"]


@pytest.mark.parametrize("spelt", ["{0}\u200b", "\u202e{0}", "{0}\u0430", "{0}\u0301"])
def test_flow_20_look_alikes_are_nobody(place: Town, spelt: str) -> None:
    """With the right password of the person they look like."""
    name = place.person()
    browser = place.at("pass")
    with place.noauth(browser):
        browser.submit(username=spelt.format(name), password=password(name))
        assert browser.page == "password"


@pytest.mark.parametrize("how", ["disabled", "removed"])
def test_flow_21_a_person_who_is_gone_in_the_middle(place: Town, how: str) -> None:
    """The approval of a phone lets in nobody who may not come in at this moment."""
    name = place.person()
    browser, phone = asked_push(place, name)
    push = place.push(phone)
    if how == "disabled":
        place.set_enabled(name, False)
    else:
        place.remove(name)
    with place.noauth(browser):
        assert place.house.respond(phone.answer(push)).status_code in (400, 410)
        browser.press("PROCEED_PUSH_AUTHENTICATION")


def test_flow_21_disabled_after_the_approval(place: Town) -> None:
    """The same between the approval and its use."""
    name = place.person()
    browser, phone = asked_push(place, name)
    place.house.approve(phone)
    place.set_enabled(name, False)
    with place.noauth(browser):
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert browser.page == "error"


def test_flow_23_a_password_changed_in_the_middle(place: Town) -> None:
    """What was proven with the old one counts no more."""
    name = place.person()
    browser, phone = asked_push(place, name)
    place.house.approve(phone)

    async def change(stores: Stores) -> None:
        user = await stores.directory.user_named(name)
        assert user is not None
        await stores.directory.set_password(user.id, user.password_hash or "")

    place.stores(change)
    with place.noauth(browser):
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        assert browser.page == "error"


@pytest.mark.parametrize("action", ["restart", "abort", "choose"])
def test_flow_24_starting_over_clears_no_rule(place: Town, action: str) -> None:
    """Whatever way is taken from the waiting page, password and phone are both needed."""
    name = place.person()
    browser, _ = asked_push(place, name)
    with place.noauth(browser):
        browser.post(address(browser), {**hidden(browser), "_action": action})
        if action == "restart":
            assert browser.page == "password"
            browser.submit(username=name, password=password(name))
            assert browser.page == "push-wait"


@pytest.mark.parametrize("page", ["consent", "code"])
def test_flow_25_declining_a_required_enrollment(place: Town, page: str) -> None:
    """Who does not enroll is not signed in, by any word that follows."""
    name = place.person()
    browser = at_consent(place, name) if page == "consent" else at_code(place, name)
    target, token = address(browser), hidden(browser)
    with place.noauth(browser):
        browser.post(
            target,
            {**token, "scenario": "CANCEL_PUSH_ENROLL" if page == "consent" else "CANCEL_PUSH_DEVICE_ENROLLMENT"},
        )
        for word in WORDS:
            browser.post(target, {**token, "scenario": word})


@pytest.mark.parametrize(
    "word", ["INIT_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT", "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT"]
)
def test_flow_26_enrollment_that_is_off(strict: Town, word: str) -> None:
    """400 at the waiting page, after the password too, and no registration in the store."""
    name = strict.person()
    browser, _ = asked_push(strict, name)
    target, token, url = address(browser), hidden(browser), browser.url
    with strict.noauth(browser):
        browser.post(target, {**token, "scenario": word})
        assert browser.status == 400
        assert browser.open(url).page == "push-wait"
    assert strict.records("push-registration") == 0


@pytest.mark.parametrize(
    "word", ["INIT_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT", "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT"]
)
def test_flow_27_enrollment_with_a_password_alone(place: Town, word: str) -> None:
    """Whoever has a phone adds another only with its approval."""
    name = place.person()
    browser, _ = asked_push(place, name)
    before = place.records("push-registration")
    with place.noauth(browser):
        browser.post(address(browser), {**hidden(browser), "scenario": word})
        assert browser.status == 400
    assert place.records("push-registration") == before


@pytest.mark.parametrize("word", WORDS)
def test_flow_28_enrollment_without_a_password(place: Town, word: str) -> None:
    """A name alone never shows a code."""
    name = place.person()
    before = place.records("push-registration")
    browser = place.at("name-push").submit(username=name)
    assert browser.page == "push-enroll-consent"
    with place.noauth(browser):
        browser.post(address(browser), {**hidden(browser), "scenario": word})
        assert "data-enrollment" not in browser.marked
    assert place.records("push-registration") == before


@pytest.mark.parametrize("word", ["PUSH_DEVICE_ENROLLMENT", "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT"])
def test_flow_29_consent_bypass(place: Town, word: str) -> None:
    """The words of the code's page are 400 on the consent page and mean nothing on the password page."""
    name = place.person()
    before = place.records("push-registration")
    browser = at_consent(place, name)
    url = browser.url
    with place.noauth(browser):
        browser.post(address(browser), {**hidden(browser), "scenario": word})
        assert browser.status == 400
        browser.open(url).press("INIT_PUSH_ENROLL")
        browser.post(address(browser), {**hidden(browser), "scenario": word})
        assert browser.page == "password"
    assert place.records("push-registration") == before


EMPTY = ({}, {"username": "", "password": "", "scenario": ""}, {"username": " "}, {"x": "{}"})


@pytest.mark.parametrize(
    "page", ["identifier", "password", "choose", "push-enroll-consent", "push-wait", "push-enroll"]
)
def test_flow_31_empty_posts(place: Town, page: str) -> None:
    """Nothing posted is nothing done, at every kind of page."""
    name = place.person()
    match page:
        case "identifier":
            browser = place.at("name-push")
        case "password":
            browser = place.at("pass")
        case "choose":
            browser = place.at("either").submit(username=name)
        case "push-wait":
            browser, _ = asked_push(place, name)
        case "push-enroll-consent":
            browser = at_consent(place, name)
        case _:
            browser = at_code(place, name)
    assert browser.page == page
    with place.noauth(browser):
        for fields in EMPTY:
            browser.post(address(browser), {**hidden(browser), **fields})
            assert (browser.status, browser.page) == (200, page)


@pytest.mark.parametrize("step", ["99", "-1", "1e0", "[]", "1;2", "9" * 2000])
def test_flow_32_bad_step_numbers(place: Town, step: str) -> None:
    """A step cannot be named by whoever is asked."""
    browser = place.at("pass-push")
    with place.noauth(browser):
        browser.post(address(browser), {**hidden(browser), "step": step, "username": "", "password": ""})
        assert browser.page == "password"


@pytest.mark.parametrize("more", [{}, {"status": "COMPLETED"}, {"status": "APPROVED", "approved": "true"}])
def test_flow_34_no_answer_of_the_phone_yet(place: Town, more: dict[str, str]) -> None:
    """Going on without an approval is waiting."""
    browser, _ = asked_push(place, place.person())
    with place.noauth(browser):
        browser.press("PROCEED_PUSH_AUTHENTICATION", **more)
        assert (browser.status, browser.page) == (200, "push-wait")


@pytest.mark.parametrize("way", ["identifier", "BasicAuthenticator", "totp", "Password", "password ", "", "x" * 500])
def test_flow_36_a_way_that_is_not_offered(place: Town, way: str) -> None:
    """Only what the page offers, by its very id."""
    browser = place.at("either").submit(username=place.person())
    target, token, url = address(browser), hidden(browser), browser.url
    with place.noauth(browser):
        browser.post(target, {**token, "authenticator": way})
        assert browser.status == 400
        assert browser.open(url).page == "choose"
        browser.post(target, {**token, "_action": "finish"})
        assert browser.status == 400


def test_flow_36_a_way_of_another_step(place: Town) -> None:
    """`authenticator` means nothing where there is nothing to choose."""
    browser, _ = asked_push(place, place.person())
    with place.noauth(browser):
        browser.post(address(browser), {**hidden(browser), "authenticator": "password"})
        assert browser.page == "push-wait"
        browser.post(address(browser), {**hidden(browser), "_action": "choose"})
        assert browser.status == 400


def test_flow_39_signing_in_as_another_person(place: Town) -> None:
    """A new session for the second, and the first one is over; giving up half-way ends nothing."""
    name, other = place.person(), place.person()
    browser = place.signed_in(name)
    first = browser.http.cookies["doorstep-session"]
    place.at("pass", browser, prompt="login")
    browser.post(address(browser), {**hidden(browser), "_action": "abort"})
    assert alive(place, first) == 1
    place.at("pass", browser, prompt="login").submit(username=other, password=password(other))
    assert place.house.redeem(browser, "pass")["preferred_username"] == other
    assert alive(place, first) == 0
    assert browser.http.cookies["doorstep-session"] != first


def alive(place: Town, cookie: str) -> int:
    """Whether the session of that cookie is in the store."""
    return place.count("SELECT count(*) FROM records WHERE kind = 'session' AND key = ?", key_of(cookie))


@pytest.mark.parametrize("change", ["removed", "address"])
def test_flow_41_the_application_changes_in_the_middle(place: Town, change: str) -> None:
    """No code for an application that is gone, nor to an address that is not its own any more."""
    name = place.person()
    id = f"passing-{change}"
    made = {"id": id, "name": "Passing", "redirect_uris": ["https://payroll.example.test/callback"], "flow": "pass"}
    place.house.apply({"applications": [made]})
    place.until_authorize_answers(id, 303)
    browser = place.at(id)
    made["redirect_uris"] = ["https://payroll.example.test/elsewhere"]
    if change == "address":
        place.house.apply({"applications": [made]})
    else:
        place.stores(lambda stores: remove_application(stores, id))
    place.until_authorize_answers(id, 400)
    with place.noauth(browser):
        browser.submit(username=name, password=password(name))
        assert browser.page == "error"
        assert browser.forms == []


async def remove_application(stores: Stores, id: str) -> None:
    """An admin takes an application out of the configuration."""
    await stores.configuration.commit(ConfigurationChange(removed_applications=[id]))


@pytest.mark.parametrize("end", ["denied", "tries", "cancelled"])
def test_flow_42_a_failed_flow_is_dead(place: Town, end: str) -> None:
    """After it has failed nothing goes on with it, not even what would have been right."""
    name = place.person()
    if end == "denied":
        browser, phone = asked_push(place, name)
        assert place.house.respond(phone.answer(place.push(phone), "DENIED")).status_code == 200
        target, token = address(browser), hidden(browser)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
    else:
        browser = place.at("pass")
        target, token = address(browser), hidden(browser)
        for _ in range(5):
            browser.post(target, {**token, "username": name, "password": "wrong"})
        if end == "cancelled":
            place.at("pass", browser)
            target, token = address(browser), hidden(browser)
            browser.post(target, {**token, "_action": "abort"})
    assert browser.page == "error"
    with place.noauth(browser):
        browser.post(target, {**token, "username": name, "password": password(name), "scenario": WORDS[0]})
        assert browser.status == 410


def test_flow_43_prefetch_and_previews(place: Town) -> None:
    """Looking at a page again, or at its head, sends nothing and counts nothing."""
    browser, _ = asked_push(place, place.person())
    pushes = place.records("push")
    for method in ("HEAD", "GET", "GET"):
        answer = browser.http.request(method, address(browser), headers={"Sec-Purpose": "prefetch"})
        assert answer.status_code == 200
    assert place.records("push") == pushes


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example.test"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example.test", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_flow_44_login_csrf(place: Town, headers: dict[str, str]) -> None:
    """A page of another site cannot sign this browser in, not even with the right token."""
    name = place.person()
    browser = place.at("pass")
    fields = {**hidden(browser), "username": name, "password": password(name)}
    with place.noauth(browser):
        clean(answer := browser.http.post(address(browser), data=fields, headers=headers))
        assert answer.status_code == 403


def test_flow_44_the_token_of_another_login(place: Town) -> None:
    """A token is good for its own login and its own browser."""
    name, foreign = place.person(), place.at("pass")
    browser = place.at("pass")
    with place.noauth(browser):
        for token in (hidden(foreign)["_token"], "", "1.password.", "1.password." + "A" * 22, "x" * 500):
            browser.post(
                address(foreign).replace(foreign.url, browser.url),
                {"_token": token, "username": name, "password": password(name)},
            )
            assert browser.status == 403
            browser.open(f"{place.house.url}{browser.url.split(place.house.url)[-1]}")


def test_flow_45_entropy_of_ids(place: Town) -> None:
    """Ids share no beginning and are 128 bits or more of base64url."""
    flows = [place.at("pass", place.browser()).url.rsplit("/", 1)[-1] for _ in range(40)]
    codes = [place.signed_in(place.person()).query["code"] for _ in range(3)]
    for ids, shortest in ((flows, 22), (codes, 43)):
        assert len(set(ids)) == len(ids)
        assert all(len(id) >= shortest for id in ids)
        assert len({id[:4] for id in ids}) > len(ids) * 0.9


def test_flow_46_nothing_usable_leaks(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """The cookie's half of a login is in no page, no audit record and no log; pages load nothing from elsewhere."""
    name = place.person()
    with caplog.at_level("DEBUG"):
        browser, _ = asked_push(place, name)
    secrets = [value for key, value in browser.http.cookies.items() if "flow" in key]
    text = browser.response.text
    assert secrets
    said = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    for secret in secrets:
        assert secret not in text + said + str(browser.response.headers.get("location"))
        assert place.count("SELECT count(*) FROM audit WHERE details LIKE ?", f"%{secret}%") == 0
    assert browser.response.headers["referrer-policy"] in ("same-origin", "no-referrer")
    for kind in ('src="http', 'href="http', "url(http"):
        assert kind not in text


@pytest.mark.parametrize(
    "more",
    [
        {"sub": "p000", "acr": "urn:strong", "amr": "mfa", "auth_time": "1", "authenticated": "true"},
        {"forceAuth": "false", "isRetry": "false", "subject": "p000", "user_id": "p000"},
    ],
)
def test_flow_48_claims_in_the_request(place: Town, more: dict[str, str]) -> None:
    """What the tokens say comes from what was proven."""
    name = place.person()
    browser = place.at("pass", **more).submit(username=name, password=password(name), **more)
    claims = place.house.redeem(browser, "pass")
    assert claims["preferred_username"] == name
    assert (claims["amr"], claims.get("acr")) == (["pwd"], None)
    assert abs(claims["auth_time"] - place.clock()) < 60
