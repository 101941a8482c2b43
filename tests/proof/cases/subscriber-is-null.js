// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var user = context.steps[2].subject;
            if (user != null) { return; }
            executeStep(2);
        }
    });
}
