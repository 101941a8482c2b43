"""A value that is not known.  To a snapshot it is an object of the host; to all that does not ask first, a trap."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from ..base import OBJECT_PROTO, Obj, Value
from ..exotics import HostObject
from .terms import Shape, Term

if TYPE_CHECKING:
    from ..run import Run
    from .paths import Path

PREFIX = "?"
"""How the paths of unknown values begin."""


class Unknown(HostObject):
    """One value among many.  Generated code asks for its truth and its equality; all else goes through `operations`."""

    __slots__ = ("mind", "shape", "term")

    def __init__(self, mind: Path, term: Term, shape: Shape) -> None:
        Obj.__init__(self, OBJECT_PROTO)
        self.mind = mind
        self.term = term
        self.shape = shape

    @property
    def path(self) -> str:  # type: ignore[override]
        """How a snapshot names it; being asked for it, it is noted as kept."""
        return self.mind.keep(self)

    def __bool__(self) -> bool:
        return self.mind.truthy(self)

    def __eq__(self, other: object) -> bool:
        return other is self or self.mind.identical(self, other)  # type: ignore[arg-type]

    __hash__ = object.__hash__

    def _trap(self, *args: object, **named: object) -> NoReturn:
        self.mind.give_up("a value that is not known is looked at in a way that is not modelled")

    get_own = has_own = has = put = define = delete = own_keys = enumerable = read_only = _trap
    __len__ = __iter__ = __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __index__ = __int__ = _trap
    __float__ = __str__ = __format__ = _trap

    def get(self, run: Run, key: str) -> Value:
        """Only what asked first may look at it."""
        self._trap()

    def set_prototype(self, run: Run, proto: Obj | None) -> bool:
        self._trap()

    def restrict(self, run: Run, level: int) -> None:
        self._trap()
