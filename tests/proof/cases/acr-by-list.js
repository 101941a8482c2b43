// password: proven, push@acr=strong: proven
function onLoginRequest(context) {
    var asked = context.requestedAcr || [];
    executeStep(1, { onSuccess: function (context) { if (asked.indexOf('strong') >= 0) { executeStep(2); } } });
}
