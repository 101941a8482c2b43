// A step that may be tried again a few times; then the login ends and says why.

var maxTries = 3;

var PASSWORD = 1;

function onLoginRequest(context) {
    tryPassword(1);
}

function tryPassword(attempt) {
    executeStep(PASSWORD, {
        onFail: function (context) {
            if (attempt < maxTries) {
                tryPassword(attempt + 1);
            } else {
                fail({ errorCode: 'access_denied', errorMessage: 'Too many failed attempts.' });
            }
        }
    });
}
