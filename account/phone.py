"""The web authenticator: a page that holds a person's keys in their browser and answers sign-in requests there.

The server only hands out the page, its texts and its service worker.  Keys and accounts never come here; what the page
says to the server goes through the device API, signed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.catalogue import DEFAULT_LANGUAGE, Catalogue
from web.headers import STANDING
from web.pages import TEMPLATES, Pages
from web.static import respond

WORKER = "phone-worker.js"
_POLICY = ("manifest-src 'self'", "worker-src 'self'")
_FEATURES = STANDING["Permissions-Policy"].replace("camera=()", "camera=(self)")
"""The camera reads codes; nothing else is let in."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the page says in one language.  said: the same for its scripts, with the places still to fill."""

    catalogue: Catalogue
    said: dict[str, str]

    @staticmethod
    def read(path: Path) -> Texts:
        """From `phone.LANGUAGE.json`."""
        return Texts(Catalogue.read(path), json.loads(path.read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Phone:
    """The page in each language there is.  texts: by language tag."""

    pages: Pages
    texts: dict[str, Texts]

    async def page(self, request: Request) -> Response:
        """The page.  The same for everybody: who has which account only the browser knows."""
        texts = self.texts.get(self.pages.texts_for(request).language, self.texts[DEFAULT_LANGUAGE])
        return self.pages.render(
            request,
            "phone.html",
            values={"p": texts.catalogue.text, "said": texts.said},
            policy=_POLICY,
            headers={"Permissions-Policy": _FEATURES},
        )

    async def worker(self, request: Request) -> Response:
        """The service worker, at the top so that it may stand in for `/phone` when there is no network."""
        file = self.pages.static.file(WORKER)
        assert file is not None
        return respond(request, file, cache_control="no-cache")


def routes(*, pages: Pages) -> list[Route]:
    """The routes of the web authenticator."""
    phone = Phone(pages, _texts(TEMPLATES))
    return [
        Route("/phone", phone.page, methods=["GET"]),
        Route(f"/{WORKER}", phone.worker, methods=["GET"]),
    ]


def _texts(folder: Path) -> dict[str, Texts]:
    """All languages.  Apart from the texts of the other pages, for the browser gets all of them."""
    read = [Texts.read(path) for path in sorted(folder.glob("phone.*.json"))]
    return {texts.catalogue.language: texts for texts in read}
