// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpGet('https://risk.example.test/', {
                onSuccess: function (context, data) { if (data.score >= 10) { executeStep(2); } },
                onFail: function (context) { executeStep(2); },
                onTimeout: function (context) { executeStep(2); }
            });
        }
    });
}
