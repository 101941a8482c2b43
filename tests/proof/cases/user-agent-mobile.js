// password: proven, push: counterexample
function onLoginRequest(context) {
    var agent = context.request.headers['User-Agent'] || '';
    executeStep(1, { onSuccess: function (context) { if (!/Android|iPhone/.test(agent)) { executeStep(2); } } });
}
