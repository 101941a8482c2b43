"""Secrets in a login: whatever a script keeps, no log, audit, error, trace or repr shows one."""

from __future__ import annotations

import pytest

from engine.core import Engine, Ports
from engine.model import Call, Execution, Login, LoginResult, RequestFacts
from engine.outcome import Answer, Challenge
from engine.ports import ConfigurationChange
from engine.questions import Question
from engine.script import Ran
from engine.turn import Turn
from tests.engine.test_script import script
from tests.engine.world import Visit, World

pytestmark = pytest.mark.anyio

SECRET = 's3cret "canary" of/ours'


async def kept(world: World, later: str) -> Visit:
    """A login whose script reads a secret in its first run, keeps it, and does *later* with it in another."""
    await world.configuration.commit(ConfigurationChange(secrets={"key": SECRET}))
    await world.configure(
        f"""var key;
        function onLoginRequest(context) {{
            key = secrets.key;
            executeStep(1, {{onSuccess: function (context) {{ {later} }}}});
        }}"""
    )
    return await (await world.start()).prove("mara")


@pytest.mark.parametrize(
    "later",
    [
        "Log.info('key is ' + key);",
        "Log.info(JSON.stringify({key: key}), encodeURIComponent(key));",
        "key = encodeURIComponent(key); executeStep(2, {onSuccess: function () { Log.info(key); }});",
        "throw new Error('with ' + key);",
        "null[key];",
        "context.currentKnownSubject.localClaims[key] = 1;",
        "assignUserRoles(context.currentKnownSubject, [key]);",
        "fail({errorMessage: key});",
        "sendError('', {key: key});",
        "prompt(key, {}, {onSuccess: function () {}});",
        "httpGet('https://' + encodeURIComponent(key) + '/', {onSuccess: function () {}});",
        "httpGet('https://api.test/', {'X-Key': key}, {onSuccess: function () {}});",
    ],
)
async def test_a_secret_that_a_script_kept_is_masked_in_later_runs(
    world: World, caplog: pytest.LogCaptureFixture, later: str
) -> None:
    """In the log, the audit and what the person is told."""
    caplog.set_level("DEBUG")
    visit = await kept(world, later)
    if visit.page == "push":
        await visit.prove()
    told = caplog.text + str(await world.audit.recent(limit=1000)) + repr(visit.reply)
    assert "canary" not in told


async def test_a_trace_shows_no_secret_that_a_script_kept(world: World) -> None:
    """Neither its entries for the log nor its errors nor its calls."""
    seen: list[Ran] = []
    ports = Ports(
        world.state, world.directory, world.configuration, world.audit, world.signals, world.spawned, world.clock
    )
    world.engine = Engine(ports, world.registry, watch=lambda turn, ran: seen.append(ran))
    later = "Log.info(key); httpGet('https://api.test/' + key, {onFail: function () { throw key; }});"
    visit = await kept(world, later)
    assert visit.page == "out: script.error"
    assert [len(ran.log) for ran in seen] == [0, 1, 0]
    assert seen[-1].error is not None
    assert "***" in seen[-1].error
    assert "canary" not in str(seen)


async def stored(world: World, visit: Visit) -> bytes:
    """The record of a login as it is kept, before it is sealed."""
    record = await world.state.read("login", visit.flow_id)
    assert record is not None
    return record.value


async def test_the_record_of_a_login_forgets_what_a_call_was_given(world: World) -> None:
    """A password stands in the queue until the call is made, and no longer."""
    call = "updateUserPassword(u, 'can' + 'ary', {onFail: function () { executeStep(2); }});"
    after = f"var u = context.currentKnownSubject; executeStep(2, {{onSuccess: function () {{}}}}); {call}"
    await world.configure(script(f"executeStep(1, {{onSuccess: function (context) {{ {after} }}}});"))
    visit = await (await world.start()).prove("mara")
    assert b"canary" in await stored(world, visit)
    await visit.prove()
    assert b"canary" not in await stored(world, visit)


async def test_a_secret_that_a_script_did_not_keep_is_not_kept(world: World) -> None:
    """Only what may be shown later has to be known later."""
    visit = await kept(world, "key = key.length; executeStep(2);")
    assert visit.page == "push"
    assert b"canary" not in await stored(world, visit)


@pytest.mark.parametrize("later", ["fail();", "throw key;", ""])
async def test_the_record_of_a_login_that_ended_has_no_secret(world: World, later: str) -> None:
    """However it ended."""
    visit = await kept(world, later)
    assert visit.page == "in" or visit.page.startswith("out: script")
    assert b"canary" not in await stored(world, visit)


async def test_no_repr_shows_what_may_be_a_secret() -> None:
    """Whatever quotes a value in the middle of a login, a traceback or a debugger, quotes no secret."""
    hidden = "canary"
    facts = RequestFacts("203.0.113.9", headers={"a": hidden}, cookies={"c": hidden}, params={"p": [hidden]})
    call = Call("question", name="updateUserPassword", options={"password": hidden})
    execution = Execution(1, call, state={"key": hidden})
    login = Login("id", b"canary", None, None, frozenset(), 0, 0, execution, [call], b"canary", hidden=[hidden])  # type: ignore[arg-type]
    shown: list[object] = [facts, call, execution, login, Question("x", {"a": hidden})]
    shown += [Turn(login, None, None, facts, 0.0), Answer({"password": hidden}, facts, token=hidden)]  # type: ignore[arg-type]
    shown += [Challenge("prompt", state={"key": hidden})]
    shown += [LoginResult(hidden, None, "u", "mara", (), (), None, 0, 0, session=hidden)]  # type: ignore[arg-type]
    assert hidden not in repr(shown)


async def test_an_empty_secret_masks_nothing(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """There is nothing to hide."""
    caplog.set_level("INFO")
    await world.configuration.commit(ConfigurationChange(secrets={"key": ""}))
    await world.configure(script("Log.info('<' + secrets.key + '> read'); executeStep(1);"))
    await world.start()
    assert "<> read" in caplog.text
