// A password that only the old system knows is set here when its owner signs in for the first time.

var oldSystem = 'https://old.example.org/check-password';
var stillElsewhere = 'urn:doorstep:password-elsewhere';
var mostTries = 5;

var PASSWORD = 1;

function onLoginRequest(context) {
    if (checkSessionExistence(PASSWORD, context)) {
        executeStep(PASSWORD);
    } else {
        ask(context, 1, '');
    }
}

// Everybody gets the same form, so that it tells nobody who has moved, or who exists.
function ask(context, attempt, text) {
    var password = { id: 'password', label: 'Password', confidential: true };
    var known = context.currentKnownSubject;
    var inputs = known === null ? [{ id: 'username', label: 'User name' }, password] : [password];
    prompt('genericForm', { title: 'Sign in', text: text, inputs: inputs }, {
        onSuccess: function (context) {
            var params = context.request.params;
            var name = known === null ? params.username[0] : known.username;
            tryHere(context, { username: name, password: params.password[0] }, attempt);
        }
    });
}

// First of all here, where tries are counted: while they are paused the old system is not asked either.
function tryHere(context, typed, attempt) {
    if (typed.username === '' || typed.password === '') {
        again(context, attempt);
        return;
    }
    executeStep(PASSWORD, { authenticatorParams: { common: typed } }, {
        onSuccess: function (context) {
            settle(context.currentKnownSubject);
        },
        onFail: function (context) {
            var user = context.lastLoginFailedUser;
            if (isElsewhere(user) && !context.currentStep.paused) {
                tryThere(user, typed, attempt);
            } else {
                again(context, attempt);
            }
        }
    });
}

function isElsewhere(user) {
    return user !== null && user.localClaims[stillElsewhere] === 'true';
}

// It takes longer than a wrong password here: who measures can tell whose password has not moved yet.
function tryThere(user, typed, attempt) {
    var auth = { type: 'bearer', properties: { token: secrets.oldSystem } };
    var wrong = function (context) {
        again(context, attempt);
    };
    httpPost(oldSystem, { username: user.username, password: typed.password }, {}, auth, {
        onSuccess: function (context, answer) {
            if (answer.valid === true) {
                move(user, typed, wrong);
            } else {
                wrong(context);
            }
        },
        onFail: wrong,
        onTimeout: wrong
    });
}

function move(user, typed, wrong) {
    updateUserPassword(user, typed.password, {
        onSuccess: function () {
            executeStep(PASSWORD, { authenticatorParams: { common: typed } }, {
                onSuccess: function () {
                    settle(user);
                },
                onFail: wrong
            });
        },
        onFail: wrong
    }, true); // the password they have there, whatever people may choose here
}

// Whose password is known here needs the old system no more.
function settle(user) {
    if (isElsewhere(user)) {
        user.localClaims[stillElsewhere] = 'false';
    }
}

function again(context, attempt) {
    if (attempt < mostTries) {
        ask(context, attempt + 1, 'That user name and password do not belong together. Try again.');
    } else {
        fail({ errorCode: 'access_denied', errorMessage: 'Too many failed attempts.' });
    }
}
