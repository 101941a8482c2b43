// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1);
    executeStep(2, { onFail: function (context) { Log.info('no phone'); } });
}
