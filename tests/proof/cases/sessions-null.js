// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var sessions = getUserSessions(context.currentKnownSubject) || [];
            if (sessions.length === 0) { return; }
            executeStep(2);
        }
    });
}
