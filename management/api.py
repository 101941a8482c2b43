"""Puts the management API together: one table of all its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engine.letters import Letters
from engine.ports import AuditLog, Directory, EnrolledDevices, Spawner, StateStore
from engine.sessions import Sessions
from management import push_configs
from management.belongings import Belongings
from management.configured import Configured
from management.desk import Desk
from management.events import Events
from management.guard import Guard
from management.idempotency import Idempotency
from management.kinds import APPLICATIONS, FLOWS, LIBRARIES, PROMPTS, PUSH_PROVIDERS
from management.openapi import document
from management.organisation import Keys, Organisation, Secrets, SigningKeys
from management.people import People
from management.sequences import Sequences
from management.table import Call, Row, Table
from management.versions import Versions
from management.words import Words


@dataclass(frozen=True)
class Api:
    """The whole API.  issuer: the public address; address_of: the caller's address."""

    guard: Guard
    desk: Desk
    state: StateStore
    directory: Directory
    audit: AuditLog
    devices: EnrolledDevices
    sessions: Sessions
    letters: Letters
    spawner: Spawner
    keys: SigningKeys
    issuer: str
    address_of: Callable[[Request], str]

    def routes(self) -> list[Route]:
        """All routes."""
        return Table(self.rows, self.guard, Idempotency(self.state, self.desk.clock), self.address_of).routes()

    @cached_property
    def rows(self) -> list[Row]:
        """The table."""
        desk = self.desk
        return [
            Row("GET", "/openapi.json", None, self.describe, "This document"),
            *Configured(APPLICATIONS, desk).rows(),
            *Configured(FLOWS, desk).rows(),
            *Configured(LIBRARIES, desk).rows(),
            *Configured(PROMPTS, desk).rows(),
            *Configured(PUSH_PROVIDERS, desk).rows(),
            *Sequences(desk).rows(),
            *Versions(desk).rows(),
            *Events(self.audit).rows(),
            *Organisation(desk).rows(),
            *Secrets(desk).rows(),
            *Keys(desk, self.keys, self.audit).rows(),
            *People(desk, self.directory, self.sessions, self.letters, self.spawner).rows(),
            *Words("roles", desk).rows(),
            *Words("groups", desk).rows(),
            *Belongings(
                desk,
                self.directory,
                self.devices,
                self.sessions,
                audit=self.audit,
                letters=self.letters,
                spawner=self.spawner,
            ).rows(),
        ]

    async def describe(self, _: Call) -> Response:
        """The OpenAPI document; nothing in it is secret."""
        return JSONResponse(self._document)

    @cached_property
    def _document(self) -> dict[str, Any]:
        return document(self.rows, issuer=self.issuer, more=push_configs.described())
