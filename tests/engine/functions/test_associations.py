"""Users of a provider elsewhere, and who of ours they are."""

from __future__ import annotations

import pytest

from engine.errors import Busy
from engine.model import User
from engine.ports import ConfigurationChange
from tests.engine.elsewhere import IDP, with_partner
from tests.engine.functions.stage import (
    PLACES,
    Case,
    does,
    each,
    hostile,
    refuses,
    worth,
    worth_elsewhere,
)
from tests.engine.test_questions import Unreachable
from tests.engine.world import NOAH, World

pytestmark = pytest.mark.anyio

MICROSOFT = "checkMicrosoftEmailVerification"
GET, DO, REMOVE = "getAssociatedLocalUser", "doAssociationWithLocalUser", "removeAssociatedLocalUser"
TENANT = "'carbon.super', 'PRIMARY'"

CASES = [
    does(DO, "associate", f"[{DO}(f, 'mara', {TENANT}), {GET}(f).uniqueId]", [True, "u-mara"]),
    does(DO, "any spelling of the name", f"[{DO}(f, ' MARA ', {TENANT}), {GET}(f).username]", [True, "mara"]),
    does(DO, "a whole name", f"{DO}(f, 'DEFAULT/mara@carbon.super', 'carbon.super', 'DEFAULT')", True),
    does(DO, "it twice", f"[{DO}(f, 'mara', {TENANT}), {DO}(f, 'mara', {TENANT})]", [True, True]),
    does(DO, "without a store", f"{DO}(f, 'mara', 'carbon.super')", True),
    does(DO, "with an empty store", f"{DO}(f, 'mara', 'carbon.super', '')", True),
    does(DO, "for the object in a global", f"{DO}(kept, 'mara', 'carbon.super', 'primary')", True),
    refuses(DO, "one who is another's", f"[{DO}(f, 'mara', {TENANT}), {DO}(f, 'noah', {TENANT}), {GET}(f).uniqueId]",
            [True, False, "u-mara"]),
    refuses(DO, "an unknown name", f"[{DO}(f, 'nobody', {TENANT}), {GET}(f)]", [False, None]),
    refuses(DO, "a name that is none", f"{DO}(f, 'a\\0b', {TENANT})", False),
    refuses(DO, "another tenant", f"[{DO}(f, 'mara', 'other.test', 'PRIMARY'), {GET}(f)]", [False, None]),
    refuses(DO, "no tenant", f"[{DO}(f, 'mara'), {DO}(f, 'mara', null, 'PRIMARY'), {GET}(f)]", [False, False, None]),
    refuses(DO, "another store", f"[{DO}(f, 'mara', 'carbon.super', 'SECOND'), {GET}(f)]", [False, None]),
    refuses(DO, "a store that is no text", f"{DO}(f, 'mara', 'carbon.super', {{}})", False),
    refuses(DO, "no name", f"[{DO}(f), {DO}(f, null, {TENANT}), {DO}(f, 7, {TENANT}), {DO}(f, {{}}, {TENANT})]",
            [False, False, False, False]),
    does(GET, "nobody before", f"{GET}(f)", None),
    does(REMOVE, "end it", f"[{DO}(f, 'mara', {TENANT}), {REMOVE}(f), {GET}(f)]", [True, True, None]),
    refuses(REMOVE, "what is not associated", f"{REMOVE}(f)", False),
    refuses(REMOVE, "twice", f"[{DO}(f, 'mara', {TENANT}), {REMOVE}(f), {REMOVE}(f)]", [True, True, False]),
]  # fmt: skip


@each(CASES)
async def test_a_user_elsewhere_becomes_one_of_ours(world: World, case: Case) -> None:
    """Who just did a step by that provider, with a user of this tenant."""
    assert await worth_elsewhere(world, case.expression) == case.expected


LOCAL = [
    *hostile(GET, f"{GET}($)", None),
    *hostile(DO, f"{DO}($, 'mara', {TENANT})", False),
    *hostile(REMOVE, f"{REMOVE}($)", False),
    refuses(GET, "a user of ours", f"{GET}(u)", None),
    refuses(DO, "a user of ours", f"{DO}(u, 'noah', {TENANT})", False),
    refuses(REMOVE, "a user of ours", f"{REMOVE}(u)", False),
]


@pytest.mark.parametrize("place", PLACES)
@each(LOCAL)
async def test_what_is_no_user_elsewhere_is_nobodys(world: World, case: Case, place: str) -> None:
    """Null or no."""
    assert await worth(world, case.expression, place=place) == case.expected


