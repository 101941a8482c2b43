"""Apache with mod_auth_openidc in front of static pages: a host on a port of its own for each way to prove itself."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.oidc.programs import running
from tests.oidc.relying.registered import SCOPE, Client

MODULES = ("mpm_event", "authn_core", "authz_core", "authz_user", "dir", "auth_openidc")
BACK = "/oidc"
"""Where the module itself answers."""

_MAIN = """
ServerName localhost
PidFile {folder}/pid
ErrorLog {folder}/error.log
Mutex file:{folder}
DefaultRuntimeDir {folder}
DocumentRoot {folder}/pages
{user}
{modules}
{hosts}
"""
_HOST = """
Listen {port}
<VirtualHost *:{port}>
  OIDCProviderMetadataURL {issuer}/.well-known/openid-configuration
  OIDCClientID {client.id}
  {proof}
  OIDCProviderTokenEndpointAuth {client.auth}
  OIDCRedirectURI http://localhost:{port}{back}
  OIDCCryptoPassphrase a-passphrase-for-the-module
  OIDCPKCEMethod S256
  OIDCScope "{scope}"
  OIDCInfoHook access_token id_token userinfo refresh_token
  OIDCOAuthServerMetadataURL {issuer}/.well-known/openid-configuration
  OIDCOAuthClientID {client.id}
  OIDCOAuthClientSecret {client.secret}
  <Location {back}>
    AuthType openid-connect
    Require valid-user
  </Location>
  <Location /plain>
    AuthType openid-connect
    Require valid-user
  </Location>
  <Location /strong>
    AuthType openid-connect
    OIDCPathAuthRequestParams acr_values=urn:doorstep:2
    OIDCUnAutzAction auth
    Require claim acr:urn:doorstep:2
  </Location>
  <Location /fresh>
    AuthType openid-connect
    OIDCPathAuthRequestParams max_age=0
    Require valid-user
  </Location>
  <Location /service>
    AuthType oauth20
    Require valid-user
  </Location>
</VirtualHost>
"""


@contextmanager
def apache(issuer: str, ports: Mapping[Client, int]) -> Iterator[None]:
    """Apache in the foreground until the block ends, in a folder that its user may read."""
    with TemporaryDirectory(prefix="doorstep-apache-") as made:
        folder, pages = Path(made), Path(made, "pages")
        folder.chmod(0o755)
        pages.mkdir()
        for name in ("plain", "strong", "fresh", "service", "left"):
            (pages / name).write_text(f"the page {name}", "utf-8")
        modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
        hosts = "".join(_host(folder, client, issuer=issuer, port=port) for client, port in ports.items())
        user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
        (folder / "conf").write_text(_MAIN.format(folder=folder, modules=modules, hosts=hosts, user=user), "utf-8")
        with running("apache2", "-X", "-d", made, "-f", f"{folder}/conf"):
            yield


def _host(folder: Path, client: Client, *, issuer: str, port: int) -> str:
    proof = f"OIDCClientSecret {client.secret}"
    if client.auth == "private_key_jwt":
        proof = f"OIDCPrivateKeyFiles {client.key.kid}#{folder}/private.pem\n  OIDCPublicKeyFiles {folder}/public.pem"
        (folder / "private.pem").write_bytes(client.key.as_pem(private=True))
        (folder / "public.pem").write_bytes(client.key.as_pem(private=False))
    return _HOST.format(client=client, proof=proof, port=port, issuer=issuer, back=BACK, scope=SCOPE)
