// password: counterexample, push: proven
function onLoginRequest(context) {
    executeStep(1, { onUserAbort: function (context) { executeStep(2); } });
    executeStep(2);
}
