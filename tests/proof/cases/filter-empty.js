// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1);
    executeStep(3, { authenticationOptions: [{ authenticator: 'totp' }] }, {});
}
