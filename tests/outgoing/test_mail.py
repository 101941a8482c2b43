"""Mail: what is written, how it leaves, and what a mail server can do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path

import pytest

from engine.model import MailSettings
from engine.outgoing import Mail, MailFailure
from outgoing.mail import SmtpMailer, written
from tests.outgoing.mail_server import Mailbox, mailbox
from tests.outgoing.servers import Authority, Received, serving

pytestmark = [pytest.mark.anyio, pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")]

TEXT = "Hello Mära,\n.\n\nit was you?\n"
MAIL = Mail("mara@example.test", "A new device", TEXT, "<p>Hello M&auml;ra</p>\n", "flow:1:0")


async def right() -> str | None:
    """The stored password."""
    return "right"


def settings(box: Mailbox, *, tls: str = "none", username: str | None = None, host: str = "localhost") -> MailSettings:
    """Settings for that server."""
    return MailSettings(host=host, port=box.port, sender="login@example.test", username=username, tls=tls)


async def test_a_mail_arrives_as_text_and_html() -> None:
    """Both parts, the headers that a mail needs, and one envelope."""
    async with mailbox() as box:
        assert await SmtpMailer(right, clock=lambda: 1_700_000_000.0).send(MAIL, settings=settings(box)) is None
    (envelope,) = box.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("login@example.test", ["mara@example.test"])
    message = box.message()
    assert (message["From"], message["To"]) == ("login@example.test", "mara@example.test")
    assert (message["Subject"], message["Auto-Submitted"]) == ("A new device", "auto-generated")
    assert message["Date"] == "Tue, 14 Nov 2023 22:13:20 +0000"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert plain.get_content() == "Hello Mära,\r\n.\r\n\r\nit was you?\r\n"
    assert html is not None
    assert html.get_content() == "<p>Hello M&auml;ra</p>\r\n"


def test_the_same_effect_has_the_same_message_id() -> None:
    """A mail that is sent twice after a crash can be told; two mails have two."""
    texts = [written(Mail("a@b.test", "s", "t", key=key), sender="l@b.test", now=0.0) for key in ("k", "k", "j", None)]
    ids = [next(line for line in text.split(b"\r\n") if line.startswith(b"Message-ID")) for text in texts]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mara",
        "@example.test",
        "mara@",
        "mara@example.test\r\nBcc: evil@evil.test",
        "mara@example.test\nDATA",
        "mara@example.test, evil@evil.test",
        "mara@example.test evil@evil.test",
        "<mara@example.test>",
        "Mara <mara@example.test>",
        "mara@example.test> SIZE=1",
        '"a b"@example.test',
        "mara@[127.0.0.1]",
        "mara@example..test",
        "mara@-example.test",
        ".mara@example.test",
        "mara@exa mple.test",
        "mära@example.test",
        "mara@exämple.test",
        "mara@example.test\x00",
        "a" * 65 + "@example.test",
        "mara@" + "a" * 64 + ".test",
        "mara@" + ".".join(["a" * 60] * 5),
    ],
)
async def test_only_one_plain_address_is_written_to(address: str) -> None:
    """Nobody adds a recipient, a header or a command through an address; nothing connects."""
    async with mailbox() as box:
        failure = await SmtpMailer(right).send(Mail(address, "s", "t"), settings=settings(box))
        broken = MailSettings(host="localhost", port=box.port, sender=address)
        sender = await SmtpMailer(right).send(Mail("mara@example.test", "s", "t"), settings=broken)
    for one, whose in ((failure, "recipient"), (sender, "sender")):
        assert one == MailFailure("refused", f"the {whose} is not one plain mail address")
    assert box.taken == []


@pytest.mark.parametrize(
    "subject", ["", "a\r\nBcc: evil@evil.test", "a\nb", "a\rb", "a\x00b", "a\u2028b", "a\u0085b", "x" * 300, "a\ud800"]
)
async def test_a_subject_is_one_line(subject: str) -> None:
    """What would begin another header is refused."""
    async with mailbox() as box:
        failure = await SmtpMailer(right).send(Mail("mara@example.test", subject, "t"), settings=settings(box))
    assert failure is not None
    assert failure.kind == "refused"
    assert box.taken == []


@pytest.mark.parametrize("ending", ["\r\n.\r\n", "\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r.\n", "\x00\r\n.\r\n"])
async def test_no_text_ends_the_message_early(ending: str) -> None:
    """A dot on a line of its own, in whatever line ends, is text; a second message cannot be smuggled in."""
    text = f"before{ending}MAIL FROM:<evil@evil.test>{ending}after"
    async with mailbox() as box:
        mail = Mail("mara@example.test", "Üñï", text, f"<p>{text}</p>")
        assert await SmtpMailer(right).send(mail, settings=settings(box)) is None
    body = box.message().get_body(("plain",))
    assert body is not None
    assert body.get_content().endswith("after\r\n")
    assert box.taken[0].rcpt_tos == ["mara@example.test"]


async def test_the_wire_is_seven_bit_with_crlf_and_short_lines() -> None:
    """Whatever is in a mail, RFC 5321's limits hold: bare CR or LF never, 998 bytes a line at most."""
    mail = Mail("a@b.test", "Ü" * 200, "ü" * 5000 + "\r\nx\ry" + "\x07", "<p>" + "ß" * 5000)
    wire = written(mail, sender="l@b.test", now=0.0)
    assert wire.isascii()
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert max(map(len, wire.split(b"\r\n"))) <= 998
    assert b"\x07" not in wire


