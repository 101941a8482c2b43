// password: counterexample, push: counterexample
function onLoginRequest(context) {
    executeStep(3, { authenticationOptions: [{ authenticator: context.request.params.by[0] }] }, {});
}
