"""A script steers a login: steps, events, options, the context, and every way in which it can go wrong."""

from __future__ import annotations

import pytest

from engine.model import Library
from engine.outcome import Granted, Page, Refused
from engine.ports import ConfigurationChange
from tests.engine.world import Visit, World

pytestmark = pytest.mark.anyio


def script(body: str) -> str:
    """A script whose entry point has this body."""
    return f"var onLoginRequest = function (context) {{\n{body}\n}};"


async def begun(world: World, body: str, **given: object) -> Visit:
    """A login under a script with that body."""
    await world.configure(script(body))
    return await world.start(**given)


# --- order ------------------------------------------------------------------------------------------------------------


async def test_the_audit_says_which_line_decided_on_a_step(world: World) -> None:
    """Each step that begins is told with its ways, and with the script's line where a script decided."""
    await world.configure(script("executeStep(1, {onSuccess: function () {\n executeStep(2); }});"))
    await (await world.start()).prove("mara")
    begun = [event for event in await world.audit.recent() if event.name == "step_begun"]
    assert [(event.details["options"], event.why) for event in begun] == [
        ("push", "line 3 of the script"),
        ("password", "line 2 of the script"),
    ]


async def test_calls_of_a_callback_come_before_what_was_queued(world: World) -> None:
    """queue = new calls + rest, in source order."""
    await world.configure(
        script("executeStep(1, {onSuccess: function () { executeStep(2); executeStep(3); }}); executeStep(4);"),
        steps={1: "password", 2: "name", 3: "push", 4: "name"},
    )
    visit = await world.start()
    seen = [visit.page]
    while visit.page in ("password", "name", "push"):
        await visit.prove("mara")
        seen.append(visit.page)
    assert seen == ["password", "name", "push", "name", "in"]


async def test_a_callback_sees_what_it_captured(world: World) -> None:
    """Closures are real: locals of enclosing functions, shared between callbacks, over any number of requests."""
    visit = await begun(
        world,
        """
        var tries = 0;
        function again() {
            tries = tries + 1;
            executeStep(1, {onFail: function () {
                if (tries < 3) { again(); } else { fail({errorCode: 'n' + tries}); }
            }});
        }
        again();
        """,
    )
    for _ in range(2):
        await visit.post(username="mara", word="no")
        assert visit.page == "password"
    await visit.post(word="no")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.error == "n3"


async def test_a_login_goes_on_in_another_process(world: World) -> None:
    """All that a login needs is in the store."""
    visit = await begun(world, "var who = 2; executeStep(1, {onSuccess: function () { executeStep(who); }});")
    world.engine = world.another_engine()
    await visit.prove("mara")
    assert visit.page == "push"
    world.engine = world.another_engine()
    await visit.prove()
    assert visit.page == "in"


async def test_a_login_finishes_on_the_script_it_began_with(world: World) -> None:
    """Publishing a new script does not touch logins under way."""
    visit = await begun(world, "executeStep(1, {onSuccess: function () { executeStep(2); }});")
    await world.configure(script("executeStep(1);"))
    await visit.prove("mara")
    assert visit.page == "push"


async def test_globals_survive_even_those_never_declared(world: World) -> None:
    """An assignment without var makes a global that later callbacks see, users in it included."""
    visit = await begun(
        world,
        """
        executeStep(1, {onSuccess: function (context) {
            who = context.currentKnownSubject;
            executeStep(2, {onSuccess: function (context) {
                if (who.username === 'mara' && who.localClaims['urn:color'] === 'blue' && hasRole(who, 'admin')) {
                    context.selectedAcr = 'urn:kept';
                }
            }});
        }});
        """,
    )
    await visit.prove("mara")
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.acr == "urn:kept"


# --- events and options -----------------------------------------------------------------------------------------------


async def test_with_on_fail_every_failure_goes_to_the_script(world: World) -> None:
    """No retry of ours; a script that does nothing about it ends the login."""
    visit = await begun(world, "executeStep(1, {onFail: function () {}});")
    await visit.post(username="mara", word="no")
    assert visit.page == "out: word.wrong"


@pytest.mark.parametrize("handler", ["", "Log.info('no');", "context.selectedAcr = 'low';"])
async def test_a_failure_that_nothing_is_done_about_ends_the_login(world: World, handler: str) -> None:
    """Also after a factor that would have sufficed; only a step, new or queued already, goes on."""
    step_up = f"executeStep(3, {{onFail: function (context) {{ {handler} }}}});"
    await world.configure(
        script(f"executeStep(1, {{onSuccess: function () {{ {step_up} }}}});"), steps={1: "password", 3: "push"}
    )
    visit = await world.start()
    await visit.prove("mara")
    await visit.post(word="no")
    assert visit.page == "out: word.wrong"


