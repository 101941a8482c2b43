// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(3, {
        onSuccess: function (context) {
            executeStep(context.steps[3].authenticator === 'push' ? 1 : 2);
        }
    });
}
