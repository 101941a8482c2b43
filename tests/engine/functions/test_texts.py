"""Small helpers on texts and lists: masking, filters, and what stands in a JWT."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from tests.engine.functions.stage import HOSTILE, PLACES, Case, does, each, hostile, refuses, worth
from tests.engine.world import World

pytestmark = pytest.mark.anyio

MASK, FILTER, READ = "getMaskedValue", "filterAuthenticators", "getValueFromDecodedAssertion"


def part(of: Any) -> str:
    """A part of a JWT."""
    return urlsafe_b64encode(json.dumps(of).encode()).rstrip(b"=").decode()


TOKEN = f"{part({'alg': 'none', 'kid': 'k1'})}.{part({'sub': 'mara', 'n': 7, 'l': ['a'], 'y': True, 'none': None})}.x"
WAYS = [("LOCAL", "Password"), ("LOCAL", "push"), ("Google", "o")]
OPTIONS = json.dumps([{"idp": idp, "authenticator": name} for idp, name in WAYS])
PASSWORD, PUSH, GOOGLE = {"authenticator": "Password"}, {"authenticator": "push"}, {"idp": "Google"}
CYCLIC = ("a cyclic list", "a cyclic object")

CASES = [
    does(MASK, "the middle of a text", f"{MASK}('mara@a.test')", "m*********t"),
    does(MASK, "three characters", f"{MASK}('abc')", "a*c"),
    refuses(MASK, "to show any of two", f"{MASK}('ab')", "**"),
    refuses(MASK, "to show any of one", f"{MASK}('a')", "*"),
    does(MASK, "nothing", f"{MASK}('')", ""),
    *hostile(MASK, f"{MASK}($)", None, but=("a text", "a long text", "a lone surrogate", "an empty text", *CYCLIC)),
    *(refuses(MASK, kind, f"{MASK}({HOSTILE[kind]})", "throws TypeError") for kind in CYCLIC),
    does(FILTER, "all but one", f"{FILTER}({OPTIONS}, 'push')", {"0": PASSWORD, "1": GOOGLE}),
    does(FILTER, "in any case", f"{FILTER}({OPTIONS}, 'PASSWORD')", {"0": PUSH, "1": GOOGLE}),
    does(FILTER, "with the tenant before", f"{FILTER}('carbon.super', {OPTIONS}, 'o')",
         {"0": PASSWORD, "1": PUSH}),
    does(FILTER, "options of a step", f"{FILTER}(context.steps[1].options, 'x')", {"0": {"authenticator": "password"}}),
    refuses(FILTER, "what is no option", f"{FILTER}([null, 7, 'push', []], 'x')", {}),
    refuses(FILTER, "nothing", f"{FILTER}([], 'push')", {}),
    refuses(FILTER, "no list", f"[{FILTER}(null, 'push'), {FILTER}('push'), {FILTER}()]", [{}, {}, {}]),
    does(READ, "a text of the payload", f"{READ}('{TOKEN}', 'sub', true)", "mara"),
    does(READ, "a number, a list and a yes", f"['n', 'l', 'y'].map((k) => {READ}('{TOKEN}', k, true))",
         ["7", '["a"]', "true"]),
    does(READ, "the header", f"[{READ}('{TOKEN}', 'kid', false), {READ}('{TOKEN}', 'kid')]", ["k1", "k1"]),
    refuses(READ, "what is not there", f"[{READ}('{TOKEN}', 'x', true), {READ}('{TOKEN}', 'none', true)]", ["", ""]),
    refuses(READ, "a name of the header in the payload", f"{READ}('{TOKEN}', 'kid', true)", ""),
    refuses(READ, "one part", f"{READ}('{part({'sub': 'x'})}', 'sub', true)", ""),
    refuses(READ, "a part that is no JSON", f"{READ}('a.b.c', 'sub', true)", ""),
    refuses(READ, "a part that is no object", f"{READ}('a.{part([1])}.c', '0', true)", ""),
    refuses(READ, "a part that is no text", f"{READ}('a.\\u00e4\\u00f6.c', 'sub', true)", ""),
    refuses(READ, "very deep nesting", f"{READ}('a.' + 'W1tb'.repeat(3000) + '.c', 'sub', true)", ""),
    *hostile(READ, f"{READ}($, 'sub', true)", "", but=CYCLIC),
    *hostile(READ, f"{READ}('{TOKEN}', $, true)", "", but=CYCLIC),
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@each(CASES)
async def test_helpers_give_what_they_say(world: World, case: Case, place: str) -> None:
    """In both places, and nothing for what is none."""
    assert await worth(world, case.expression, place=place) == case.expected


async def test_what_was_filtered_is_taken_as_options(world: World) -> None:
    """By `executeStep`, as it is."""
    await world.configure(
        "function onLoginRequest(context) { executeStep(1, {"
        f"authenticationOptions: {FILTER}(context.steps[1].options, 'password')}}, {{}}); }}",
        steps={1: "password|push"},
    )
    assert (await world.start()).page == "push"
