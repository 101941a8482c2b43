// password: proven, push: counterexample, push@role=admin: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (!hasRole(context.currentKnownSubject, 'admin')) { executeStep(2); }
        }
    });
}
