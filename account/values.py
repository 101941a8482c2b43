"""What the account page shows of devices and sessions: plain values for templates.  Decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from engine.addresses import is_loopback
from engine.model import Device, Session
from engine.ports import Places
from engine.user_agents import UNKNOWN, read
from web.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Moment:
    """A time: for programs, and for people as long as no script puts it into their own zone and language.

    >>> Moment.at(1_800_000_000.0)
    Moment(exact='2027-01-15T08:00:00Z', text='2027-01-15, 08:00 UTC')
    """

    exact: str
    text: str

    @staticmethod
    def at(seconds: float) -> Moment:
        """Of seconds since the epoch."""
        moment = datetime.fromtimestamp(seconds, UTC)
        return Moment(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), moment.strftime("%Y-%m-%d, %H:%M UTC"))


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """A device as its person knows it.  kind: `browser` or `phone`; is_lost: notifications do not reach it."""

    id: str
    name: str
    model: str
    kind: str
    added: Moment
    used: Moment | None
    is_lost: bool

    @staticmethod
    def of(device: Device) -> DeviceCard:
        """The card of *device*."""
        used = Moment.at(device.last_used_at) if device.last_used_at is not None else None
        in_browser = device.typed and device.provider.lower() in ("builtin", "webpush")
        model = device.model if device.model != device.name else ""
        added, is_lost = Moment.at(device.created_at), device.unreachable_since is not None
        return DeviceCard(device.id, device.name, model, "browser" if in_browser else "phone", added, used, is_lost)


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A browser that is signed in.  name: its chain; here: whether it is this one; country: ISO code or empty."""

    name: str
    browser: str
    platform: str
    kind: str
    here: bool
    ip: str
    city: str
    country: str
    is_local: bool
    began: Moment
    used: Moment
    applications: tuple[str, ...]


def session_cards(sessions: Iterable[Session], *, here: str, places: Places, texts: Catalogue) -> list[SessionCard]:
    """The cards, this browser's first, then those used last.  here: the chain of this browser's session."""
    ordered = sorted(sessions, key=lambda one: (one.chain != here, -one.used_at))
    return [_session_card(one, here=one.chain == here, places=places, texts=texts) for one in ordered]


def _session_card(session: Session, *, here: bool, places: Places, texts: Catalogue) -> SessionCard:
    agent, place = read(session.user_agent), places.place_of(session.ip)
    return SessionCard(
        name=session.chain,
        browser=agent.browser if agent.browser != UNKNOWN else texts.text("account.browser.unknown"),
        platform=agent.platform if agent.platform != UNKNOWN else "",
        kind="phone" if agent.device in ("Phone", "Tablet") else "browser",
        here=here,
        ip=session.ip,
        city=(place.city or "") if place is not None else "",
        country=(place.country or "") if place is not None else "",
        is_local=is_loopback(session.ip),
        began=Moment.at(session.began_at),
        used=Moment.at(session.used_at),
        applications=tuple(used.name for used in session.applications),
    )
