// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpGet('https://a.example.test/', {
                onSuccess: function (context, a) {
                    httpGet('https://b.example.test/', {
                        onSuccess: function (context, b) { if (a.risk + b.risk > 10) { executeStep(2); } },
                        onFail: function () { executeStep(2); }, onTimeout: function () { executeStep(2); }
                    });
                },
                onFail: function () { executeStep(2); }, onTimeout: function () { executeStep(2); }
            });
        }
    });
}
