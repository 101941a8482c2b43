// In office hours the password is enough; outside them only people on call get in, with approval on the phone.

var opensAt = 8;
var closesAt = 18;
var workdays = [1, 2, 3, 4, 5];
var utcOffset = 1;
var onCall = ['on-call'];

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            if (!isOpen(Date.now())) {
                outsideHours(context.currentKnownSubject);
            }
        }
    });
}

function outsideHours(user) {
    if (hasAnyOfTheRoles(user, onCall)) {
        executeStep(PUSH);
    } else {
        fail({ errorCode: 'access_denied', errorMessage: 'You can sign in during office hours.' });
    }
}

// Moved by the offset, the UTC day and hour are those of the office.
function isOpen(now) {
    var there = new Date(now + utcOffset * 3600000);
    var hour = there.getUTCHours();
    return workdays.indexOf(there.getUTCDay()) >= 0 && hour >= opensAt && hour < closesAt;
}
