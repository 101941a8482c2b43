// password: proven, push: counterexample
var strong = false;
function onLoginRequest(context) {
    executeStep(1, { onSuccess: function (context) { second(); } });
}
function second() {
    if (strong) { return; }
    strong = true;
    executeStep(2, { onFail: function (context) { executeStep(1, { stepOptions: { forceAuth: 'true' } }, { onSuccess: second }); } });
}
