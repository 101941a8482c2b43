"""A real LDAP server on loopback with people in it, and servers that are slow or lie."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ldap3 import MODIFY_REPLACE, Connection

from tests.outgoing.servers import Authority
from tests.unavailable import unavailable

BASE = "dc=example,dc=test"
READER = f"cn=reader,{BASE}"
READERS_PASSWORD = "the reader's own"
MAIL = "http://wso2.org/claims/emailaddress"
NAME = "http://wso2.org/claims/givenname"
SCHEMAS = ("core", "cosine", "inetorgperson")
PEOPLE = ("mara", "zoe", "noah", "left", "twin")

CONFIGURATION = """
{schemas}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
argsfile {folder}/slapd.args
allow bind_anon_cred
TLSCertificateFile {certificate}
TLSCertificateKeyFile {certificate}
TLSVerifyClient never
database mdb
maxsize 33554432
directory {folder}/data
suffix "{base}"
rootdn "cn=root,{base}"
rootpw root
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by anonymous auth by * none
"""


def person(uid: str, *, more: str = "", unit: str = "people") -> str:
    """An entry; the password is uid-at-the-desk."""
    return f"""
dn: uid={uid},ou={unit},{BASE}
objectClass: inetOrgPerson
uid: {uid}
cn: {uid.title()}
sn: Test
givenName: {uid.title()}
mail: {uid}@example.test
userPassword: {uid}-at-the-desk
{more}"""


def entries() -> str:
    """Everybody; `left` has gone, `twin` is there twice; a search also meets a referral."""
    unit = "\ndn: ou={0},{1}\nobjectClass: organizationalUnit\nou: {0}\n"
    units = "".join(unit.format(name, BASE) for name in ("people", "more", "groups"))
    reader = f"""
dn: {READER}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: {READERS_PASSWORD}
"""
    people = "".join(person(uid, more="employeeType: left\n" if uid == "left" else "") for uid in PEOPLE)
    staff = "".join(f"member: uid={uid},ou=people,{BASE}\n" for uid in ("mara", "noah", "left"))
    groups = f"\ndn: cn=staff,ou=groups,{BASE}\nobjectClass: groupOfNames\ncn: staff\n{staff}"
    root = f"dn: {BASE}\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example\n"
    away = f"\ndn: ou=away,{BASE}\nobjectClass: referral\nobjectClass: extensibleObject\nou: away\nref: ldap://127.0.0.1:9/\n"
    return root + units + away + reader + people + person("twin", unit="more") + groups


@dataclass
class Slapd:
    """A server that runs.  port: plain; secure: TLS."""

    folder: Path
    port: int
    secure: int

    def store(self, **more: Any) -> dict[str, Any]:
        """It as an entry of `settings.user_stores`."""
        ldap = {
            "url": f"ldap://127.0.0.1:{self.port}",
            "base": BASE,
            "bind_dn": READER,
            "bind_password": READERS_PASSWORD,
            "attributes": {"mail": MAIL, "givenName": NAME},
            "disabled": "(employeeType=left)",
            "groups": {"base": f"ou=groups,{BASE}", "roles": {"staff": "employee"}},
        }
        return {"name": "CORP", "ldap": ldap | more}

    def change(self, uid: str, attribute: str, value: str) -> None:
        """Give an attribute of a person another value, as the root of the directory."""
        with self._root() as root:
            assert root.modify(_dn(uid), {attribute: [(MODIFY_REPLACE, [value])]}), root.result

    def remove(self, uid: str) -> None:
        """Take a person out."""
        with self._root() as root:
            assert root.delete(_dn(uid)), root.result

    def add(self, uid: str, password: str) -> None:
        """Put a person in."""
        with self._root() as root:
            values = {"cn": "New", "sn": "New", "userPassword": password}
            assert root.add(_dn(uid), "inetOrgPerson", values), root.result

    def _root(self) -> Connection:
        return Connection(f"ldap://127.0.0.1:{self.port}", f"cn=root,{BASE}", "root", auto_bind=True)


def _dn(uid: str) -> str:
    return f"uid={uid},ou=people,{BASE}"


@contextmanager
def slapd(folder: Path, authority: Authority | None = None) -> Iterator[Slapd]:
    """Run one.  authority: who signs its certificate for localhost."""
    program = shutil.which("slapd") or shutil.which("slapd", path="/usr/sbin")
    if program is None:
        unavailable("no slapd on this machine (Debian: sudo apt-get install slapd)")
    (folder / "data").mkdir()
    (authority or Authority.new()).server_side(folder, "localhost")
    configuration = folder / "slapd.conf"
    schemas = "\n".join(f"include /etc/ldap/schema/{name}.schema" for name in SCHEMAS)
    values = {"schemas": schemas, "folder": folder, "certificate": folder / "localhost.1.pem"}
    configuration.write_text(CONFIGURATION.format(base=BASE, reader=READER, **values))
    (folder / "people.ldif").write_text(entries())
    add = [program, "-T", "add", "-f", str(configuration), "-l", str(folder / "people.ldif")]
    subprocess.run(add, check=True, capture_output=True)
    running = Slapd(folder, free_port(), free_port())
    urls = f"ldap://127.0.0.1:{running.port}/ ldaps://localhost:{running.secure}/"
    process = subprocess.Popen([program, "-f", str(configuration), "-h", urls, "-d", "0"], stderr=subprocess.DEVNULL)
    try:
        _wait(running.port)
        yield running
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def silent() -> Iterator[int]:
    """A server that takes connections and never says anything; gives its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    taken: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                taken.append(listening.accept()[0])
            except OSError:
                return

    threading.Thread(target=accept, daemon=True).start()
    yield int(listening.getsockname()[1])
    listening.close()
    for one in taken:
        one.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(500):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("slapd did not start")
