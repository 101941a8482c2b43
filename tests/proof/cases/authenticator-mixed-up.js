// password: counterexample, push: counterexample
function onLoginRequest(context) {
    executeStep(3, {
        onSuccess: function (context) {
            executeStep(context.steps[3].authenticator === 'password' ? 1 : 2);
        }
    });
}
