// password: proven, push: counterexample
function number(ip) {
    return ip.split('.').reduce(function (sum, part) { return sum * 256 + Number(part); }, 0);
}
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            var address = number(context.request.ip);
            if (address < 167772160 || address > 184549375) { executeStep(2); }
        }
    });
}
