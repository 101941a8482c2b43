"""What `super` is while one member of it is read, written or called (ECMA-262 13.3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .base import OPEN, VIEWED, Obj, Value, ViewedPrototype, throw_reference_error, throw_type_error
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
        viewed = self._viewed(key)
        if viewed is not None and isinstance(self.receiver, Obj):
            return viewed.view(run, self.receiver, key)
        return self.proto.get(run, key)

    def put(self, run: Run, key: str, value: Value, strict: bool) -> None:
        """Give the receiver the property, unless what is inherited forbids it (OrdinarySet, 10.1.9.2)."""
        receiver = self.receiver
        if self.proto is None:
            throw_type_error(run, f"Cannot set properties of null (setting '{brief(key)}')")
        if not isinstance(receiver, Obj):
            self.refuse(run, key, strict)
        elif (viewed := self._viewed(key)) is not None:
            viewed.put_view(run, receiver, key, value=value, strict=strict)
        elif self.inherits_read_only(run, key):
            self.refuse(run, key, strict)
        elif receiver.has_own(key):
            receiver.put(run, key, value, strict)
        elif receiver.level != OPEN:
            receiver.refuse(run, key, strict)
        else:
            receiver.define(run, key, value)

    def delete(self, run: Run, key: str, strict: bool) -> bool:
        throw_reference_error(run, "Cannot delete a property of 'super'")

    def _viewed(self, key: str) -> ViewedPrototype | None:
        return self.viewed_by(key) if key in VIEWED else None


def super_base(run: Run, home: Value, receiver: Value) -> SuperBase:
    """`super` in a method that was defined in *home*."""
    if not isinstance(home, Obj):  # only in a snapshot that somebody changed
        throw_type_error(run, "'super' needs an object")
    return SuperBase(home.proto, receiver)
