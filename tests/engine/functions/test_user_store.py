"""Users sought by their claims."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from engine.context.claims import WSO2
from engine.errors import Busy
from engine.functions.user_store import MOST_FOUND
from engine.model import User
from storage.memory import MemoryDirectory
from tests.engine.functions.stage import BY_NAME, HOSTILE, PLACES, Case, does, each, hostile, refuses, worth
from tests.engine.world import World

pytestmark = pytest.mark.anyio

ONE, MANY = "getUniqueUserWithClaimValues", "getUsersWithClaimValues"
BOTH = (ONE, MANY)
NINE = ", ".join(f"c{number}: 1" for number in range(9))
SEEN = "function (x) { return x && x.uniqueId; }"

CASES = [
    does(ONE, "by a claim", f"{ONE}({{'urn:color': 'blue'}}, context).uniqueId", "u-mara"),
    does(ONE, "by all claims", f"{ONE}({{'urn:color': 'red', 'urn:unit': '7'}}, context).uniqueId", "u-tess"),
    does(ONE, "by name in any spelling", f"{ONE}({{{BY_NAME}: ' MARA '}}, context).uniqueId", "u-mara"),
    does(ONE, "by id", f"{ONE}({{'{WSO2}userid': 'u-noah'}}, context).username", "noah"),
    does(ONE, "by name and a claim", f"{ONE}({{{BY_NAME}: 'mara', 'urn:color': 'blue'}}, context).username", "mara"),
    does(ONE, "by name and roles", f"{ONE}({{{BY_NAME}: 'mara', '{WSO2}roles': 'admin'}}, context).username", "mara"),
    does(ONE, "with a profile", f"{ONE}({{'urn:color': 'blue'}}, context, 'default').username", "mara"),
    does(ONE, "by a number", f"{ONE}({{'urn:unit': 7, 'urn:color': 'red'}}, context).username", "tess"),
    does(ONE, "by name with a store", f"{ONE}({{{BY_NAME}: 'DEFAULT/mara'}}, context).username", "mara"),
    does(ONE, "by name with a tenant", f"{ONE}({{{BY_NAME}: 'primary/Mara@carbon.super'}}, context).username", "mara"),
    refuses(ONE, "a name of another tenant", f"{ONE}({{{BY_NAME}: 'mara@other.test'}}, context)", None),
    refuses(ONE, "nobody", f"{ONE}({{'urn:color': 'green'}}, context)", None),
    refuses(ONE, "more than one", f"{ONE}({{'urn:unit': '7'}}, context)", None),
    refuses(ONE, "name and another's claim", f"{ONE}({{{BY_NAME}: 'mara', 'urn:color': 'red'}}, context)", None),
    refuses(ONE, "a name that is none", f"{ONE}({{{BY_NAME}: 'a\\0b'}}, context)", None),
    does(MANY, "all by name", f"{MANY}({{'urn:unit': '7'}}, context).map({SEEN}).join()", "u-rosa,u-tess"),
    does(MANY, "one", f"{MANY}({{'urn:unit': '7', 'urn:color': 'red'}}, context).length", 1),
    does(MANY, "nobody", f"{MANY}({{'urn:color': 'green'}}, context).length", 0),
    does(MANY, "for in", "(function (all) { for (var i in " f"{MANY}({{'urn:unit': '7'}}, context)"
         ") { all += i; } return all; })('')", "01"),
    *(refuses(name, "a wildcard", f"[].concat({name}({{'urn:color': '*'}}, context) || [])", []) for name in BOTH),
    *(refuses(name, "no claims", f"{name}({{}}, context)", None) for name in BOTH),
    *(refuses(name, "a null claim", f"{name}({{'urn:color': 'blue', b: null}}, context)", None) for name in BOTH),
    *(refuses(name, "a claim that is an object", f"{name}({{'urn:color': {{}}}}, context)", None) for name in BOTH),
    *(refuses(name, "a tenant in place of the context", f"{name}({{'urn:color': 'blue'}}, context.tenantDomain)", None)
      for name in BOTH),
    *(refuses(name, "a claim with a throwing text", f"{name}({{a: {HOSTILE['a throwing toString']}}}, context)", None)
      for name in BOTH),
    *(refuses(name, "nine claims", f"[].concat({name}({{{NINE}}}, context) || [])", []) for name in BOTH),
    *(case for name in BOTH for case in hostile(name, f"{name}($, context)", None)),
    *(case for name in BOTH for case in hostile(name, f"{name}({{'urn:color': 'blue'}}, $)", None)),
]  # fmt: skip


RESOLVE = "resolveMultiAttributeLoginIdentifier"
RESOLVED = [
    does(RESOLVE, "a name", f"{RESOLVE}(' TESS ', context.tenantDomain)", "tess"),
    does(RESOLVE, "an address", f"{RESOLVE}('tess@a.test', context.tenantDomain)", "tess"),
    does(RESOLVE, "a number", f"{RESOLVE}('+491', 'carbon.super')", "rosa"),
    refuses(RESOLVE, "an address of two", f"{RESOLVE}('both@a.test', 'carbon.super')", None),
    refuses(RESOLVE, "nobody's", f"{RESOLVE}('nobody@a.test', 'carbon.super')", None),
    refuses(RESOLVE, "another tenant", f"{RESOLVE}('tess', 'other.test')", None),
    refuses(RESOLVE, "no tenant", f"{RESOLVE}('tess')", None),
    *hostile(RESOLVE, f"{RESOLVE}($, 'carbon.super')", None, but=("a text",)),
    *hostile(RESOLVE, f"{RESOLVE}('tess', $)", None),
]


@pytest.mark.parametrize("place", PLACES)
@each(RESOLVED)
async def test_what_people_sign_in_by_is_resolved_to_their_name(world: World, case: Case, place: str) -> None:
    """Name, address or number, if it is one user's."""
    mail, mobile = f"{WSO2}emailaddress", f"{WSO2}mobile"
    for name, claims in (
        ("tess", {mail: "tess@a.test"}),
        ("rosa", {mail: "both@a.test", mobile: "+491"}),
        ("lia", {mail: "both@a.test"}),
    ):
        await world.directory.add_user(User(f"u-{name}", name, name, claims=claims))
    assert await worth(world, case.expression, place=place) == case.expected


