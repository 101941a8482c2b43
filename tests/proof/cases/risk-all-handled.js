// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpPost('https://risk.example.test/', {}, {
                onSuccess: function (context, data) { executeStep(2); },
                onFail: function (context) { executeStep(2); },
                onTimeout: function (context) { fail(); }
            });
        }
    });
}