async def test_a_step_run_again_says_why(world: World) -> None:
    """The page that comes again carries the message of the failure."""
    visit = await begun(world, "var f = function () { executeStep(1, {onFail: f}); }; f();")
    await visit.post(username="mara", word="no")
    assert isinstance(visit.reply, Page)
    assert (visit.reply.page, visit.reply.message) == ("password", "word.wrong")


async def test_a_user_named_in_a_failed_step_stays(world: World) -> None:
    """Later steps prove that user, whoever is named afterwards."""
    visit = await begun(world, "executeStep(1, {onFail: function () { executeStep(2); }});")
    await visit.post(username="noah", word="no")
    await visit.post(username="mara", word="yes")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.user_id == "u-noah"


async def test_fallback_and_abort_have_their_own_events(world: World) -> None:
    """onFallback, onUserAbort."""
    body = """
    executeStep(1, {
        onFail: function () { fail({errorCode: 'failed'}); },
        onFallback: function () { executeStep(2); },
        onUserAbort: function () { fail({errorCode: 'gave_up'}); }
    });
    """
    visit = await begun(world, body)
    await visit.post(username="mara", word="fallback")
    assert visit.page == "push"
    visit = await world.start()
    await visit.post(action="abort")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.error == "gave_up"


async def test_a_fallback_without_its_handler_ends_the_login(world: World) -> None:
    """onFail is for failures only."""
    visit = await begun(world, "executeStep(1, {onFail: function () { executeStep(2); }});")
    await visit.post(username="mara", word="fallback")
    assert visit.page == "out: word.fallback"


async def test_a_proven_step_is_not_asked_twice_unless_forced(world: World) -> None:
    """forceAuth, as text or boolean."""
    visit = await begun(
        world,
        """executeStep(1, {onSuccess: function () {
               executeStep(1);
               executeStep(1, {stepOptions: {forceAuth: 'true'}}, {});
               executeStep(1, {stepOptions: {forceAuth: true}}, {});
           }});""",
    )
    await visit.prove("mara")
    assert visit.page == "password"
    await visit.prove()
    assert visit.page == "password"
    await visit.prove()
    assert visit.page == "in"


@pytest.mark.parametrize(
    "wanted",
    [
        "[{authenticator: 'push'}]",
        "[{authenticator: 'PUSH', idp: 'local'}]",
        "{'0': {authenticator: 'push'}}",
        "[{authenticator: 'nobody'}, {authenticator: 'push'}]",
    ],
)
async def test_a_filter_narrows_the_options_of_a_step(world: World, wanted: str) -> None:
    """By authenticator in any case, by identity provider, from a list or an object with the keys 0, 1, ..."""
    await world.configure(
        script(f"executeStep(1, {{authenticationOptions: {wanted}}}, {{}});"), steps={1: "password|push"}
    )
    assert (await world.start()).page == "push"


async def test_a_filter_by_alias(world: World) -> None:
    """Names that imported scripts use mean our authenticators."""
    await world.configure(
        script("executeStep(1, {authenticationOptions: [{authenticator: 'BasicAuthenticator'}]}, {});"),
        steps={1: "password|push"},
    )
    assert (await world.start()).page == "password"


@pytest.mark.parametrize("wanted", ["[]", "[{authenticator: 'totp'}]", "[{idp: 'elsewhere'}]", "[{}]", "'push'", "7"])
async def test_a_filter_that_leaves_nothing_fails_the_step(world: World, wanted: str) -> None:
    """It never widens the choice."""
    await world.configure(
        script(f"executeStep(1, {{authenticationOptions: {wanted}}}, {{}});"), steps={1: "password|push"}
    )
    assert (await world.start()).page == "out: login.no_option"


async def test_options_belong_to_one_execution(world: World) -> None:
    """A filter given once does not stick to the step."""
    await world.configure(
        script(
            """executeStep(1, {authenticationOptions: [{authenticator: 'push'}]}, {onFail: function () {
                   executeStep(1, {onFail: function () {}});
               }});"""
        ),
        steps={1: "password|push"},
    )
    visit = await world.start()
    await visit.post(username="mara", word="no")
    assert visit.page == "choose"


