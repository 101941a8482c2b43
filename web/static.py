"""Styles, scripts and pictures of the pages: a closed set of files, read once, named by their content.

There is no lookup in a file system at request time, so no path can lead out of it.  All files share one version, the
hash of the whole set: a script may import its neighbour by a relative name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_FOREVER = "public, max-age=31536000, immutable"
_ASK = "no-cache"


@dataclass(frozen=True, slots=True)
class File:
    """One file.  etag: quoted, as in the header."""

    content: bytes
    media_type: str
    etag: str


class StaticFiles:
    """The files of one folder, by their path in it."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _read(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix in _TYPES and not path.is_symlink()
        }
        everything = "\n".join(f"{name} {file.etag}" for name, file in self._files.items())
        self.version = hashlib.sha256(everything.encode()).hexdigest()[:12]

    def path(self, name: str) -> str:
        """Where a page finds that file.  Raises KeyError if there is none: a page must not name what is missing."""
        if name not in self._files:
            raise KeyError(f"no static file {name!r}")
        return f"/static/{self.version}/{name}"

    def file(self, name: str) -> File | None:
        """The file itself, for faces that serve it at an address of their own (a service worker)."""
        return self._files.get(name)

    def routes(self) -> list[Route]:
        """`/static/{version}/{name}`; another version still gets today's file, but asks again each time."""
        return [Route("/static/{version}/{name:path}", self._serve, methods=["GET"], name="static")]

    async def _serve(self, request: Request) -> Response:
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        lasting = request.path_params["version"] == self.version
        return respond(request, file, cache_control=_FOREVER if lasting else _ASK)


def respond(request: Request, file: File, *, cache_control: str) -> Response:
    """The file, or 304 if the client has it (RFC 9110 §13.1.2).  Ranges are not served."""
    headers = {"ETag": file.etag, "Cache-Control": cache_control}
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if file.etag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)


def _read(path: Path) -> File:
    content = path.read_bytes()
    return File(content, _TYPES[path.suffix], f'"{hashlib.sha256(content).hexdigest()[:32]}"')
