"""The page that asks a person what an application may know of them, and takes their answer (Core §3.1.2.4)."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from engine.model import Application
from engine.ports import Clock, Configuration
from engine.sessions import key_of
from oidc.answers import PRIVATE
from oidc.claims import scope_of
from oidc.consents import Consents, OpenQuestion
from oidc.finish import CONSENT, AuthorizationAnswers
from oidc.notes import Notes
from web.cookies import Cookies
from web.forms import read_fields
from web.pages import Pages
from web.refusals import Refusal, malformed

ANSWERS = ("allow", "decline")


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """`/oauth2/consent/{question}`, for the browser whose login ended with it."""

    consents: Consents
    answers: AuthorizationAnswers
    configuration: Configuration
    cookies: Cookies
    pages: Pages
    notes: Notes
    clock: Clock

    def routes(self) -> list[Route]:
        """The question, and the answer to it."""
        return [
            Route(CONSENT + "{question}", self.show, methods=["GET"]),
            Route(CONSENT + "{question}", self.post, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The question."""
        question, application = await self._of(request)
        wanted = list(dict.fromkeys(scope_of(name) for name in question.scope))
        values = {
            "application": application.name,
            "username": question.result.username,
            "token": question.token,
            "wanted": [name for name in wanted if name != "openid"],
        }
        targets = (question.result.request.redirect_uri,)
        return self.pages.render(request, "consent.html", values=values, form_targets=targets)

    async def post(self, request: Request) -> Response:
        """Back to the application, with the code or with the person's no."""
        question, application = await self._of(request)
        fields = await read_fields(request)
        if not hmac.compare_digest(fields.get("token", "").encode(), question.token.encode()):
            raise Refusal(403, "http.cross_origin", detail="the consent form's token")
        if fields.get("answer") not in ANSWERS:
            raise malformed("the consent form's answer")
        if await self.consents.answered(request.path_params["question"]) is None:
            raise _gone()
        address = await self._decided(question, application, allowed=fields["answer"] == "allow")
        return RedirectResponse(address, 303, headers=PRIVATE)

    async def _decided(self, question: OpenQuestion, application: Application, *, allowed: bool) -> str:
        result = question.result
        await self.notes.write(
            "consent_given" if allowed else "consent_declined",
            application.id,
            user_id=result.user_id,
            why=" ".join(question.scope),
        )
        if not allowed:
            return await self.answers.declined(result)
        await self.consents.remember(result.user_id, application.id, question.scope)
        return await self.answers.allowed(result, at=self.clock())

    async def _of(self, request: Request) -> tuple[OpenQuestion, Application]:
        """The question, if it is this browser's and the application still is."""
        question = await self.consents.question(request.path_params["question"])
        session = self.cookies.session(request)
        if question is None or session is None or not hmac.compare_digest(key_of(session), question.session):
            raise _gone()
        application = await self.configuration.application(question.result.request.application_id)
        if application is None or not application.enabled:
            raise _gone()
        return question, application


def _gone() -> Refusal:
    """The same for a question that never was, was answered, or is another browser's."""
    return Refusal(410, "consent.gone", detail="no such question for this browser")
