"""Claims and names of users: what a script reads, what its writing changes, and what it never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from engine.model import LOCKING_CLAIMS, User
from engine.outcome import Granted, Refused
from engine.ports import ConfigurationChange
from storage.memory import MemoryDirectory
from tests.engine.elsewhere import with_partner
from tests.engine.test_objects import USER, told
from tests.engine.test_script import script
from tests.engine.world import MARA, Visit, World

pytestmark = pytest.mark.anyio

LOCKED = LOCKING_CLAIMS[0]
COUNT = "http://wso2.org/claims/identity/failedLoginAttempts"


COUNTED = "executeStep(1, {onFail: function (c) { c.lastLoginFailedUser.localClaims['a'] = 1; executeStep(2); }});"


async def stored(world: World, user_id: str = "u-mara") -> User:
    """The user as the directory has them now."""
    user = await world.directory.user(user_id)
    assert user is not None
    return user


async def after(world: World, body: str, *, page: str = "in") -> Visit:
    """A login of mara with *body* after her password."""
    await world.configure(script(f"executeStep(1, {{onSuccess: function (context) {{ var u = {USER}; {body} }}}});"))
    visit = await (await world.start()).prove("mara")
    assert visit.page == page, await world.why()
    return visit


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("'text'", "text"), ("7", "7"), ("0.1 + 0.2", "0.30000000000000004"), ("1234567.25", "1234567.25"),
        ("true", "true"), ("null", ""), ("undefined", ""), ("['a', 'b']", "a,b"), ("{}", "[object Object]"),
        ("{toString: function () { return 'own'; }}", "own"), ("'a\\0b'", "a\ufffdb"), ("'\\ud800'", "\ufffd"),
        ("'x'.repeat(5000)", "x" * 4096),
    ],
)  # fmt: skip
async def test_a_claim_is_the_text_of_what_was_written(world: World, written: str, kept: str) -> None:
    """In the directory, and for this login; both are read back at once."""
    same = "u.localClaims['urn:a'] === u.claims['urn:b'] && u.claims['urn:a'] === u.localClaims['urn:a']"
    visit = await after(
        world,
        f"u.localClaims['urn:a'] = {written}; u.claims['urn:b'] = {written}; if (!({same})) {{ fail(); }}",
    )
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.claims == {"urn:b": kept}
    assert (await stored(world)).claims["urn:a"] == kept


@pytest.mark.parametrize("claims", ["localClaims", "claims"])
async def test_claims_are_an_object_like_others(world: World, claims: str) -> None:
    """What every object has is there, unless a claim has its name."""
    expression = "[String(c), c.hasOwnProperty('urn:color'), c.hasOwnProperty('x'), 'urn:color' in c, c.nothing].join()"
    prelude = f"var c = {USER}.{claims};"
    assert await told(world, expression, prelude=prelude) == "[object Object],true,false,true,"
    prelude += " c.toString = 'a claim';"
    assert await told(world, "c.toString", prelude=prelude) == "a claim"


@pytest.mark.parametrize("written", ["{toString: function () { throw 1; }}", "Object.create(null)"])
async def test_what_has_no_text_throws_and_writes_nothing(world: World, written: str) -> None:
    """An exception as any other."""
    await after(world, f"u.localClaims['urn:x'] = 1; u.localClaims['urn:a'] = {written};", page="out: script.error")
    assert (await stored(world)).claims == MARA.claims


@pytest.mark.parametrize(
    ("claim", "value"),
    [("username", "mara"), ("userid", "u-mara"), ("roles", "admin"), ("groups", "staff"), ("nothing", "null")],
)
async def test_names_roles_and_groups_are_claims_that_cannot_be_written(world: World, claim: str, value: str) -> None:
    """They are read from where they are kept; what is absent is null."""
    uri = f"http://wso2.org/claims/{claim}"
    prelude = "" if value == "null" else f"{USER}.localClaims['{uri}'] = 'other';"
    assert await told(world, f"{USER}.localClaims['{uri}']", prelude=prelude) == value
    assert (await stored(world)).claims == MARA.claims


async def test_failed_tries_are_counted_on_the_user_who_is_not_proven(world: World) -> None:
    """`lastLoginFailedUser` can be written; the count outlives the login, and the lock that follows is a real one."""
    count = f"""
        var u = context.lastLoginFailedUser, n = Number(u.localClaims['{COUNT}'] || 0) + 1;
        u.localClaims['{COUNT}'] = n;
        if (n >= 3) {{ u.localClaims['{LOCKED}'] = true; fail({{errorCode: 'locked'}}); }} else {{ login(); }}"""
    await world.configure(
        "function onLoginRequest(context) { login(); }"
        f"function login() {{ executeStep(1, {{onFail: function (context) {{ {count} }}}}); }}"
    )
    visit = await world.start()
    await visit.post(username="mara", word="no")
    await visit.post(word="no")
    assert visit.page == "password"
    other = await world.start()
    await other.post(username="mara", word="no")
    assert isinstance(other.reply, Refused)
    assert other.reply.failed.error == "locked"
    assert (await stored(world)).claims[COUNT] == "3"
    await visit.prove()
    assert visit.page == "out: login.refused"
    assert (await world.why()).count("claim_written") == 4


async def test_a_name_that_is_nobodys_takes_no_claims(world: World) -> None:
    """And the script goes on as with anybody."""
    await world.configure(script(COUNTED))
    visit = await world.start()
    await visit.post(username="nobody", word="no")
    assert visit.page == "push"
    assert "claim_write_refused" in await world.why()


class Vanishing(MemoryDirectory):
    """Loses everybody just before their claims are written."""

    async def set_claims(self, user_id: str, claims: Mapping[str, str]) -> None:
        self.apply([], removed=["mara", "noah"])
        await super().set_claims(user_id, claims)


async def test_claims_of_a_user_who_goes_meanwhile_are_lost() -> None:
    """The login goes on; nothing is left to write to."""
    world = World(directory=Vanishing())
    await world.configure(script(COUNTED))
    visit = await world.start()
    await visit.post(username="mara", word="no")
    assert visit.page == "push"
    await visit.post()
    assert visit.page == "push"


async def test_a_full_user_takes_no_new_claims_from_scripts(world: World) -> None:
    """Those it has can still be written; what is told of the others is bounded."""
    await world.configure(
        script(
            "executeStep(1, {onSuccess: function (context) {"
            f" var u = {USER}; u.localClaims.c7 = 1;"
            " for (var i = 0; i < 200; i++) { u.localClaims['more' + i] = 1; } }});"
        )
    )
    await world.directory.set_claims("u-mara", {f"c{n}": "v" for n in range(500)})
    await (await world.start()).prove("mara")
    claims = (await stored(world)).claims
    assert (claims["c7"], claims.get("more0")) == ("1", None)
    assert (await world.why()).count("claim_write_refused") == 64


async def test_a_login_writes_claims_of_a_bounded_number_of_users(world: World) -> None:
    """However many a script finds; one more is an error that it may catch."""
    people = [replace(MARA, id=f"u{n}", username=f"p{n}", canonical=f"p{n}", claims={}) for n in range(20)]
    await world.configure()
    await world.configuration.commit(ConfigurationChange(users=people))
    names = ", ".join(f"{{'http://wso2.org/claims/username': 'p{n}'}}" for n in range(20))
    await after(
        world,
        f"[{names}].forEach(function (sought) {{"
        " try { getUniqueUserWithClaimValues(sought, context).localClaims['urn:a'] = 'b'; } catch (e) {} });",
    )
    written = [(await stored(world, f"u{n}")).claims.get("urn:a") for n in range(20)]
    assert written.count("b") == 16


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("for (var i = 0; i < 65; i++) { u.claims['c' + i] = ''; }", "64 claims of a user"),
        ("for (var i = 0; i < 65; i++) { u.localClaims['c' + i] = ''; }", "64 claims of a user"),
        ("for (var i = 0; i < 17; i++) { u.claims['c' + i] = big; }", "65536 bytes of claims"),
        ("for (var i = 0; i < 9; i++) { u.claims['c' + i] = u.localClaims['c' + i] = big; }", "65536 bytes of claims"),
        ("for (var i = 0; i < 9; i++) { u.localClaims[i + big] = big; }", "65536 bytes of claims"),
        ("for (var i = 0; i < 6; i++) { u.claims['c' + i] = wide; }", "65536 bytes of claims"),
    ],
)
async def test_a_login_writes_a_bounded_number_and_size_of_claims(world: World, written: str, told: str) -> None:
    """Beyond it is an error at its place, and then none of them is written."""
    big = "var big = 'x'.repeat(4090), wide = '\u20ac'.repeat(4000);"
    await after(world, f"{big}\n{written}", page="out: script.error")
    (why,) = [one for one in await world.why() if one.startswith("script_error")]
    assert "line 3" in why
    assert f"RangeError: a login writes {told} at the most" in why
    assert (await stored(world)).claims == MARA.claims


async def test_a_claim_may_be_written_again_and_again(world: World) -> None:
    """Only what is kept counts."""
    visit = await after(world, "var big = 'x'.repeat(4000); for (var i = 0; i < 40; i++) { u.claims.c = big; }")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.claims == {"c": "x" * 4000}


async def test_what_a_script_calls_a_user_is_read_back_and_changes_nobody(world: World) -> None:
    """Neither claims, roles nor who signs in; it lasts for the login, on the same object and on another."""
    source = """
        var kept;
        function onLoginRequest(context) {
            executeStep(1, {onSuccess: function (context) {
                kept = context.currentKnownSubject;
                kept.username = 'noah';
                kept.userStoreDomain = 'SECOND';
                executeStep(2, {onSuccess: function (context) {
                    var u = context.steps[1].subject;
                    u.claims['urn:seen'] = [kept.username, u.username, u.userStoreDomain, u.identifier, u.uniqueId,
                        u.localClaims['urn:color'], hasRole(u, 'admin'), kept === u].join();
                }});
            }});
        }"""
    await world.configure(source)
    visit = await (await (await world.start()).prove("mara")).prove()
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.username == "mara"
    assert visit.reply.result.claims == {"urn:seen": "noah,noah,SECOND,mara,u-mara,blue,true,true"}


async def test_a_script_calls_a_bounded_number_of_users_something_else(world: World) -> None:
    """And with a name of a bounded length."""
    people = [replace(MARA, id=f"u{n}", username=f"p{n}", canonical=f"p{n}", claims={}) for n in range(20)]
    await world.configure()
    await world.configuration.commit(ConfigurationChange(users=people))
    names = ", ".join(f"{{'http://wso2.org/claims/username': 'p{n}'}}" for n in range(20))
    visit = await after(
        world,
        f"u.claims['n'] = [{names}].filter(function (sought) {{"
        " var one = getUniqueUserWithClaimValues(sought, context); one.username = 'x';"
        " return one.username === 'x'; }).length;",
    )
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.claims == {"n": "16"}


# --- users elsewhere --------------------------------------------------------------------------------------------------

SAID = {"email": "ext@partner.test", "groups": "a,b"}


async def seen_elsewhere(world: World, expression: str, *, prelude: str = "") -> str:
    """What *expression* is worth after a step by a user elsewhere, who is `f`, and after another step by mara."""
    with_partner(world, SAID)
    source = f"""
        var f;
        function onLoginRequest(context) {{
            executeStep(2, {{onSuccess: function (context) {{
                f = context.steps[2].subject;
                {prelude}
                executeStep(1, {{onSuccess: function (context) {{ f.claims['seen'] = String({expression}); }}}});
            }}}});
        }}"""
    await world.configure(source, steps={1: "password", 2: "partner"})
    visit = await world.start()
    await visit.post(name="ext-1")
    assert visit.page == "password", await world.why()
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted), await world.why()
    assert visit.reply.result.user_id == "u-mara"
    return visit.reply.result.claims["seen"]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("[f.identifier, f.username, f.uniqueId, f.roles.length, f.userStoreDomain].join()", "ext-1,ext-1,,0,"),
        ("[context.steps[2].idp, context.steps[1].idp].join()", "Partner,LOCAL"),
        ("f.remoteClaims['email']", "ext@partner.test"),
        ("[f.localClaims['email'], f.claims['email']].join()", "ext@partner.test,ext@partner.test"),
        ("[f.remoteClaims.none, f.localClaims.none, f.claims.none].join()", ",,"),
        ("Object.keys(f.remoteClaims).join()", "email,groups"),
        ("context.steps[1].subject.remoteClaims", "null"),
        ("hasRole(f, 'admin')", "false"),
    ],
)
async def test_a_user_elsewhere_is_what_the_provider_says(world: World, expression: str, value: str) -> None:
    """Nothing of ours; a local name of the same spelling is somebody else."""
    assert await seen_elsewhere(world, expression) == value


async def test_what_a_script_adds_to_a_user_elsewhere_lasts_for_the_login(world: World) -> None:
    """A remote claim may be new; a local one only if the provider said it; none of it reaches a directory."""
    prelude = """f.remoteClaims['extra'] = null; f.remoteClaims['level'] = 3; f.localClaims['email'] = 'new';
                 f.localClaims['unmapped'] = 'x';"""
    expression = "JSON.stringify([f.remoteClaims.extra, f.remoteClaims.level, f.localClaims.email, f.claims.unmapped])"
    assert await seen_elsewhere(world, expression, prelude=prelude) == '["","3","new",null]'
    assert (await stored(world)).claims == MARA.claims


async def test_a_user_elsewhere_alone_lets_nobody_in(world: World) -> None:
    """The login has no user of ours, and nothing was proven."""
    with_partner(world)
    await world.configure(steps={1: "partner"})
    visit = await world.start()
    await visit.post(name="mara")
    assert visit.page == "out: login.nothing_proven"


async def test_a_user_elsewhere_may_do_a_step_in_the_login_of_one_of_ours(world: World) -> None:
    """The login stays that of the user who was proven."""
    with_partner(world)
    await world.configure(steps={1: "password", 2: "partner", 3: "push"})
    visit = await (await world.start()).prove("mara")
    await visit.post(name="ext")
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.user_id == "u-mara"
