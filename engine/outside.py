"""Answers the questions of scripts: a reading at once, an effect exactly once, and everything within a time.

An effect is told to the store before it begins and its result after it ended.  Whoever comes to the same question of
the same revision again gets the result; whether an effect that never told its result took place is not known, so it is
not repeated and counts as failed (contract 3a).
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Mapping

import msgspec

from engine.errors import Busy, EngineError
from engine.layouts import Layout
from engine.model import Login
from engine.questions import ON_FAIL, ON_TIMEOUT, Asked, CallFailed, Question, Result, Work
from engine.services import Services
from engine.turn import Turn

KIND = "effect"
FORMAT = 1
MOST_KEPT = 262_144
"""Bytes that may be kept of one effect's result; what is more has failed, as too large."""
LONGEST = 15.0
"""Seconds one question may take at the most; its work may have a shorter deadline of its own."""
LONGEST_OF_TURN = 30.0
"""Seconds all questions of one request may take together; after that each one left has timed out."""
UNDER_WAY = 30.0
"""Seconds for which an effect without a result may still be under way elsewhere."""

_log = logging.getLogger("doorstep.script")


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is stored of an effect.  begun_at: seconds since the epoch; result: None until it ended.

    format: of the stored record; 0 is none of ours.
    """

    begun_at: float
    result: Result | None = None
    format: int = 0


_layout = Layout(_Kept, number=FORMAT)


class Outside:
    """The world, as far as scripts may ask it.  Holds no state of its own."""

    def __init__(self, services: Services, works: Mapping[str, Work]) -> None:
        self._services = services
        self._works = works

    async def answer(self, turn: Turn, question: Question) -> Result:
        """The answer.  Raises Busy if a store cannot be reached, or the same effect is under way elsewhere."""
        if self.is_out_of_time(turn):
            return Result(ON_TIMEOUT)
        if not question.effect:
            return await self._do(turn, question)
        turn.effects += 1
        key = _key(turn.login, turn.effects, question)
        state, now, until = self._services.state, self._services.clock(), turn.login.expires_at
        if await state.create(KIND, key, _layout.write(_Kept(now, format=FORMAT)), expires_at=until):
            result = _bounded(await self._do(turn, question))
            await state.replace(KIND, key, _layout.write(_Kept(now, result, FORMAT)), revision=1, expires_at=until)
            return result
        return await self._remembered(key, now)

    def is_out_of_time(self, turn: Turn) -> bool:
        """Whether the request has waited for answers as long as it may."""
        return turn.waited >= LONGEST_OF_TURN

    async def _remembered(self, key: str, now: float) -> Result:
        stored = await self._services.state.read(KIND, key)
        kept = _read(stored.value) if stored is not None else _Kept(0.0)
        if kept.result is None and now < kept.begun_at + UNDER_WAY:
            raise Busy("the same effect is under way")
        return kept.result or Result(ON_FAIL)

    async def _do(self, turn: Turn, question: Question) -> Result:
        work = self._works.get(question.name)
        if work is None:
            return Result(ON_FAIL)
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(min(LONGEST, LONGEST_OF_TURN - turn.waited)):
                return Result(data=await work(Asked(question.arguments, turn, self._services)))
        except CallFailed as failed:
            return failed.result
        except TimeoutError:
            return Result(ON_TIMEOUT)
        except EngineError:
            raise
        except Exception as error:  # work may be a plugin's: whatever it breaks, the script is told that it failed
            _log.error("%s failed: %s", question.name, type(error).__name__, extra={"flow": turn.login.id})
            return Result(ON_FAIL)
        finally:
            turn.waited += now() - began


def _bounded(result: Result) -> Result:
    """The result, or the failure of one that is too large to be kept or no plain data, as a number beyond 64 bits."""
    try:
        size = len(msgspec.msgpack.encode(result))
    except (OverflowError, TypeError, ValueError, RecursionError):
        return Result(ON_FAIL)
    return result if size <= MOST_KEPT else Result(ON_FAIL, {"reason": "too_large"})


def _read(value: bytes) -> _Kept:
    """What is stored; a record of another format, or none, says nothing of the effect, so it counts as failed."""
    return _layout.read(value) or _Kept(0.0)


def _key(login: Login, number: int, question: Question) -> str:
    """One effect of one revision.  The arguments may hold a secret: only this login's store can tell them again."""
    mac = hmac.digest(login.browser, question.packed(), "sha256").hex()[:32]
    return f"{login.id}:{login.revision}:{number}:{mac}"
