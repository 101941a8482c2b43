"""`updateUserPassword` with the real password step: what it sets and voids, and how passwords are moved here."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from authenticators import Wiring, hashing, registry
from authenticators.hashing import PasswordHashing, hash_now, normalised
from engine.core import Engine, Ports
from engine.errors import Busy
from engine.functions import passwords
from engine.logins import Logins
from engine.model import OrganisationSettings, User
from engine.outcome import Granted
from engine.ports import ConfigurationChange
from engine.registry import Registry
from storage.memory import MemoryState
from tests.authenticators.bench import CHEAP
from tests.engine.functions.stage import BY_NAME, HOSTILE, PLACES, Case, does, each, read, refuses, script
from tests.engine.test_questions import Unreachable
from tests.engine.world import Spawned, Visit, World

pytestmark = pytest.mark.anyio

NAME = "updateUserPassword"
OLD, NEW = "correct horse", "battery staple"
TESS = f"getUniqueUserWithClaimValues({{{BY_NAME}: 'tess'}}, context)"


class House(World):
    """A world whose password step is the real one, with tess, who has a password."""

    def furnish(self, hashing: PasswordHashing, state: MemoryState) -> None:
        """Take the authenticators that ship."""
        self.state = state
        made = registry(
            Wiring(
                directory=self.directory,
                configuration=self.configuration,
                state=state,
                signals=self.signals,
                audit=self.audit,
                clock=self.clock,
                issuer="https://id.example.test",
                key=bytes(32),
                is_current=Logins(state, self.clock).is_current,
                spawner=self.spawned,
            ),
            passwords=hashing,
        )
        ports = Ports(
            state, self.directory, self.configuration, self.audit, self.signals, Spawned(), self.clock,
            passwords=made.new_passwords,
        )  # fmt: skip
        self.registry = Registry(made)
        self.engine = Engine(ports, self.registry)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """The house, and tess in it."""
    house, hashing = House(), PasswordHashing(workers=1)
    house.furnish(hashing, Unreachable(house.clock))
    await house.configuration.commit(ConfigurationChange(settings=OrganisationSettings(argon2=CHEAP)))
    await house.directory.add_user(User("u-tess", "tess", "tess", password_hash=hash_now(normalised(OLD), CHEAP)))
    yield house
    hashing.close()


async def begun(house: House, source: str, *, steps: dict[int, str] | None = None) -> Visit:
    """A login under that script; step 1 is the password."""
    await house.configure(source, steps=steps or {1: "password", 2: "password"})
    return await house.start()


async def opens(house: House, password: str) -> bool:
    """Whether that is tess's password."""
    visit = await begun(house, "function onLoginRequest(context) { executeStep(1); }")
    await visit.post(username="tess", password=password)
    return visit.page == "in"


async def version(house: House) -> int:
    """The version of tess's credentials."""
    user = await house.directory.user("u-tess")
    assert user is not None
    return user.credential_version


def after_password(body: str) -> str:
    """A script that does *body* with tess as `t` when she proved her password."""
    return (
        "function onLoginRequest(context) { executeStep(1, {onSuccess: function (context) {"
        f" var t = context.currentKnownSubject; {body} }}}}); }}"
    )


SYNC = [
    does(NAME, "set it at once", f"{NAME}(t, '{NEW}')", None),
    does(NAME, "set it with null for handlers", f"{NAME}(t, '{NEW}', null)", None),
    does(NAME, "set it without a check of patterns", f"{NAME}(t, '{NEW}', undefined, true)", None),
    does(NAME, "set a short one as it is", f"{NAME}(t, 'x', null, true)", None),
]


@pytest.mark.parametrize("place", PLACES)
@each(SYNC)
async def test_a_password_is_set_at_once(house: House, case: Case, place: str) -> None:
    """Nothing is returned; the old one opens no more."""
    prelude = f"var t = {TESS};"
    source = script(case.expression, place=place, prelude=prelude)
    visit = await begun(house, source)
    if place == "callback":
        await visit.post(username="tess", password=OLD)
    assert read(visit) is None
    assert await opens(house, "x" if "'x'" in case.expression else NEW)
    assert not await opens(house, OLD)


