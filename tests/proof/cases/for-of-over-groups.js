// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: ({ currentKnownSubject: user }) => {
            let strong = true;
            for (const group of user.groups) { if (group === 'weak') { strong = true; } }
            if (strong) { executeStep(2); }
        }
    });
}
