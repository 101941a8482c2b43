// password: proven, push: counterexample
var offices = ['203.0.113.5', '203.0.113.6'];
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) { if (offices.indexOf(context.request.ip) < 0) { executeStep(2); } }
    });
}
