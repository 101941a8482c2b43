"""The shapes of snapshots that were met lately, and the code that loads them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from .shape_code import compile_shape

if TYPE_CHECKING:
    from ..base import Value
    from ..program import Program
    from ..run import Run

LARGEST: Final = 1024
"""Bytes of the largest shape that gets code of its own."""

_KEPT: Final = 256
OFTEN: Final = 3
"""A shape gets its code when it was read so often, because making the code costs as much as reading it many times."""


class Shape:
    """What is known of one shape.  load(run, plain): the code for it, once there is any; it returns the roots."""

    __slots__ = ("_program", "_read", "load")

    def __init__(self, program: Program) -> None:
        self._program = program
        self._read = 0
        self.load: Callable[[Run, list[Value]], list[Value]] | None = None

    def was_sound(self, parts: list[Any]) -> None:
        """A snapshot of this shape, whose *parts* these are, was read and found sound."""
        self._read += 1
        if self._read == OFTEN:
            self.load = compile_shape(self._program, parts)


@lru_cache(_KEPT)
def shape_of(program: Program, written: bytes) -> Shape:
    """What is known of the shape that is *written* so in snapshots of *program*."""
    return Shape(program)
