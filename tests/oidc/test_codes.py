"""Codes in the store."""

from __future__ import annotations

import pytest

from oidc.codes import Codes, Held, IssuedCode, UsedCode
from tests.oidc.support import CALLBACK, House

pytestmark = pytest.mark.anyio


async def test_of_two_who_hold_a_code_one_spends_it(house: House) -> None:
    """Compare-and-set on what was read; the loser finds the winner's mark."""
    codes = Codes(house.state)
    issued = IssuedCode(
        client_id="payroll",
        redirect_uri=CALLBACK,
        scope=("openid",),
        code_challenge="c",
        user_id="u-mara",
        credentials=(),
        auth_time=0,
        amr=(),
        expires_at=house.clock.now + 60,
    )
    await codes.issue("code", issued)
    first, second = await codes.find("code"), await codes.find("code")
    assert isinstance(first, Held)
    assert isinstance(second, Held)
    assert await codes.spend(first, issued, token_id="t-1")
    assert not await codes.spend(second, issued, token_id="t-2")
    left = await codes.again(second)
    assert left is not None
    assert left.record == UsedCode("t-1", None, "payroll", "u-mara")


async def test_a_record_that_cannot_be_read_is_no_code(house: House) -> None:
    """R12: another format means start again."""
    codes = Codes(house.state)
    await codes.issue("code", IssuedCode("c", CALLBACK, (), "c", "u", (), 0, (), house.clock.now + 60, format=2))
    assert await codes.find("code") is None
