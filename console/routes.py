"""The routes of the console, and what it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from account.door import Facts, OpenLogin
from console.application import HOME
from console.applications import Applications
from console.calls import table
from console.desk import Desk
from console.door import Door
from console.events import Events
from console.flows import Flows
from console.people import People
from console.pushing import Pushing
from console.scripts import Scripts
from console.seats import Admin, Seats
from engine.ports import Audit
from management.table import Row
from web.pages import Pages


@dataclass(frozen=True, slots=True)
class House:
    """What the console stands on.  rows: of the management API; origin: of this server."""

    rows: Sequence[Row]
    scripts: Scripts
    seats: Seats
    audit: Audit
    pages: Pages
    origin: str


def routes(house: House, *, open_login: OpenLogin, facts: Facts) -> list[Route]:
    """All routes of this face."""
    desk = Desk(house.pages, table(house.rows), facts)
    door = Door(house.seats, desk, house.audit, open_login, facts, house.origin)
    applications, flows = Applications(desk), Flows(desk, house.scripts)
    people, events, pushing = People(desk), Events(desk), Pushing(desk)
    channels = f"{HOME}/channels"
    flow, person = f"{HOME}/flows/{{id}}", f"{HOME}/people/{{id}}"
    several, one = f"{HOME}/applications", f"{HOME}/applications/{{id}}"
    return [
        Route(HOME, door.shows(_front), methods=["GET"]),
        Route(f"{HOME}/enter", door.enter, methods=["GET"]),
        Route(f"{HOME}/leave", door.changes(door.leave), methods=["POST"]),
        Route(several, door.shows(applications.list), methods=["GET"]),
        # An id never begins with this sign, so that no application is hidden by the form.
        Route(f"{several}/-/new", door.shows(applications.ask), methods=["GET"]),
        Route(f"{several}/-/new", door.changes(applications.add), methods=["POST"]),
        Route(one, door.shows(applications.show), methods=["GET"]),
        Route(one, door.changes(applications.change), methods=["POST"]),
        Route(f"{one}/remove", door.changes(applications.remove), methods=["POST"]),
        Route(f"{HOME}/flows", door.shows(flows.list), methods=["GET"]),
        Route(flow, door.shows(flows.show), methods=["GET"]),
        Route(flow, door.changes(flows.work), methods=["POST"]),
        Route(f"{flow}/versions/{{number}}", door.shows(flows.version), methods=["GET"]),
        Route(f"{flow}/versions/{{number}}", door.changes(flows.roll_back), methods=["POST"]),
        Route(f"{HOME}/people", door.shows(people.list), methods=["GET"]),
        Route(person, door.shows(people.show), methods=["GET"]),
        Route(person, door.changes(people.enable), methods=["POST"]),
        Route(f"{person}/devices/{{device}}/remove", door.changes(people.remove_device), methods=["POST"]),
        Route(f"{person}/sessions/{{session}}/end", door.changes(people.end_session), methods=["POST"]),
        Route(f"{HOME}/connections", door.shows(pushing.settings), methods=["GET"]),
        Route(f"{HOME}/connections", door.changes(pushing.change), methods=["POST"]),
        Route(channels, door.shows(pushing.providers), methods=["GET"]),
        Route(channels, door.changes(pushing.add), methods=["POST"]),
        Route(f"{channels}/{{name}}/remove", door.changes(pushing.remove), methods=["POST"]),
        Route(f"{HOME}/logins", door.shows(events.logins), methods=["GET"]),
        Route(f"{HOME}/logins/{{flow}}", door.shows(events.login), methods=["GET"]),
        Route(f"{HOME}/audit", door.shows(events.audit), methods=["GET"]),
        Route(f"{one}/try", door.shows(applications.try_it), methods=["GET"]),
    ]


async def _front(request: Request, admin: Admin) -> Response:
    """The console opens with the applications."""
    return RedirectResponse(f"{HOME}/applications", 303)
