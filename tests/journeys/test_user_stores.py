"""People who are kept in a directory elsewhere sign in here: through the front door, against a real slapd."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from configuration.export import export
from outgoing.ldap_connections import Connections
from storage.open import Stores
from tests.account.test_set_up import command
from tests.browser import Browser
from tests.journeys.living import APPLICATION
from tests.security.sameness import masked
from tests.security.town import Town, document, password, town
from tests.slapd import MAIL, NAME, Slapd, free_port, silent, slapd

DESK = "{}-at-the-desk"
SEES = """function onLoginRequest(context) {
    executeStep(1, {onSuccess: function (context) {
        var user = context.currentKnownSubject;
        Log.info([user.username, user.userStoreDomain, isMemberOfAnyOfGroups(user, ['CORP/staff'])].join('|'));
        user.localClaims['http://wso2.org/claims/givenname'] = 'Changed';
        user.localClaims['http://wso2.org/claims/nickname'] = 'Mo';
        updateUserPassword(user, 'seven boats on a lake', {
            onSuccess: function () { fail(); },
            onFail: function () { Log.info('not here'); }
        });
    }});
}"""


def whole(*stores: dict[str, Any]) -> dict[str, Any]:
    """A configuration with these stores, an application whose script looks at people, and a zoe of our own."""
    made = document()
    made["settings"]["user_stores"] = list(stores)
    steps = [{"id": 1, "options": [{"authenticator": "password"}]}]
    made["flows"].append({"id": "sees", "steps": steps, "script": {"source": SEES}})
    made["applications"].append({"id": "sees", "redirect_uris": [APPLICATION], "flow": "sees"})
    made["users"].append({"username": "zoe", "password": password("zoe")})
    return made


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Slapd]:
    """A directory that the test may change."""
    folder = tmp_path / "slapd"
    folder.mkdir()
    with slapd(folder) as running:
        yield running


@pytest.fixture
def place(tmp_path: Path, directory: Slapd) -> Iterator[Town]:
    """A server with that directory as its store CORP."""
    with town(tmp_path, whole(directory.store())) as made:
        yield made


def tried(place: Town, name: str, typed: str, application: str = "pass") -> Browser:
    """A login with that name and password."""
    return place.at(application).submit(username=name, password=typed)


def is_in(browser: Browser) -> bool:
    """Whether it ended with a code."""
    return "code" in browser.query


@pytest.mark.parametrize("name", ["mara", "CORP/mara", "corp/MARA"])
def test_a_person_of_the_directory_signs_in(place: Town, name: str) -> None:
    """By the bare name or with the domain: one person, with what the directory says of them."""
    browser = place.at("pass", scope="openid profile email groups roles")
    browser.submit(username=name, password=DESK.format("mara"))
    claims = place.house.redeem(browser, "pass")
    assert claims["preferred_username"] == "CORP/mara"
    assert (claims["email"], claims["given_name"]) == ("mara@example.test", "Mara")
    assert (claims["groups"], claims["roles"]) == (["CORP/staff"], ["employee"])
    assert place.count("SELECT count(*) FROM users WHERE canonical LIKE 'corp/%'") == 1


@pytest.mark.parametrize(
    ("name", "typed"),
    [("mara", "wrong"), ("mara", DESK.format("noah")), ("left", DESK.format("left")), ("twin", DESK.format("twin")),
     ("*", DESK.format("mara")), ("mara)(uid=*", DESK.format("mara")), ("CORP/", DESK.format("mara")),
     ("CORP/*", DESK.format("mara")), ("CORP/nobody", "wrong"), ("OTHER/mara", DESK.format("mara")),
     ("CORP/CORP/mara", DESK.format("mara")), ("mara,ou=people", DESK.format("mara"))],
)  # fmt: skip
def test_nobody_else_gets_in_and_all_are_told_the_same(place: Town, name: str, typed: str) -> None:
    """Wrong, disabled, twice there, injected, of another domain: the answer is that to a name that is nobody's."""
    place.person()
    with place.noauth():
        browser, other = tried(place, name, typed), tried(place, "q999", "wrong")
        assert browser.alerts == ["password.wrong"]
        assert browser.response is not None
        assert other.response is not None
        assert masked(browser.response, name) == masked(other.response, "q999")


