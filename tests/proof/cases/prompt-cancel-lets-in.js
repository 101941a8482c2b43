// password: proven, push: counterexample
function onLoginRequest(context) {
    executeStep(1, {
        onSuccess: function (context) {
            prompt('genericForm', { title: 'Which', inputs: [{ id: 'way', label: 'Way' }] }, {
                onSuccess: function (context) { executeStep(2); },
                onCancel: function (context) { }
            });
        }
    });
}
