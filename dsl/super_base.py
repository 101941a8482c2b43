"""What `super` is while one member of it is read, written or called (ECMA-262 13.3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import VIEWED, Obj, Value, throw_reference_error, throw_type_error
from .units import brief

if TYPE_CHECKING:
    from .run import Run


class SuperBase(Obj):
    """Reads go to the prototype of the object that the method was defined in, writes to `this`.

    It has no property of its own, and no script ever holds one.  receiver: the method's `this`.
    """

    __slots__ = ("receiver",)

    def __init__(self, proto: Obj | None, receiver: Value) -> None:
        super().__init__(proto)
        self.receiver = receiver

    def get(self, run: Run, key: str) -> Value:
        """The inherited property, for the receiver where it is computed."""
        if self.proto is None:
            throw_type_error(run, f"Cannot read properties of null (reading '{brief(key)}')")
        viewed = self.viewed_by(key) if key in VIEWED else None
        if viewed is not None and isinstance(self.receiver, Obj):
            return viewed.view(run, self.receiver, key)
        return self.proto.get(run, key)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        """Assign to the receiver, by its own rules, unless what is inherited here forbids it (10.1.9.2)."""
        if self.proto is None:
            throw_type_error(run, f"Cannot set properties of null (setting '{brief(key)}')")
        if not isinstance(self.receiver, Obj) or self.inherits_read_only(run, key):
            self.refuse(run, key, strict)
        else:
            self.receiver.put(run, key, value, strict)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        throw_reference_error(run, "Cannot delete a property of 'super'")


def super_base(run: Run, home: Value, receiver: Value) -> SuperBase:
    """`super` in a method that was defined in *home*."""
    if not isinstance(home, Obj):  # only in a snapshot that somebody changed
        throw_type_error(run, "'super' needs an object")
    return SuperBase(home.proto, receiver)
