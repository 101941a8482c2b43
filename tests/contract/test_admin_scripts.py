"""Scripts as admins write them (ES5, adaptive-scripts.md f), unmodified, driven through the server.

Enrollment is off: who has to do step 2 sees the waiting page of push, whoever it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser
from tests.contract.house import (
    APPLICATION,
    PASSWORD,
    PASSWORD_FIRST,
    THEN_PUSH,
    House,
    crowd,
    document,
    let_in,
    person,
    scripted,
    sent_away,
    told_by,
)

BIRTH = "http://wso2.org/claims/dob"
STEPS = [PASSWORD_FIRST, THEN_PUSH, {"id": 3, "options": [{"authenticator": "password"}, {"authenticator": "push"}]}]

ROLES = """
// Roles that need the second step.
var rolesToStepUp = ['admin', 'manager'];

var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            // Extracting authenticated subject from the first step
            var user = context.currentKnownSubject;
            // Checking if the user is assigned to one of the given roles
            var hasRole = hasAnyOfTheRoles(user, rolesToStepUp);

            if (hasRole) {
                Log.info(user.username + ' Has one of Roles: ' + rolesToStepUp.toString());
                executeStep(2);
            }
        }
    });
};
"""
GROUPS = """
var groups = ['it', 'payroll'];
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var user = context.steps[1].subject;
            var isMember = isMemberOfAnyOfGroups(user, groups);
            if (isMember === true) { executeStep(2); }
        }
    });
}
"""
ADDRESSES = """
var corpNetwork = ['192.168.1.0/24', '10.100.0.0/16', '200.0.0.0/5'];

// Function to convert ip address string to long value
var convertIpToLong = function(ip) {
    var components = ip.split('.');
    if (components) {
        var ipAddr = 0, pow = 1;
        for (var i = 3; i >= 0; i -= 1) {
            ipAddr += pow * parseInt(components[i]);
            pow *= 256;
        }
        return ipAddr;
    } else {
        return -1;
    }
};

// Function to check if the ip address is within the given subnet
var isCorporateIP = function (ip, subnets) {
    var subnetLength = subnets.length;
    for (var i = 0; i < subnetLength; i++) {
        var subnetComponents = subnets[i].split('/');
        var minHost = convertIpToLong(subnetComponents[0]);
        var ipAddr = convertIpToLong(ip);
        var mask = subnetComponents[1];
        if (subnetComponents && minHost !== -1) {
            var numHosts = Math.pow(2, 32 - parseInt(mask));
            if ((ipAddr >= minHost) && (ipAddr <= minHost + numHosts - 1)) {
                return true;
            }
        }
    }
    return false;
};

var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            // Extracting the origin IP of the request
            var loginIp = context.request.ip;
            Log.info('User: ' + context.currentKnownSubject.username + ' login from IP: ' + loginIp);
            // Checking if the IP is within the allowed range
            if (!isCorporateIP(loginIp, corpNetwork)) {
                executeStep(2);
            }
        }
    });
};
"""
AGE = """
var ageLimit = 18;
var errorPage = '';
var errorPageParameters = {
    'status': 'Unauthorized',
    'statusMsg': 'You need to be over ' + ageLimit + ' years to login to this application.'
};
var dateOfBirthClaim = 'http://wso2.org/claims/dob';

// Function to validate the date
var validateDate = function(input) {
    var match = input.match(/^(\\d{4})-(\\d{2})-(\\d{2})$/);
    return match ? new Date(match[1], match[2] - 1, match[3]) : null;
};

var getAge = function(birthDate) {
    var today = new Date();
    var age = today.getFullYear() - birthDate.getFullYear();
    var m = today.getMonth() - birthDate.getMonth();
    if (m < 0 || (m === 0 && today.getDate() < birthDate.getDate())) {
        age--;
    }
    return age;
};

var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var underAge = true;
            var dob = context.currentKnownSubject.localClaims[dateOfBirthClaim];
            Log.debug('DOB of user ' + context.currentKnownSubject.identifier + ' is : ' + dob);
            if (dob && validateDate(dob)) {
                var birthDate = new Date(dob);
                if (getAge(birthDate) >= ageLimit) {
                    underAge = false;
                }
            }
            if (underAge === true) {
                Log.debug('User ' + context.currentKnownSubject.identifier + ' is under aged. Hence denied.');
                sendError(errorPage, errorPageParameters);
            }
        }
    });
};
"""
RETRIES = """
var numberOfRetries = 3;
var attempts = 0;

var onLoginRequest = function(context) {
    doLogin(context);
};

