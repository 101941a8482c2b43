// Name, then approve on the phone.  Who has no phone yet may register one on the way, after the password.

var PUSH = 1;
var PASSWORD = 2;

function onLoginRequest(context) {
    executeStep(PUSH, {
        onFail: function (context) {
            if (wantsToEnroll(context)) {
                proveThenEnroll();
            }
        }
    });
}

// The consent page posts the scenario; nothing else that a person posts means consent.
function wantsToEnroll(context) {
    var scenario = context.request.params.scenario;
    return scenario != null && scenario[0] === 'INIT_PUSH_ENROLL';
}

// Only the owner of the account may register a phone for it: the password comes first, for the same name.
function proveThenEnroll() {
    var asSubject = { markAsSubjectIdentifierStep: 'true', markAsSubjectAttributeStep: 'true' };
    executeStep(PASSWORD, { stepOptions: asSubject }, {
        onSuccess: function (context) {
            executeStep(PUSH, { stepOptions: { forceAuth: 'true' } }, {});
        }
    });
}
