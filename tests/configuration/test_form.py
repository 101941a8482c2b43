"""The form of a document: what is refused, and how the person is told."""

from __future__ import annotations

import pytest

from configuration.form import parse, parse_flow_file
from configuration.problems import ConfigurationErrors
from configuration.reading import read
from tests.configuration.conftest import WHOLE, Write

APP = "applications:\n  - {id: a, redirect_uris: ['https://a.test/'], flow: f, "


def refusals(write: Write, text: str) -> list[str]:
    with pytest.raises(ConfigurationErrors) as caught:
        parse(read(write(text)))
    return [str(problem).split(":", 1)[1] for problem in caught.value.problems]


def test_the_whole_document_is_taken(write: Write) -> None:
    """Every key of the contract has its place."""
    document = parse(read(write(WHOLE)))
    assert document.applications is not None
    assert document.applications[0].native_api
    assert document.settings is not None
    assert document.settings.mail is not None


@pytest.mark.parametrize(
    "key", ["progressive_enrollment", "push", "number_challenge", "resend_interval", "max_devices"]
)
def test_push_settings_of_one_application_are_refused_as_organisation_wide(write: Write, key: str) -> None:
    """Progressive enrollment cannot be changed for one application."""
    (refusal,) = refusals(write, f"{APP}{key}: true}}\n")
    assert f"applications[0].{key}" in refusal
    assert "organisation-wide" in refusal


def test_an_unknown_key_is_refused_with_a_guess_and_its_line(write: Write) -> None:
    """A typing mistake is never silently ignored."""
    (refusal,) = refusals(write, f"{APP}requires: [push]}}\n")
    assert refusal.startswith("2:58: applications[0].requires: unknown key (did you mean require?)")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("applications: {}\n", "applications: expected a list, found an object"),
        ("flows:\n  - {id: 1, steps: []}\n", "flows[0].id: expected a text (in quotes if it looks like a number)"),
        (f"{APP}native_api: yes}}\n", "native_api: expected true or false, found a text"),
        ("settings: {push: {resend_interval: 59}}\n", "resend_interval: must be at least 60"),
        ("settings: {push: {resend_attempts: 11}}\n", "resend_attempts: must be at most 10"),
        ("settings: {push: {max_devices: 0}}\n", "max_devices: must be at least 1"),
        ("settings: {push: {grace: 1.5}}\n", "grace: expected a whole number"),
        ("settings: {mail: {host: h, from: a@b.test, tls: ssl}}\n", "tls: must be 'none', 'starttls' or 'tls'"),
        ("settings: {push_providers: [{name: main, provider: fcm}]}\n", "has a service_account"),
        ("settings: {push_providers: [{name: fcm, provider: webpush}]}\n", "the name fcm is that of another kind"),
        ("settings: {push_providers: [{name: a b, provider: webpush}]}\n", "a name is 1 to 64 letters, digits, - or _"),
        ("flows:\n  - {id: f}\n", "a flow needs steps"),
        ("flows:\n  - {id: f, steps: [{id: 1, options: []}]}\n", "options"),
        ("flows:\n  - {id: f, steps: [{id: 1, options: [{authenticator: push, idp: google}]}]}\n", "LOCAL only"),
        ("flows:\n  - {id: ../f, steps: [{id: 1, options: [{authenticator: push}]}]}\n", "flows[0].id"),
        ("libraries: [{name: a}]\n", "exactly one of file and source"),
        ("- 1\n", "expected an object"),
    ],
)
def test_a_wrong_value_is_said_with_what_is_expected(write: Write, text: str, said: str) -> None:
    """Each refusal names the place and the expectation."""
    assert any(said in refusal for refusal in refusals(write, text))


def test_a_message_never_shows_a_secret(write: Write) -> None:
    """Neither a secret of a wrong type nor one in a wrong place is repeated."""
    text = (
        f"{APP}client_secret: {{text: hunter2hunter2}}}}\n"
        "users: [{username: mara, password: [hunter2hunter2]}]\n"
        "settings: {secrets: {a: 12345678901, b: {env: hunter2 hunter2}},"
        " mail: {host: h, from: a@b.test, password: hunter2hunter2}}\n"
    )
    said = "\n".join(refusals(write, text))
    assert "hunter2" not in said
    assert "12345678901" not in said
    assert said.count("expected a text (in quotes), {env: NAME}") == 3


def test_all_that_is_wrong_is_told_at_once(write: Write) -> None:
    """A person mends a file in one go."""
    assert len(refusals(write, "users: [{username: ''}, {name: x}]\nfoo: 1\n")) == 4


OPTION = "{idp: LOCAL, authenticator: BasicAuthenticator}"
SEQUENCE = f"{{type: USER_DEFINED, steps: [{{id: 2, options: [{OPTION}]}}], subjectStepId: 2"


def test_an_authentication_sequence_stands_for_a_flow(write: Write) -> None:
    """Beside the id, under its own key, or alone in a flow file; its script is plain text."""
    inside = parse_flow_file(read(write(f"{{id: f, authenticationSequence: {SEQUENCE}, script: 'x()'}}}}")))[0]
    flat = parse_flow_file(read(write(f"{SEQUENCE}, script: 'x()', id: f}}")))[0]
    alone = parse_flow_file(
        read(write(f"{SEQUENCE}, script: 'x()', attributeStepId: 2, requestPathAuthenticators: []}}"))
    )[0]
    for flow in (inside.entry, flat.entry, alone.entry):
        assert flow.sequence is not None
        assert flow.sequence.script == "x()"
        assert flow.sequence.subject_step == 2


def test_a_mistake_in_a_flat_sequence_is_told_at_its_place(write: Write) -> None:
    """The path is the one in the file."""
    refusal = refusals(
        write, "flows:\n  - {id: f, type: USER_DEFINED, steps: [{id: 1, options: [{authenticator: 3}]}]}\n"
    )
    assert refusal[0].startswith("2:60: flows[0].steps[0].options[0].authenticator: expected a text")


@pytest.mark.parametrize(
    "secret", ["{env: null}", "{file: ''}", "{stored: false}", "{env: A, file: b}", "{}", "true", "''"]
)
def test_a_secret_without_a_place_is_refused(write: Write, secret: str) -> None:
    """Exactly one place, or a text that is not empty."""
    assert refusals(write, f"{APP}client_secret: {secret}}}\n")


def test_what_is_printed_cannot_control_a_terminal(write: Write) -> None:
    """Escape sequences and halves of characters come out as their codes."""
    path = write('{"\\u001b[2J": 1, "\\ud800": 2}', "doorstep.json")
    with pytest.raises(ConfigurationErrors) as caught:
        parse(read(path))
    said = str(caught.value)
    assert "\x1b" not in said
    assert said.encode()
