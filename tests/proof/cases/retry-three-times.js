// password: proven, push: counterexample
var tries = 0;
function onLoginRequest(context) { ask(); }
function ask() {
    executeStep(1, {
        onFail: function (context) {
            tries += 1;
            if (tries < 3) { ask(); } else { fail(); }
        }
    });
}
