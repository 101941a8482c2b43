"""Applications of the server's own, which nobody configures, beside what admins configured.

A flow that an admin configures under the id of such an application takes the place of the one here.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import Application, Flow, Library, OrganisationSettings, PromptTemplate, PushProvider
from engine.ports import FunctionConfiguration


@dataclass(frozen=True, slots=True)
class Own:
    """One of them, and how one signs in to it."""

    application: Application
    flow: Flow


@dataclass(frozen=True, slots=True)
class WithOwn:
    """A configuration (`engine.ports.FunctionConfiguration`) that has them besides."""

    configured: FunctionConfiguration
    own: tuple[Own, ...]

    async def application(self, application_id: str) -> Application | None:
        """The application with that client_id."""
        ours = next((one.application for one in self.own if one.application.id == application_id), None)
        return ours or await self.configured.application(application_id)

    async def flow(self, flow_id: str) -> Flow | None:
        """The flow with that id."""
        found = await self.configured.flow(flow_id)
        return found or next((one.flow for one in self.own if one.flow.id == flow_id), None)

    async def settings(self) -> OrganisationSettings:
        """The organisation's settings."""
        return await self.configured.settings()

    async def push_providers(self) -> list[PushProvider]:
        """The push services."""
        return await self.configured.push_providers()

    async def secret(self, name: str) -> str | None:
        """The value of a stored secret."""
        return await self.configured.secret(name)

    async def library(self, name: str) -> Library | None:
        """The function library of that name."""
        return await self.configured.library(name)

    async def prompt_template(self, name: str) -> PromptTemplate | None:
        """The admin's own page of that name."""
        return await self.configured.prompt_template(name)
