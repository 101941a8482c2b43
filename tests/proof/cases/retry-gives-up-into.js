// password: counterexample, push: proven
var tries = 0;
function onLoginRequest(context) { ask(); executeStep(2); }
function ask() {
    executeStep(1, { onFail: function (context) { tries++; if (tries < 3) { ask(); } } });
}
