// Only members of certain groups get in; of those, members of some groups also approve on the phone.

var groupsLetIn = ['staff', 'finance'];
var groupsToStepUp = ['finance'];

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            decide(context.currentKnownSubject);
        }
    });
}

function decide(user) {
    if (!isMemberOfAnyOfGroups(user, groupsLetIn)) {
        fail({ errorCode: 'access_denied', errorMessage: 'This application is for members of certain groups.' });
    } else if (isMemberOfAnyOfGroups(user, groupsToStepUp)) {
        executeStep(PUSH);
    }
}
