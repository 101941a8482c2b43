// password: counterexample, push: proven
function onLoginRequest(context) { executeStep(3); executeStep(2); }