def test_an_empty_password_proves_nobody(place: Town) -> None:
    """This directory would let such a bind succeed."""
    with place.noauth():
        assert tried(place, "mara", "").alerts == ["password.missing"]
        assert tried(place, "CORP/mara", "").alerts == ["password.missing"]


def test_our_own_people_come_first(place: Town) -> None:
    """A bare name is ours if we have it; theirs only with the domain."""
    assert is_in(tried(place, "zoe", password("zoe")))
    assert not is_in(tried(place, "zoe", DESK.format("zoe")))
    assert is_in(tried(place, "CORP/zoe", DESK.format("zoe")))
    assert not is_in(tried(place, "CORP/zoe", password("zoe")))


def test_wrong_passwords_lock_as_everywhere(place: Town) -> None:
    """Counted here, under one name however it is typed, before the directory is asked."""
    for name in ("mara", "CORP/mara", "corp/mara", "mara", "mara"):
        tried(place, name, "wrong")
    assert not is_in(tried(place, "CORP/mara", DESK.format("mara")))
    assert place.audited("password_locked") == 1
    assert is_in(tried(place, "noah", DESK.format("noah")))


def test_what_the_directory_says_is_taken_at_each_login(place: Town, directory: Slapd) -> None:
    """Another address, another password; what it does not say is left as it is here."""
    assert is_in(tried(place, "mara", DESK.format("mara")))
    directory.change("mara", "mail", "other@example.test")
    directory.change("mara", "userPassword", "another one")
    assert not is_in(tried(place, "mara", DESK.format("mara")))
    browser = place.at("pass", scope="openid email").submit(username="mara", password="another one")
    assert place.tokens(browser, "pass")["id_token"]
    found = place.count("SELECT count(*) FROM users WHERE claims LIKE '%other@example.test%'")
    assert found == 1


@pytest.mark.parametrize("how", ["disabled", "removed"])
def test_who_goes_there_is_kept_out_and_signed_out_here(place: Town, directory: Slapd, how: str) -> None:
    """As soon as the name is used again."""
    browser = tried(place, "mara", DESK.format("mara"))
    assert is_in(browser)
    if how == "disabled":
        directory.change("mara", "employeeType", "left")
    else:
        directory.remove("mara")
    assert not is_in(tried(place, "CORP/mara", DESK.format("mara")))
    assert place.at("pass", browser, prompt="none").query["error"] == "login_required"


def test_another_person_by_the_same_name_is_not_taken_for_the_first(place: Town, directory: Slapd) -> None:
    """The first one's devices, roles and sessions are theirs alone."""
    assert is_in(tried(place, "mara", DESK.format("mara")))
    directory.remove("mara")
    directory.add("mara", "a newcomer's own")
    with place.noauth():
        assert not is_in(tried(place, "mara", "a newcomer's own"))
        assert not is_in(tried(place, "CORP/mara", "a newcomer's own"))


def test_disabled_here_stays_disabled(place: Town) -> None:
    """Whatever the directory says."""
    assert is_in(tried(place, "mara", DESK.format("mara")))
    place.set_enabled("corp/mara", False)
    assert not is_in(tried(place, "mara", DESK.format("mara")))


def test_a_phone_of_theirs_is_kept_here(place: Town) -> None:
    """Devices belong to the user here; push works as for everybody, after the directory knew the name."""
    assert is_in(tried(place, "mara", DESK.format("mara")))
    phone = place.phone("corp/mara")
    browser = place.at("pass-push").submit(username="mara", password=DESK.format("mara"))
    place.house.approve(phone)
    assert is_in(browser.press("PROCEED_PUSH_AUTHENTICATION"))


