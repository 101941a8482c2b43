"""Host objects as a script meets them: closed tables that can be looked through, asked and not changed."""

from __future__ import annotations

import json

import msgspec
import pytest

from engine.context.scene import KINDS, Scene
from engine.model import User
from engine.outcome import Refused
from engine.turn import Turn
from storage.memory import MemoryDirectory
from tests.engine.test_script import begun, script
from tests.engine.world import World
from tests.storms.python_names import names, own_names

pytestmark = pytest.mark.anyio


async def told(world: World, expression: str, *, prelude: str = "") -> str:
    """What *expression* is worth, as a text, in a callback after mara's password."""
    handler = f"function (context) {{ {prelude} fail({{errorCode: String({expression})}}); }}"
    visit = await begun(world, f"executeStep(1, {{onSuccess: {handler}}});")
    await visit.prove("mara")
    assert isinstance(visit.reply, Refused), visit.page
    assert visit.reply.failed.reason == "script.fail", await world.why()
    return visit.reply.failed.error


USER = "context.steps[1].subject"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("Object.keys(context.steps).join()", "1,2"),
        ("context.steps.length", "1"),
        ("'steps' in context", "true"),
        ("'nothing' in context", "false"),
        ("context.hasOwnProperty('request')", "true"),
        ("context.nothing", "undefined"),
        (f"Object.keys({USER}.localClaims).join()", "urn:color"),
        (f"{USER}.localClaims['urn:color']", "blue"),
        (f"{USER}.roles.join()", "admin"),
        ("Object.keys(context.response.headers).length", "0"),
        ("context.request.ip", "203.0.113.9"),
    ],
)
async def test_a_script_can_look_through_what_it_is_given(world: World, expression: str, expected: str) -> None:
    """Keys, membership, values."""
    assert await told(world, expression) == expected


OBJECTS = [
    "context", "context.steps", "context.steps[1]", USER, f"{USER}.localClaims", f"{USER}.claims", f"{USER}.roles",
    "context.request", "context.request.params", "context.request.headers", "context.request.cookies", "context.push",
    "context.response", "context.response.headers", "context.data", "context.endpointParams", "Log",
    "executeStep", "Log.info", "context.steps[1].options[0]",
]  # fmt: skip
"""One of every kind that the server gives to a script."""


@pytest.mark.parametrize("given", OBJECTS)
async def test_names_of_python_mean_nothing_on_what_it_is_given(world: World, given: str) -> None:
    """No attribute, method or slot of the objects behind them is a property; writing to one leaves nothing."""
    behind = [name for kind in KINDS.values() for name in dir(kind)]
    asked = sorted({*names(), *behind, *Scene.__slots__, *Turn.__slots__} - own_names())
    found = ""
    for at in range(0, len(asked), 300):
        prelude = f"""var o = {given}, listed = Object.keys(o), found = [];
            {json.dumps(asked[at : at + 300])}.forEach(function (name) {{
                if (listed.indexOf(name) < 0 && o[name] != null) {{ found.push(name); }}
            }});"""
        found += await told(world, "found.join() || ' '", prelude=prelude)
    assert found.strip() in ("", "debug,info" if given == "Log" else "")


@pytest.mark.parametrize(
    "attempt",
    [
        "context.steps = {};",
        "context.steps[1] = null;",
        "delete context.steps;",
        "context.nothing = 1;",
        f"{USER}.roles = ['root'];",
        f"{USER}.identifier = 'noah';",
        f"{USER}.uniqueId = 'u-noah';",
        f"{USER}.username = ''; {USER}.username = null; {USER}.username = {{}};",
        f"{USER}.username = 'n'.repeat(256);",
        "Object.assign(context.steps, {1: null});",
    ],
)
async def test_what_it_is_given_cannot_be_changed(world: World, attempt: str) -> None:
    """An attempt is without effect; the login goes on as it stands."""
    described = f"[{USER}.username, {USER}.roles.join(), typeof context.nothing, context.steps.length].join('-')"
    assert await told(world, described, prelude=f"try {{ {attempt} }} catch (e) {{}}") == "mara-admin-undefined-1"


async def test_headers_that_were_set_can_be_read_back(world: World) -> None:
    """By name and one after the other."""
    prelude = "context.response.headers['X-Color'] = 'blue';"
    expression = "Object.keys(context.response.headers).join() + context.response.headers['X-Color']"
    assert (await told(world, expression, prelude=prelude)).lower() == "x-colorblue"


