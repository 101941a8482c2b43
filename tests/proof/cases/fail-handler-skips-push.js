// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1);
    executeStep(2, {
        onFail: function (context) { executeStep(1); }
    });
}