async def test_two_arguments_with_option_keys_and_no_function_are_options(world: World) -> None:
    """executeStep(n, options)."""
    await world.configure(
        script("executeStep(1, {authenticationOptions: [{authenticator: 'push'}]});"), steps={1: "password|push"}
    )
    assert (await world.start()).page == "push"


async def test_parameters_reach_the_authenticator_they_are_for(world: World) -> None:
    """authenticatorParams: common, and local by any name of the authenticator."""
    visit = await begun(
        world,
        """executeStep(1, {authenticatorParams: {
               common: {a: '1', b: '1'}, local: {BasicAuthenticator: {b: '2'}, push: {c: '3'}}
           }}, {});""",
    )
    assert isinstance(visit.reply, Page)
    assert visit.reply.fields["params"] == {"a": "1", "b": "2"}


# --- the context ------------------------------------------------------------------------------------------------------


async def said(world: World, expression: str, **given: object) -> str | None:
    """What an expression gives in onSuccess of step 1, as text."""
    await world.configure(
        script(f"executeStep(1, {{onSuccess: function (context) {{ context.selectedAcr = String({expression}); }}}});")
    )
    visit = await world.start(**given)
    await visit.post(username="mara", word="yes", color="green", scenario="S")
    assert isinstance(visit.reply, Granted), (visit.page, await world.why())
    return visit.reply.result.acr


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("context.steps[1].subject.username", "mara"),
        ("context.steps[1].authenticator", "password"),
        ("context.steps[1].idp", "LOCAL"),
        ("context.steps[2].subject", "null"),
        ("context.steps[2].options[0].authenticator", "push"),
        ("context.steps.length", "1"),
        ("context.steps[7]", "undefined"),
        ("context.currentStep.subject.identifier", "mara"),
        ("context.currentKnownSubject === context.steps[1].subject", "true"),
        ("context.currentKnownSubject.uniqueId", "u-mara"),
        ("context.currentKnownSubject.roles[0]", "admin"),
        ("context.currentKnownSubject.tenantDomain", "carbon.super"),
        ("context.currentKnownSubject.localClaims['urn:color']", "blue"),
        ("context.currentKnownSubject.localClaims['urn:none']", "null"),
        ("context.currentKnownSubject.claims['urn:color']", "blue"),
        ("context.currentKnownSubject.remoteClaims", "null"),
        ("context.lastLoginFailedUser", "null"),
        ("context.requestedAcr", "null"),
        ("context.tenantDomain", "carbon.super"),
        ("context.serviceProviderName", "The App"),
        ("context.request.params.color[0]", "green"),
        ("context.request.params.scenario == 'S'", "true"),
        ("context.request.params.word", "undefined"),
        ("context.request.params.missing", "undefined"),
        ("context.request.ip", "203.0.113.9"),
        ("context.nothing", "undefined"),
        ("typeof context.getTenantDomain", "undefined"),
        ("hasRole(context.currentKnownSubject, 'admin')", "true"),
        ("hasRole(context.currentKnownSubject, 'clerk')", "false"),
        ("hasRole(null, 'admin')", "false"),
        ("hasAnyOfTheRoles(context.currentKnownSubject, ['x', 'Internal/admin'])", "true"),
        ("hasAnyOfTheRoles(context.currentKnownSubject, [])", "false"),
        ("hasAnyOfTheRolesV2(context, ['admin'])", "true"),
        ("isMemberOfAnyOfGroups(context.currentKnownSubject, ['staff'])", "true"),
        ("isMemberOfAnyOfGroups({groups: ['staff']}, ['staff'])", "false"),
        ("selectAcrFrom(context, ['a', 'b'])", "null"),
    ],
)
async def test_the_context_in_a_callback(world: World, expression: str, expected: str) -> None:
    """Members and functions as the reference tells them."""
    assert await said(world, expression) == expected


async def test_acr_values_are_selected_in_the_scripts_order(world: World) -> None:
    """The first of the script's list that was requested."""
    assert await said(world, "selectAcrFrom(context, ['x', 'b', 'a'])", acr_values=("a", "b")) == "b"
    assert await said(world, "context.requestedAcr[1]", acr_values=("a", "b")) == "b"


