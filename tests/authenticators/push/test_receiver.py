"""What devices send: verified completely, taken once, refused with the protocol's codes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from engine.errors import DeviceError
from engine.outcome import Challenge, Failure, Success
from tests.authenticators.bench import Bench, Try
from tests.devices import Kind, Phone

pytestmark = pytest.mark.anyio

PROCEED, RESEND = "PROCEED_PUSH_AUTHENTICATION", "RESEND_PUSH_NOTIFICATION"


@pytest.fixture
async def phone(bench: Bench) -> Phone:
    """Mara's phone, enrolled."""
    return await bench.enroll(await bench.add_user("mara"))


async def waiting(bench: Bench, name: str = "mara") -> Try:
    """A login that waits."""
    login = await bench.login("push")
    await login.post(username=name)
    return login


async def pull(bench: Bench, phone: Phone) -> list[dict[str, str]]:
    """What waits for the phone."""
    return await bench.parts.receiver.pending(phone.device_id, phone.pull_token())


async def refusal(bench: Bench, token: str) -> tuple[int, str]:
    """How an answer is refused."""
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.respond(token)
    return refused.value.status, refused.value.code


# --- registering ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["rsa", "ec", "ed25519"])
async def test_each_kind_of_key_registers_and_signs_in(bench: Bench, kind: Kind) -> None:
    """RSA with PKCS#1, EC and Ed25519 in the JWS form, over the same text."""
    phone = await bench.enroll(await bench.add_user("mara"), bench.phone(kind=kind))
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    await bench.parts.receiver.respond(phone.answer(push))
    assert isinstance(await login.say(PROCEED), Success)


async def test_an_rsa_key_may_answer_with_either_of_its_two_algorithms(bench: Bench) -> None:
    """RS256 today, PS256 for those that can."""
    phone = await bench.enroll(await bench.add_user("mara"), bench.phone(kind="rsa"))
    phone.algorithm = "PS256"
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    await bench.parts.receiver.respond(phone.answer(push))
    assert isinstance(await login.say(PROCEED), Success)


async def discovered(bench: Bench, phone: Phone) -> dict[str, Any]:
    """A registration body for a new code of a new user."""
    user = await bench.add_user("mara")
    return phone.register_body(await bench.parts.receiver.discovery(user))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"deviceId": "4f0e6a52-6f5c-4a0e-9c33-0a4a5d3b7c11"}, "PDH-15002"),
        ({"deviceId": None}, "PDH-15002"),
        ({"deviceId": 7}, "PDH-15002"),
        ({"deviceId": "null"}, "PDH-15002"),
        ({"deviceId": "../x"}, "PDH-15002"),
        ({"deviceId": "x" * 65536}, "PDH-15002"),
        ({"signature": "AAAA"}, "PDH-15005"),
        ({"signature": "not base64"}, "PDH-15005"),
        ({"signature": None}, "PDH-15004"),
        ({"deviceToken": "another"}, "PDH-15005"),
        ({"deviceToken": "x\r\ny"}, "PDH-15007"),
        ({"deviceToken": ""}, "PDH-15007"),
        ({"deviceToken": "x" * 100_000}, "PDH-15007"),
        ({"publicKey": "garbage"}, "PDH-15004"),
        ({"publicKey": ["x"]}, "PDH-15004"),
        ({"name": 7}, "PDH-15007"),
        ({"model": {}}, "PDH-15007"),
        ({"provider": "FCM"}, "PDH-15007"),
        ({"provider": {"name": "FCM"}}, "PDH-15013"),
        ({"provider": {"name": ["FCM"]}}, "PDH-15013"),
        ({"provider": {"name": "builtin", "metadata": {"numberInput": 1}}}, "PDH-15007"),
        ({"provider": {"name": "builtin", "metadata": {f"k{n}": "v" for n in range(99)}}}, "PDH-15007"),
    ],
)
async def test_a_bad_registration_is_refused_and_the_code_stays_good(
    bench: Bench, change: dict[str, Any], code: str
) -> None:
    """Each refusal is 400 with its code; a good registration afterwards goes through."""
    body = await discovered(bench, bench.phone())
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.register(body | change)
    assert (refused.value.status, refused.value.code) == (400, code)
    await bench.parts.receiver.register(body)


