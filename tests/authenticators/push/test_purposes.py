"""A token has one purpose."""

from __future__ import annotations

from typing import Any

import pytest

from authenticators.push import purposes
from authenticators.push.purposes import WrongPurpose

ANSWER: dict[str, Any] = {"exp": 1, "pushAuthId": "p", "challenge": "c", "response": "APPROVED"}
READERS = {
    "answer": purposes.login_answer,
    "pull": lambda claims: purposes.pull(claims),
    "remove": purposes.removal,
    "update": purposes.change,
}
TOKENS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "an answer": (ANSWER, {"answer"}),
    "an answer that says it removes": (ANSWER | {"purpose": "remove"}, set()),
    "an answer that says it pulls": (ANSWER | {"purpose": "pull"}, set()),
    "a pull": ({"exp": 1, "purpose": "pull"}, {"pull"}),
    "an older app's removal": ({"exp": 1}, {"remove"}),
    "a removal": ({"exp": 1, "purpose": "remove"}, {"remove"}),
    "an older app's update": ({"exp": 1, "name": "New"}, {"update"}),
    "an update": ({"exp": 1, "deviceToken": "t", "purpose": "update"}, {"update"}),
    "an update of nothing": ({"exp": 1, "purpose": "update"}, set()),
    "an answer's leftovers": ({"exp": 1, "pushAuthId": "p"}, set()),
    "an unknown purpose": ({"exp": 1, "purpose": "all"}, set()),
    "a purpose of another type": ({"exp": 1, "purpose": ["remove"]}, set()),
}


@pytest.mark.parametrize("name", TOKENS)
def test_each_token_serves_one_endpoint_at_most(name: str) -> None:
    """The sets of claims that the endpoints accept are disjoint."""
    claims, accepted_by = TOKENS[name]
    found = set()
    for endpoint, reader in READERS.items():
        try:
            reader(claims)
        except WrongPurpose:
            continue
        found.add(endpoint)
    assert found == accepted_by


@pytest.mark.parametrize("response", ["approved", "APPROVED ", "YES", "", None, True, ["APPROVED"], 1])
def test_the_answer_is_one_of_two_words_exactly(response: object) -> None:
    """Anything else is no answer."""
    with pytest.raises(WrongPurpose):
        purposes.login_answer(ANSWER | {"response": response})


@pytest.mark.parametrize("number", [None, 47, ["47"], True])
def test_a_number_that_is_no_text_is_no_number(number: object) -> None:
    """It is compared as text, so it has to be one."""
    assert purposes.login_answer(ANSWER | {"numberChallenge": number}).number is None


@pytest.mark.parametrize("claims", [{"name": ""}, {"name": 7}, {"name": "\u202e"}, {"deviceToken": "a b"}, {"deviceToken": "x\r\ny"}, {"deviceToken": "x" * 5000}, {"name": "ok", "deviceToken": None}])  # fmt: skip # noqa: E501
def test_a_change_that_is_not_well_formed_changes_nothing(claims: dict[str, Any]) -> None:
    """One bad part refuses the whole."""
    with pytest.raises(WrongPurpose):
        purposes.change({"exp": 1} | claims)