async def test_the_entry_point_sees_the_applications_request(world: World) -> None:
    """Not the posts that follow."""
    from engine.model import RequestFacts

    facts = RequestFacts(ip="198.51.100.7", headers={"user-agent": "UA"}, params={"lang": ["de"]}, cookies={"c": "1"})
    visit = await begun(
        world,
        """
        var r = context.request;
        fail({errorCode: [r.ip, r.headers['User-Agent'], r.params.lang[0], r.cookies.c.value].join()});
        """,
        facts=facts,
    )
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.error == "198.51.100.7,UA,de,1"


async def test_writing_to_the_context_changes_only_what_may_be_written(world: World) -> None:
    """Roles and addresses are not the script's to set; a name is until it takes it back."""
    expression = """(function () {
        var u = context.steps[1].subject;
        u.username = 'noah'; u.roles.push('boss'); context.request.ip = '1.1.1.1'; delete u.username;
        context.tenantDomain = 'x'; Object.freeze(u); context.steps[2] = context.steps[1];
        var step = context.steps[2];
        return [u.username, hasRole(u, 'boss'), context.request.ip, context.tenantDomain, step.subject].join();
    })()"""
    assert await said(world, expression) == "mara,false,203.0.113.9,carbon.super,"


async def test_context_data_lasts_for_the_flow(world: World) -> None:
    """A plain object of the script's own."""
    visit = await begun(
        world,
        """context.data.n = {a: [1]};
           executeStep(1, {onSuccess: function (c) { c.data.n.a.push(2); executeStep(2, {onSuccess: function (c) {
               c.selectedAcr = JSON.stringify(c.data); }}); }});""",
    )
    await visit.prove("mara")
    await visit.prove()
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.acr == '{"n":{"a":[1,2]}}'


async def test_claims_written_by_a_script(world: World) -> None:
    """Runtime claims go with the result, the others into the directory."""
    visit = await begun(
        world,
        """executeStep(1, {onSuccess: function (c) {
               c.currentKnownSubject.claims['urn:level'] = 7;
               c.currentKnownSubject.localClaims['urn:seen'] = 'yes';
           }});""",
    )
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.claims == {"urn:level": "7"}
    user = await world.directory.user("u-mara")
    assert user is not None
    assert user.claims == {"urn:color": "blue", "urn:seen": "yes"}


async def test_response_headers_but_none_of_ours(world: World) -> None:
    """A script may add a header to the page, not replace a face's."""
    visit = await begun(
        world,
        """var h = context.response.headers;
           h['X-From'] = 'script'; h['Content-Security-Policy'] = 'x'; h['X-Bad'] = 'a\\r\\nb'; h['No Name'] = 'x';
           executeStep(1);""",
    )
    assert isinstance(visit.reply, Page)
    assert visit.reply.headers == {"X-From": "script"}


@pytest.mark.parametrize(
    "name",
    ["refresh", "Content-Encoding", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin", "Clear-Site-Data",
     "X-Accel-Redirect", "Content-Security-Policy-Report-Only", "Proxy-Authenticate", "Link", "N" * 65],
)  # fmt: skip
async def test_headers_that_tell_a_browser_or_a_proxy_what_to_do_are_not_the_scripts(world: World, name: str) -> None:
    """A text from outside in one of them would be an order."""
    visit = await begun(world, f"context.response.headers['{name}'] = 'x'; executeStep(1);")
    assert isinstance(visit.reply, Page)
    assert visit.reply.headers == {}


async def test_a_script_sets_a_bounded_number_of_headers(world: World) -> None:
    """However long its loop."""
    visit = await begun(
        world, "for (var i = 0; i < 100; i++) { context.response.headers['X-' + i] = 'x'; } executeStep(1);"
    )
    assert isinstance(visit.reply, Page)
    assert len(visit.reply.headers) == 20


async def test_claims_are_bounded_in_number(world: World) -> None:
    """Those of this login and those for the directory; a script may catch the error of one more."""
    visit = await begun(
        world,
        """executeStep(1, {onSuccess: function (c) { var user = c.currentKnownSubject;
            for (var i = 0; i < 200; i++) {
                try { user.claims['urn:' + i] = i; } catch (e) {}
                try { user.localClaims['urn:' + i] = i; } catch (e) {}
            } }});""",
    )
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted)
    assert len(visit.reply.result.claims) == 64
    user = await world.directory.user("u-mara")
    assert user is not None
    assert len([name for name in user.claims if name.startswith("urn:") and name[4:].isdigit()]) == 64


# --- prompts and ends -------------------------------------------------------------------------------------------------

