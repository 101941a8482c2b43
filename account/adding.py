"""Adding a device: what will happen, the code, and the person's word that the device which took it is theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import ceil
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from account.application import HOME
from account.desk import Desk
from account.visitor import Visitor
from engine.errors import DirectoryError
from engine.ports import Clock, DeviceCode, DeviceCodes
from web.forms import Form, read_query
from web.qr import qr_svg
from web.streams import Sight, Streams

HERE = f"{HOME}/devices/add"


@dataclass(frozen=True, slots=True)
class Shown:
    """A code as its page shows it.  id: of the code; left: seconds that it is good for; none, and it has run out."""

    id: str
    enrollment: str = ""
    left: int = 0
    device: str = ""

    @staticmethod
    def of(code_id: str, code: DeviceCode | None, now: float) -> Shown:
        """What is shown of *code*, None if it has run out."""
        if code is None:
            return Shown(code_id)
        return Shown(code_id, code.text, max(0, ceil(code.expires_at - now)), code.device or "")

    @property
    def word(self) -> str:
        """How it stands."""
        return "registered" if self.device else "pending" if self.left else "expired"

    @property
    def address(self) -> str:
        """Where its page is, and what is below it."""
        return f"{HERE}/{self.id}"

    @property
    def events(self) -> str:
        """Where the page listens; it says what it knows."""
        return f"{self.address}/events?seen={self.word}"

    @property
    def status(self) -> str:
        """Where it asks instead."""
        return f"{self.address}/status"

    @property
    def qr(self) -> Markup:
        """The code as inline SVG."""
        return qr_svg(self.enrollment)

    @property
    def phone_link(self) -> str:
        """The web authenticator, with the code where no server sees it."""
        return f"/phone#enroll={quote(self.enrollment, safe='')}"

    @property
    def clock(self) -> str:
        """What is left, in minutes and seconds."""
        return f"{self.left // 60}:{self.left % 60:02d}"


@dataclass(frozen=True, slots=True)
class _Code:
    """A code in the session that it is shown in (web.streams.Watched)."""

    codes: DeviceCodes
    clock: Clock
    id: str
    visitor: Visitor

    async def shown(self) -> Shown:
        """How it stands; another session's has run out."""
        code = await self.codes.look(self.id, self.visitor.user.id, session=self.visitor.session.chain)
        return Shown.of(self.id, code, self.clock())

    @asynccontextmanager
    async def watching(self, wake: Callable[[], None]) -> AsyncIterator[float]:
        """Gives the seconds that the code is good for."""
        async with self.codes.watching(self.id, wake):
            yield float((await self.shown()).left)

    async def look(self) -> Sight:
        """Its word."""
        return Sight((await self.shown()).word)


class Adding:
    """`/account/devices/add` and what is below it."""

    def __init__(self, desk: Desk, codes: DeviceCodes, streams: Streams) -> None:
        self._desk = desk
        self._codes = codes
        self._streams = streams

    async def explain(self, request: Request, visitor: Visitor) -> Response:
        """What will happen."""
        return self._explained(request, visitor)

    async def begin(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """Make a code, and go to it."""
        try:
            code = await self._codes.begin(visitor.user, session=visitor.session.chain)
        except DirectoryError:
            return self._explained(request, visitor, message="push.device_limit")
        return RedirectResponse(f"{HERE}/{code.id}", 303)

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """The code; or the device that registered with it, for the person to confirm."""
        shown = await self._shown(request, visitor)
        if visitor.device(shown.id) is not None:
            return self._desk.done("device_added")
        return self._desk.page(request, visitor, "account-device-code", code=shown)

    async def confirm(self, request: Request, visitor: Visitor, form: Form) -> Response:
        """The person says that the device is theirs: from now on it counts."""
        code_id = request.path_params["code"]
        shown = await self._shown(request, visitor)
        if visitor.device(code_id) is not None:
            return self._desk.done("device_added")
        if not shown.device:
            return RedirectResponse(shown.address, 303)
        await self._desk.record(request, visitor, "device_registered", device=code_id, device_name=shown.device)
        try:
            device = await self._codes.confirm(code_id, visitor.user.id, session=visitor.session.chain)
        except DirectoryError as error:
            limit = error.reason == "device_limit"
            return self._explained(request, visitor, message="push.device_limit" if limit else "push.device_known")
        if device is None:
            return RedirectResponse(f"{HERE}/{code_id}", 303)
        return self._desk.done("device_added")

    async def status(self, request: Request, visitor: Visitor) -> Response:
        """How the code stands."""
        return JSONResponse({"outcome": (await self._shown(request, visitor)).word})

    async def events(self, request: Request, visitor: Visitor) -> Response:
        """One `event: changed` as soon as the code stands otherwise than the page has seen."""
        seen = read_query(request).get("seen", "pending")
        return self._streams.of(self._code(request, visitor), seen)

    def _code(self, request: Request, visitor: Visitor) -> _Code:
        return _Code(self._codes, self._desk.clock, request.path_params["code"], visitor)

    async def _shown(self, request: Request, visitor: Visitor) -> Shown:
        return await self._code(request, visitor).shown()

    def _explained(self, request: Request, visitor: Visitor, *, message: str | None = None) -> Response:
        return self._desk.page(request, visitor, "account-device-add", message=message)
