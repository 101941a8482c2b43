"""`sendEmail`: through the engine and the real mailer, to a real mail server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.functions.mail import MOST_MAILS, WINDOW
from engine.model import MailSettings, OrganisationSettings
from engine.ports import ConfigurationChange
from outgoing.mail import SmtpMailer
from outgoing.mail_templates import MailTemplate
from tests.engine.functions.stage import (
    CALLBACK,
    PEOPLE,
    PLACES,
    Case,
    each,
    hostile,
    read,
    refuses,
    script,
    worth_elsewhere,
)
from tests.engine.world import MARA, World
from tests.outgoing.mail_server import Mailbox, mailbox

pytestmark = pytest.mark.anyio

TEMPLATE = MailTemplate("Hello {{username}}", "You signed in to {{application}}: {{what}}\n")
ADDRESS = "http://wso2.org/claims/emailaddress"


async def no_password() -> None:
    return None


@pytest.fixture
def world() -> World:
    """A world with a mailer."""
    return World(mailer=SmtpMailer(no_password, templates={"note": TEMPLATE}))


async def sent(
    world: World, expression: str, *, box: Mailbox | None, place: str = CALLBACK, to: str = "m@a.test"
) -> Any:
    """What *expression* is worth where mara has an address and the settings name the mail server."""
    mara = replace(MARA, claims={ADDRESS: to} if to else {})
    mail = MailSettings("127.0.0.1", box.port, "door@house.test") if box is not None else None
    await world.configure(script(expression, place=place))
    changed = replace(OrganisationSettings(), mail=mail)
    await world.configuration.commit(ConfigurationChange(users=[mara], settings=changed))
    visit = await world.start()
    if place == CALLBACK:
        await visit.prove("mara")
    return read(visit)


@pytest.mark.parametrize("place", PLACES, ids=[f"sendEmail-does-{place}" for place in PLACES])
async def test_a_mail_reaches_the_address_of_the_directory(world: World, place: str) -> None:
    """With the values put in as text, and once, though the script runs again."""
    async with mailbox() as box:
        call = "[sendEmail(u, 'note', {what: 'a <b>'}), hasRole(n, 'clerk')]"
        assert await sent(world, call, box=box, place=place) == [True, True]
        message = box.message()
        assert (message["To"], message["Subject"]) == ("m@a.test", "Hello mara")
        plain = message.get_body(("plain",))
        assert plain is not None
        assert plain.get_content().splitlines() == ["You signed in to The App: a <b>"]
        assert box.taken[0].rcpt_tos == ["m@a.test"]


VALUES = ["undefined", "null", "{}", "{what: 1, b: true}"]


@pytest.mark.parametrize("values", VALUES, ids=[f"sendEmail-does-{one}" for one in VALUES])
async def test_values_may_be_left_out(world: World, values: str) -> None:
    """What is missing becomes nothing."""
    async with mailbox() as box:
        assert await sent(world, f"sendEmail(u, 'note', {values})", box=box) is True


REFUSED: list[Case] = [
    *hostile("sendEmail", "sendEmail($, 'note', {})", False),
    *hostile("sendEmail", "sendEmail(u, $, {})", False),
    *hostile("sendEmail", "sendEmail(u, 'note', $)", False,
             but=("null", "undefined", "an empty object")),
    refuses("sendEmail", "a user without address", "sendEmail(n, 'note', {})", False),
    refuses("sendEmail", "an object as value", "sendEmail(u, 'note', {a: {}})", False),
    refuses("sendEmail", "a long value", "sendEmail(u, 'note', {a: 'x'.repeat(30000)})", False),
    refuses("sendEmail", "fifty-one values", "(function () { var o = {}; for (var i = 0; i < 51; i++) o['a' + i] = 'x';"
            " return sendEmail(u, 'note', o); })()", False),
    refuses("sendEmail", "a name of the library", "sendEmail(u, '__proto__', {})", False),
]  # fmt: skip


@each(REFUSED)
async def test_what_cannot_be_a_mail_is_false(world: World, case: Case) -> None:
    """And nothing is sent."""
    async with mailbox() as box:
        assert await sent(world, case.expression, box=box) == case.expected
        assert not box.taken


@pytest.mark.parametrize("to", ["", "no address", "a@b.test, c@d.test", "a@b.test\r\nBcc: c@d.test"],
                         ids=lambda to: f"sendEmail-refuses-address {to!r}")  # fmt: skip
async def test_an_address_that_is_none_gets_no_mail(world: World, to: str) -> None:
    """Whatever the directory holds."""
    async with mailbox() as box:
        assert await sent(world, "sendEmail(u, 'note', {})", box=box, to=to) is False
        assert not box.taken


@pytest.mark.parametrize("command", ["RCPT", "DATA"], ids=lambda command: f"sendEmail-fails-{command}")
async def test_a_mail_server_that_does_not_take_it_is_false(world: World, command: str) -> None:
    """And the login goes on."""
    async with mailbox() as box:
        box.answers[command] = "550 no"
        assert await sent(world, "sendEmail(u, 'note', {})", box=box) is False


@pytest.mark.parametrize("what", ["not configured", "not there"], ids=lambda what: f"sendEmail-fails-{what}")
async def test_without_a_mail_server_it_is_false(world: World, what: str) -> None:
    """None in the settings, or one that nobody runs."""
    box = Mailbox(port=9) if what == "not there" else None
    assert await sent(world, "sendEmail(u, 'note', {})", box=box) is False


@pytest.mark.parametrize("user", ["f", "kept"], ids=lambda user: f"sendEmail-refuses-elsewhere {user}")
async def test_a_user_elsewhere_gets_no_mail(world: World, user: str) -> None:
    """Their address is not ours to know."""
    assert PEOPLE
    assert await worth_elsewhere(world, f"sendEmail({user}, 'note', {{}})", said={ADDRESS: "x@y.test"}) is False


async def test_one_person_is_sent_a_bounded_number_of_mails(world: World) -> None:
    """However many logins are begun in their name; after a while they are sent mails again."""
    async with mailbox() as box:
        told = [await sent(world, "sendEmail(u, 'note')", box=box) for _ in range(MOST_MAILS + 1)]
        assert told == [True] * MOST_MAILS + [False]
        world.clock.now += WINDOW + 1
        assert await sent(world, "sendEmail(u, 'note')", box=box) is True
