// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            try { Log.info(context.request.params.level[0]); } catch (error) { Log.error('no level'); }
            executeStep(2);
        }
    });
}
