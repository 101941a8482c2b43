// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpGet('https://risk.example.test/', {
                onSuccess: function (context, data) { if (data?.user?.level !== 3) { executeStep(2); } },
                onFail: function () { executeStep(2); }, onTimeout: function () { executeStep(2); }
            });
        }
    });
}
