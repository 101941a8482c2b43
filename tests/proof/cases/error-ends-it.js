// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var level = context.request.params.level[0];
            executeStep(2);
        }
    });
}
