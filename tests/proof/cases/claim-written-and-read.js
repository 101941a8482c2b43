// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var user = context.currentKnownSubject;
            user.claims['urn:level'] = 'high';
            if (user.claims['urn:level'] === 'high') { executeStep(2); }
        }
    });
}
