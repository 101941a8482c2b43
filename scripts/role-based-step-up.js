// The password for everyone; for people with one of these roles also approval on the phone.

var rolesToStepUp = ['admin', 'manager'];

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            if (hasAnyOfTheRoles(context.currentKnownSubject, rolesToStepUp)) {
                executeStep(PUSH);
            }
        }
    });
}
