"""openid-client from npm is the relying party of the whole enrollment login, with its own checks of everything."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.devices import Phone
from tests.journeys.living import APPLICATION, House
from tests.oidc.programs import openid_client


def test_openid_client_sees_the_enrollment_login_through(house: House) -> None:
    """Discovery, PKCE, state, nonce, issuer, max_age, ID token and userinfo of a password and push login."""
    script = Path(__file__).with_name("openid_login.mjs")
    command = [*openid_client(script), house.url, "payroll", APPLICATION]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdin is not None
        assert client.stdout is not None
        phone, browser = Phone(), house.browser().open(client.stdout.readline().strip())
        browser.submit(username="mara").press("INIT_PUSH_ENROLL").submit(password="mara-at-the-door")
        assert house.register(phone, browser.marked["data-enrollment"]).status_code == 201
        browser.press("PUSH_DEVICE_ENROLLMENT")
        house.approve(phone)
        browser.press("PROCEED_PUSH_AUTHENTICATION")
        told, _ = client.communicate(browser.url + "\n", timeout=60)
    learnt = json.loads(told)
    assert learnt["claims"]["preferred_username"] == "mara"
    assert learnt["claims"]["amr"] == ["pwd", "swk", "mfa"]
    assert learnt["userinfo"]["sub"] == learnt["claims"]["sub"]
