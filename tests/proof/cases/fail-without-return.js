// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (context.request.ip === '203.0.113.7') { fail(); }
            executeStep(2);
        }
    });
}
