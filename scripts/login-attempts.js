// Wrong passwords are counted with the user: after a few the phone is asked as well, after more the account is locked.

var triesBeforePush = 2;
var triesBeforeLock = 5;

var COUNT = 'http://wso2.org/claims/identity/failedLoginAttempts';
var LOCKED = 'http://wso2.org/claims/identity/accountLocked';
var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    askPassword(1);
}

function askPassword(attempt) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            proceed(context.currentKnownSubject);
        },
        onFail: function (context) {
            failed(context.lastLoginFailedUser, attempt);
        }
    });
}

function failed(user, attempt) {
    var count = Math.max(failures(user) + 1, attempt);
    if (user != null) {
        user.localClaims[COUNT] = count;
    }
    if (count < triesBeforeLock) {
        askPassword(attempt + 1);
        return;
    }
    if (user != null) {
        user.localClaims[LOCKED] = true;
    }
    sendError(null, { statusMsg: 'Too many failed attempts.' });
}

function proceed(user) {
    if (failures(user) < triesBeforePush) {
        user.localClaims[COUNT] = 0;
        return;
    }
    executeStep(PUSH, {
        onSuccess: function (context) {
            user.localClaims[COUNT] = 0;
        }
    });
}

// What is no number counts as too many.
function failures(user) {
    var count = Number(user == null ? 0 : user.localClaims[COUNT]);
    return isNaN(count) ? triesBeforePush : count;
}
