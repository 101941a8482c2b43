// password: proven, push: proven
var strong = false, tries = 0;
function onLoginRequest(context) {
    executeStep(1, { onSuccess: function (context) { second(); } });
}
function second() {
    if (strong) { return; }
    executeStep(2, {
        onSuccess: function () { strong = true; },
        onFail: function (context) { tries += 1; if (tries > 2) { fail(); } else { second(); } }
    });
}
