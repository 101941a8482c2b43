// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpGet('https://risk.example.test/', {
                onSuccess: function (context, data) {
                    if (data.score > 50) { executeStep(2); }
                    if (!(data.score > 50)) { executeStep(2); }
                }, onFail: function (context) { executeStep(2); }, onTimeout: function (context) { executeStep(2); }
            });
        }
    });
}
