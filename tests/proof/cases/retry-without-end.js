// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, { onFail: function (context) { onLoginRequest(context); }, onSuccess: function () { executeStep(2); } });
}