async def test_a_code_registers_one_device_whoever_is_first(bench: Bench) -> None:
    """Fifty at once: one is taken."""
    bench.interleave()
    user = await bench.add_user("mara")
    discovery = await bench.parts.receiver.discovery(user)
    phones = [bench.phone(push_token=f"token-{n}") for n in range(50)]
    bodies = [phone.register_body(discovery) for phone in phones]
    found = await asyncio.gather(*map(bench.parts.receiver.register, bodies), return_exceptions=True)
    assert found.count(None) == 1
    assert {each.code for each in found if isinstance(each, DeviceError)} <= {"PDH-15002", "PDH-15019"}
    assert len(await bench.directory.devices(user.id)) == 1


async def test_in_a_login_too_a_code_takes_the_first_device_only(bench: Bench) -> None:
    """The name that the browser shows is not changed by who comes later."""
    await bench.set_push(progressive_enrollment=True)
    bench.interleave()
    user = await bench.add_user("mara")
    login = await bench.login("push")
    await login.post(username=user.username)
    await login.again(proven=frozenset({"password"}))
    phones = [bench.phone(name=f"phone {n}", push_token=f"token-{n}") for n in range(20)]
    bodies = [phone.register_body(login.page.fields["enrollment"]) for phone in phones]
    found = await asyncio.gather(*map(bench.parts.receiver.register, bodies), return_exceptions=True)
    assert found.count(None) == 1
    assert (await login.show()).fields["device"] == f"phone {found.index(None)}"


async def test_parallel_enrollments_keep_the_limit(bench: Bench) -> None:
    """Twenty codes, twenty phones, room for three."""
    bench.interleave()
    user = await bench.add_user("mara")
    bodies = [
        bench.phone(push_token=f"token-{n}").register_body(await bench.parts.receiver.discovery(user))
        for n in range(20)
    ]
    await asyncio.gather(*map(bench.parts.receiver.register, bodies), return_exceptions=True)
    assert len(await bench.directory.devices(user.id)) == 3


async def test_a_code_runs_out(bench: Bench) -> None:
    """After 180 seconds it is as if it had never been."""
    body = await discovered(bench, bench.phone())
    bench.clock.advance(180)
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.register(body)
    assert refused.value.code == "PDH-15002"


async def test_the_code_of_a_login_that_ended_is_void(bench: Bench) -> None:
    """Nothing can be registered for a login that is over or has gone on."""
    await bench.set_push(progressive_enrollment=True)
    user = await bench.add_user("mara")
    login = await bench.login("push")
    await login.post(username=user.username)
    await login.again(proven=frozenset({"password"}))
    login.end()
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.register(bench.phone().register_body(login.page.fields["enrollment"]))
    assert refused.value.code == "PDH-15002"


async def test_a_code_of_a_user_who_was_disabled_is_void(bench: Bench) -> None:
    """The user is looked at when the device registers."""
    body = await discovered(bench, bench.phone())
    await bench.directory.set_enabled("u-mara", False)
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.register(body)
    assert refused.value.code == "PDH-15008"


@pytest.mark.parametrize(("limit", "code"), [(1, "PDH-15003"), (2, "PDH-15019")])
async def test_a_device_too_many_is_refused(bench: Bench, limit: int, code: str) -> None:
    """With the code for one device, or for several."""
    await bench.set_push(max_devices=limit)
    user = await bench.add_user("mara")
    for n in range(limit):
        await bench.enroll(user, bench.phone(push_token=f"t{n}"))
    with pytest.raises(DeviceError) as refused:
        await bench.enroll(user)
    assert refused.value.code == code


async def test_a_key_registers_once(bench: Bench, phone: Phone) -> None:
    """Neither for the same person nor for another."""
    mara, other = await bench.directory.user("u-mara"), await bench.add_user("other")
    assert mara is not None
    for user in (mara, other):
        with pytest.raises(DeviceError) as refused:
            await bench.enroll(user, phone)
        assert refused.value.code == "PDH-15020"


async def test_a_device_without_a_name_is_taken_and_a_bad_name_is_cleaned(bench: Bench) -> None:
    """Some phones have no name to tell; none can write a second line."""
    user = await bench.add_user("mara")
    await bench.enroll(user, bench.phone(name=None, push_token="a"))
    await bench.enroll(user, bench.phone(name="Evil\u202e\r\n name" + "x" * 500, push_token="b"))
    names = [device.name for device in await bench.directory.devices(user.id)]
    assert names[0] == "Pixel 9"
    assert names[1].startswith("Evil name")
    assert len(names[1]) <= 100