function doLogin(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (context.steps[1].subject) { context.selectedAcr = 'after ' + attempts; }
        },
        onFail: function (context) {
            attempts++;
            if (attempts < numberOfRetries) {
                Log.info('attempt ' + attempts + ' of ' + context.lastLoginFailedUser.username);
                doLogin(context);
            } else {
                fail({'errorCode': 'access_denied', 'errorMessage': 'Tried ' + attempts + ' times'});
            }
        }
    });
}
"""
GLOBALS = """
onLoginRequest = function(context) {
    started = Date.now();
    trail = [];
    executeStep(1, {
        onSuccess: function (context) {
            subject = context.currentKnownSubject;
            trail.push(context.currentStep.authenticator);
            kept = { names: [subject.username], when: new Date(started), re: /^per/i };
            prompt('genericForm', {'inputs': [{'id': 'unit', 'label': 'Unit'}]}, {
                onSuccess: function (context) {
                    trail.push(context.request.params.unit[0]);
                    var same = subject.username == kept.names[0] && kept.re.test(kept.names[0]);
                    var old = kept.when.getTime() <= Date.now() && kept.when instanceof Date;
                    context.selectedAcr = trail.join('>') + ' ' + same + ' ' + old + ' ' + subject.roles.length;
                }
            });
        }
    });
};
"""
ACR = """
// Define conditional authentication by passing one or many authentication context class references
var supportedAcrValues = ['acr1', 'acr2', 'acr3'];

var onLoginRequest = function(context) {
    var selectedAcr = selectAcrFrom(context, supportedAcrValues);
    Log.info('--------------- ACR selected: ' + selectedAcr);
    context.selectedAcr = selectedAcr;
    switch (selectedAcr) {
        case supportedAcrValues[0] :
            executeStep(1);
            break;
        case supportedAcrValues[1] :
            executeStep(1);
            executeStep(2);
            break;
        default :
            executeStep(2);
    }
};
"""
REQUESTED = """
function onLoginRequest(context) {
    var requested = context.requestedAcr;
    var text = '';
    if (requested != null) {
        for (var i = 0; i < requested.length; i++) { text += (i ? ',' : '') + requested[i]; }
    }
    context.selectedAcr = 'asked ' + (text || 'nothing');
    executeStep(1);
}
"""
CHOICE = """
var onLoginRequest = function(context) {
    executeStep(3, {
        authenticationOptions: [{authenticator: 'BasicAuthenticator'}]
    }, {
        onSuccess: function (context) {
            context.selectedAcr = context.steps[3].authenticator + ' ' + context.steps[3].idp;
        }
    });
};
"""
AFRESH = """
var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            executeStep(1, {stepOptions: {forceAuth: 'true'}}, {
                onSuccess: function (context) { context.selectedAcr = 'twice'; }
            });
        }
    });
};
"""
LOOPS = """
var onLoginRequest = function(context) {
    executeStep(1, {onSuccess: function (context) {
        var counts = {}, words = 'one two one three one'.split(' ');
        for (var i in words) { counts[words[i]] = (counts[words[i]] || 0) + 1; }
        var keys = Object.keys(counts), best = keys[0];
        for (var j = 0; j < keys.length; ++j) { if (counts[keys[j]] > counts[best]) { best = keys[j]; } }
        try { context.nothing.member; } catch (e) { best += ' ' + (e instanceof TypeError); }
        var packed = JSON.parse(JSON.stringify({'a': [1, {'b': null}], 'c': 'd'}));
        best += ' ' + packed.a.length + packed.c + ' ' + ' x '.trim().length + ' ' + 'abcabc'.lastIndexOf('b');
        best += ' ' + encodeURIComponent('a b&c') + ' ' + ('3' >= 3) + ' ' + typeof missing + ' ' + 7 % 4;
        best += ' ' + 'some text'.replace(/t/g, 'T').substring(5) + ' ' + String(null) + ' ' + [1, 2].toString();
        context.selectedAcr = best;
    }});
};
"""
CLAIMS = """
var onLoginRequest = function(context) {
    executeStep(1, {onSuccess: function (context) {
        var user = context.currentKnownSubject;
        var before = user.localClaims['urn:logins'];
        user.localClaims['urn:logins'] = (before ? parseInt(before) : 0) + 1;
        context.selectedAcr = 'logins ' + before;
    }});
};
"""
ORDER = """
var onLoginRequest = function(context) {
    executeStep(1, {onSuccess: function (context) { context.data.path = 'a'; }});
    executeStep(1, {stepOptions: {forceAuth: 'true'}}, {onSuccess: function (context) { context.data.path += 'b'; }});
    executeStep(1, {stepOptions: {forceAuth: 'true'}}, {onSuccess: function (context) {
        context.selectedAcr = context.data.path + 'c';
    }});
};
"""
NOTHING_TO_ADD = """
var onLoginRequest = function(context) {
    executeStep(1, {
        onSuccess: function (context) {
            executeStep(2, { onFail: function (context) { Log.info('the phone did not approve'); } });
        }
    });
};
"""
HEADERS = """
var onLoginRequest = function(context) {
    executeStep(1, {onSuccess: function (context) {
        var agent = context.request.headers['user-agent'], same = context.request.headers['User-Agent'];
        context.response.headers['X-Seen'] = 'yes';
        context.selectedAcr = (agent === same) + ' ' + agent + ' ' + context.serviceProviderName + ' '
            + context.tenantDomain + ' ' + (context.request.params.nothing == null) + ' '
            + (context.request.cookies.nothing == null);
    }});
};
"""
FLOWS = {
    "roles": ROLES,
    "groups": GROUPS,
    "addresses": ADDRESSES,
    "age": AGE,
    "retries": RETRIES,
    "globals": GLOBALS,
    "acr": ACR,
    "requested": REQUESTED,
    "choice": CHOICE,
    "afresh": AFRESH,
    "loops": LOOPS,
    "claims": CLAIMS,
    "order": ORDER,
    "nothing-to-add": NOTHING_TO_ADD,
    "headers": HEADERS,
}
PEOPLE: list[dict[str, Any]] = [
    person("boss", roles=["admin"], groups=["it"]),
    person("clerk", roles=["clerk"], groups=["sales"]),
    person("old", claims={BIRTH: "1990-02-28"}),
    person("young", claims={BIRTH: "2020-02-29"}),
    person("odd", claims={BIRTH: "28.2.1990"}),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server behind a proxy that it trusts; enrollment off."""
    house = House(Path(tmp_path_factory.mktemp("scripts")))
    flows = [scripted(name, STEPS, source) for name, source in FLOWS.items()]
    house.apply(document(*flows, people=[*crowd(60), *PEOPLE]))
    with house.serving(DOORSTEP_TRUSTED_PROXIES="127.0.0.1,::1"):
        yield house


