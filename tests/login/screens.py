"""Takes pictures of every login page in both themes and widths: `python -m tests.login.screens FOLDER [BEGINNING...]`.

With beginnings of names, only of those pages.
"""

from __future__ import annotations

import io
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from login.views import View
from tests.login.gallery import GALLERY, NOW
from web.endings import Ending
from web.errors import Errors
from web.pages import Pages
from web.site import site_of
from web.stack import middleware

ENDINGS = {
    "refused": Ending(
        "push.denied", "K7F2-9QXM", title="error.refused.title", advice="error.refused.next",
        application="Payroll", address="https://payroll.example.test/callback?error=access_denied",
    ),
    "gone": Ending(
        "login.gone", "K7F2-9QXM", page="done", title="done.title", advice="done.advice", application="Payroll",
        address="https://payroll.example.test/", link="action.start_again",
    ),
    "internal": Ending("http.internal", "K7F2-9QXM"),
}  # fmt: skip
BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def gallery_app(origin: str) -> Starlette:
    """Serves `/login/NAME` for each sample page."""
    pages = Pages()

    async def show(request: Request) -> Response:
        name = request.path_params["name"]
        if name in ENDINGS:
            return ENDINGS[name].render(pages, request, status=200)
        sample = GALLERY[name]
        view = View(sample, NOW, pages.texts_for(request))
        return pages.render(request, f"{sample.page}.html", values={"view": view}, form_targets=[sample.redirect_uri])

    async def silence(request: Request) -> Response:
        return Response(status_code=503)

    routes = [
        Route("/login/{name}", show),
        Route("/login/{name}/events", silence),
        Route("/push-auth/check-status", silence),
        *pages.static.routes(),
    ]
    return Starlette(routes=routes, middleware=middleware(site=site_of(origin), errors=Errors(pages)))


@contextmanager
def served() -> Iterator[str]:
    """The gallery on a free port, in a thread; gives its origin."""
    listening = socket.create_server(("127.0.0.1", 0))
    origin = f"http://localhost:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(gallery_app(origin), log_level="warning", proxy_headers=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield origin
    finally:
        server.should_exit = server.force_exit = True
        thread.join(20)


def take(browser: Browser, origin: str, *, folder: Path, names: list[str]) -> None:
    """One picture for each page, theme and width."""
    for theme in ("light", "dark"):
        for width, height in ((1280, 800), (390, 780)):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            tab = context.new_page()
            tab.on("console", complain)
            for name in names:
                tab.goto(f"{origin}/login/{name}")
                small(tab.screenshot(full_page=True), folder / f"{name}.{theme}.{width}.png")
            context.close()


def complain(message: ConsoleMessage) -> None:
    """Say what a page complains of; here nobody answers those that wait."""
    if message.type == "error" and "503" not in message.text:
        print(message.text)


def small(picture: bytes, path: Path) -> None:
    """Keep a picture in 64 colours, which these pages have not."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(64).save(path, optimize=True)


def main() -> None:
    """The command."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for name in (*GALLERY, *ENDINGS) if name.startswith(tuple(sys.argv[2:] or [""]))]
    with served() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER)
        take(browser, origin, folder=folder, names=names)
        browser.close()


if __name__ == "__main__":
    main()
