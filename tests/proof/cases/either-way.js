// password: counterexample, push: counterexample, password|push: proven
function onLoginRequest(context) { executeStep(3); }
