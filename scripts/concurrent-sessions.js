// Whoever is signed in at too many places chooses which session ends, before there is one more.

var mostSessions = 2;

var PASSWORD = 1;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            makeRoom(context.currentKnownSubject);
        }
    });
}

function makeRoom(user) {
    var sessions = elsewhere(user);
    if (sessions === null) {
        refuse();
    } else if (sessions.length >= mostSessions) {
        askWhich(user, sessions);
    }
}

// The session of this browser gives way to the new one, so it does not count.
function elsewhere(user) {
    var sessions = getUserSessions(user);
    return sessions && sessions.filter(function (session) {
        return !session.current;
    });
}

function askWhich(user, sessions) {
    var field = { id: 'session', label: 'Which one shall end?', choices: sessions.map(choice) };
    var text = 'You are signed in at ' + sessions.length + ' places, and ' + mostSessions + ' are allowed.';
    prompt('genericForm', { title: 'Too many sessions', text: text, inputs: [field] }, {
        onSuccess: function (context) {
            terminateUserSession(user, sessions[context.request.params.session[0] - 1]);
            makeRoom(user);
        },
        onCancel: refuse
    });
}

function choice(session, index) {
    var agent = session.userAgent;
    var since = new Date(session.loginTime).toISOString().replace('T', ' ').slice(0, 16);
    return { value: String(index + 1), label: agent.browser + ' on ' + agent.platform + ', since ' + since + ' UTC' };
}

function refuse() {
    fail({ errorCode: 'access_denied', errorMessage: 'You are signed in at too many places.' });
}
