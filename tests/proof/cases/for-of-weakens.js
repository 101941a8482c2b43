// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: ({ currentKnownSubject: user }) => {
            let strong = true;
            for (const group of user.groups) { if (group === 'weak') { strong = false; } }
            if (strong) { executeStep(2); }
        }
    });
}