async def test_a_mail_out_of_bounds_is_refused() -> None:
    """Text and page have a size."""
    for mail in (Mail("a@b.test", "s", "x" * 300_000), Mail("a@b.test", "s", "x", "x" * 300_000)):
        with pytest.raises(ValueError, match="longer than"):
            written(mail, sender="l@b.test", now=0.0)


# --- the connection ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_password_goes_over_tls_only(authority: Authority, tmp_path: Path, tls: str) -> None:
    """Log-in over TLS from the start, or after STARTTLS."""
    side = authority.server_side(tmp_path, "localhost")
    mailer = SmtpMailer(right, tls=authority.client_side())
    async with mailbox(**({"tls": side} if tls == "tls" else {"starttls": side}), log_in=True) as box:
        assert await mailer.send(MAIL, settings=settings(box, tls=tls, username="login")) is None
    assert len(box.taken) == 1
    assert [login[:2] for login in box.logins] == [("login", "right")]


async def test_a_password_is_not_sent_in_the_clear_to_another_machine() -> None:
    """Without TLS only to this machine; the password is not even read."""

    async def never() -> str | None:
        raise AssertionError("the password was read")

    elsewhere = MailSettings(host="mail.example.test", port=25, sender="login@example.test", username="login")
    failure = await SmtpMailer(never).send(MAIL, settings=elsewhere)
    assert failure is not None
    assert failure.kind == "refused"
    assert "mail.tls" in failure.detail
    async with mailbox(log_in=True) as box:
        assert await SmtpMailer(right).send(MAIL, settings=settings(box, username="login")) is None


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_certificate_that_is_not_trusted_ends_it(authority: Authority, tmp_path: Path, tls: str) -> None:
    """Another name, or an authority that nobody knows: no log-in, no mail."""
    for name, trusted in (("other.localhost", authority.client_side()), ("localhost", None)):
        side = authority.server_side(tmp_path, name)
        async with mailbox(**({"tls": side} if tls == "tls" else {"starttls": side}), log_in=True) as box:
            mailer = SmtpMailer(right, tls=trusted)
            failure = await mailer.send(MAIL, settings=settings(box, tls=tls, username="login"))
        assert failure is not None
        assert failure.kind == "unavailable"
        assert "TLS: " in failure.detail
        assert (box.taken, box.logins) == ([], [])


