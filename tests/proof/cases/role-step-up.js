// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (hasRole(context.currentKnownSubject, 'admin')) { executeStep(2); }
        }
    });
}