async def test_an_association_lets_a_login_find_its_user(world: World) -> None:
    """The next login of the same name there knows who of ours it is; that alone proves nothing."""
    await worth_elsewhere(world, f"{DO}(f, 'mara', {TENANT})")
    await world.configure(
        f"""function onLoginRequest(context) {{
            executeStep(1, {{onSuccess: function (context) {{
                var local = {GET}(context.steps[1].subject);
                if (local && local.uniqueId === 'u-mara' && hasRole(local, 'admin')) {{ executeStep(2); }}
            }}}});
        }}""",
        steps={1: "partner", 2: "push"},
    )
    visit = await world.start()
    await visit.post(name="ext-1")
    assert visit.page == "push"
    other = await world.start()
    await other.post(name="ext-2")
    assert other.page == "out: login.nothing_proven"


async def test_a_user_who_goes_is_nobodys_association(world: World) -> None:
    """Null from then on."""
    await world.directory.add_user(User("u-tess", "tess", "tess"))
    assert await worth_elsewhere(world, f"{DO}(f, 'tess', {TENANT})") is True
    await world.configuration.commit(ConfigurationChange(removed_users=["tess"]))
    assert await worth_elsewhere(world, f"{GET}(f)") is None


FAILED = [f"{name}-refuses-a user elsewhere who did no step" for name in (DO, REMOVE)]


@pytest.mark.parametrize("call", [f"{DO}(f, 'mara', {TENANT})", f"{REMOVE}(f)"], ids=FAILED)
async def test_only_who_did_a_step_is_associated(world: World, call: str) -> None:
    """A name that a failed step gave is only a name."""
    await worth_elsewhere(world, f"{DO}(f, 'noah', {TENANT})")
    with_partner(world)
    await world.configure(
        f"function onLoginRequest(context) {{ executeStep(1, {{onFail: function (context) {{"
        f" var f = context.lastLoginFailedUser; if ({call} === false) {{ executeStep(2); }} }}}}); }}",
        steps={1: "partner", 2: "push"},
    )
    visit = await world.start()
    await visit.post(failed="ext-1")
    assert visit.page == "push"
    assert await world.directory.associated(IDP, "ext-1") == NOAH


@pytest.mark.parametrize("function", [DO], ids=[f"{DO}-does-it once in two runs"])
async def test_an_association_is_made_once_though_the_answer_comes_twice(world: World, function: str) -> None:
    """The second run gets the answer of the first."""
    world.state = store = Unreachable(world.clock)
    with_partner(world)
    await world.configure(
        "function onLoginRequest(context) { executeStep(1, {onSuccess: function (context) {"
        f" if ({function}(context.steps[1].subject, 'mara', {TENANT})) {{ executeStep(2); }} }}}}); }}",
        steps={1: "partner", 2: "push"},
    )
    visit = await world.start()
    store.times = 1
    with pytest.raises(Busy):
        await visit.post(name="ext-1")
    await visit.post(name="ext-1")
    assert visit.page == "push"
    assert (await world.why()).count("account_associated") == 1


VERIFIED = [
    does(MICROSOFT, "yes", f"{MICROSOFT}(context)", {"xms_edov": "1"}),
    does(MICROSOFT, "yes in words", f"{MICROSOFT}(context)", {"xms_edov": "True"}),
    refuses(MICROSOFT, "no", f"!{MICROSOFT}(context)", {"xms_edov": "0"}),
    refuses(MICROSOFT, "nothing said", f"!{MICROSOFT}(context)", {}),
    refuses(MICROSOFT, "another claim", f"!{MICROSOFT}(context)", {"email_verified": "true"}),
    refuses(MICROSOFT, "what the script wrote", f"!(f.remoteClaims.xms_edov = '1', {MICROSOFT}(context))", {}),
]


@each(VERIFIED)
async def test_a_verified_domain_is_what_the_provider_says(world: World, case: Case) -> None:
    """In its own words; `expected` is what it said."""
    assert await worth_elsewhere(world, case.expression, said=case.expected) is True


@pytest.mark.parametrize("place", PLACES)
@each(
    [
        *hostile(MICROSOFT, f"{MICROSOFT}($)", False),
        refuses(MICROSOFT, "a user of ours", f"{MICROSOFT}(context)", False),
    ]
)
async def test_no_domain_is_verified_without_a_user_elsewhere(world: World, case: Case, place: str) -> None:
    """Never by default."""
    assert await worth(world, case.expression, place=place) == case.expected