def sign_in(browser: Browser, name: str) -> Browser:
    """Name and password of somebody."""
    return browser.submit(username=name, password=PASSWORD.format(name))


def after_password(house: House, flow: str, name: str | None = None, **more: str) -> Browser:
    """Where somebody stands after name and password."""
    return sign_in(house.begin(flow, **more), name or house.someone())


def acr_of(house: House, browser: Browser, flow: str) -> str:
    """What the script selected, as the application reads it."""
    return str(house.claims(browser, flow)["acr"])


def test_a_role_steps_up(house: House) -> None:
    """An admin has to do step 2, a clerk is in."""
    assert after_password(house, "roles", "boss").page == "push-wait"
    assert let_in(after_password(house, "roles", "clerk"))
    assert let_in(after_password(house, "roles"))


def test_a_group_steps_up(house: House) -> None:
    """Members of one of the groups."""
    assert after_password(house, "groups", "boss").page == "push-wait"
    assert let_in(after_password(house, "groups", "clerk"))


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("192.168.1.0", True),
        ("192.168.1.255", True),
        ("192.168.2.0", False),
        ("10.100.255.255", True),
        ("10.101.0.0", False),
        ("200.0.0.0", True),
        ("207.255.255.255", True),
        ("208.0.0.0", False),
        ("199.255.255.255", False),
        ("8.8.8.8", False),
    ],
)
def test_an_address_outside_the_network_steps_up(house: House, address: str, inside: bool) -> None:
    """Arithmetic beyond 2^31: the addresses are the proxy's word."""
    name = house.someone()
    browser = Browser(foreign=(APPLICATION,), headers={"X-Forwarded-For": address})
    sign_in(browser.open(house.authorize("addresses")), name)
    assert let_in(browser) is inside, told_by(browser)
    assert inside or browser.page == "push-wait"


@pytest.mark.parametrize(("name", "allowed"), [("old", True), ("young", False), ("odd", False), ("clerk", False)])
def test_an_age_is_read_from_a_claim(house: House, name: str, allowed: bool) -> None:
    """Regular expression and Date; who is too young sees the script's own words."""
    browser = after_password(house, "age", name)
    assert let_in(browser) is allowed
    if not allowed:
        assert browser.page == "error"
        assert browser.response is not None
        assert "over 18 years" in browser.response.text
        assert "Unauthorized" in browser.response.text


def test_retries_are_counted_in_a_global(house: House) -> None:
    """Two wrong tries and a right one; the page says what was wrong."""
    name = house.someone()
    browser = house.begin("retries")
    for _ in range(2):
        browser.submit(username=name, password="wrong-at-the-door")
        assert (browser.page, browser.alerts) == ("password", ["password.wrong"])
    assert acr_of(house, sign_in(browser, name), "retries") == "after 2"


