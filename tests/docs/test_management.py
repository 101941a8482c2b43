"""docs/management.md against the route table."""

from __future__ import annotations

import dataclasses
import os
import subprocess
from pathlib import Path
from typing import Any

from management.api import Api
from tests.docs.documents import DOCS, blocks, code, codes, table
from tests.journeys.living import APPLICATION, living
from tests.management.callers import token_for

PAGE = DOCS / "management.md"


def rows() -> list[Any]:
    """The route table; nothing of it is called."""
    return Api(**{field.name: None for field in dataclasses.fields(Api)}).rows  # type: ignore[arg-type]


def test_every_address_is_told_with_its_methods_and_scopes() -> None:
    """In the order of the table by which the server decides."""
    there: dict[str, dict[str, str | None]] = {}
    for row in rows():
        there.setdefault(row.path.replace(":path}", "}"), {})[row.method] = row.scope
    told = {code(address): (codes(methods), codes(scopes)) for address, methods, scopes in table(PAGE, "Addresses")}
    assert told == {
        address: ([*methods], [*dict.fromkeys(scope for scope in methods.values() if scope)])
        for address, methods in there.items()
    }


def test_the_walk_leads_from_an_empty_server_to_a_login(tmp_path: Path) -> None:
    """Its commands are run by a shell, with curl, against a server without any configuration."""
    [walk] = [one for one in blocks(PAGE, "sh") if one.heading == "From an empty server to a login"]
    with living(tmp_path, {}) as house:
        token = token_for(house, "flows:write", "applications:write", "users:write")
        text = walk.text.replace("curl -sS", "curl -sSf").replace("http://localhost:8400", house.url)
        text = "set -e\n" + text.replace("http://localhost:8401/callback", APPLICATION)
        subprocess.run(["sh", "-c", text], env={**os.environ, "TOKEN": token}, check=True, timeout=60)
        browser = house.browser().open(house.authorize("wiki"))
        browser.submit(username="mara", password="a word that nobody guesses")
        assert house.redeem(browser, "wiki")["preferred_username"] == "mara"
