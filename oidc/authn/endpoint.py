"""`POST /oauth2/authorize` with `response_mode=direct`, and `POST /oauth2/authn` until the login has ended.

There is no cookie: `flowId` is the flow's id and its secret in one, in bodies only, and the status address has a key
made from it that opens nothing else.  The browser's session is neither read nor given.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from engine.errors import BadAnswer
from engine.logins import status_key
from engine.model import Failed
from engine.outcome import Answer, Granted, Page, Refused, Reply
from engine.ports import ApplicationFace
from engine.prompts.redirect import RETURN, ExternalRedirect
from oidc.answers import private_json
from oidc.asking import login_request, shown
from oidc.authn import asked as requests
from oidc.authn.asked import Asked
from oidc.authn.names import PROMPT, authenticator_id
from oidc.authn.refusals import EXPECTED, NotEnabled, end_of, refusal_of
from oidc.authn.steps import is_wrong, next_step
from oidc.authorization_request import thaw
from oidc.authorize import Facts
from oidc.checks import CHECKS
from oidc.checks import Asked as AuthorizationAsked
from oidc.redirects import added
from web.catalogue import Catalogue, Catalogues
from web.cookies import Cookies
from web.json_body import read_json_object

if TYPE_CHECKING:
    from engine.core import Engine

_log = logging.getLogger("doorstep.oidc")


def _or_refused(endpoint: Callable[..., Awaitable[Response]]) -> Callable[..., Awaitable[Response]]:
    """Answers what was expected to go wrong with an APIError."""

    @functools.wraps(endpoint)
    async def answer(self: JsonLogin, request: Request, *given: object) -> Response:
        try:
            return await endpoint(self, request, *given)
        except EXPECTED as error:
            refusal = refusal_of(error)
            _log.info("%s JSON login refused: %s", refusal.trace_id, error)
            return refusal.response(self._texts(request))

    return answer


@dataclass(frozen=True, slots=True)
class JsonLogin:
    """Logins of applications with screens of their own.  issuer: the public address."""

    engine: Engine
    face: ApplicationFace
    facts: Facts
    catalogues: Catalogues
    cookies: Cookies
    issuer: str

    @_or_refused
    async def begin(self, request: Request, asked: AuthorizationAsked) -> Response:
        """The first step of a new login."""
        asked = replace(asked, direct=True, has_session=False)
        for check in CHECKS:
            check(asked)
        application = asked.application
        if application is None or not application.native_api:
            raise NotEnabled
        facts = self.facts(request, shown(asked.parameters))
        started = await self.engine.start(login_request(asked, application, facts=facts))
        return await self._told(request, started.reply, Asked(started.flow_id, started.secret))

    @_or_refused
    async def answer(self, request: Request) -> Response:
        """What follows from what the application posted."""
        asked = requests.read(await read_json_object(request))
        page = await self.engine.show(asked.flow_id, asked.secret)
        if not page.application.native_api:
            raise NotEnabled
        reply = page if asked.only_looks else await self._answered(request, asked, page)
        return await self._told(request, reply, asked)

    # --- down ---------------------------------------------------------------------------------------------------------

    async def _answered(self, request: Request, asked: Asked, page: Page) -> Reply:
        if asked.action is not None:
            return await self._post(request, asked, page, fields={}, action=asked.action)
        if page.page == "prompt" and asked.authenticator_id == authenticator_id(PROMPT):
            return await self._prompted(request, asked, page)
        if page.authenticator and asked.authenticator_id == authenticator_id(page.authenticator):
            return await self._post(request, asked, page, fields=asked.params) if asked.params else page
        return await self._chosen(request, asked, page)

    async def _prompted(self, request: Request, asked: Asked, page: Page) -> Reply:
        """A script's question: the button is a param like the others."""
        fields = {name: value for name, value in asked.params.items() if name != "action"}
        if "action" in asked.params:
            fields[f"action.{asked.params['action']}"] = ""
        action = RETURN if page.fields.get("template") == ExternalRedirect.name else None
        return await self._post(request, asked, page, fields=fields, action=action)

    async def _chosen(self, request: Request, asked: Asked, page: Page) -> Reply:
        """Another way to do the step: begin it, and take its params if they came along."""
        options = page.fields["options"] if page.page == "choose" else page.others
        chosen = next((each for each in options if authenticator_id(each) == asked.authenticator_id), None)
        if chosen is None:
            raise BadAnswer("that authenticator is not offered in this step")
        if page.page != "choose":
            reply = await self._post(request, asked, page, fields={}, action="choose")
            if not isinstance(reply, Page) or reply.page != "choose":
                return reply
            page = reply
        reply = await self._post(request, asked, page, fields={"authenticator": chosen})
        if asked.params and isinstance(reply, Page) and reply.authenticator == chosen and reply.message is None:
            return await self._post(request, asked, reply, fields=asked.params)
        return reply

    async def _post(
        self, request: Request, asked: Asked, page: Page, *, fields: Mapping[str, str], action: str | None = None
    ) -> Reply:
        """As a form of *page* would: so that an answer to a page that was left meanwhile counts for nothing."""
        facts = self.facts(request, {name: [value] for name, value in fields.items()})
        return await self.engine.answer(asked.flow_id, asked.secret, Answer(fields, facts, page.token, action))

    # --- up -----------------------------------------------------------------------------------------------------------

    async def _told(self, request: Request, reply: Reply, asked: Asked) -> Response:
        match reply:
            case Page():
                response: Response = private_json(self._step(request, reply, asked), headers=reply.headers)
            case Granted():
                response = await self._granted(request, reply)
            case Refused():
                response = end_of(reply.failed).response(self._texts(request))
        self.cookies.set_of_script(response, reply.cookies)
        return response

    def _step(self, request: Request, page: Page, asked: Asked) -> dict[str, object]:
        key = status_key(page.flow_id, asked.secret)
        status_endpoint = f"{self.issuer}/push-auth/check-status?pushAuthId={page.flow_id}.{key}"
        return {
            "flowId": f"{page.flow_id}.{asked.secret}",
            "flowStatus": "FAIL_INCOMPLETE" if is_wrong(page) else "INCOMPLETE",
            "flowType": "AUTHENTICATION",
            "nextStep": next_step(page, self._texts(request), status_endpoint=status_endpoint),
            "links": [{"name": "authentication", "href": f"{self.issuer}/oauth2/authn", "method": "POST"}],
        }

    async def _granted(self, request: Request, granted: Granted) -> Response:
        """What the application's address would have been told, told here."""
        registered = thaw(granted.result.request.protocol).redirect_uri
        told = added(await self.face.granted(granted.result), registered)
        if "code" not in told:
            error, description = told.get("error", "consent_required"), told.get("error_description", "")
            return end_of(Failed("login.refused", error=error, description=description)).response(self._texts(request))
        data = {name: told[name] for name in ("code", "state", "iss") if name in told}
        content = {"flowStatus": "SUCCESS_COMPLETED", "authData": data}
        return private_json(content, headers=granted.headers)

    def _texts(self, request: Request) -> Catalogue:
        return self.catalogues.preferred(request.headers.get("accept-language", ""))
