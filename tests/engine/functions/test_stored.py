"""What an admin stores for scripts: secrets and function libraries."""

from __future__ import annotations

import pytest

from engine.model import Library
from engine.ports import ConfigurationChange
from tests.engine.functions.stage import HOSTILE, PLACES, Case, does, each, refuses, worth
from tests.engine.world import World

pytestmark = pytest.mark.anyio

GET, REQUIRE, LOAD = "getSecretByName", "require", "loadLocalLibrary"
BOTH = (REQUIRE, LOAD)
OTHER = [kind for kind in HOSTILE if kind not in ("null", "undefined", "a throwing toString", "a cyclic object")]
"""What has a text, which names no secret."""

SECRETS = [
    does(GET, "a secret", f"{GET}('key') === 's3cret'", True),
    does(GET, "the same twice", f"{GET}('key') === {GET}('key')", True),
    refuses(GET, "an unknown one", f"{GET}('none')", None),
    refuses(GET, "one of the house", f"{GET}('mail.password')", None),
    refuses(GET, "no name", f"{GET}('')", None),
    refuses(GET, "null", f"[{GET}(null)]", "throws TypeError"),
    refuses(GET, "undefined", f"[{GET}()]", "throws TypeError"),
    *(refuses(GET, kind, f"{GET}({HOSTILE[kind]})", None) for kind in OTHER),
    does("secrets", "a secret", "secrets.key + secrets['key'] === 's3crets3cret'", True),
    refuses("secrets", "to be told in an end", "secrets.key + '!'", "***!"),
    refuses("secrets", "an unknown one", "typeof secrets.none", "undefined"),
    refuses("secrets", "one of the house", "typeof secrets['mail.password']", "undefined"),
    refuses("secrets", "to be listed", "Object.keys(secrets).length + JSON.stringify(secrets)", "0{}"),
    refuses("secrets", "to be written", "(secrets.key = 'x', delete secrets.key, secrets.key === 's3cret')", True),
]


@pytest.mark.parametrize("place", PLACES)
@each(SECRETS)
async def test_secrets_are_read_by_name(world: World, case: Case, place: str) -> None:
    """Those that were stored for scripts, and no others."""
    await world.configuration.commit(ConfigurationChange(secrets={"key": "s3cret", "mail.password": "house"}))
    assert await worth(world, case.expression, place=place) == case.expected


LIBRARIES = [
    *(does(name, "what is exported", f"{name}('a.js').one", 1) for name in BOTH),
    *(does(name, "module.exports", f"{name}('f.js')(2)", 4) for name in BOTH),
    *(does(name, "the same object twice", f"{name}('a.js') === {name}('a.js')", True) for name in BOTH),
    *(does(name, "a library of a library", f"{name}('b.js').two", 2) for name in BOTH),
    *(refuses(name, "an unknown one", f"{name}('none.js')", "throws Error") for name in BOTH),
    *(
        refuses(name, f"the name {odd}", f"{name}('{odd}')", "throws Error")
        for name in BOTH
        for odd in ("__proto__", "constructor", "../a.js", "./a.js", "a.js/../a.js", "A.JS", "os", "dsl", "*")
    ),
    *(refuses(name, "a name that is computed", f"{name}('u' + 'nused.js')", "throws Error") for name in BOTH),
    *(refuses(name, "one that throws", f"{name}('throws.js')", "throws RangeError") for name in BOTH),
    *(refuses(name, "no name", f"{name}(null)", "throws TypeError") for name in BOTH),
    *(refuses(name, kind, f"{name}({HOSTILE[kind]})", "throws Error") for name in BOTH for kind in OTHER),
]


@pytest.mark.parametrize("place", PLACES)
@each(LIBRARIES)
async def test_libraries_are_required_by_name(world: World, case: Case, place: str) -> None:
    """Those that stand in the script; what is none throws."""
    made = {
        "a.js": "exports.one = 1;",
        "b.js": "exports.two = require('a.js').one + 1;",
        "f.js": "module.exports = function (n) { return 2 * n; };",
        "throws.js": "throw new RangeError('no');",
        "unused.js": "exports.one = 1;",
    }
    libraries = [Library(name, source) for name, source in made.items()]
    await world.configuration.commit(ConfigurationChange(libraries=libraries))
    told = await worth(world, case.expression, place=place)
    assert told == case.expected or ("that throws" in case.what and str(told).startswith("throws "))
