"""The push step as a browser meets it: which page follows which, and what each refuses."""

from __future__ import annotations

import json

import pytest

from engine.errors import BadAnswer, DeviceError
from engine.outcome import Challenge, Failure, Success
from tests.authenticators.bench import Bench, Try
from tests.devices import Phone

pytestmark = pytest.mark.anyio

PASSWORD = frozenset({"password"})
SCENARIOS = [
    "PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION", "SEND_PUSH_NOTIFICATION", "INIT_PUSH_ENROLL",
    "CANCEL_PUSH_ENROLL", "PUSH_DEVICE_ENROLLMENT", "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT",
    "CANCEL_PUSH_DEVICE_ENROLLMENT", "REPORT_PUSH_AUTHENTICATION",
]  # fmt: skip
PROCEED, RESEND = "PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION"
REPORT = "REPORT_PUSH_AUTHENTICATION"


async def pull(bench: Bench, phone: Phone) -> list[dict[str, str]]:
    """What waits for the phone."""
    return await bench.parts.receiver.pending(phone.device_id, phone.pull_token())


async def respond(bench: Bench, phone: Phone, response: str = "APPROVED", *, number: str | None = None) -> None:
    """The phone answers its oldest request."""
    [push, *_] = await pull(bench, phone)
    await bench.parts.receiver.respond(phone.answer(push, response, number=number))


async def waiting_for(bench: Bench, name: str = "mara") -> Try:
    """A login of *name* that has reached its waiting page."""
    login = await bench.login("push")
    await login.post(username=name)
    assert login.page.page == "push-wait"
    return login


async def remove(bench: Bench, phone: Phone, *, by_itself: bool = False) -> None:
    """The phone is taken off the account."""
    device = await bench.directory.device(phone.device_id)
    assert device is not None
    if by_itself:
        await bench.parts.receiver.remove(device.id, phone.remove_token())
    else:
        assert await bench.parts.devices.remove(device)


async def refused(bench: Bench, word: str, **settings: bool) -> tuple[Try, Phone]:
    """A login whose request nobody will approve, and the phone that was asked."""
    user = await bench.directory.user("u-mara") or await bench.add_user("mara")
    await bench.set_push(number_challenge=word == "wrong_number", **settings)
    phone = await bench.enroll(user)
    login = await waiting_for(bench)
    match word:
        case "denied":
            await respond(bench, phone, "DENIED")
        case "wrong_number":
            with pytest.raises(DeviceError):
                await respond(bench, phone, number="x")
        case _:
            await remove(bench, phone)
    return login, phone


async def at_consent(bench: Bench, name: str = "mara") -> Try:
    """A login of *name* at the consent page."""
    await bench.set_push(progressive_enrollment=True)
    login = await bench.login("push")
    await login.post(username=name)
    assert login.page.page == "push-enroll-consent"
    return login


async def at_code(bench: Bench, name: str = "mara") -> Try:
    """A login at the page with the code, by way of consent and password."""
    login = await at_consent(bench, name)
    await login.say("INIT_PUSH_ENROLL")
    await login.again(proven=PASSWORD)
    assert login.page.page == "push-enroll"
    return login


async def test_an_approval_on_the_phone_signs_in(bench: Bench) -> None:
    """Name, push, approve, go on."""
    user = await bench.add_user("mara")
    phone = await bench.enroll(user)
    login = await waiting_for(bench)
    assert (await login.status()).word == "pending"
    await respond(bench, phone)
    assert (await login.status()).word == "approved"
    outcome = await login.say(PROCEED)
    assert isinstance(outcome, Success)
    assert outcome.proof is not None
    assert (outcome.proof.user_id, outcome.proof.credential, outcome.proof.amr) == (
        user.id, f"device:{phone.device_id}", "swk",
    )  # fmt: skip
    device = await bench.directory.device(phone.device_id)
    assert device is not None
    assert device.last_used_at == bench.clock()


