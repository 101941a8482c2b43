"""What the tests of script functions share: a script that tells what an expression is worth, and hostile arguments.

The name of a case begins with the function it is about, so that cases can be counted: `hasRole-refuses-null`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from engine.outcome import Refused
from tests.engine.elsewhere import with_partner
from tests.engine.world import Visit, World

START, CALLBACK = "start", "callback"
PLACES = (START, CALLBACK)
"""In onLoginRequest, where nobody is known yet, and in the callback of mara's password."""
BY_NAME = "'http://wso2.org/claims/username'"
PEOPLE = f"""
    var u = getUniqueUserWithClaimValues({{{BY_NAME}: 'mara'}}, context);
    var n = getUniqueUserWithClaimValues({{{BY_NAME}: 'noah'}}, context);
"""
"""`u` is mara and `n` is noah, in both places."""

HOSTILE = {
    "null": "null",
    "undefined": "undefined",
    "a number": "7",
    "a yes": "true",
    "a text": "'mara'",
    "a long text": "'x'.repeat(100000)",
    "a lone surrogate": "'\\ud800'",
    "an empty text": "''",
    "an empty object": "{}",
    "a list of nothing": "[null, undefined, 7, {}]",
    "a throwing toString": "{toString: function () { throw 1; }, valueOf: function () { throw 1; }}",
    "a cyclic list": "(function () { var a = []; a[0] = a; return a; })()",
    "a cyclic object": "(function () { var a = {}; a.id = a; a.sessionId = a; a.sessionLimit = a; return a; })()",
    "a long list": "new Array(1000).fill('x')",
    "a function": "function () {}",
    "a host function": "hasRole",
    "a part of a user": "u.localClaims",
    "a part of the context": "context.request",
}
"""Arguments that are none, by what they are."""


@dataclass(frozen=True)
class Case:
    """One thing that a function does, or refuses.  expression: of the script; expected: its worth, as JSON has it."""

    function: str
    what: str
    expression: str
    expected: Any
    prelude: str = ""
    refuses: bool = False

    @property
    def id(self) -> str:
        """The name under which it is counted."""
        return f"{self.function}-{'refuses' if self.refuses else 'does'}-{self.what}"


def does(function: str, what: str, expression: str, expected: Any, *, prelude: str = "") -> Case:
    """What the function is for."""
    return Case(function, what, expression, expected, prelude)


def refuses(function: str, what: str, expression: str, expected: Any, *, prelude: str = "") -> Case:
    """How it fails."""
    return Case(function, what, expression, expected, prelude, refuses=True)


def hostile(function: str, call: str, expected: Any, *, but: tuple[str, ...] = ()) -> list[Case]:
    """A case for each hostile argument, which stands for `$` in *call*; `but`: those that are good there."""
    kinds = [kind for kind in HOSTILE if kind not in but]
    return [refuses(function, kind, call.replace("$", f"({HOSTILE[kind]})"), expected) for kind in kinds]


def each(cases: list[Case]) -> pytest.MarkDecorator:
    """Parametrises a test by cases."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.id)


def script(expression: str, *, place: str, prelude: str = "") -> str:
    """Tells what *expression* is worth, as the error text of the end of the login."""
    body = f"""
        var it;
        try {{ {PEOPLE} {prelude}; it = ({expression}); }} catch (e) {{ it = 'throws ' + (e && e.name); }}
        fail({{errorMessage: JSON.stringify({{it: it}})}});"""
    handler = f"function (context) {{ {body} }}"
    if place == CALLBACK:
        body = f"executeStep(1, {{onSuccess: {handler}}});"
    return f"function onLoginRequest(context) {{ {body} }}"


def read(visit: Visit) -> Any:
    """What the script told."""
    assert isinstance(visit.reply, Refused), visit.page
    assert visit.reply.failed.reason == "script.fail", visit.page
    return json.loads(visit.reply.failed.description or "").get("it")


async def worth(world: World, expression: str, *, place: str = CALLBACK, prelude: str = "", **app: Any) -> Any:
    """What *expression* is worth there.  app: how the application is configured."""
    await world.configure(script(expression, place=place, prelude=prelude), **app)
    visit = await world.start()
    if place == CALLBACK:
        await visit.prove("mara")
    return read(visit)


async def worth_elsewhere(world: World, expression: str, *, said: dict[str, str] | None = None) -> Any:
    """The same after a step by `f`, who is `ext-1` at a provider elsewhere; a global, `kept`, holds them too."""
    with_partner(world, said)
    whole = script(expression, place=START, prelude="var f = context.steps[1].subject; kept = f;")
    body = whole[whole.index("{") + 1 : whole.rindex("}")]
    handler = f"function (context) {{ {body} }}"
    await world.configure(
        f"var kept; function onLoginRequest(context) {{ executeStep(1, {{onSuccess: {handler}}}); }}",
        steps={1: "partner", 2: "password"},
    )
    visit = await world.start()
    await visit.post(name="ext-1")
    return read(visit)
