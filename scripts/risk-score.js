// A service says how risky the login is: a high score ends it, a middle one or none at all asks the phone as well.

var service = 'https://risk.example.org/score';
var stepUpFrom = 40;
var refuseFrom = 80;

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            askService(context.currentKnownSubject.username, context.request);
        }
    });
}

function askService(username, request) {
    var told = { username: username, ip: request.ip, userAgent: request.headers['User-Agent'] };
    var auth = { type: 'bearer', properties: { token: secrets.riskService } };
    httpPost(service, told, {}, auth, {
        onSuccess: function (context, answer) {
            decide(answer.score);
        },
        onFail: stepUp,
        onTimeout: stepUp
    });
}

function decide(score) {
    if (typeof score !== 'number' || !(score < stepUpFrom)) {
        if (score >= refuseFrom) {
            fail({ errorCode: 'access_denied', errorMessage: 'This login looks too risky.' });
        } else {
            stepUp();
        }
    }
}

function stepUp() {
    executeStep(PUSH);
}
