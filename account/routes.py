"""Puts the account page together: what each part needs, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from account.adding import HERE as ADD
from account.adding import Adding
from account.application import HOME
from account.browsers import Browsers
from account.desk import Desk
from account.devices import Devices
from account.door import Door, Facts, OpenLogin
from account.home import Home
from account.notices import Notices
from account.password import PasswordPage
from account.set_up import SetUp
from account.visitor import Visitors
from engine.invitations import PATH as SET_UP
from engine.letters import Letters
from engine.outgoing import Mailer
from engine.ports import (
    Audit,
    Clock,
    Configuration,
    DeviceCodes,
    Directory,
    EnrolledDevices,
    OwnPasswords,
    Places,
    SetupLinks,
    Spawner,
)
from engine.sessions import Sessions
from web.cookies import Cookies
from web.pages import Pages
from web.streams import Streams


@dataclass(frozen=True, slots=True)
class House:
    """What the page stands on.  origin: of this server."""

    directory: Directory
    configuration: Configuration
    sessions: Sessions
    audit: Audit
    mailer: Mailer
    spawner: Spawner
    places: Places
    clock: Clock
    pages: Pages
    cookies: Cookies
    origin: str
    codes: DeviceCodes
    devices: EnrolledDevices
    passwords: OwnPasswords
    setup_links: SetupLinks
    streams: Streams


def routes(house: House, *, open_login: OpenLogin, facts: Facts) -> list[Route]:
    """All routes of this face."""
    notices = Notices(Letters(house.mailer, house.configuration), house.spawner, house.clock, house.pages.texts)
    desk = Desk(
        house.configuration, house.sessions, house.audit, house.clock, house.places, house.pages, notices, facts
    )
    visitors = Visitors(house.sessions, house.directory, house.clock, house.cookies.session)
    door = Door(visitors, open_login, facts, house.pages, house.origin)
    home, devices, browsers = Home(desk, house.cookies), Devices(desk, house.devices), Browsers(desk)
    adding, password = Adding(desk, house.codes, house.streams), PasswordPage(desk, house.passwords, house.cookies)
    set_up = SetUp(desk, house.setup_links)
    device, session, others = f"{HOME}/devices/{{device}}", f"{HOME}/sessions/{{session}}", f"{HOME}/sessions/others"
    return [
        Route("/", _front, methods=["GET"]),
        Route(HOME, door.shows(home.show), methods=["GET"]),
        Route(f"{HOME}/enter", door.enter, methods=["GET"]),
        Route(f"{HOME}/sign-out", door.changes(home.sign_out, proof=False), methods=["POST"]),
        Route(ADD, door.shows(adding.explain, proof=True), methods=["GET"]),
        Route(ADD, door.changes(adding.begin), methods=["POST"]),
        Route(f"{ADD}/{{code}}", door.shows(adding.show), methods=["GET"]),
        # The code is of this session and was begun with a fresh proof minutes ago: confirming it needs no other.
        Route(f"{ADD}/{{code}}", door.changes(adding.confirm, proof=False), methods=["POST"]),
        Route(f"{ADD}/{{code}}/status", door.watches(adding.status), methods=["GET"]),
        Route(f"{ADD}/{{code}}/events", door.watches(adding.events), methods=["GET"]),
        Route(device, door.shows(devices.show, proof=True), methods=["GET"]),
        Route(device, door.changes(devices.rename), methods=["POST"]),
        Route(f"{device}/test", door.changes(devices.test), methods=["POST"]),
        Route(f"{device}/remove", door.shows(devices.ask_to_remove, proof=True), methods=["GET"]),
        Route(f"{device}/remove", door.changes(devices.remove), methods=["POST"]),
        Route(f"{HOME}/password", door.shows(password.show, proof=True), methods=["GET"]),
        Route(f"{HOME}/password", door.changes(password.change), methods=["POST"]),
        Route(f"{SET_UP}/{{secret}}", set_up.show, methods=["GET"]),
        Route(f"{SET_UP}/{{secret}}", set_up.set, methods=["POST"]),
        Route(others, door.shows(browsers.ask_to_end_others, proof=True), methods=["GET"]),
        Route(others, door.changes(browsers.end_others), methods=["POST"]),
        Route(session, door.shows(browsers.ask_to_end, proof=True), methods=["GET"]),
        Route(session, door.changes(browsers.end), methods=["POST"]),
    ]


async def _front(request: Request) -> Response:
    """The server's own door leads to the only page that is for everybody."""
    return RedirectResponse(HOME, 303)
