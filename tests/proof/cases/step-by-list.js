// password: counterexample, push: proven
var order = [2, 3];
function onLoginRequest(context) { order.forEach(function (step) { executeStep(step); }); }