def test_scripts_see_the_domain_and_write_only_what_is_ours(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """What the directory fills is read only, and so is the password."""
    caplog.set_level("INFO", "doorstep.script")
    assert is_in(tried(place, "mara", DESK.format("mara"), "sees"))
    assert "mara|CORP|true" in caplog.text
    assert "not here" in caplog.text
    assert place.audited("claim_write_refused") == 1
    assert place.count("SELECT count(*) FROM users WHERE claims LIKE '%\"Mo\"%' AND claims NOT LIKE '%Changed%'") == 1


def test_their_password_is_not_set_here(place: Town) -> None:
    """At the account page, at a terminal, by a link, by a file: each says why."""
    browser = place.browser().open(f"{place.house.url}/account/password")
    browser.submit(username="mara", password=DESK.format("mara"))
    browser.submit(password=DESK.format("mara"), new_password="seven boats on a lake")
    assert browser.alerts == ["account.password.elsewhere"]
    for arguments in (("password", "CORP/mara"), ("invite", "CORP/mara", "--show"), ("add", "CORP/new")):
        ran = command(place.house, "user", *arguments)
        assert (ran.returncode, "user store CORP" in ran.stderr) == (1, True), ran.stderr
    assert is_in(tried(place, "mara", DESK.format("mara")))


def test_they_are_no_part_of_the_configuration(place: Town) -> None:
    """An export leaves them out, pruning leaves them alone; the reader's password is not exported."""
    assert is_in(tried(place, "mara", DESK.format("mara")))

    async def exported(stores: Stores) -> dict[str, Any]:
        return await export(stores.configuration)

    made = place.stores(exported)
    assert "corp" not in str(made["users"]).lower()
    (store,) = made["settings"]["user_stores"]
    assert store["ldap"]["bind_password"] == {"stored": True}
    assert store["ldap"]["attributes"] == {"mail": MAIL, "givenName": NAME}
    place.house.apply(made, prune=True)
    assert place.count("SELECT count(*) FROM users WHERE canonical = 'corp/mara'") == 1
    assert is_in(tried(place, "mara", DESK.format("mara")))


def test_the_readers_password_goes_to_no_other_server(place: Town, directory: Slapd) -> None:
    """`stored` holds for the server and the name that it was given for."""
    for more in ({"url": "ldaps://evil.test"}, {"bind_dn": "cn=other"}):
        store = directory.store(bind_password={"stored": True}, **more)
        with pytest.raises(Exception, match="give it anew"):
            place.house.apply({"settings": {"user_stores": [store]}})


def test_a_wrong_try_is_the_same_work_for_theirs_and_for_nobody(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many questions to the directory; one hash of ours besides."""
    asked: list[str] = []
    for name in ("searching", "binds"):
        monkeypatch.setattr(Connections, name, _noting(name, getattr(Connections, name), asked))
    told = []
    for name in ("mara", "left", "nobody", "CORP/mara", "CORP/nobody", "twin"):
        asked.clear()
        tried(place, name, "wrong")
        told.append(list(asked))
    assert told == [["searching", "searching", "binds"]] * 6


def _noting(name: str, real: Any, asked: list[str]) -> Any:
    def noted(*given: Any) -> Any:
        asked.append(name)
        return real(*given)

    return noted


@pytest.mark.parametrize("kind", ["dead", "silent"])
def test_a_directory_that_does_not_answer_lets_nobody_in_and_keeps_nobody_else_out(
    tmp_path: Path, directory: Slapd, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own people sign in; a name that a dead store may have means nobody in a later one."""
    monkeypatch.setattr("outgoing.ldap.DEADLINE", 0.5)
    with silent() as port:
        address = f"ldap://127.0.0.1:{port if kind == 'silent' else free_port()}"
        down = directory.store(url=address) | {"name": "DOWN"}
        with town(tmp_path, whole(down, directory.store())) as place:
            assert is_in(tried(place, "zoe", password("zoe")))
            with place.noauth():
                for name in ("DOWN/mara", "mara", "nobody"):
                    assert tried(place, name, DESK.format("mara")).alerts == ["password.wrong"]
            assert is_in(tried(place, "CORP/mara", DESK.format("mara")))
            assert is_in(tried(place, "zoe", password("zoe")))
