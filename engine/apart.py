"""Runs a plugin apart from the server's own event loop, so that whatever it does there holds up nobody but itself.

A waiting function runs on a loop of its plugin's own, any other in a thread of its own.  A call that gave no answer in
time is left alone and counted; a plugin with too many of these is asked no more until they end.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

MOST_LEFT = 8
"""Calls of one plugin that gave no answer in time and still run; with so many it is refused."""
MOST_AT_ONCE = 64
"""Calls of one plugin that run at a time."""

_log = logging.getLogger("doorstep.script")


class Unanswering(Exception):
    """The plugin is not asked: too many of its calls run already."""


@dataclass(slots=True, eq=False)
class _Call:
    """answer: given at most once, and not at all if nobody waits any more; ended: the call itself is over."""

    given: tuple[Any, ...]
    answer: Future[Any] = field(default_factory=Future)
    ended: Event = field(default_factory=Event)


class Apart:
    """Calls *call*, a plain or a waiting function.  read: applied apart as well, to what it gives."""

    def __init__(self, name: str, call: Callable[..., Any], *, read: Callable[[Any], Any]) -> None:
        self._name = name
        self._call = call
        self._read = read
        self._waits = inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(type(call).__call__)
        self._running: set[_Call] = set()
        self._left: set[_Call] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def ask(self, *given: Any) -> Any:
        """What *read* made of the answer.  Raises the exception that the call raised, and Unanswering.

        A call whose asking is cancelled is told so, and left alone.
        """
        self._admit()
        call = _Call(given)
        self._running.add(call)
        self._begin(call)
        try:
            return await asyncio.wrap_future(call.answer)
        except asyncio.CancelledError:
            if not call.ended.is_set():
                self._left.add(call)
                _log.error("the plugin %s gave no answer in time: left alone, one of %d", self._name, len(self._left))
            raise

    def _admit(self) -> None:
        self._running = {call for call in self._running if not call.ended.is_set()}
        self._left &= self._running
        if len(self._left) >= MOST_LEFT or len(self._running) >= MOST_AT_ONCE:
            _log.error("the plugin %s is not asked: %d of its calls run", self._name, len(self._running))
            raise Unanswering

    def _begin(self, call: _Call) -> None:
        if self._waits:
            loop = self._own_loop()
            loop.call_soon_threadsafe(self._start, loop, call)
        else:
            Thread(target=self._in_thread, args=(call,), name=f"plugin {self._name}", daemon=True).start()

    def _own_loop(self) -> asyncio.AbstractEventLoop:
        """Made when it is first needed; its thread does not keep the server from ending."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            Thread(target=_forever, args=(self._loop,), name=f"plugin {self._name}", daemon=True).start()
        return self._loop

    def _start(self, loop: asyncio.AbstractEventLoop, call: _Call) -> None:
        task = loop.create_task(self._in_task(call))
        task.add_done_callback(lambda _: call.ended.set())
        call.answer.add_done_callback(lambda answer: answer.cancelled() and loop.call_soon_threadsafe(task.cancel))

    async def _in_task(self, call: _Call) -> None:
        try:
            given = self._read(await self._call(*call.given))
        except BaseException as error:
            _fail(call, error)
        else:
            _give(call, given)

    def _in_thread(self, call: _Call) -> None:
        try:
            given = self._read(self._call(*call.given))
        except BaseException as error:
            _fail(call, error)
        else:
            _give(call, given)
        finally:
            call.ended.set()


def _give(call: _Call, given: Any) -> None:
    with suppress(InvalidStateError):  # nobody waits any more
        call.answer.set_result(given)


def _fail(call: _Call, error: BaseException) -> None:
    """What ends a loop or a server where it is raised, as SystemExit or StopIteration, does not get there."""
    is_safe = isinstance(error, Exception) and not isinstance(error, StopIteration)
    with suppress(InvalidStateError):
        call.answer.set_exception(error if is_safe else RuntimeError(type(error).__name__))


def _forever(loop: asyncio.AbstractEventLoop) -> None:
    """Whatever a callback of the plugin's raises, its loop goes on."""
    asyncio.set_event_loop(loop)
    while not loop.is_closed():
        try:
            loop.run_forever()
        except BaseException as error:
            _log.error("the loop of a plugin broke: %s", type(error).__name__)
