// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (context.request.ip.indexOf('10.') !== 0) { executeStep(2); }
        }
    });
}
