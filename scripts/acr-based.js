// How sure the login has to be is what the application asks for in acr_values; what it got stands in the ID token.

var basic = 'urn:doorstep:1';
var strong = 'urn:doorstep:2';

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    var level = levelFor(context);
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            if (level === basic) {
                context.selectedAcr = basic;
            } else {
                approve();
            }
        }
    });
}

// An application that asks for nothing gets the basic level; one that asks for what we do not know, the strong one.
function levelFor(context) {
    if (context.requestedAcr === null) {
        return basic;
    }
    return selectAcrFrom(context, [strong, basic]) || strong;
}

function approve() {
    executeStep(PUSH, {
        onSuccess: function (context) {
            context.selectedAcr = strong;
        }
    });
}
