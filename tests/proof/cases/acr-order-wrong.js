// password: proven, push@acr=strong: counterexample
function onLoginRequest(context) {
    var level = selectAcrFrom(context, ['weak', 'strong']);
    executeStep(1, { onSuccess: function (context) { if (level === 'strong') { executeStep(2); } } });
}
