"""Clients that others wrote log in against us: Authlib's, and openid-client on Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]

from tests.oidc.live import live_house
from tests.oidc.support import CALLBACK, SECRET, VERIFIER, House
from tests.unavailable import unavailable

OPENID_CLIENT = "openid-client@6"


@pytest.fixture
def live() -> Iterator[House]:
    """A provider on a port."""
    with live_house() as house:
        yield house


@pytest.fixture(scope="session")
def relying_party(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Node, and a folder in which openid-client is installed beside our script."""
    beside = str(Path(sys.executable).parent)
    path = beside + os.pathsep + os.environ.get("PATH", "")
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None:
        unavailable("Node and npm are not installed")
    folder = tmp_path_factory.mktemp("relying-party")
    shutil.copy(Path(__file__).with_name("openid_client.mjs"), folder)
    command = [str(npm), "install", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", OPENID_CLIENT]
    installed = subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=300, check=False
    )
    if installed.returncode != 0:
        unavailable(f"npm could not install openid-client: {installed.stderr[-300:]}")
    return str(node), folder / "openid_client.mjs"


@pytest.mark.parametrize(
    ("client_id", "secret", "address"), [("payroll", SECRET, CALLBACK), ("native", "", "http://127.0.0.1:9/cb")]
)
def test_openid_client_logs_in(
    relying_party: tuple[str, Path], live: House, client_id: str, secret: str, address: str
) -> None:
    """Discovery, code, PKCE, nonce, issuer, ID token, userinfo, and the refusal of a second use, by its own checks."""
    node, script = relying_party
    command = [node, str(script), live.provider.issuer, client_id, secret, address]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    logins = json.loads(run.stdout)
    assert len(logins) == (2 if secret else 1)
    for login in logins:
        assert (login["claims"]["sub"], login["claims"]["amr"]) == ("u-mara", ["pwd"])
        assert login["userinfo"]["email"] == "mara@example.test"
        assert login["again"] == "invalid_grant"


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlibs_client_logs_in(live: House, method: str) -> None:
    """The code flow with PKCE, as Python applications do it."""
    base = live.provider.issuer
    with OAuth2Client(
        "payroll",
        SECRET,
        scope="openid email",
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
        token_endpoint_auth_method=method,
    ) as client:
        address, state = client.create_authorization_url(f"{base}/oauth2/authorize", code_verifier=VERIFIER)
        callback = client.request("GET", address, withhold_token=True).headers["location"]
        assert parse_qs(urlsplit(callback).query)["iss"] == [base]
        parts = {"authorization_response": callback, "state": state}
        tokens = client.fetch_token(f"{base}/oauth2/token", code_verifier=VERIFIER, **parts)
        assert set(tokens) >= {"access_token", "id_token", "expires_in"}
        assert client.get(f"{base}/oauth2/userinfo").json() == {"sub": "u-mara", "email": "mara@example.test"}
        with pytest.raises(OAuthError, match="invalid_grant"):
            client.fetch_token(f"{base}/oauth2/token", code_verifier="x" * 43, **parts)