# --- answering --------------------------------------------------------------------------------------------------------


async def test_the_first_answer_is_taken_once(bench: Bench, phone: Phone) -> None:
    """The same answer fifty times: one change, the rest hear that it was handled."""
    bench.interleave()
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    token = phone.answer(push)
    found = await asyncio.gather(*(bench.parts.receiver.respond(token) for _ in range(50)), return_exceptions=True)
    assert found.count(None) == 1
    assert {(each.status, each.code) for each in found if isinstance(each, DeviceError)} == {(410, "PBA-15011")}
    assert len(await bench.events("push_approved")) == 1
    assert isinstance(await login.say(PROCEED), Success)


async def test_nothing_turns_a_denial_into_an_approval(bench: Bench, phone: Phone) -> None:
    """Not the same device, not another one."""
    user = await bench.directory.user("u-mara")
    assert user is not None
    second = await bench.enroll(user, bench.phone(push_token="second"))
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    await bench.parts.receiver.respond(phone.answer(push, "DENIED"))
    for each in (phone, second):
        assert await refusal(bench, each.answer(push)) == (410, "PBA-15011")
    assert await login.say(PROCEED) == Failure("push.denied")


async def test_a_denial_turns_an_approval_into_a_denial_until_the_browser_has_gone_on(
    bench: Bench, phone: Phone
) -> None:
    """Any device that was asked may say no, as long as it matters."""
    user = await bench.directory.user("u-mara")
    assert user is not None
    second = await bench.enroll(user, bench.phone(push_token="second"))
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    await bench.parts.receiver.respond(phone.answer(push))
    await bench.parts.receiver.respond(second.answer(push, "DENIED"))
    assert await login.say(PROCEED) == Failure("push.denied")
    bench.clock.advance(61)
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    await bench.parts.receiver.respond(phone.answer(push))
    assert isinstance(await login.say(PROCEED), Success)
    assert await refusal(bench, second.answer(push, "DENIED")) == (410, "PBA-15011")


async def test_going_on_and_denying_at_once_end_in_one_of_the_two(bench: Bench, phone: Phone) -> None:
    """A hundred races: success only if the denial came too late."""
    bench.interleave()
    await bench.set_push(budget={"per_10_minutes": 1000, "per_day": 1000, "cooldown_after_denial": 0})
    for n in range(100):
        login = await waiting(bench)
        [push, *_] = await pull(bench, phone)
        await bench.parts.receiver.respond(phone.answer(push))
        deny = bench.parts.receiver.respond(phone.answer(push, "DENIED"))
        both = (login.say(PROCEED), deny) if n % 2 else (deny, login.say(PROCEED))
        found = await asyncio.gather(*both, return_exceptions=True)
        succeeded = any(isinstance(each, Success) for each in found)
        assert succeeded == any(isinstance(each, DeviceError) for each in found)


async def test_an_answer_to_an_older_push_does_not_fit_a_new_one(bench: Bench, phone: Phone) -> None:
    """Challenge and push id belong together."""
    await waiting(bench)
    [old] = await pull(bench, phone)
    login = await waiting(bench)
    new = (await pull(bench, phone))[1]
    for mixed in ({**old, "pushId": new["pushId"]}, {**new, "pushId": old["pushId"]}):
        assert await refusal(bench, phone.answer(mixed)) == (400, "PBA-15004")
    assert isinstance(await login.say(PROCEED), Challenge)


@pytest.mark.parametrize("challenge", ["", " ", "x", None, ["c"], 7])
async def test_a_wrong_challenge_is_refused_and_spoils_nothing(bench: Bench, phone: Phone, challenge: object) -> None:
    """The push can still be answered rightly."""
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    claims = {"pushAuthId": push["pushId"], "response": "APPROVED", "exp": phone.expiry(60), "challenge": challenge}
    assert (await refusal(bench, phone.token(claims)))[0] == 400
    await bench.parts.receiver.respond(phone.answer(push))
    assert isinstance(await login.say(PROCEED), Success)


