// password: proven, push: proven
function onLoginRequest(context) {
    var dice = Math.random();
    executeStep(1, {
        onSuccess: function (context) { if (dice < 0.5) { executeStep(2); } if (dice >= 0.5) { executeStep(2); } }
    });
}
