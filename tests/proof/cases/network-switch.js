// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            switch (context.request.ip) {
                case '203.0.113.5': break;
                case '203.0.113.6': executeStep(2); break;
                default: executeStep(2);
            }
        }
    });
}
