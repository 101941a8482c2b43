// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (context.currentKnownSubject.roles.some(function (role) { return role === 'admin'; })) { executeStep(2); }
        }
    });
}
