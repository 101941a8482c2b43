"""How a record of the state store is written, so that another release of the server can tell whether it knows it."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

import msgspec


class Numbered(Protocol):
    """What every record says of itself.  format: the number of its layout."""

    @property
    def format(self) -> int: ...


T = TypeVar("T", bound=Numbered)


class Layout(Generic[T]):
    """Records of type *T* as msgpack, and back.  number: the layout that is written, and the only one that is read."""

    def __init__(self, record: type[T], *, number: int = 1) -> None:
        self._number = number
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(record)

    def write(self, record: T) -> bytes:
        """The record as bytes."""
        return self._encoder.encode(record)

    def read(self, value: bytes) -> T | None:
        """The record, or None: one that is damaged or of another layout does not exist."""
        try:
            record = self._decoder.decode(value)
        except msgspec.DecodeError:
            return None
        return record if record.format == self._number else None