async def peopled(world: World) -> World:
    """Two more people, who share a claim."""
    for name, color in (("tess", "red"), ("rosa", "white")):
        claims = {"urn:unit": "7", "urn:color": color}
        await world.directory.add_user(User(f"u-{name}", name, name, claims=claims))
    return world


@pytest.mark.parametrize("place", PLACES)
@each(CASES)
async def test_users_are_sought_by_their_claims(world: World, case: Case, place: str) -> None:
    """Exactly, in both places; what is no question finds nobody."""
    assert await worth(await peopled(world), case.expression, place=place) == case.expected


MAPS = [
    does(ONE, "takes the first entry out", f"{ONE}(m, context).uniqueId + Object.keys(m).join()", "u-tessurn:color"),
    does(MANY, "takes the first entry out", f"{MANY}(m, context).length + Object.keys(m).join()", "1urn:color"),
    does(MANY, "the rest the next time", f"[{MANY}(m, context).length, {MANY}(m, context).length]", [1, 1]),
    does(MANY, "nobody with an empty map", f"[{MANY}(m, context), {MANY}(m, context), {MANY}(m, context)][2]", None),
    refuses(ONE, "without touching the map", f"{ONE}(m, 'carbon.super'); Object.keys(m).length", 2),
    does(ONE, "with a frozen map", f"{ONE}(Object.freeze(m), context).uniqueId + Object.keys(m).length", "u-tess2"),
]


@each(MAPS)
async def test_the_first_entry_is_taken_out_of_the_map(world: World, case: Case) -> None:
    """As scripts expect who give the same map twice."""
    *first, last = case.expression.split("; ")
    prelude = "; ".join(["var m = {'urn:unit': '7', 'urn:color': 'red'}", *first])
    assert await worth(await peopled(world), last, prelude=prelude) == case.expected


class Down(MemoryDirectory):
    """A directory that cannot be searched."""

    async def users_with(self, claims: Mapping[str, str], *, limit: int) -> list[User]:
        raise Busy("down")


@pytest.mark.parametrize("function", BOTH, ids=[f"{name}-refuses-a store that is down" for name in BOTH])
async def test_a_store_that_cannot_be_asked_throws(function: str) -> None:
    """An exception of the script; what it does not catch ends the login."""
    told = await worth(World(directory=Down()), f"{function}({{'urn:color': 'blue'}}, context)")
    assert told == "throws Error"


@pytest.mark.parametrize(
    ("function", "expected"),
    [(ONE, None), (MANY, "throws Error")],
    ids=[f"{ONE}-refuses-very many", f"{MANY}-refuses-more than it may list"],
)
async def test_more_users_than_may_be_listed_are_an_exception(
    world: World, function: str, expected: str | None
) -> None:
    """A list that is not whole could let somebody slip."""
    for number in range(MOST_FOUND + 1):
        await world.directory.add_user(User(f"u{number}", f"p{number}", f"p{number}", claims={"all": "1"}))
    assert await worth(world, f"{function}({{all: 1}}, context)") == expected


async def test_a_user_who_was_found_is_kept_in_a_global_and_proves_nothing(world: World) -> None:
    """It works in a later callback; who signs in is the one who was proven."""
    await world.configure(
        f"""var found;
        function onLoginRequest(context) {{
            found = getUniqueUserWithClaimValues({{{BY_NAME}: 'noah'}}, context);
            executeStep(1, {{onSuccess: function (context) {{
                context.currentKnownSubject.claims.found = found.username + hasRole(found, 'clerk');
                found.claims.mine = 'no';
            }}}});
        }}"""
    )
    visit = await (await world.start()).prove("mara")
    result = visit.reply.result  # type: ignore[union-attr]
    assert (result.user_id, result.claims) == ("u-mara", {"found": "noahtrue"})
