// password: counterexample, push: counterexample, password|push: proven
function onLoginRequest(context) {
    executeStep(1, { onFail: function (context) { executeStep(2); } });
}
