// password: proven, push: proven
var onLoginRequest = function (context) {
    executeStep(1, { onSuccess: function (context) { executeStep(2); } });
};