@pytest.mark.parametrize("push_id", ["", " ", None, 7, ["x"], {"a": 1}, "unknown", "../x", "x\0", "x" * 4000])
async def test_a_push_id_that_is_none_is_refused(bench: Bench, phone: Phone, push_id: object) -> None:
    """Whatever stands there."""
    claims = {"pushAuthId": push_id, "response": "APPROVED", "exp": phone.expiry(60), "challenge": "c"}
    assert (await refusal(bench, phone.token(claims)))[0] == 400


@pytest.mark.parametrize("response", ["approved", "APPROVED ", "MAYBE", "", None, True])
async def test_any_other_word_is_refused_and_spoils_nothing(bench: Bench, phone: Phone, response: Any) -> None:
    """Approved and denied are two exact words."""
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    assert (await refusal(bench, phone.answer(push, response)))[0] == 400
    await bench.parts.receiver.respond(phone.answer(push))
    assert isinstance(await login.say(PROCEED), Success)


async def test_all_that_fits_no_open_request_is_refused_with_one_answer(bench: Bench, phone: Phone) -> None:
    """Unknown device, wrong signature, another person's device, unknown push, expired token: one body."""
    mallory = await bench.enroll(await bench.add_user("mallory"), bench.phone(push_token="m"))
    await waiting(bench)
    [push] = await pull(bench, phone)
    stranger = bench.phone()
    stranger.device_id = "4f0e6a52-6f5c-4a0e-9c33-0a4a5d3b7c11"
    forged = bench.phone()
    forged.device_id = phone.device_id
    expired = phone.token(
        {"pushAuthId": push["pushId"], "challenge": push["challenge"], "response": "APPROVED", "exp": 1}
    )
    tokens = [
        stranger.answer(push),
        forged.answer(push),
        mallory.answer(push),
        phone.answer({**push, "pushId": "unknown"}),
        expired,
    ]
    bodies = set()
    for token in tokens:
        with pytest.raises(DeviceError) as refused:
            await bench.parts.receiver.respond(token)
        bodies.add((refused.value.status, refused.value.code, refused.value.message))
    assert len(bodies) == 1
    assert next(iter(bodies))[0] == 400


@pytest.mark.parametrize("device_id", [None, "null", "None", 7, [], {}, "'", "../", "x\0y", "x" * 4000])
async def test_an_odd_device_id_is_refused(bench: Bench, phone: Phone, device_id: object) -> None:
    """Missing, of another type, or of another form."""
    await waiting(bench)
    [push] = await pull(bench, phone)
    good = phone.answer(push)
    header = {"alg": phone.algorithm, "typ": "JWT"} | ({} if device_id is None else {"deviceId": device_id})
    claims = {
        "pushAuthId": push["pushId"],
        "challenge": push["challenge"],
        "response": "APPROVED",
        "exp": phone.expiry(9),
    }
    assert (await refusal(bench, phone.token(claims, header=header)))[0] == 400
    await bench.parts.receiver.respond(good)


async def test_a_device_that_was_not_asked_is_not_heard(bench: Bench, phone: Phone) -> None:
    """It came after the push was sent."""
    await waiting(bench)
    [push] = await pull(bench, phone)
    user = await bench.directory.user("u-mara")
    assert user is not None
    late = await bench.enroll(user, bench.phone(push_token="late"))
    assert await pull(bench, late) == []
    assert await refusal(bench, late.answer(push)) == (400, "PBA-15004")


async def test_a_login_that_ended_takes_no_answer(bench: Bench, phone: Phone) -> None:
    """Cancelled, failed or gone on: the device hears that it is too late."""
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    login.end()
    assert await pull(bench, phone) == []
    assert await refusal(bench, phone.answer(push)) == (410, "PBA-15011")


async def test_a_locked_person_s_approval_is_not_taken_but_a_denial_is(bench: Bench, phone: Phone) -> None:
    """Saying no is always possible."""
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    for _ in range(5):
        await (await bench.login("password")).post(username="mara", password="wrong")
    assert await refusal(bench, phone.answer(push)) == (410, "PBA-15011")
    assert (await login.status()).word == "pending"
    await bench.parts.receiver.respond(phone.answer(push, "DENIED"))
    assert (await login.status()).word == "denied"


