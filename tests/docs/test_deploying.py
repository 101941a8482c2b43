"""The examples for deploying: what they set, call and ask is there, and their parts belong together."""

from __future__ import annotations

import shlex
from typing import Any

import yaml

from commands.settings import PREFIX, Settings
from tests.docs.documents import DOCS, ROOT

EXAMPLES = DOCS / "examples" / "deploy"
COMPOSE = yaml.safe_load((EXAMPLES / "compose.yaml").read_text("utf-8"))
KINDS = {each["kind"]: each for each in yaml.safe_load_all((EXAMPLES / "kubernetes.yaml").read_text("utf-8"))}
POD = KINDS["Deployment"]["spec"]["template"]
(CONTAINER,) = POD["spec"]["containers"]


def loaded(variables: dict[str, str]) -> Settings:
    """The settings that a server started so would have; unknown ones are refused."""
    return Settings.model_validate({name.removeprefix(PREFIX).lower(): value for name, value in variables.items()})


def test_the_nodes_of_compose_are_alike_and_their_settings_are_taken() -> None:
    """A database and a store that are services there, and a key that no node makes by itself."""
    first, second = (COMPOSE["services"][name] for name in ("node-1", "node-2"))
    assert first == second
    variables = {name: value.replace("${DATABASE_PASSWORD:?}", "word") for name, value in first["environment"].items()}
    settings = loaded(variables)
    assert not settings.is_embedded
    for service in ("database", "state"):
        assert service in COMPOSE["services"]
        assert service in settings.database_url + str(settings.state_url)
    assert str(settings.key_file) == f"/run/secrets/{first['secrets'][0]}"


def test_the_store_of_compose_is_one_that_is_taken() -> None:
    """It drops nothing when it is full."""
    command = shlex.join(COMPOSE["services"]["state"]["command"])
    assert "--maxmemory-policy noeviction" in command


def test_the_settings_on_kubernetes_are_taken() -> None:
    """With the addresses that the secret would bring."""
    secret = {"database-url": "postgresql://doorstep@db/doorstep", "state-url": "rediss://state"}
    variables = {each["name"]: each.get("value") or secret[_key(each)] for each in CONTAINER["env"]}
    settings = loaded(variables)
    assert not settings.is_embedded
    mounted = {mount["name"]: mount["mountPath"] for mount in CONTAINER["volumeMounts"]}
    assert str(settings.key_file) == f"{mounted['key']}/secret.key"


def _key(variable: dict[str, Any]) -> str:
    return str(variable["valueFrom"]["secretKeyRef"]["key"])


def test_probes_ask_what_is_answered() -> None:
    """By the addresses that docs/operating.md tells of."""
    asked = {CONTAINER[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "readiness", "liveness")}
    assert asked == {"/healthz", "/readyz"}
    assert "/readyz" in COMPOSE["services"]["node-1"]["healthcheck"]["test"][-1]


def test_nodes_are_never_all_gone_at_once() -> None:
    """The budget and the service mean the pods of the deployment, and fewer than all must be there."""
    labels = POD["metadata"]["labels"]
    assert KINDS["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert KINDS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert KINDS["Service"]["spec"]["selector"] == labels
    assert KINDS["PodDisruptionBudget"]["spec"]["minAvailable"] < KINDS["Deployment"]["spec"]["replicas"]


def test_the_image_is_made_of_what_is_here() -> None:
    """By the lock, with the command that the others call, as a user without rights."""
    text = (EXAMPLES / "Containerfile").read_text("utf-8")
    assert (ROOT / "requirements.lock").is_file()
    assert "-r /opt/doorstep/requirements.lock" in text
    assert "\nUSER doorstep\n" in text
    assert CONTAINER["args"] == ["serve", "--host", "0.0.0.0", "--port", "8400"]
