// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var weak = context.currentKnownSubject.roles.every(function (role) { return role === 'guest'; });
            if (!weak) { executeStep(2); }
        }
    });
}