def test_the_third_wrong_try_fails_in_the_scripts_words(house: House) -> None:
    """`fail` with an error text."""
    browser = house.begin("retries")
    for _ in range(3):
        browser.submit(username="person0", password="wrong-at-the-door")
    assert sent_away(browser), told_by(browser)
    assert browser.query["error_description"] == "Tried 3 times"


def test_globals_without_var_and_user_objects_outlive_the_request(house: House) -> None:
    """Dates, expressions, lists and users in globals, across two pages."""
    name = house.someone()
    browser = after_password(house, "globals", name)
    assert browser.page == "prompt"
    assert "unit" in browser.forms[0].fields
    browser.submit(unit="north")
    assert acr_of(house, browser, "globals").endswith(">north true true 0")


@pytest.mark.parametrize(
    ("asked", "selected", "pages"),
    [("acr1", "acr1", ["password"]), ("acr3 acr1", "acr1", ["password"]), ("acr2", None, ["password", "push-wait"])],
)
def test_requested_acr_selects_the_steps(house: House, asked: str, selected: str | None, pages: list[str]) -> None:
    """selectAcrFrom, switch, fall to the default."""
    browser = house.begin("acr", acr_values=asked)
    seen = [browser.page]
    sign_in(browser, house.someone())
    seen += [] if let_in(browser) else [browser.page]
    assert seen == pages
    if selected is not None:
        assert acr_of(house, browser, "acr") == selected


def test_a_push_step_that_nobody_is_known_for_fails_unless_it_is_the_subject_step(house: House) -> None:
    """The default branch begins with step 2, and nothing says who it is."""
    for browser in (house.begin("acr"), house.begin("acr", acr_values="acr9")):
        assert browser.page == "error"


def test_requested_acr_values_are_a_list_or_null(house: House) -> None:
    """In the order they were asked."""
    assert acr_of(house, after_password(house, "requested", acr_values="b a"), "requested") == "asked b,a"
    assert acr_of(house, after_password(house, "requested"), "requested") == "asked nothing"


def test_a_filter_narrows_a_step_by_alias(house: House) -> None:
    """No page to choose on; the script sees what was used."""
    browser = house.begin("choice")
    assert browser.page == "password"
    assert acr_of(house, sign_in(browser, house.someone()), "choice").endswith(" LOCAL")


def test_force_auth_asks_again(house: House) -> None:
    """The same step twice in one login."""
    name = house.someone()
    browser = after_password(house, "afresh", name)
    assert browser.page == "password"
    browser.submit(password=PASSWORD.format(name))
    assert acr_of(house, browser, "afresh") == "twice"


def test_the_everyday_library_works(house: House) -> None:
    """Loops, try, JSON, text, comparison of texts and numbers."""
    assert acr_of(house, after_password(house, "loops"), "loops") == (
        "one true 2d 1 4 a%20b%26c true undefined 3 TexT null 1,2"
    )


def test_a_claim_written_for_a_proven_user_is_there_next_time(house: House) -> None:
    """`localClaims` is the directory."""
    name = house.someone()
    assert [acr_of(house, after_password(house, "claims", name), "claims") for _ in range(3)] == [
        "logins null",
        "logins 1",
        "logins 2",
    ]


def test_calls_run_in_source_order_and_data_lasts(house: House) -> None:
    """Three steps in a row; `context.data` grows."""
    name = house.someone()
    browser = after_password(house, "order", name)
    browser.submit(password=PASSWORD.format(name)).submit(password=PASSWORD.format(name))
    assert acr_of(house, browser, "order") == "abc"


def test_an_onfail_that_adds_nothing_ends_the_login(house: House) -> None:
    """The password alone is not enough where the script asked for more and the person did not do it."""
    browser = after_password(house, "nothing-to-add")
    assert browser.page == "push-wait"
    for _ in range(4):
        house.pass_time(61)
        browser.post(browser.url, {**browser.forms[0].fields, "scenario": "RESEND_PUSH_NOTIFICATION"})
    assert browser.page == "error"
    assert not let_in(browser)


def test_headers_names_and_absent_things_are_as_scripts_expect(house: House) -> None:
    """Headers in any case; what was not posted compares equal to null."""
    browser = Browser(foreign=(APPLICATION,), headers={"User-Agent": "Steam/1"})
    sign_in(browser.open(house.authorize("headers")), house.someone())
    assert browser.response is not None
    assert browser.response.is_redirect
    assert browser.response.headers["X-Seen"] == "yes"
    assert acr_of(house, browser, "headers") == "true Steam/1 Headers carbon.super true true"
