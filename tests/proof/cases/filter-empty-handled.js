// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1);
    executeStep(3, { authenticationOptions: [] }, { onFail: function (context) { executeStep(1); } });
}