async def test_a_server_without_starttls_gets_nothing(authority: Authority) -> None:
    """Where TLS is asked for there is no way down; somebody may have cut the offer out of the line."""
    async with mailbox(log_in=True) as box:
        mailer = SmtpMailer(right, tls=authority.client_side())
        failure = await mailer.send(MAIL, settings=settings(box, tls="starttls", username="login"))
    assert failure is not None
    assert failure.kind == "unavailable"
    assert (box.taken, box.logins) == ([], [])


async def test_a_wrong_password_is_told_without_it(authority: Authority, tmp_path: Path) -> None:
    """The failure names the code and neither name nor password."""

    async def wrong() -> str | None:
        return "SECRET"

    mailer = SmtpMailer(wrong, tls=authority.client_side())
    async with mailbox(starttls=authority.server_side(tmp_path, "localhost"), log_in=True) as box:
        failure = await mailer.send(MAIL, settings=settings(box, tls="starttls", username="login"))
    assert failure == MailFailure("unavailable", f"mail server localhost:{box.port}: log-in refused with 535")


@pytest.mark.parametrize("problem", [RuntimeError("SECRET"), OSError("SECRET")])
async def test_a_password_that_cannot_be_read_is_a_failure(problem: Exception) -> None:
    """The store may be down; the mail waits for better days."""

    async def broken() -> str | None:
        raise problem

    async with mailbox(log_in=True) as box:
        failure = await SmtpMailer(broken).send(MAIL, settings=settings(box, username="login"))
    assert failure is not None
    assert failure.kind == "unavailable"
    assert "SECRET" not in failure.detail


@pytest.mark.parametrize(
    ("command", "answer", "kind"),
    [
        ("RCPT", "550 no such user SECRET", "refused"),
        ("RCPT", "450 later SECRET", "unavailable"),
        ("DATA", "554 spam SECRET", "refused"),
        ("DATA", "452 full SECRET", "unavailable"),
    ],
)
async def test_what_the_server_refuses_for_good_is_told_from_what_it_may_take_later(
    command: str, answer: str, kind: str
) -> None:
    """5yz and 4yz (RFC 5321 §4.2.1); the server's text, which may quote anything, is not repeated."""
    async with mailbox() as box:
        box.answers[command] = answer
        failure = await SmtpMailer(right).send(MAIL, settings=settings(box))
    assert failure is not None
    assert failure.kind == kind
    assert "SECRET" not in failure.detail
    assert box.taken == []


async def test_a_server_that_is_not_there_or_hangs_up_is_unavailable() -> None:
    """No connection, a connection that ends, one that speaks something else."""
    async with mailbox() as box:
        pass
    failures = [await SmtpMailer(right).send(MAIL, settings=settings(box))]
    for greeting in (b"", b"HTTP/1.1 200 OK\r\n\r\n", b"554 go away\r\n", b"\x00\xff\r\n"):

        async def greet(reader: asyncio.StreamReader, out: asyncio.StreamWriter, said: bytes = greeting) -> None:
            out.write(said)
            out.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        failures.append(await SmtpMailer(right).send(MAIL, settings=settings(Mailbox(port))))
        server.close()
    assert [failure.kind if failure else None for failure in failures] == ["unavailable"] * 5