async def test_going_on_before_there_is_an_answer_costs_nothing(bench: Bench) -> None:
    """The same page, the same push, as often as it is pressed."""
    await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    channel = login.page.channel
    for _ in range(7):
        outcome = await login.say(PROCEED)
        assert isinstance(outcome, Challenge)
        assert (outcome.page, outcome.channel, outcome.effects) == ("push-wait", channel, ())
    assert len(await bench.events("push_sent")) == 1


async def test_a_denial_fails_the_step(bench: Bench) -> None:
    """The script learns it; the page is not shown again by itself."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    await respond(bench, phone, "DENIED")
    assert (await login.status()).word == "denied"
    assert await login.say(PROCEED) == Failure("push.denied")


@pytest.mark.parametrize("word", ["denied", "wrong_number", "revoked"])
async def test_a_request_that_nobody_will_approve_has_a_page_of_its_own(bench: Bench, word: str) -> None:
    """It says why; going on from there fails the step."""
    login, _ = await refused(bench, word)
    page = await login.show()
    assert (page.page, page.message, page.fields["why"]) == ("push-error", f"push.{word}", word)
    assert await login.say(PROCEED) == Failure(f"push.{word}")


async def test_it_was_me_sends_again_after_the_cool_down(bench: Bench) -> None:
    """Not earlier: in the cool-down nothing would leave."""
    login, phone = await refused(bench, "denied")
    early = await login.say(RESEND)
    assert isinstance(early, Challenge)
    assert (early.page, early.message, early.effects) == ("push-error", "push.resend_too_early", ())
    bench.clock.advance(61)
    await login.say(RESEND)
    assert login.page.page == "push-wait"
    await respond(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)


async def test_after_not_me_on_the_phone_nothing_is_sent_again(bench: Bench) -> None:
    """What the phone said stands, whatever the browser says."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    [push] = await pull(bench, phone)
    claims = {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": "DENIED", "notMe": True}
    await bench.parts.receiver.respond(phone.token({**claims, "exp": phone.expiry(60)}))
    assert (await login.show()).fields["resends_left"] == 0
    bench.clock.advance(61)
    assert await login.say(RESEND) == Failure("push.denied")


async def test_it_was_not_me_is_told_once(bench: Bench) -> None:
    """The login ends; the audit, the next script and the budget know."""
    login, _ = await refused(bench, "denied")
    assert [await login.say(REPORT) for _ in range(2)] == [Failure("push.not_me")] * 2
    [event] = await bench.events("push_not_me")
    assert event.details["said"] == "browser"
    standing = await bench.parts.standings.standing("u-mara")
    assert standing.last_denial is not None
    assert standing.last_denial.not_me
    bench.clock.advance(61)
    assert standing.budget_left == (await bench.parts.standings.standing("u-mara")).budget_left == 0


async def test_only_a_refused_request_can_be_reported(bench: Bench) -> None:
    """While it waits, after an approval and after it has run out, that is not offered."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    with pytest.raises(BadAnswer):
        await login.say(REPORT)
    await respond(bench, phone)
    with pytest.raises(BadAnswer):
        await login.say(REPORT)
    bench.clock.advance(300)
    with pytest.raises(BadAnswer):
        await login.say(REPORT)


async def test_a_request_outlives_one_of_its_devices(bench: Bench) -> None:
    """The other one may still answer."""
    user = await bench.add_user("mara")
    first, second = await bench.enroll(user), await bench.enroll(user, bench.phone(push_token="second"))
    login = await waiting_for(bench)
    await remove(bench, first)
    assert (await login.status()).word == "pending"
    await respond(bench, second)
    assert isinstance(await login.say(PROCEED), Success)


async def test_a_device_that_is_left_can_be_asked_instead(bench: Bench) -> None:
    """It was added while the page waited for one that is gone."""
    login, _ = await refused(bench, "revoked")
    user = await bench.directory.user("u-mara")
    assert user is not None
    second = await bench.enroll(user, bench.phone(push_token="second"))
    bench.clock.advance(61)
    await login.say(RESEND)
    await respond(bench, second)
    assert isinstance(await login.say(PROCEED), Success)


async def test_without_a_device_left_one_can_be_registered_where_that_is_offered(bench: Bench) -> None:
    """After another factor at once; else the page asks for that first; and where it is switched off, not at all."""
    login, _ = await refused(bench, "revoked", progressive_enrollment=True)
    assert (await login.show()).fields["can_enroll"]
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert login.page.page == "push-enroll-consent"
    off, _ = await refused(bench, "revoked", progressive_enrollment=False)
    with pytest.raises(BadAnswer):
        await off.say("PUSH_DEVICE_ENROLLMENT")


async def test_a_removed_device_wakes_the_page_that_waits_for_it(bench: Bench) -> None:
    """Whether its person or the device itself removed it."""
    user = await bench.add_user("mara")
    for by_itself in (False, True):
        phone = await bench.enroll(user, bench.phone(push_token=f"token-{by_itself}"))
        login = await waiting_for(bench)
        assert login.page.channel is not None
        async with bench.signals.listen(login.page.channel) as wait:
            await remove(bench, phone, by_itself=by_itself)
            assert await wait(5)
        assert (await login.status()).word == "revoked"
        bench.clock.advance(601)


async def test_a_step_that_is_not_the_subject_s_does_not_ask_for_a_name(bench: Bench) -> None:
    """Somebody has to be known there."""
    login = await bench.login("push", is_subject_step=False)
    assert login.reason == "push.no_user"


async def test_no_page_takes_a_scenario_of_another(bench: Bench) -> None:
    """What a state does not offer is refused, and nothing was changed."""
    await bench.add_user("mara")
    offered = {
        "identifier": set(),
        "push-enroll-consent": {"INIT_PUSH_ENROLL", "CANCEL_PUSH_ENROLL"},
        "push-wait": {PROCEED, RESEND, "SEND_PUSH_NOTIFICATION"},
        "push-enroll": {"PUSH_DEVICE_ENROLLMENT"},
    }
    asking, consent, code = await bench.login("push"), await at_consent(bench), await at_code(bench)
    await bench.set_push()
    for login in (asking, consent, await waiting_for(bench), code):
        state = dict(login.state)
        for scenario in [*SCENARIOS, "ANY_OTHER"]:
            if scenario not in offered[login.page.page]:
                with pytest.raises(BadAnswer):
                    await login.say(scenario)
        assert login.state == state


# --- equal pages ------------------------------------------------------------------------------------------------------


async def _kinds_of_names(bench: Bench) -> list[str]:
    await bench.add_user("bare")
    await bench.enroll(await bench.add_user("mara"), bench.phone(push_token="one"))
    off = await bench.add_user("off")
    await bench.enroll(off, bench.phone(push_token="two"))
    await bench.directory.set_enabled(off.id, False)
    locked = await bench.add_user("locked")
    await bench.enroll(locked, bench.phone(push_token="three"))
    for _ in range(5):
        login = await bench.login("password")
        await login.post(username="locked", password="wrong")
    return ["mara", "bare", "off", "locked", "nobody"]


async def test_without_enrollment_every_name_gets_the_same_page(bench: Bench) -> None:
    """Enrolled, without device, disabled, locked, unknown: one page, one life."""
    await bench.set_push(number_challenge=True)
    seen = []
    for name in await _kinds_of_names(bench):
        login = await waiting_for(bench, name)
        trace = [_masked(login.page), (await login.status()).word]
        bench.clock.advance(60)
        trace.append(_masked(await login.show()))
        await login.say(RESEND)
        trace.append(_masked(login.page))
        bench.clock.advance(90)
        trace += [(await login.status()).word, _masked(await login.show())]
        bench.clock.advance(-150)
        seen.append(trace)
    assert all(trace == seen[0] for trace in seen)


def _masked(page: Challenge) -> tuple[object, ...]:
    number = page.fields["number"]
    assert len(number) == 2
    fields = {name: value for name, value in page.fields.items() if name != "number"}
    return page.page, fields, page.message, len(page.channel or ""), len(page.effects), sorted(page.state)


async def test_only_a_live_person_s_devices_are_asked(bench: Bench) -> None:
    """The others' requests are stored, and nothing leaves."""
    for name in await _kinds_of_names(bench):
        await waiting_for(bench, name)
    assert [event.username for event in await bench.events("push_sent")] == ["mara"]


async def test_with_enrollment_an_unknown_name_always_gets_the_same_of_two_pages(bench: Bench) -> None:
    """By a keyed hash: some wait, some are asked for consent, each always alike, in any spelling."""
    await bench.set_push(progressive_enrollment=True)
    pages: dict[str, set[str]] = {}
    for n in range(40):
        for spelling in (f"ghost-{n}", f" GHOST-{n}"):
            login = await bench.login("push")
            await login.post(username=spelling)
            pages.setdefault(f"ghost-{n}", set()).add(login.page.page)
    assert all(len(each) == 1 for each in pages.values())
    found = [next(iter(each)) for each in pages.values()]
    assert 8 < found.count("push-wait") < 32


async def test_an_unknown_name_at_consent_goes_the_same_way(bench: Bench) -> None:
    """Consent leads to the script, as for a person."""
    await bench.set_push(progressive_enrollment=True)
    for n in range(20):
        login = await bench.login("push")
        await login.post(username=f"ghost-{n}")
        if login.page.page == "push-enroll-consent":
            assert await login.say("INIT_PUSH_ENROLL") == Failure("push.enroll_requested")
            await login.again(proven=frozenset())
            assert login.page.page == "push-enroll-consent"


async def test_a_disabled_person_keeps_the_page_they_had(bench: Bench) -> None:
    """Disabling changes no page: whoever compares before and after learns nothing."""
    await bench.set_push(progressive_enrollment=True)
    for name in ("with", "without"):
        user = await bench.add_user(name)
        if name == "with":
            await bench.enroll(user)
        pages = []
        for enabled in (True, False):
            await bench.directory.set_enabled(user.id, enabled)
            login = await bench.login("push")
            await login.post(username=name)
            pages.append(login.page.page)
        assert len(set(pages)) == 1


# --- sending again ----------------------------------------------------------------------------------------------------


async def test_sending_again_is_refused_before_its_time(bench: Bench) -> None:
    """The server keeps the interval."""
    await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    bench.clock.advance(59)
    outcome = await login.say(RESEND)
    assert isinstance(outcome, Challenge)
    assert (outcome.message, outcome.effects) == ("push.resend_too_early", ())
    assert len(await bench.events("push_sent")) == 1


async def test_sending_again_is_refused_after_the_last_time(bench: Bench) -> None:
    """Three times, and the fourth ends the step."""
    await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    for left in (2, 1, 0):
        bench.clock.advance(60)
        await login.say(RESEND)
        assert login.page.fields["resends_left"] == left
    bench.clock.advance(60)
    assert await login.say(RESEND) == Failure("push.resend_limit")
    assert len(await bench.events("push_sent")) == 4


async def test_after_sending_again_the_old_push_is_dead_and_the_new_one_lives(bench: Bench) -> None:
    """The newer request takes the older one's place."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    [old] = await pull(bench, phone)
    bench.clock.advance(60)
    await login.say(RESEND)
    [new] = await pull(bench, phone)
    assert old["pushId"] != new["pushId"]
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.respond(phone.answer(old))
    assert (refused.value.status, refused.value.code) == (410, "PBA-15011")
    assert isinstance(await login.say(PROCEED), Challenge)
    await bench.parts.receiver.respond(phone.answer(new))
    assert isinstance(await login.say(PROCEED), Success)


async def test_an_approval_that_came_before_sending_again_counts(bench: Bench) -> None:
    """Who presses too late is signed in all the same."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    bench.clock.advance(60)
    await respond(bench, phone)
    assert isinstance(await login.say(RESEND), Success)


async def test_a_push_runs_out(bench: Bench) -> None:
    """After the interval and the grace no answer is taken, and the page says so."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    [push] = await pull(bench, phone)
    bench.clock.advance(90)
    assert (await login.status()).word == "expired"
    assert await pull(bench, phone) == []
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.respond(phone.answer(push))
    assert refused.value.status == 410
    outcome = await login.say(PROCEED)
    assert isinstance(outcome, Challenge)
    assert outcome.message == "push.expired"
    assert isinstance(await login.say(RESEND), Challenge)


async def test_a_push_that_ran_out_for_the_last_time_fails_the_step(bench: Bench) -> None:
    """When nothing may be sent any more, going on ends it."""
    await bench.set_push(resend_attempts=0)
    await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    bench.clock.advance(90)
    assert await login.say(PROCEED) == Failure("push.expired")


async def test_an_approval_has_to_be_used_soon(bench: Bench) -> None:
    """A browser that comes back much later starts again."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    await respond(bench, phone)
    bench.clock.advance(121)
    assert isinstance(await login.say(PROCEED), Challenge)


async def test_a_person_who_was_disabled_meanwhile_is_not_signed_in(bench: Bench) -> None:
    """Neither their approval nor one they gave before counts."""
    user = await bench.add_user("mara")
    phone = await bench.enroll(user)
    login, other = await waiting_for(bench), await waiting_for(bench)
    await respond(bench, phone)
    await bench.directory.set_enabled(user.id, False)
    assert isinstance(await login.say(PROCEED), Failure)
    with pytest.raises(DeviceError):
        await respond(bench, phone)
    assert isinstance(await other.say(PROCEED), Challenge)


async def test_a_device_that_was_removed_meanwhile_signs_nobody_in(bench: Bench) -> None:
    """The device is looked at when its approval is used."""
    user = await bench.add_user("mara")
    phone = await bench.enroll(user)
    login = await waiting_for(bench)
    await respond(bench, phone)
    await bench.directory.remove_device(phone.device_id, user_id=user.id)
    assert await login.say(PROCEED) == Failure("push.denied")


async def test_using_an_approval_twice_for_the_same_step_is_one_success(bench: Bench) -> None:
    """A crash between using it and storing the login costs nothing; another flow or execution gets nothing."""
    phone = await bench.enroll(await bench.add_user("mara"))
    login = await waiting_for(bench)
    await respond(bench, phone)
    state = dict(login.state)
    assert isinstance(await login.say(PROCEED), Success)
    assert isinstance(await login.say(PROCEED), Success)
    thief = await waiting_for(bench)
    thief.state = state
    assert isinstance(await thief.say(PROCEED), Failure)
    login.execution += 1
    assert isinstance(await login.say(PROCEED), Failure)


# --- consent and enrolling --------------------------------------------------------------------------------------------


async def test_consent_and_refusal_are_failures_for_the_script(bench: Bench) -> None:
    """The script decides what follows; neither is tried again by itself."""
    await bench.add_user("mara")
    assert await (await at_consent(bench)).say("INIT_PUSH_ENROLL") == Failure("push.enroll_requested")
    assert await (await at_consent(bench)).say("CANCEL_PUSH_ENROLL") == Failure("push.enroll_declined")


async def test_the_code_is_shown_only_with_a_proven_factor(bench: Bench) -> None:
    """Neither a name nor an earlier step that proves nothing suffices; with the factor consent was given by the way."""
    await bench.add_user("mara")
    login = await at_consent(bench)
    for proven in (frozenset[str](), frozenset({"identifier"}), frozenset({"push"})):
        await login.again(proven=proven)
        assert login.page.page == "push-enroll-consent"
    await login.again(proven=PASSWORD)
    assert login.page.page == "push-enroll"


async def test_without_progressive_enrollment_there_is_no_code(bench: Bench) -> None:
    """A proven factor does not change that."""
    await bench.add_user("mara")
    login = await waiting_for(bench)
    await login.again(proven=PASSWORD)
    assert login.page.page == "push-wait"
    assert not any(kind == "push-registration" for kind, _ in bench.state._records)


async def test_a_person_with_a_device_gets_no_code_by_the_password_alone(bench: Bench) -> None:
    """Taking over an account by a second device needs the first one."""
    await bench.enroll(await bench.add_user("mara"))
    await bench.set_push(progressive_enrollment=True)
    login = await bench.login("push")
    await login.post(username="mara")
    await login.again(proven=PASSWORD)
    assert login.page.page == "push-wait"
    for scenario in ("PUSH_DEVICE_ENROLLMENT", "MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT"):
        with pytest.raises(BadAnswer):
            await login.say(scenario)


async def test_discovery_data_is_what_apps_need(bench: Bench) -> None:
    """Raw JSON; host is scheme, host and port."""
    await bench.add_user("mara")
    login = await at_code(bench)
    scanned = json.loads(login.page.fields["enrollment"])
    assert {name: scanned[name] for name in ("username", "host", "tenantDomain")} == {
        "username": "mara", "host": "https://id.example.test:9443", "tenantDomain": "carbon.super",
    }  # fmt: skip
    assert all(scanned[name] for name in ("deviceId", "challenge"))
    assert login.page.fields["expires_at"] == bench.clock() + 180


async def test_the_whole_enrollment_ends_in_a_push_that_has_to_be_approved(bench: Bench) -> None:
    """Consent, password, scan, confirm, approve."""
    user = await bench.add_user("mara")
    login, phone = await at_code(bench), bench.phone(name="Mara's new phone")
    assert (await login.status()).word == "pending"
    await bench.parts.receiver.register(phone.register_body(login.page.fields["enrollment"]))
    assert (await login.status()).word == "registered"
    assert (await login.show()).fields["device"] == "Mara's new phone"
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert (login.page.page, login.page.fields["new_device"]) == ("push-wait", "Mara's new phone")
    assert isinstance(await login.say(PROCEED), Challenge)
    await respond(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)
    assert [device.id for device in await bench.directory.devices(user.id)] == [phone.device_id]


async def test_a_registered_device_counts_for_nothing_until_the_browser_confirms_it(bench: Bench) -> None:
    """It is asked nothing, and can neither answer nor change or remove anything; what waits for it is nothing."""
    user = await bench.add_user("mara")
    login, phone = await at_code(bench), bench.phone()
    await bench.parts.receiver.register(phone.register_body(login.page.fields["enrollment"]))
    assert await bench.directory.devices(user.id) == []
    for refused in (
        bench.parts.receiver.update(phone.device_id, phone.update_token(name="x")),
        bench.parts.receiver.remove(phone.device_id, phone.remove_token()),
    ):
        with pytest.raises(DeviceError):
            await refused
    assert await bench.parts.receiver.pending(phone.device_id, phone.pull_token()) == []
    login.end()
    assert await bench.directory.devices(user.id) == []


async def test_continue_before_a_device_has_registered_shows_the_same_code(bench: Bench) -> None:
    """And a new one only when the old one has run out."""
    await bench.add_user("mara")
    login = await at_code(bench)
    code = login.page.fields["enrollment"]
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert (login.page.fields["enrollment"], login.page.message) == (code, "push.not_registered")
    bench.clock.advance(180)
    assert (await login.status()).word == "expired"
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert login.page.message == "push.code_expired"
    assert login.page.fields["enrollment"] != code


async def test_a_device_that_registered_at_the_last_moment_can_still_be_confirmed(bench: Bench) -> None:
    """The person has time to read its name."""
    await bench.add_user("mara")
    login, phone = await at_code(bench), bench.phone()
    bench.clock.advance(179)
    await bench.parts.receiver.register(phone.register_body(login.page.fields["enrollment"]))
    bench.clock.advance(120)
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert login.page.page == "push-wait"


async def test_confirming_twice_adds_one_device(bench: Bench) -> None:
    """A crash after adding it costs nothing."""
    user = await bench.add_user("mara")
    login, phone = await at_code(bench), bench.phone()
    await bench.parts.receiver.register(phone.register_body(login.page.fields["enrollment"]))
    state = dict(login.state)
    await login.say("PUSH_DEVICE_ENROLLMENT")
    login.state = state
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert login.page.page == "push-wait"
    assert len(await bench.directory.devices(user.id)) == 1


async def test_a_device_whose_key_somebody_else_has_is_not_added(bench: Bench) -> None:
    """The phone hears it at once; if another was faster in between, the page says so and shows a new code."""
    await bench.add_user("mara")
    mallory, phone = await bench.add_user("mallory"), bench.phone()
    login = await at_code(bench)
    await bench.parts.receiver.register(phone.register_body(login.page.fields["enrollment"]))
    await bench.enroll(mallory, phone)
    with pytest.raises(DeviceError, match="already registered"):
        await bench.enroll(mallory, phone)
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert (login.page.page, login.page.message) == ("push-enroll", "push.device_known")


async def test_a_user_disabled_while_enrolling_gets_no_device(bench: Bench) -> None:
    """The one check is made again when the person confirms."""
    user = await bench.add_user("mara")
    login, phone = await at_code(bench), bench.phone()
    await bench.parts.receiver.register(phone.register_body(login.page.fields["enrollment"]))
    await bench.directory.set_enabled(user.id, False)
    assert await login.say("PUSH_DEVICE_ENROLLMENT") == Failure("push.enroll_refused")
    assert await bench.directory.devices(user.id) == []


async def _approved_once(bench: Bench) -> tuple[Try, Phone]:
    """A login in which password and an existing device were proven, waiting for the next push."""
    phone = await bench.enroll(await bench.add_user("mara"))
    await bench.set_push(progressive_enrollment=True)
    login = await bench.login("push")
    await login.post(username="mara")
    await respond(bench, phone)
    assert isinstance(await login.say(PROCEED), Success)
    await login.again(proven=frozenset({"password", "push"}))
    assert login.page.fields["can_enroll"] is True
    return login, phone


async def test_another_device_may_be_registered_once_an_existing_one_approved(bench: Bench) -> None:
    """Password and device proven in this flow, and room for one more."""
    login, first = await _approved_once(bench)
    await login.say("MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT")
    assert (login.page.page, login.page.fields["can_go_back"]) == ("push-enroll", True)
    second = bench.phone(name="Tablet", push_token="tablet")
    await bench.parts.receiver.register(second.register_body(login.page.fields["enrollment"]))
    await login.say("PUSH_DEVICE_ENROLLMENT")
    assert login.page.page == "push-wait"
    [push] = await pull(bench, second)
    assert [each["pushId"] for each in await pull(bench, first)] == [push["pushId"]]


async def test_going_back_from_another_device_finds_the_same_push(bench: Bench) -> None:
    """The push that waited still waits, and the code is void."""
    login, _ = await _approved_once(bench)
    channel = login.page.channel
    await login.say("MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT")
    body = bench.phone().register_body(login.page.fields["enrollment"])
    await login.say("CANCEL_PUSH_DEVICE_ENROLLMENT")
    assert (login.page.page, login.page.channel) == ("push-wait", channel)
    with pytest.raises(DeviceError):
        await bench.parts.receiver.register(body)


async def test_no_further_device_beyond_the_limit(bench: Bench) -> None:
    """The page does not offer it and the scenario is refused."""
    login, _ = await _approved_once(bench)
    await bench.set_push(progressive_enrollment=True, max_devices=1)
    login.settings = await bench.configuration.settings()
    assert (await login.show()).fields["can_enroll"] is False
    with pytest.raises(BadAnswer):
        await login.say("MULTIPLE_DEVICE_PROGRESSIVE_ENROLLMENT")
