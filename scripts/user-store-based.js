// What is asked depends on the user store that the person comes from; an unlisted store lets nobody in.

var storesWithPassword = ['PRIMARY'];
var storesWithPush = ['PARTNERS'];

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            decide(context.currentKnownSubject.userStoreDomain);
        }
    });
}

// A user elsewhere has no store: null is in neither list.
function decide(store) {
    if (isIn(storesWithPush, store)) {
        executeStep(PUSH);
    } else if (!isIn(storesWithPassword, store)) {
        fail({ errorCode: 'access_denied', errorMessage: 'Users of this user store cannot sign in here.' });
    }
}

function isIn(stores, store) {
    return store != null && stores.indexOf(store.toUpperCase()) >= 0;
}
