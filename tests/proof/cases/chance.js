// password: proven, push: not proven
function onLoginRequest(context) {
    executeStep(1, { onSuccess: function (context) { if (Math.random() < 0.5) { executeStep(2); } } });
}
