// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            if (context.currentKnownSubject.localClaims['urn:level'] !== 'low') { executeStep(2); }
        }
    });
}
