// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var roles = context.currentKnownSubject.roles, strong = false;
            for (var i = 0; i < roles.length; i++) {
                if (roles[i] === 'admin') { strong = true; }
            }
            if (strong) { executeStep(2); }
        }
    });
}
