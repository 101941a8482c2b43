// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpGet('https://risk.example.test/', {
                onSuccess: function (context, data) {
                    switch (data.level) { case 'low': break; case 'high': executeStep(2); break; default: fail(); }
                },
                onFail: function () { fail(); }, onTimeout: function () { fail(); }
            });
        }
    });
}
