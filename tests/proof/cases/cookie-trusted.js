// password: proven, push: counterexample
function onLoginRequest(context) {
    var known = context.request.cookies.known;
    executeStep(1, { onSuccess: function (context) { if (!known || known.value !== 'yes') { executeStep(2); } } });
}
