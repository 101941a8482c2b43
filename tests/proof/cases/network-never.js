// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var ip = context.request.ip;
            if (ip === '10.0.0.1' && ip === '10.0.0.2') { return; }
            executeStep(2);
        }
    });
}