async def test_blank_and_unreadable_answers_have_codes(bench: Bench) -> None:
    """PBA-15006 and PBA-15002."""
    assert await refusal(bench, " ") == (400, "PBA-15006")
    for text in ("a.b", "." * 1_000_000, "x" * 10_000_000):
        assert await refusal(bench, text) == (400, "PBA-15002")


async def test_the_waiting_page_is_woken(bench: Bench, phone: Phone) -> None:
    """By the answer, on the push's own channel."""
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    assert login.page.channel is not None
    async with bench.signals.listen(login.page.channel) as wait:
        await bench.parts.receiver.respond(phone.answer(push))
        assert await wait(5)


# --- the number -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["", " ", "x", None, "one more", "padded"])
async def test_a_wrong_number_ends_the_request(bench: Bench, phone: Phone, number: str | None) -> None:
    """One try; afterwards the right number comes too late, and the step fails."""
    await bench.set_push(number_challenge=True)
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    right = push["numberChallenge"]
    assert right == login.page.fields["number"]
    wrong = {"one more": f"{(int(right) + 1) % 100:02d}", "padded": f"0{right}"}.get(number or "", number)
    claims = {
        "pushAuthId": push["pushId"],
        "challenge": push["challenge"],
        "response": "APPROVED",
        "exp": phone.expiry(9),
    }
    token = phone.token(claims if wrong is None else {**claims, "numberChallenge": wrong})
    assert await refusal(bench, token) == (400, "PBA-15012")
    assert await refusal(bench, phone.answer(push)) == (410, "PBA-15011")
    assert (await login.status()).word == "denied"
    assert await login.say(PROCEED) == Failure("push.wrong_number")


async def test_guessing_the_number_has_one_try(bench: Bench, phone: Phone) -> None:
    """All hundred at once: at most one is looked at."""
    bench.interleave()
    await bench.set_push(number_challenge=True)
    await waiting(bench)
    [push] = await pull(bench, phone)
    guesses = [phone.answer(push, number=f"{n:02d}") for n in range(100) if f"{n:02d}" != push["numberChallenge"]]
    found = await asyncio.gather(*map(bench.parts.receiver.respond, guesses), return_exceptions=True)
    assert sum(isinstance(each, DeviceError) and each.code == "PBA-15012" for each in found) == 1
    assert all(isinstance(each, DeviceError) for each in found)


async def test_a_typed_number_is_compared_by_the_server(bench: Bench) -> None:
    """The push tells how long it is, the page shows it, the person types it."""
    await bench.set_push(number_challenge=True)
    phone = await bench.enroll(await bench.add_user("mara"), bench.phone(typed=True))
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    assert ("numberChallenge" in push, push["numberChallengeLength"]) == (False, "2")
    await bench.parts.receiver.respond(phone.answer(push, number=login.page.fields["number"]))
    assert isinstance(await login.say(PROCEED), Success)


async def test_without_the_feature_a_number_is_not_looked_at(bench: Bench, phone: Phone) -> None:
    """Some apps send one all the same."""
    login = await waiting(bench)
    [push] = await pull(bench, phone)
    await bench.parts.receiver.respond(phone.answer(push, number="99"))
    assert isinstance(await login.say(PROCEED), Success)


# --- a device's own wishes --------------------------------------------------------------------------------------------


async def test_pending_lists_the_oldest_first_and_the_token_may_be_used_again(bench: Bench, phone: Phone) -> None:
    """One token for as long as it lasts."""
    await waiting(bench)
    bench.clock.advance(1)
    await waiting(bench)
    token = phone.pull_token()
    for _ in range(3):
        found = await bench.parts.receiver.pending(phone.device_id, token)
        assert [push["requestedAt"] for push in found] == ["1800000000", "1800000001"]


@pytest.mark.parametrize(
    "what", ["another device", "no header", "no purpose", "other purpose", "an answer", "old", "unsigned"]
)
async def test_only_the_device_s_own_pull_token_pulls(bench: Bench, phone: Phone, what: str) -> None:
    """Bound to the device by path, header and signature, and to its purpose."""
    await waiting(bench)
    [push] = await pull(bench, phone)
    mallory = await bench.enroll(await bench.add_user("mallory"), bench.phone(push_token="m"))
    good = {"exp": phone.expiry(60), "purpose": "pull"}
    token = {
        "another device": mallory.pull_token(),
        "no header": phone.token(good, header={"alg": phone.algorithm, "typ": "JWT"}),
        "no purpose": phone.token({"exp": phone.expiry(60)}),
        "other purpose": phone.token({**good, "purpose": "remove"}),
        "an answer": phone.answer(push),
        "old": phone.token({**good, "exp": phone.expiry(-300)}),
        "unsigned": phone.pull_token().rpartition(".")[0] + ".AAAA",
    }[what]
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.pending(phone.device_id, token)
    assert refused.value.code == "PDH-15006"


