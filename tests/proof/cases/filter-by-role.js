// password: counterexample, push: counterexample, push@role=admin: proven
function onLoginRequest(context) {
    executeStep(5, {
        onSuccess: function (context) {
            var admin = hasRole(context.currentKnownSubject, 'admin');
            executeStep(3, { authenticationOptions: [{ authenticator: admin ? 'push' : 'password' }] }, {});
        }
    });
}
