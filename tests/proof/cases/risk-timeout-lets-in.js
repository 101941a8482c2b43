// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpGet('https://risk.example.test/', {
                onSuccess: function (context, data) { executeStep(2); },
                onFail: function (context) { executeStep(2); },
                onTimeout: function (context) { Log.info('too slow'); }
            });
        }
    });
}
