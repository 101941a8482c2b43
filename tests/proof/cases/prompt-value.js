// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            prompt('genericForm', { inputs: [{ id: 'code', label: 'Code' }] }, {
                onSuccess: function (context) { if (context.request.params.code[0] !== '4711') { executeStep(2); } }
            });
        }
    });
}
