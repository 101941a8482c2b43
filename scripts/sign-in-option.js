// The person chooses how to begin.  Approval on the phone is enough; after a password it is asked as well.

var enoughAlone = ['push'];

var EITHER = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(EITHER, {
        onSuccess: function (context) {
            if (enoughAlone.indexOf(context.steps[EITHER].authenticator) < 0) {
                executeStep(PUSH);
            }
        }
    });
}
