// password: proven, push: not proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var many = [...context.currentKnownSubject.roles].length > 3;
            if (!many) { executeStep(2); }
        }
    });
}
