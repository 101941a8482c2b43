// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (context.request.headers['x-key'] !== secrets.officeKey) { executeStep(2); }
        }
    });
}
