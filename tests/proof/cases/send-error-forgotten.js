// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (!isMemberOfAnyOfGroups(context.currentKnownSubject, ['staff'])) { Log.error('not allowed'); return; }
            executeStep(2);
        }
    });
}
