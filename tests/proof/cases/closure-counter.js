// password: proven, push: proven
function counter(limit) { var n = 0; return function () { n += 1; return n <= limit; }; }
function onLoginRequest(context) {
    var again = counter(2);
    (function ask() {
        executeStep(1, { onFail: function () { if (again()) { ask(); } else { sendError(null, {}); } } });
    })();
    executeStep(2);
}