WRONG = [
    *(refuses(NAME, f"{kind} as user", f"{NAME}({HOSTILE[kind]}, '{NEW}')", "throws TypeError") for kind in HOSTILE),
    *(refuses(NAME, f"{kind} as password", f"{NAME}(t, {HOSTILE[kind]})", "throws TypeError")
      for kind in HOSTILE if kind not in ("a text", "a long text", "a lone surrogate")),
    *(refuses(NAME, f"{kind} as handlers", f"{NAME}(t, '{NEW}', {HOSTILE[kind]})", "throws TypeError")
      for kind in ("a number", "a yes", "a text", "an empty text", "a function", "a host function")),
    refuses(NAME, "nothing at all", f"{NAME}()", "throws TypeError"),
    refuses(NAME, "no password", f"{NAME}(t)", "throws TypeError"),
    refuses(NAME, "a long text as password", f"{NAME}(t, 'x'.repeat(100000))", None),
    refuses(NAME, "more bytes than a password has", f"{NAME}(t, 'x'.repeat(1025))", None),
    refuses(NAME, "a lone surrogate as password", f"{NAME}(t, '\\ud800')", None),
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@each(WRONG)
async def test_what_is_no_user_or_no_password_changes_nothing(house: House, case: Case, place: str) -> None:
    """A TypeError for what is of the wrong type or empty; what can be no password is swallowed without handlers."""
    visit = await begun(house, script(case.expression, place=place, prelude=f"var t = {TESS};"))
    if place == "callback":
        await visit.post(username="tess", password=OLD)
    assert read(visit) == case.expected
    assert await version(house) == 1


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (f"{NAME}(t, '{NEW}', {{onSuccess: ok, onFail: no}})", "ok undefined {}"),
        (f"{NAME}(t, '{NEW}', {{onSuccess: ok, onFail: no}}, true)", "ok undefined {}"),
        (f"{NAME}(t, 'x'.repeat(1025), {{onSuccess: ok, onFail: no}})", "no undefined {}"),
        (f"{NAME}(t, '\\ud800', {{onSuccess: ok, onFail: no}})", "no undefined {}"),
    ],
    ids=[f"{NAME}-{it}" for it in ("does-onSuccess", "does-no check", "refuses-onFail", "refuses-no text")],
)  # fmt: skip
async def test_with_handlers_the_outcome_goes_to_one_of_them(house: House, call: str, expected: str) -> None:
    """After the function that asked has ended; with the context and an empty object."""
    handlers = "".join(
        f"function {name}(context, data) {{ fail({{errorMessage: JSON.stringify({{it: ['{name}', seen,"
        " JSON.stringify(data)].join(' ')})}); }"
        for name in ("ok", "no")
    )
    visit = await begun(
        house,
        f"var seen = 'undefined'; {handlers} " + after_password(f"{call}; seen = String({NAME}.nothing);"),
    )
    await visit.post(username="tess", password=OLD)
    assert read(visit) == expected


async def test_an_outcome_without_its_handler_ends_the_login(house: House) -> None:
    """As with every call."""
    visit = await begun(house, after_password(f"{NAME}(t, 'x'.repeat(1025), {{onSuccess: function () {{}}}});"))
    await visit.post(username="tess", password=OLD)
    assert visit.page == "out: script.no_handler"


NOBODYS = "var t = context.lastLoginFailedUser;"


@pytest.mark.parametrize(
    ("handlers", "page"),
    [("", "password"), (", {onFail: function () { executeStep(2); }}", "password")],
    ids=[f"{NAME}-refuses-nobody's name", f"{NAME}-refuses-nobody's name with onFail"],
)
async def test_a_name_that_is_nobodys_gets_no_password(house: House, handlers: str, page: str) -> None:
    """The login goes on as with anybody, and nothing tells the difference."""
    rest = "" if handlers else "executeStep(2);"
    visit = await begun(
        house,
        "function onLoginRequest(context) { executeStep(1, {onFail: function (context) {"
        f" {NOBODYS} {NAME}(t, '{NEW}'{handlers}); {rest} }}}}); }}",
    )
    await visit.post(username="nobody", password=OLD)
    assert visit.page == page
    assert "password_set" not in await house.why()


