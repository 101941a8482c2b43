// password: proven, push: counterexample
function onLoginRequest(context) { executeStep(1); }
