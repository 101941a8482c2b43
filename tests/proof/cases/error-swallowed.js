// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            try {
                var level = context.request.params.level[0];
                if (level !== 'x') { executeStep(2); } else { executeStep(2); }
            } catch (error) { Log.error('no level'); }
        }
    });
}
