"""The least that a login by password over OpenID Connect can be: one file of Starlette on SQLite, written by hand.

The floor of `benchmarks.login_ratio`.  It does what it must, and nothing for the day on which something goes wrong.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import sqlite3
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import aiosqlite
import uvicorn
from argon2 import PasswordHasher
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

TABLES = """
    CREATE TABLE users (name TEXT PRIMARY KEY, id TEXT, hash TEXT);
    CREATE TABLE logins (id TEXT PRIMARY KEY, browser TEXT, asked TEXT, until REAL);
    CREATE TABLE codes (code TEXT PRIMARY KEY, user TEXT, asked TEXT, until REAL);
    CREATE TABLE sessions (id TEXT PRIMARY KEY, user TEXT, until REAL);
    PRAGMA journal_mode=WAL;
"""
HASHER = PasswordHasher(memory_cost=64, time_cost=1, parallelism=1)
KEY = ECKey.generate_key("P-256")
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title></head><body><main>
<h1>Sign in</h1><form method="post"><input type="hidden" name="_token" value="{token}">
<label>Name <input name="username"></label><label>Password <input name="password" type="password"></label>
<button>Sign in</button></form></main></body></html>"""


def digest(text: str) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(text.encode()).hexdigest()


class Login:
    """The routes.  issuer: their own address."""

    def __init__(self, database: str, issuer: str) -> None:
        self.database, self.issuer = database, issuer

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """One connection for all."""
        async with aiosqlite.connect(self.database, isolation_level=None) as self.sql:
            await self.sql.execute("PRAGMA synchronous=NORMAL")
            yield

    async def authorize(self, request: Request) -> Response:
        """Keep what was asked, for this browser."""
        flow, browser = secrets.token_urlsafe(16), secrets.token_urlsafe(32)
        asked = json.dumps(dict(request.query_params))
        await self.sql.execute_fetchall(
            "INSERT INTO logins VALUES (?, ?, ?, ?)", (flow, digest(browser), asked, time.time() + 1200)
        )
        response = RedirectResponse(f"/login/{flow}", 303)
        response.set_cookie(f"flow-{flow}", browser, httponly=True, samesite="lax", path=f"/login/{flow}")
        return response

    async def page(self, request: Request) -> Response:
        """The form."""
        flow, browser = await self._mine(request)
        return HTMLResponse(PAGE.format(token=self._token(flow, browser)), headers={"Cache-Control": "no-store"})

    async def post(self, request: Request) -> Response:
        """Name and password, then back to the application with a code."""
        form = await request.form()
        flow, browser = await self._mine(request)
        if not hmac.compare_digest(_text(form, "_token"), self._token(flow, browser)):
            return Response(status_code=403)
        name = _text(form, "username")
        (row,) = await self.sql.execute_fetchall("SELECT id, hash FROM users WHERE name = ?", (name,))
        HASHER.verify(row[1], _text(form, "password"))
        (login,) = await self.sql.execute_fetchall("DELETE FROM logins WHERE id = ? RETURNING asked", (flow,))
        asked, code, session = json.loads(login[0]), secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        now = time.time()
        await self.sql.execute_fetchall("INSERT INTO sessions VALUES (?, ?, ?)", (digest(session), row[0], now + 3600))
        await self.sql.execute_fetchall(
            "INSERT INTO codes VALUES (?, ?, ?, ?)", (digest(code), row[0], login[0], now + 60)
        )
        told = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        response = RedirectResponse(f"{asked['redirect_uri']}?{told}", 303)
        response.set_cookie("session", session, httponly=True, samesite="lax")
        return response

    async def token(self, request: Request) -> Response:
        """The ID token for the code, once."""
        form = await request.form()
        rows = await self.sql.execute_fetchall(
            "DELETE FROM codes WHERE code = ? RETURNING user, asked, until", (digest(_text(form, "code")),)
        )
        now = time.time()
        for user, text, until in rows:
            asked = json.loads(text)
            challenge = urlsafe_b64encode(hashlib.sha256(_text(form, "code_verifier").encode()).digest())
            if now < until and challenge.rstrip(b"=").decode() == asked["code_challenge"]:
                claims = {"iss": self.issuer, "sub": user, "aud": asked["client_id"], "iat": int(now)}
                claims |= {"exp": int(now) + 300, "nonce": asked["nonce"]}
                signed = jwt.encode({"alg": "ES256"}, claims, KEY)
                access = secrets.token_urlsafe(32)
                return JSONResponse({"access_token": access, "token_type": "Bearer", "id_token": signed})
        return JSONResponse({"error": "invalid_grant"}, 400)

    async def _mine(self, request: Request) -> tuple[str, str]:
        flow = request.path_params["flow"]
        browser = request.cookies[f"flow-{flow}"]
        ((kept,),) = await self.sql.execute_fetchall("SELECT browser FROM logins WHERE id = ?", (flow,))
        assert hmac.compare_digest(kept, digest(browser))
        return flow, browser

    def _token(self, flow: str, browser: str) -> str:
        return hmac.digest(browser.encode(), flow.encode(), "sha256").hex()


def _text(form: FormData, name: str) -> str:
    value = form[name]
    assert isinstance(value, str)
    return value


def main() -> None:
    """`python -m benchmarks.minimal_login DATABASE PORT PEOPLE`."""
    database, port, people = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with sqlite3.connect(database) as made:
        made.executescript(TABLES)
        rows = [(f"person{n}", secrets.token_hex(8), HASHER.hash(f"word{n}")) for n in range(people)]
        made.executemany("INSERT INTO users VALUES (?, ?, ?)", rows)
    login = Login(database, f"http://localhost:{port}")
    routes = [
        Route("/oauth2/authorize", login.authorize),
        Route("/login/{flow}", login.page),
        Route("/login/{flow}", login.post, methods=["POST"]),
        Route("/oauth2/token", login.token, methods=["POST"]),
    ]
    app = Starlette(routes=routes, lifespan=login.lifespan)
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