async def test_a_device_removes_itself_and_nothing_else_removes_it(bench: Bench, phone: Phone) -> None:
    """Not an answer, not another device's token."""
    await waiting(bench)
    [push] = await pull(bench, phone)
    mallory = await bench.enroll(await bench.add_user("mallory"), bench.phone(push_token="m"))
    for token in (phone.answer(push), phone.answer(push, "DENIED"), mallory.remove_token(), phone.pull_token()):
        with pytest.raises(DeviceError):
            await bench.parts.receiver.remove(phone.device_id, token)
    await bench.parts.receiver.remove(phone.device_id, phone.remove_token())
    assert await bench.directory.device(phone.device_id) is None
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.remove(phone.device_id, phone.remove_token())
    assert refused.value.code == "PDH-15009"


async def test_an_older_app_s_removal_says_only_exp(bench: Bench) -> None:
    """And is accepted."""
    phone = await bench.enroll(await bench.add_user("mara"), bench.phone(kind="rsa"))
    await bench.parts.receiver.remove(phone.device_id, phone.remove_token())
    assert await bench.directory.device(phone.device_id) is None


async def test_an_update_changes_what_it_says_once(bench: Bench, phone: Phone) -> None:
    """A replayed one is refused, even after the value has changed again."""
    first = phone.update_token(name="First", push_token="new-token")
    await bench.parts.receiver.update(phone.device_id, first)
    await bench.parts.receiver.update(phone.device_id, phone.update_token(name="Second"))
    with pytest.raises(DeviceError):
        await bench.parts.receiver.update(phone.device_id, first)
    device = await bench.directory.device(phone.device_id)
    assert device is not None
    assert (device.name, device.push_token) == ("Second", "new-token")


async def test_an_update_may_come_without_a_device_in_its_header(bench: Bench, phone: Phone) -> None:
    """One app in use sends only algorithm and type."""
    token = phone.token({"exp": phone.expiry(60), "name": "New"}, header={"alg": phone.algorithm, "typ": "JWT"})
    await bench.parts.receiver.update(phone.device_id, token)


async def test_a_header_that_names_another_device_is_refused(bench: Bench, phone: Phone) -> None:
    """Also when the signature is that of the device in the path."""
    header = {"alg": phone.algorithm, "typ": "JWT", "deviceId": "another"}
    with pytest.raises(DeviceError) as refused:
        await bench.parts.receiver.remove(phone.device_id, phone.token({"exp": phone.expiry(60)}, header=header))
    assert refused.value.code == "PDH-15006"


async def test_a_device_s_row_may_allow_less_than_its_key_could(bench: Bench) -> None:
    """The stored list is the pin."""
    phone = await bench.enroll(await bench.add_user("mara"), bench.phone(kind="rsa"))
    device = await bench.directory.device(phone.device_id)
    assert device is not None
    await bench.directory.remove_device(device.id, user_id=device.user_id)
    await bench.directory.add_device(replace(device, algorithms=("RS256",)), limit=3)
    assert await pull(bench, phone) == []
    phone.algorithm = "PS256"
    with pytest.raises(DeviceError):
        await pull(bench, phone)


async def test_a_token_of_one_device_never_changes_another(bench: Bench, phone: Phone) -> None:
    """Signed by whom it may."""
    mallory = await bench.enroll(await bench.add_user("mallory"), bench.phone(push_token="m"))
    mallory.device_id = phone.device_id
    for call, token in (
        (bench.parts.receiver.update, mallory.update_token(push_token="mine")),
        (bench.parts.receiver.remove, mallory.remove_token()),
    ):
        with pytest.raises(DeviceError):
            await call(phone.device_id, token)
    assert await bench.directory.device(phone.device_id) is not None
