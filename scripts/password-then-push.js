// The password first, then approval on the phone.  Who has no phone yet registers one between the two.

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            executeStep(PUSH);
        }
    });
}
