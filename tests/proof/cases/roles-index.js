// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) { if (context.currentKnownSubject.roles.indexOf('admin') > 0) { executeStep(2); } }
    });
}