async def test_a_silent_server_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that says nothing holds a mail for a while, not for ever."""
    monkeypatch.setattr("outgoing.mail.DEADLINE", 0.05)

    async def never(received: Received, out: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    async with serving(never) as service:
        failure = await SmtpMailer(right).send(MAIL, settings=settings(Mailbox(service.port)))
    assert failure == MailFailure("unavailable", f"mail server localhost:{service.port}: no answer in time")


async def conversation(ending: bytes) -> tuple[MailFailure | None, list[bytes]]:
    """Send a mail to a server that says *ending* to the farewell: the outcome, and what it heard after the mail."""
    heard: list[bytes] = []
    over = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        out.write(b"220 x\r\n")
        for answer in (b"250 x", b"250 ok", b"250 ok", b"354 go"):
            await reader.readline()
            out.write(answer + b"\r\n")
        await reader.readuntil(b"\r\n.\r\n")
        out.write(b"250 taken\r\n")
        heard.append(await reader.readline())
        out.write(ending)
        if ending:
            heard.append(await reader.read())
        out.close()
        over.set()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    failure = await SmtpMailer(right).send(MAIL, settings=settings(Mailbox(server.sockets[0].getsockname()[1])))
    await over.wait()
    server.close()
    return failure, heard


@pytest.mark.parametrize("ending", [b"221 bye\r\n", b"500 what\r\n", b"\x00\r\n", b""])
async def test_a_mail_that_was_taken_counts_whatever_the_farewell_is(ending: bytes) -> None:
    """Once the server said yes there is no failure, or it would be sent twice; the line is closed politely."""
    failure, heard = await conversation(ending)
    assert failure is None
    assert heard == [b"QUIT\r\n"] + ([b""] if ending else [])


async def test_a_server_that_never_says_goodbye_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The farewell has its time, and then the connection is closed."""
    monkeypatch.setattr("outgoing.mail.GOODBYE", 0.05)
    assert await conversation(b"221-more to come\r\n") == (None, [b"QUIT\r\n", b""])


def test_text_keeps_what_people_write_and_nothing_else() -> None:
    """Tabs and line ends stay; other control characters, and half characters, go."""
    mail = Mail("a@b.test", "s", "a\x00\x07\x1f b\ud800\udfff\tc\ud7ff\ue000\x0b\n")
    wire = written(mail, sender="l@b.test", now=0.0)
    text = BytesParser(policy=SMTP).parsebytes(wire).get_content()
    assert text == "a b\tc\ud7ff\ue000\r\n"


def test_an_address_may_be_as_long_as_the_standard_lets_it() -> None:
    """64 characters before the sign and 253 behind (RFC 5321 §4.5.3.1, RFC 1035 §2.3.4)."""
    domain = ".".join(["a" * 63] * 3 + ["a" * 61])
    assert written(Mail("m" * 64 + "@" + domain, "s" * 250, "t" * 262_144), sender="l@b.test", now=0.0)
    with pytest.raises(ValueError, match="recipient"):
        written(Mail("m@a" + domain, "s", "t"), sender="l@b.test", now=0.0)


async def test_settings_that_make_no_sense_are_a_failure() -> None:
    """A word for TLS that does not exist never means none."""
    async with mailbox() as box:
        failure = await SmtpMailer(right).send(MAIL, settings=settings(box, tls="maybe"))
    assert failure is not None
    assert box.taken == []


async def test_no_log_holds_what_a_mail_says(caplog: pytest.LogCaptureFixture) -> None:
    """Neither recipient nor subject nor text, at any level."""
    caplog.set_level(logging.DEBUG)
    mail = Mail("SECRET-1@example.test", "SECRET-2", "SECRET-3", "SECRET-4")
    async with mailbox() as box:
        box.answers["DATA"] = "554 no"
        failure = await SmtpMailer(right).send(mail, settings=settings(box))
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("mail.log"))
    assert "SECRET" not in ours + repr(failure)
    assert "refused with 554" in ours


async def test_a_mail_is_composed_of_a_template_that_ships() -> None:
    """By its name; one that does not exist makes nothing."""
    mailer: Callable[..., Mail | None] = SmtpMailer(right).compose
    mail = mailer("new-device", to="mara@example.test", values={"username": "mara", "device": "<b>"}, key="k")
    assert mail is not None
    assert (mail.to, mail.subject, mail.key) == ("mara@example.test", "A new device signed in to your account", "k")
    assert "Device: <b>" in mail.text
    assert "Device: &lt;b&gt;" in (mail.html or "")
    for name in ("", "nonsense", "../../engine/model", "new-device.txt", "NEW-DEVICE"):
        assert mailer(name, to="mara@example.test", values={}) is None
