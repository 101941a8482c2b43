"""Roles and groups, asked about and changed."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Busy
from engine.model import User
from engine.ports import ConfigurationChange
from tests.engine.functions.stage import (
    BY_NAME,
    CALLBACK,
    PLACES,
    START,
    Case,
    does,
    each,
    hostile,
    refuses,
    worth,
    worth_elsewhere,
)
from tests.engine.test_questions import Unreachable
from tests.engine.test_script import script
from tests.engine.world import World

pytestmark = pytest.mark.anyio

READ = ("hasRole", "hasAnyOfTheRoles", "isAnyOfTheRolesAssignedToUser", "isMemberOfAnyOfGroups")
CHANGE = ("assignUserRoles", "removeUserRoles")
V2 = ("hasAnyOfTheRolesV2", "assignUserRolesV2", "removeUserRolesV2")

ASKED = [
    does("hasRole", "yes", "hasRole(u, 'admin')", True),
    does("hasRole", "no", "hasRole(u, 'clerk')", False),
    does("hasRole", "yes with Internal", "hasRole(u, 'Internal/admin')", True),
    does("hasRole", "somebody else", "[hasRole(n, 'clerk'), hasRole(n, 'admin')]", [True, False]),
    refuses("hasRole", "a list of roles", "hasRole(u, ['admin'])", False),
    refuses("hasRole", "another case", "hasRole(u, 'Admin')", False),
    does("hasAnyOfTheRoles", "yes", "hasAnyOfTheRoles(u, ['x', 'admin'])", True),
    does("hasAnyOfTheRoles", "no", "hasAnyOfTheRoles(u, ['x', 'clerk'])", False),
    does("hasAnyOfTheRoles", "a single role", "hasAnyOfTheRoles(u, 'Internal/admin')", True),
    refuses("hasAnyOfTheRoles", "no roles", "[hasAnyOfTheRoles(u, []), hasAnyOfTheRoles(u)]", [False, False]),
    does("hasAnyOfTheRoles", "yes beside what is no role", "hasAnyOfTheRoles(u, [null, {}, 'admin'])", True),
    does("isAnyOfTheRolesAssignedToUser", "yes", "isAnyOfTheRolesAssignedToUser(u, ['Internal/admin'])", True),
    does("isAnyOfTheRolesAssignedToUser", "no", "isAnyOfTheRolesAssignedToUser(n, ['admin'])", False),
    does("isMemberOfAnyOfGroups", "yes", "isMemberOfAnyOfGroups(u, ['x', 'staff'])", True),
    does("isMemberOfAnyOfGroups", "no", "isMemberOfAnyOfGroups(n, ['staff'])", False),
    *(case for name in READ for case in hostile(name, f"{name}($, ['admin', 'staff'])", False)),
    *(case for name in READ for case in hostile(name, f"{name}(u, $)", False)),
    *(case for name in CHANGE for case in hostile(name, f"{name}($, ['admin'])", False)),
    *(case for name in CHANGE for case in hostile(name, f"{name}(u, $)", False)),
    *(case for name in V2 for case in hostile(name, f"{name}($, ['admin'])", False)),
    *(case for name in V2 for case in hostile(name, f"{name}(context, $)", False)),
    *(refuses(name, "a user in place of the context", f"{name}(u, ['admin'])", False) for name in V2),
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@each(ASKED)
async def test_what_roles_and_groups_are_asked_is_answered(world: World, case: Case, place: str) -> None:
    """Yes or no, never an exception, and nothing is changed."""
    assert await worth(world, case.expression, prelude=case.prelude, place=place) == case.expected
    assert await roles(world) == ("admin",)


OWN = [
    does("hasAnyOfTheRolesV2", "yes", "hasAnyOfTheRolesV2(context, ['Internal/admin'])", True),
    does("hasAnyOfTheRolesV2", "no", "hasAnyOfTheRolesV2(context, ['clerk'])", False),
]


@each(OWN)
async def test_roles_of_the_user_of_the_login(world: World, case: Case) -> None:
    """Whoever proved their password just now; before that it is nobody."""
    assert await worth(world, case.expression) == case.expected
    assert await worth(world, case.expression, place=START) is False


@pytest.mark.parametrize(
    ("associated", "expected"),
    [(None, True), (("admin",), True), (("Internal/admin",), True), ((), False), (("other",), False)],
    ids=[f"hasAnyOfTheRolesV2-{it}" for it in ("does-any", "does-own", "does-prefix", "refuses-none", "refuses-other")],
)
async def test_only_roles_of_the_application_count(
    world: World, associated: tuple[str, ...] | None, expected: bool
) -> None:
    """An application without a list sees every role."""
    assert await worth(world, "hasAnyOfTheRolesV2(context, ['admin'])", roles=associated) is expected


async def roles(world: World, user_id: str = "u-mara") -> tuple[str, ...]:
    """What the directory says."""
    user = await world.directory.user(user_id)
    assert user is not None
    return user.roles


CHANGES = [
    does("assignUserRoles", "once each", "assignUserRoles(u, ['ops', 'Internal/ops', 'admin'])", ("admin", "ops")),
    refuses("assignUserRoles", "an admin's", "assignUserRoles(u, ['ops', 'doorstep-owner'])", ("admin",)),
    does("assignUserRoles", "none", "assignUserRoles(u, [])", ("admin",)),
    does("removeUserRoles", "with and without prefix", "removeUserRoles(u, ['admin', 'never had'])", ()),
    does("removeUserRoles", "none", "removeUserRoles(u, [])", ("admin",)),
]


@pytest.mark.parametrize("place", PLACES)
@each(CHANGES)
async def test_roles_are_changed_at_once(world: World, case: Case, place: str) -> None:
    """True, in the directory, and seen by the same run; False, and nothing is changed."""
    seen = "[u.roles.join(), hasRole(u, 'ops'), isAnyOfTheRolesAssignedToUser(u, ['ops'])]"
    told = await worth(world, f"[{case.expression}].concat({seen})", place=place)
    assert told == [not case.refuses, ",".join(case.expected), "ops" in case.expected, "ops" in case.expected]
    assert await roles(world) == case.expected


async def test_a_role_is_removed_however_it_was_written(world: World) -> None:
    """With `Internal/` in the directory and without in the script, or the other way round."""
    await world.directory.add_user(User("u-tess", "tess", "tess", roles=("Internal/boss", "head", "clerk")))
    tess = f"var t = getUniqueUserWithClaimValues({{{BY_NAME}: 'tess'}}, context);"
    assert await worth(world, "removeUserRoles(t, ['boss', 'Internal/head'])", prelude=tess) is True
    assert await roles(world, "u-tess") == ("clerk",)


async def test_what_a_run_saw_before_it_changed_roles_it_sees_again(world: World) -> None:
    """The run is started again for each answer, and must go the same way."""
    told = await worth(
        world,
        "[before, done, hasRole(u, 'ops'), isAnyOfTheRolesAssignedToUser(n, ['clerk']), hasRole(u, 'ops')]",
        prelude="var before = hasRole(u, 'ops'); var done = assignUserRoles(u, ['ops']);",
    )
    assert told == [False, True, True, True, True]


OF_APPLICATION = [
    does("assignUserRolesV2", "one of its own", "assignUserRolesV2(context, ['ops'])", [True, ("admin", "ops")]),
    refuses("assignUserRolesV2", "another", "assignUserRolesV2(context, ['boss'])", [False, ("admin",)]),
    refuses("assignUserRolesV2", "one of each", "assignUserRolesV2(context, ['ops', 'boss'])", [False, ("admin",)]),
    refuses("assignUserRolesV2", "none", "assignUserRolesV2(context, [])", [False, ("admin",)]),
    does("removeUserRolesV2", "one of its own", "removeUserRolesV2(context, ['Internal/admin'])", [True, ()]),
    refuses("removeUserRolesV2", "another", "removeUserRolesV2(context, ['boss'])", [False, ("admin",)]),
    refuses("removeUserRolesV2", "none", "removeUserRolesV2(context, [])", [False, ("admin",)]),
]  # fmt: skip


@each(OF_APPLICATION)
async def test_only_roles_of_the_application_are_changed(world: World, case: Case) -> None:
    """All of them, or nothing; and only for a user who is known."""
    told = await worth(world, case.expression, roles=("admin", "ops"))
    assert [told, await roles(world)] == case.expected
    assert await worth(world, case.expression, place=START, roles=("admin", "ops")) is False


ELSEWHERE: list[tuple[str, str, dict[str, str], Any]] = [
    ("isMemberOfAnyOfGroups-does-a list with commas", "isMemberOfAnyOfGroups(f, ['b'])", {"groups": "a, b"}, True),
    ("isMemberOfAnyOfGroups-does-our own claim first", "isMemberOfAnyOfGroups(f, ['a'])",
     {"groups": "a", "http://wso2.org/claims/groups": "c"}, False),
    ("isMemberOfAnyOfGroups-refuses-nothing said", "isMemberOfAnyOfGroups(f, ['', 'a'])", {}, False),
    ("hasRole-refuses-a user elsewhere", "hasRole(f, 'admin')", {"roles": "admin"}, False),
    ("hasAnyOfTheRolesV2-refuses-a user elsewhere", "hasAnyOfTheRolesV2(context, ['admin'])", {}, False),
    ("assignUserRoles-refuses-a user elsewhere", "assignUserRoles(f, ['x'])", {}, False),
    ("removeUserRoles-refuses-a user elsewhere", "removeUserRoles(f, ['x'])", {}, False),
    ("assignUserRolesV2-refuses-a user elsewhere", "assignUserRolesV2(context, ['x'])", {}, False),
    ("removeUserRolesV2-refuses-a user elsewhere", "removeUserRolesV2(context, ['x'])", {}, False),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "said", "expected"), [e[1:] for e in ELSEWHERE], ids=[e[0] for e in ELSEWHERE])
async def test_a_user_elsewhere_has_groups_but_no_roles(
    world: World, expression: str, said: dict[str, str], expected: bool
) -> None:
    """Groups as the provider said them; roles are ours to give."""
    assert await worth_elsewhere(world, expression, said=said) is expected


NOBODY = [f"{name}-refuses-a name that is nobody's" for name in (*READ, *CHANGE)]


@pytest.mark.parametrize("function", [*READ, *CHANGE], ids=NOBODY)
async def test_a_name_that_is_nobodys_has_no_roles(world: World, function: str) -> None:
    """And the answer comes as for anybody."""
    ask = f"{function}(context.lastLoginFailedUser, ['admin'])"
    await world.configure(
        script(f"executeStep(1, {{onFail: function (context) {{ if ({ask} === false) {{ executeStep(2); }} }}}});")
    )
    visit = await world.start()
    await visit.post(username="nobody", word="no")
    assert visit.page == "push"


@pytest.mark.parametrize("function", CHANGE, ids=[f"{name}-does-it once in two runs" for name in CHANGE])
async def test_roles_are_changed_once_though_the_answer_comes_twice(world: World, function: str) -> None:
    """The login could not be stored at first; the effect has its record."""
    world.state = store = Unreachable(world.clock)
    world.engine = world.another_engine()
    change = f"{function}(context.currentKnownSubject, ['ops'])"
    await world.configure(script(f"executeStep(1, {{onSuccess: function (context) {{ {change}; executeStep(2); }}}});"))
    visit = await world.start()
    store.times = 1
    with pytest.raises(Busy):
        await visit.prove("mara")
    assert (await visit.prove("mara")).page == "push"
    assert (await world.why()).count("roles_changed") == 1


@pytest.mark.parametrize("function", CHANGE, ids=[f"{name}-refuses-a user who has gone" for name in CHANGE])
async def test_the_roles_of_one_who_has_gone_are_not_changed(world: World, function: str) -> None:
    """The object is left over from before."""
    await world.configure(
        script(
            f"executeStep(1); executeStep(2, {{onSuccess: function (context) {{ }}, onFail: function (context) {{"
            f" if ({function}(context.currentKnownSubject, ['ops']) === false) {{ executeStep(1); }} }}}});"
        )
    )
    visit = await (await world.start()).prove("mara")
    await world.configuration.commit(ConfigurationChange(removed_users=["mara"]))
    await visit.post(word="no")
    assert visit.page == "password"


async def test_more_roles_than_a_user_may_have_are_refused(world: World) -> None:
    """`assignUserRoles` says no, and none is given."""
    many = "(function () { var all = []; for (var i = 0; i < 500; i++) { all.push('r' + i); } return all; })()"
    assert await worth(world, f"assignUserRoles(u, {many})", place=CALLBACK) is False
    assert await roles(world) == ("admin",)


async def test_an_answer_for_another_is_not_read_from_what_was_loaded(world: World) -> None:
    """`isAnyOfTheRolesAssignedToUser` sees what changed since the run began."""

    class Promoting(type(world.directory)):  # type: ignore[misc]
        """Gives noah a role when he is looked up a second time."""

        reads = 0

        async def user(self, user_id: str) -> User | None:
            self.reads += user_id == "u-noah"
            if self.reads == 2:
                await self.change_roles("u-noah", add=["boss"])
            found: User | None = await super().user(user_id)
            return found

    other = World(directory=Promoting())
    assert await worth(other, "[hasRole(n, 'boss'), isAnyOfTheRolesAssignedToUser(n, ['boss'])]") == [False, True]