@pytest.mark.parametrize("address", ["http://[bad", "//help.test/e", "https://help.test/\\\\e", "ftp://help.test/"])
async def test_an_address_that_is_none_is_not_gone_to(world: World, address: str) -> None:
    """The page that ends the login is ours then."""
    visit = await begun(world, f"sendError('{address}', {{status: 'Locked'}});")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.url is None


async def test_what_a_script_keeps_is_bounded(world: World) -> None:
    """A state of megabytes ends the login instead of filling the store."""
    visit = await begun(
        world, "var big = 'x'.repeat(300000); executeStep(1, {onSuccess: function () { Log.info(big); }});"
    )
    assert visit.page == "out: script.error"
    assert any("keeps more than" in told for told in await world.why())


class Counting(MemoryDirectory):
    """Counts how often somebody is looked up."""

    reads = 0

    async def user(self, user_id: str) -> User | None:
        self.reads += 1
        return await super().user(user_id)


async def test_common_reads_ask_no_store() -> None:
    """However many there are: the records of those whom the login knows are there before the run."""
    asked = []
    for times in (1, 50):
        people = Counting()
        world = World(directory=people)
        many = f"for (var i = 0; i < {times}; i++) {{ hasRole(u, 'admin'); isMemberOfAnyOfGroups(u, ['staff']);"
        many += " hasAnyOfTheRolesV2(context, ['x']); u.username + u.localClaims['urn:color'] + u.claims.x; }"
        assert await told(world, "u.username", prelude=f"var u = {USER}; {many}") == "mara"
        asked.append(people.reads)
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    "use",
    [
        "Log.info(big);", "Log.info([big]);", "hasRole(u, big);", "hasAnyOfTheRoles(u, [big]);",
        "assignUserRoles(u, [big]);", "getUniqueUserWithClaimValues({a: big}, context);",
        "getUsersWithClaimValues({[big]: 1, b: 2}, context);",
        "getSecretByName(big);", "secrets[big];", "getMaskedValue(big);",
        "u.username = big;", "u[big];", "u.claims[big];", "big in u.claims;", "u.claims[big] = 1;", "u.claims.a = big;",
        "u.localClaims.a = {toString: function () { return big; }};", "context.request.headers[big];",
        "context.response.headers.a = big;", "context.selectedAcr = big;", "delete u.claims[big];",
        "setCookie(context.response, 'a', 'b', {path: '/' , comment: big});", "sendEmail(u, 't', {[big]: 1});",
        "try { httpPost('https://a.test/', big, {}); } catch (e) {}",
        "try { httpGet('https://a.test/' + big, {}); throw 1; } catch (e) {}",
        "try { httpGet('https://a.test/', {a: big}, {}); throw 1; } catch (e) {}",
        "filterAuthenticators([{a: big}], 'x');",
        "try { callElastic({a: big, b: big}, {}); throw 1; } catch (e) {}", "selectAcrFrom(context, [big]);",
        "try { require(big); } catch (e) {}", "getCookieValue(context.request, big);", "lookUpAddress(big);",
    ],
)  # fmt: skip
async def test_a_long_text_is_paid_for_wherever_it_is_given(world: World, use: str) -> None:
    """What the server does with it grows with its length, and so does what it costs."""
    body = f"var u = {USER}, big = 'x'.repeat(300000); {use}"
    await world.configure(script(f"executeStep(1, {{onSuccess: function (context) {{ {body} executeStep(2); }}}});"))
    visit = await (await world.start()).prove("mara")
    assert visit.page in ("push", "out: script.error"), await world.why()
    stored = await world.state.read("login", visit.flow_id)
    assert stored is not None
    assert msgspec.msgpack.decode(stored.value)["fuel"] >= 300_000 // 32


async def test_reading_is_paid_for_by_what_it_makes(world: World) -> None:
    """A member that is a long list costs more than one that is a word."""
    fuel = []
    for member in ("username", "roles"):
        await world.configure(
            script(f"executeStep(1, {{onSuccess: function (context) {{ {USER}.{member}; executeStep(2); }}}});")
        )
        await world.directory.change_roles("u-mara", add=[f"r{n}" for n in range(400)])
        visit = await (await world.start()).prove("mara")
        stored = await world.state.read("login", visit.flow_id)
        assert stored is not None
        fuel.append(msgspec.msgpack.decode(stored.value)["fuel"])
    assert fuel[1] - fuel[0] >= 400
