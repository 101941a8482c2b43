"""Reads the mail that people got."""

from __future__ import annotations

import time
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP

from tests.outgoing.mail_server import Mailbox


def letter(box: Mailbox, name: str, about: str) -> EmailMessage:
    """The mail to that person with those words in it."""
    for _ in range(500):
        for envelope in box.taken:
            message = BytesParser(policy=SMTP).parsebytes(bytes(envelope.content or b""))
            text = message.get_body(("plain",))
            if envelope.rcpt_tos == [f"{name}@example.test"] and text and about in text.get_content():
                return message
        time.sleep(0.02)
    raise AssertionError(f"no mail about {about}")
