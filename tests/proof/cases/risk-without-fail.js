// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            httpPost('https://risk.example.test/', { ip: context.request.ip }, {
                onSuccess: function (context, data) { if (data.risk > 50) { executeStep(2); } }
            });
        }
    });
}
