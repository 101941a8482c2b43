// password: counterexample, push: counterexample
function onLoginRequest(context) {
    var which = context.request.params.step ? Number(context.request.params.step[0]) : 1;
    executeStep(which);
}