FORM = """
executeStep(1, {onSuccess: function () {
    prompt('genericForm', {inputs: [{id: 'code', label: 'Code'}, {id: 'why', label: 'Why'}]}, {
        onSuccess: function (c) { c.selectedAcr = c.request.params.code[0]; },
        onCancel: function () { fail({errorCode: 'cancelled'}); }
    });
}});
"""


async def test_a_prompt_asks_and_its_handler_reads_the_answer(world: World) -> None:
    """All fields are needed; then onSuccess runs."""
    visit = await begun(world, FORM)
    await visit.prove("mara")
    assert isinstance(visit.reply, Page)
    assert visit.page == "prompt"
    assert [field["id"] for field in visit.reply.fields["inputs"]] == ["code", "why"]
    await visit.post()
    assert visit.page == "prompt"
    await visit.post(code="42", why="because")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.acr == "42"


async def test_a_prompts_action_chooses_the_handler(world: World) -> None:
    """`action.cancel` runs onCancel; an action without a handler ends the login."""
    visit = await begun(world, FORM)
    await visit.prove("mara")
    await visit.post(**{"action.cancel": ""})
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.error == "cancelled"
    visit = await world.start()
    await visit.prove("mara")
    await visit.post(**{"action.other": ""})
    assert visit.page == "out: login.refused"


async def test_fail_goes_to_the_application_with_its_words(world: World) -> None:
    """Error, text and address; what the protocol does not allow is left out."""
    visit = await begun(
        world,
        "fail({errorCode: 'no_way', errorMessage: 'Not today.', errorURI: 'https://help.test/x'}); executeStep(1);",
    )
    assert isinstance(visit.reply, Refused)
    failed = visit.reply.failed
    assert (failed.direct, failed.error, failed.description) == (True, "no_way", "Not today.")
    assert failed.error_uri == "https://help.test/x"
    visit = await begun(world, "fail({errorCode: 'a\"b', errorURI: 'javascript:1'});")
    assert isinstance(visit.reply, Refused)
    assert (visit.reply.failed.error, visit.reply.failed.error_uri) == ("access_denied", None)
    assert (await begun(world, "fail();")).page == "out: script.fail"


async def test_send_error_shows_our_page_or_goes_to_an_address(world: World) -> None:
    """Parameters are text on our page, and the query of another's."""
    visit = await begun(world, "sendError(null, {status: 'Locked', statusMsg: 'Call us.', n: 3});")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.details == {"status": "Locked", "statusMsg": "Call us.", "n": "3"}
    assert visit.reply.failed.url is None
    visit = await begun(world, "sendError('https://help.test/e?a=1', {b: 'c d'});")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.url == "https://help.test/e?a=1&b=c+d"
    visit = await begun(world, "sendError('javascript:alert(1)', {});")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.url is None


async def test_what_comes_before_an_end_still_runs(world: World) -> None:
    """executeStep then fail: the step is done first; nothing after the end counts."""
    visit = await begun(world, "executeStep(1); fail({errorCode: 'after'}); executeStep(2);")
    assert visit.page == "password"
    await visit.prove("mara")
    assert isinstance(visit.reply, Refused)
    assert visit.reply.failed.error == "after"


# --- what goes wrong --------------------------------------------------------------------------------------------------

IN_CALLBACK = "function onLoginRequest(c) { executeStep(1, {onSuccess: function () { %s }}); }"


@pytest.mark.parametrize(
    "source",
    [
        "var onLoginRequest = function (c) {};",
        IN_CALLBACK % "throw 'x';",
        IN_CALLBACK % "nothing();",
        IN_CALLBACK % "while (true) {}",
        IN_CALLBACK % "try { while (true) {} } catch (e) {}",
        "function onLoginRequest(c) { executeStep(1, {onSuccess: function f() { f(); }}); }",
        IN_CALLBACK % "var s = 'x'; for (;;) { s += s; }",
        IN_CALLBACK % "executeStep(9);",
        IN_CALLBACK % "try { executeStep(9); } catch (e) {}",
        IN_CALLBACK % "executeStep('2');",
        IN_CALLBACK % "prompt('nope', {});",
        IN_CALLBACK % "context.selectedAcr = 'x';",
        "function onLoginRequest(c) { throw new Error('x'); }",
        "function onLoginRequest(c) { executeStep(99); }",
        "function onLoginRequest(c) { executeStep(); }",
        "var onLoginRequest = 7;",
        "function other() { executeStep(1); }",
        "onLoginRequest(;",
        "throw 1; function onLoginRequest(c) { executeStep(1); }",
        IN_CALLBACK % "for (var i = 0; i < 99; i++) executeStep(1);",
    ],
)
async def test_a_script_that_goes_wrong_lets_nobody_in(world: World, source: str) -> None:
    """Throwing, looping, recursing, growing, asking for what is not there: the login fails and the audit says why."""
    await world.configure(source)
    visit = await world.start()
    if visit.page == "password":
        await visit.prove("mara")
    assert visit.page.startswith("out: "), visit.page
    assert any(told.startswith("login_failed: ") for told in await world.why())


