"""Every page in every state keeps the contract: names, forms, order, no inline script or style."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image
from starlette.requests import Request

from login.views import PAGES, View
from tests.login.gallery import ENROLLMENT, GALLERY, NOW, page
from tests.login.reading import Shown, shown
from web.pages import Pages
from web.qr import qr_code

SITE_PAGES = Pages()


def render(name: str) -> str:
    """The HTML of a sample."""
    request = Request({"type": "http", "headers": []})
    sample = GALLERY[name]
    view = View(sample, NOW, SITE_PAGES.texts_for(request))
    return bytes(SITE_PAGES.render(request, f"{sample.page}.html", values={"view": view}).body).decode()


def read(name: str) -> Shown:
    """The sample, parsed."""
    return shown(render(name))


def test_every_page_has_a_sample() -> None:
    """The gallery is complete."""
    assert {sample.page for sample in GALLERY.values()} == PAGES


@pytest.mark.parametrize("name", GALLERY)
def test_main_names_the_page_and_messages_their_id(name: str) -> None:
    """`data-page` on main; an error in `role=alert` with its id; a language and a title."""
    sample, reader = GALLERY[name], read(name)
    assert [attributes["data-page"] for tag, attributes in reader.elements if tag == "main"] == [sample.page]
    alerts = [attributes.get("data-message") for _, attributes in reader.elements if attributes.get("role") == "alert"]
    assert alerts == ([sample.message] if sample.message else [])
    assert ("html", {"lang": "en", "dir": "ltr"}) in reader.elements
    assert re.search(r"<title>.*Payroll.*</title>", render(name))


@pytest.mark.parametrize("name", GALLERY)
def test_every_form_carries_the_token_and_goes_to_the_login(name: str) -> None:
    """No form without it."""
    reader = read(name)
    assert all(("_token", "1.token.mac") in form for form in reader.forms)
    targets = {attributes["action"] for tag, attributes in reader.elements if tag == "form"}
    assert targets == {"/login/FLOWFLOWFLOWFLOWFLOW22"}
    assert ("_action", "abort") in reader.forms[-1]


@pytest.mark.parametrize("name", GALLERY)
def test_nothing_is_inline(name: str) -> None:
    """What the policy would not allow: inline scripts, styles, handlers, foreign addresses."""
    for tag, attributes in read(name).elements:
        assert tag != "style"
        assert "style" not in attributes
        assert not any(attribute.startswith("on") for attribute in attributes)
        assert tag != "script" or attributes["src"].startswith("/static/")
        assert not any(value.startswith(("http:", "//")) for value in attributes.values() if "w3.org" not in value)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("identifier", ["_token", "username"]),
        ("password", ["_token", "password"]),
        ("password-first", ["_token", "username", "password"]),
        ("push-wait-number", ["_token", ("scenario", "PROCEED_PUSH_AUTHENTICATION")]),
        ("push-enroll-consent", ["_token", ("scenario", "INIT_PUSH_ENROLL"), ("scenario", "CANCEL_PUSH_ENROLL")]),
        ("push-enroll", ["_token", ("scenario", "PUSH_DEVICE_ENROLLMENT")]),
        ("choose", ["_token", ("authenticator", "push"), ("authenticator", "password"), ("authenticator", "totp"),
                    ("authenticator", "house-key")]),
        ("prompt", ["_token", "city", "desk", "action.success", "action.cancel"]),
    ],
)  # fmt: skip
def test_the_first_form_is_the_steps_own(name: str, fields: list[str | tuple[str, str]]) -> None:
    """With exactly the declared names (contract section 3)."""
    form = read(name).forms[0]
    assert [each if isinstance(want, tuple) else each[0] for each, want in zip(form, fields, strict=True)] == fields


def test_the_number_and_the_code_are_where_others_read_them() -> None:
    """As text, unchanged."""
    assert read("push-wait-number").texts["data-number"] == "07"
    assert "data-number" not in read("push-wait").texts
    assert read("push-enroll").texts["data-enrollment"] == ENROLLMENT
    assert read("push-enroll-registered").texts["data-device"] == "Mara’s Pixel 9"


def test_waiting_pages_work_without_scripts() -> None:
    """They load again by themselves until something has happened."""
    refreshing = {name for name in GALLERY if 'http-equiv="refresh"' in render(name)}
    assert "push-wait" in refreshing
    assert "push-enroll" in refreshing
    assert not refreshing & {"push-wait-approved", "push-wait-expired", "push-enroll-registered", "password"}


def test_resending_is_offered_when_it_may_be() -> None:
    """Disabled while it must wait; gone when it is used up."""
    assert any("data-later" in attributes for _, attributes in read("push-wait").elements)
    resend = ("scenario", "RESEND_PUSH_NOTIFICATION")
    assert any(resend in form for form in read("push-wait-resend").forms)
    assert "cannot be sent again" in render("push-wait-last")


def test_hostile_values_are_text() -> None:
    """Names, titles and device names never become markup."""
    evil = "<script>alert(1)</script>\"' onload=x"
    request = Request({"type": "http", "headers": []})
    samples = [
        page("password", username=evil),
        page("prompt", {"title": evil, "text": evil, "inputs": [{"id": evil, "label": evil}], "actions": [evil]}),
        page("push-enroll", {"device": evil, "enrollment": evil}),
        page("push-enroll", {"enrollment": evil, "expires_at": NOW + 9}),
        page("push-wait", {"number": evil, "status": evil}),
        page("choose", {"options": [evil]}),
        page("push-error", {"why": "denied"}, message=evil),
    ]
    for sample in samples:
        view = View(sample, NOW, SITE_PAGES.texts_for(request))
        html = bytes(SITE_PAGES.render(request, f"{sample.page}.html", values={"view": view}).body).decode()
        assert "<script>alert" not in html
        assert not any("onload" in attributes for _, attributes in shown(html).elements)


def test_the_code_can_be_scanned() -> None:
    """The QR holds the raw JSON text."""
    drawn = io.BytesIO()
    qr_code(ENROLLMENT).save(drawn, kind="png", scale=4, border=4)
    assert zxingcpp.read_barcodes(Image.open(drawn))[0].text == ENROLLMENT
    assert "<svg" in render("push-enroll")


def test_a_login_page_is_light() -> None:
    """Under 40 KB with all it loads; the style sheet under 12 KB."""
    folder = SITE_PAGES.static
    files = {
        name: folder.file(name)
        for name in ("doorstep.css", "icon.svg", "icons.svg", "page.js", "wait.js", "waiting.js")
    }
    sizes = {name: len(file.content) for name, file in files.items() if file is not None}
    assert len(sizes) == len(files)
    assert sizes["doorstep.css"] < 12 * 1024
    assert max(len(render(name)) for name in GALLERY) + sum(sizes.values()) < 40 * 1024
