"""Turns a template and plain values into an HTML response, in the person's language and under a strict policy.

Templates escape everything; no text from outside is ever part of a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from web.catalogue import Catalogue, Catalogues
from web.headers import content_security_policy
from web.static import StaticFiles

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


class Pages:
    """The pages of one folder of templates."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self.texts = Catalogues(folder)
        self.static = StaticFiles(folder / "static")
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._templates.globals["static"] = self.static.path

    def texts_for(self, request: HTTPConnection) -> Catalogue:
        """The texts in the language this browser asks for."""
        return self.texts.preferred(request.headers.get("accept-language", ""))

    def render(
        self,
        request: HTTPConnection,
        template: str,
        *,
        status: int = 200,
        values: Mapping[str, Any] | None = None,
        form_targets: Iterable[str] = (),
        policy: Iterable[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        """The page.  form_targets: addresses its forms may end at, besides ourselves; policy: more CSP directives."""
        texts = self.texts_for(request)
        html = self._templates.get_template(template).render(
            t=texts.text,
            rich=texts.markup,
            has_text=texts.__contains__,
            lang=texts.language,
            dir=texts.direction,
            **(values or {}),
        )
        return HTMLResponse(
            html,
            status_code=status,
            headers={
                **(headers or {}),
                "Content-Security-Policy": content_security_policy(form_targets=form_targets, more=policy),
                "Content-Language": texts.language,
            },
        )
