// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (context.push.devices.length === 0) { return; }
            executeStep(2);
        }
    });
}
