// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var user = context.steps[1].subject;
            if (hasRole(user, 'admin')) { executeStep(2); }
            if (!hasRole(user, 'admin')) { executeStep(2); }
        }
    });
}