async def test_the_audit_names_the_place_of_a_script_error(world: World) -> None:
    """Line and message."""
    visit = await begun(world, "executeStep(1, {onSuccess: function () {\n  nothing();\n}});")
    await visit.prove("mara")
    assert visit.page == "out: script.error"
    assert "script_error: line 3: ReferenceError: nothing is not defined" in await world.why()


async def test_a_retry_without_end_is_bounded(world: World) -> None:
    """A hundred rounds of one flow."""
    visit = await begun(world, "var f = function () { executeStep(1, {onFail: f}); }; f();")
    for _ in range(100):
        if visit.page != "password":
            break
        await visit.post(username="mara", word="no")
    assert visit.page == "out: login.too_many_rounds"


async def test_a_script_cannot_replace_what_decides(world: World) -> None:
    """Redefining our functions makes no success."""
    visit = await begun(world, "executeStep = function () {}; executeStep(1);")
    assert visit.page == "out: login.nothing_proven"


# --- libraries and secrets --------------------------------------------------------------------------------------------


async def test_a_script_requires_libraries_and_they_keep_their_state(world: World) -> None:
    """Over requests and processes; what an admin changes in the meantime is for the next login."""
    counter = Library("count.js", "var n = 0; exports.next = function () { n += 1; return n; };")
    await world.configuration.commit(ConfigurationChange(libraries=[counter]))
    visit = await begun(
        world,
        """
        var count = require('count.js');
        count.next();
        executeStep(1, {onSuccess: function (context) {
            context.selectedAcr = 'n' + count.next() + loadLocalLibrary('count.js').next();
        }});
        """,
    )
    await world.configuration.commit(ConfigurationChange(removed_libraries=["count.js"]))
    world.engine = world.another_engine()
    await visit.prove("mara")
    assert isinstance(visit.reply, Granted)
    assert visit.reply.result.acr == "n23"


async def test_a_library_that_is_missing_or_wrong_ends_the_login_with_its_name_in_the_audit(world: World) -> None:
    """A script that catches the error may go on."""
    wrong = Library("wrong.js", "exports.a =\n= 1;")
    await world.configuration.commit(ConfigurationChange(libraries=[wrong]))
    visit = await begun(world, "require('none.js'); executeStep(1);")
    assert visit.page == "out: script.error"
    assert "login_failed: script.error" in await world.why()
    visit = await begun(world, "try { require('none.js'); } catch (e) { executeStep(1); }")
    assert visit.page == "password"
    visit = await begun(world, "require('wrong.js'); executeStep(1);")
    assert visit.page == "out: script.error"
    assert any("line 2 of wrong.js" in event.why for event in await world.audit.recent() if event.why)


async def test_a_script_reads_stored_secrets_and_no_log_shows_them(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor the audit; the house's own secrets are none of a script's."""
    caplog.set_level("INFO")
    secrets = {"key": "s3cret-value", "mail.password": "house"}
    await world.configuration.commit(ConfigurationChange(secrets=secrets))
    visit = await begun(
        world,
        """
        Log.info('key is ' + secrets.key + '.');
        var fine = secrets.key === 's3cret-value' && getSecretByName('key') === secrets['key'] &&
            secrets.none === undefined && getSecretByName('none') === null && secrets['mail.password'] === undefined &&
            !('key' in secrets) && Object.keys(secrets).length === 0;
        if (fine) { throw new Error('with ' + secrets.key); }
        """,
    )
    assert visit.page == "out: script.error"
    assert "key is ***." in caplog.text
    told = caplog.text + str(await world.audit.recent())
    assert "with ***" in told
    assert "s3cret-value" not in told


async def test_what_calls_hold_is_bounded_like_the_heap(world: World) -> None:
    """All that a script leaves is kept between requests."""
    visit = await begun(world, "prompt('genericForm', {text: 'x'.repeat(400000)}, {onSuccess: function () {}});")
    assert visit.page == "out: script.error"
