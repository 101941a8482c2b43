// password: proven, push: counterexample, push@acr=strong: proven
function onLoginRequest(context) {
    var level = selectAcrFrom(context, ['strong', 'weak']);
    executeStep(1, { onSuccess: function (context) { if (level === 'strong') { executeStep(2); } } });
}
