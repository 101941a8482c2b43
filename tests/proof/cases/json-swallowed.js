// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var trusted = false;
            try { trusted = JSON.parse(context.request.headers['X-Trust']).ok; } catch (e) { trusted = true; }
            if (!trusted) { executeStep(2); }
        }
    });
}