# --- what it means for the login --------------------------------------------------------------------------------------


async def test_what_was_proven_with_the_old_password_is_void(house: House) -> None:
    """A script that sets a password has not proven it."""
    visit = await begun(house, after_password(f"{NAME}(t, '{NEW}');"))
    await visit.post(username="tess", password=OLD)
    assert visit.page == "out: login.refused"


async def test_the_new_password_is_proven_silently(house: House) -> None:
    """The step is run with it; nobody has to type it a second time, and the proof is the new one."""
    again = f"{{authenticatorParams: {{local: {{BasicAuthenticator: {{username: 'tess', password: '{NEW}'}}}}}}}}"
    visit = await begun(
        house,
        after_password(f"{NAME}(t, '{NEW}', {{onSuccess: function () {{ executeStep(1, {again}, {{}}); }}}});"),
    )
    await visit.post(username="tess", password=OLD)
    assert isinstance(visit.reply, Granted)
    assert [fact.credential for fact in visit.reply.result.facts] == ["password:2"]


MOVED = f"""
    function onLoginRequest(context) {{
        executeStep(1, {{onFail: function (context) {{
            var t = context.lastLoginFailedUser;
            prompt('genericForm', {{inputs: [{{id: 'old', label: 'Password of the old system'}}]}}, {{
                onSuccess: function (context) {{
                    var typed = context.request.params.old[0];
                    if (typed !== 'legacy secret') {{ fail(); return; }}
                    {NAME}(t, typed, {{
                        onSuccess: function (context) {{
                            var params = {{username: t.username, password: typed}};
                            executeStep(1, {{authenticatorParams: {{common: params}}}}, {{
                                onFail: function () {{ fail(); }}
                            }});
                        }},
                        onFail: function () {{ fail(); }}
                    }});
                }}
            }});
        }}}});
    }}"""


async def test_a_password_is_moved_here_from_elsewhere(house: House) -> None:
    """Who was not let in proves it to the old system; it is stored here and proven, and holds the next time."""
    visit = await begun(house, MOVED)
    await visit.post(username="tess", password="legacy secret")
    assert visit.page == "prompt"
    await visit.post(old="legacy secret")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.user_id == "u-tess"
    assert await opens(house, "legacy secret")


async def test_a_password_that_the_old_system_refuses_is_not_moved(house: House) -> None:
    """The one that is stored here stays."""
    visit = await begun(house, MOVED)
    await visit.post(username="tess", password="wrong")
    await visit.post(old="wrong as well")
    assert visit.page == "out: script.fail"
    assert await opens(house, OLD)


@pytest.mark.parametrize("handlers", [""], ids=[f"{NAME}-does-it once in two runs"])
async def test_a_password_is_set_once_though_the_answer_comes_twice(house: House, handlers: str) -> None:
    """The login could not be stored at first."""
    visit = await begun(house, after_password(f"{NAME}(t, '{NEW}'{handlers}); executeStep(2);"))
    assert isinstance(house.state, Unreachable)
    house.state.times = 1
    with pytest.raises(Busy):
        await visit.post(username="tess", password=OLD)
    await visit.post(username="tess", password=OLD)
    assert await version(house) == 2
    assert (await house.why()).count("password_set") == 1


async def test_no_password_is_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in the log nor in the audit nor in any record that is stored."""
    secret = "s3cret-canary-of-tess"
    visit = await begun(
        house,
        after_password(
            f"{NAME}(t, '{secret}'); try {{ {NAME}(null, '{secret}'); }} catch (e) {{ Log.error(e); }}"
            f" {NAME}(t, '{secret}', {{onFail: function () {{}}}});"
        ),
    )
    await visit.post(username="tess", password=OLD)
    assert visit.page == "out: script.no_handler"
    told = [str(event) for event in await house.audit.recent(limit=1000)]
    assert "password_set" in "".join(told)
    assert secret not in "".join([*told, caplog.text, repr(house.engine)])


def test_what_can_be_no_password_is_known_before_it_is_told() -> None:
    """The bound of the function is that of the hashing."""
    assert passwords.LONGEST == hashing.LONGEST
