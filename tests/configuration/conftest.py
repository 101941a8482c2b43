"""A store to apply to, and the tools to do it with: real hashes at the lowest cost."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from authenticators.hashing import PasswordHashing
from authenticators.push.providers.service_account import provider_of
from configuration.tools import Tools
from engine.model import Argon2Settings, Flow
from oidc.secrets import hash_secret, is_weak, verify_secret
from storage.memory import MemoryAudit, MemoryConfiguration, MemoryDirectory
from web.sandbox import fault_of


class Argon2(PasswordHashing):
    """Passwords hashed by argon2id at the lowest cost."""

    def __init__(self) -> None:
        super().__init__(workers=1)
        self._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        self.hashed = 0

    async def hash(self, password: str, cost: Argon2Settings) -> str:
        self.hashed += 1
        return self._hasher.hash(password)


class Salted:
    """Client secrets as the token endpoint hashes them."""

    hash = staticmethod(hash_secret)
    is_weak = staticmethod(is_weak)

    @staticmethod
    def matches(secret: str, stored: str) -> bool:
        return verify_secret(stored, secret)


@dataclass(frozen=True)
class Finding:
    line: int
    column: int
    code: str
    text: str


@dataclass(frozen=True)
class Findings:
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)


def no_findings(source: str, flow: Flow) -> Findings:
    """A check that finds the word `broken` an error and `odd` worth a warning."""
    found = [
        Finding(n, line.index(word) + 1, "name", f"{word} is not defined")
        for n, line in enumerate(source.splitlines(), 1)
        for word in ("broken", "odd")
        if word in line
    ]
    return Findings([f for f in found if "broken" in f.text], [f for f in found if "odd" in f.text])


@pytest.fixture
def directory() -> MemoryDirectory:
    return MemoryDirectory()


@pytest.fixture
def store(directory: MemoryDirectory) -> MemoryConfiguration:
    return MemoryConfiguration(directory)


@pytest.fixture
def tools(store: MemoryConfiguration) -> Tools:
    return Tools(
        store=store,
        audit=MemoryAudit(),
        clock=lambda: 1_000_000.0,
        passwords=Argon2(),
        client_secrets=Salted(),
        check_script=no_findings,
        template_fault=fault_of,
        fcm_provider=provider_of,
        environment={"PAYROLL_SECRET": "0123456789abcdefghijABCDEF-_"},
        new_id=lambda: secrets.token_urlsafe(16),
    )


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file into the folder of this test."""

    def write_file(text: str, name: str = "doorstep.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


WHOLE = """
applications:
  - id: payroll
    name: Payroll
    redirect_uris: [http://localhost:8401/callback]
    post_logout_redirect_uris: [http://localhost:8401/]
    client_secret: {env: PAYROLL_SECRET}
    native_api: true
    flow: payroll-login
    require: [push]
    acr_values: [urn:doorstep:1, urn:doorstep:2]
flows:
  - id: payroll-login
    steps:
      - {id: 1, options: [{authenticator: push}]}
      - {id: 2, options: [{authenticator: BasicAuthenticator}]}
    subject_step: 1
    script: {source: "executeStep(1);\\n"}
users:
  - {username: mara, password: "correct horse", roles: [admin], groups: [],
     claims: {"http://wso2.org/claims/emailaddress": mara@example.test}}
settings:
  password: {argon2: {memory_kib: 19456, time_cost: 2, parallelism: 1}}
  push: {number_challenge: false, progressive_enrollment: true, resend_interval: 60, resend_attempts: 3, grace: 30,
         max_devices: 3, budget: {per_10_minutes: 5, per_day: 20, cooldown_after_denial: 60}}
  http: {allow: [api.example.test]}
  secrets: {riskKey: "a secret key"}
  scripts: {fuel: 500000, memory: 16000000, depth: 500, log: 50, rounds: 40, snapshot: 65536}
  mail: {host: localhost, port: 25, from: login@example.test, username: null, tls: none}
libraries: [{name: rules.js, source: "exports.a = 1;\\n"}]
prompts: [{name: consent, source: "<p>{{ who }}</p>"}]
"""
"""A document with everything in it."""
