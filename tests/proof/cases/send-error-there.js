// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (!isMemberOfAnyOfGroups(context.currentKnownSubject, ['staff'])) { sendError(null, {}); return; }
            executeStep(2);
        }
    });
}
