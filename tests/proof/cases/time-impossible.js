// password: proven, push: proven
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var hour = new Date().getHours();
            if (hour < 8 && hour > 18) { return; }
            executeStep(2);
        }
    });
}
