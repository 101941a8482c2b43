// password: counterexample, push: proven
function onLoginRequest(context) { executeStep(3, { authenticationOptions: [{ authenticator: 'push' }] }, {}); }
