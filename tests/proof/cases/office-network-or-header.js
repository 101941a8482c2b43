// password: proven, push: counterexample
function onLoginRequest(context) {
    var inside = /^192\.168\./.test(context.request.ip) || context.request.headers['X-Office'] === 'yes';
    executeStep(1, { onSuccess: function (context) { if (!inside) { executeStep(2); } } });
}
