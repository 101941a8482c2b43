// password: proven, push: proven
function onLoginRequest(context) { Log.info('hello'); }
