// push@role=admin: proven, push@role=clerk: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (hasAnyOfTheRoles(context.currentKnownSubject, ['auditor', 'admin'])) { executeStep(2); }
        }
    });
}
