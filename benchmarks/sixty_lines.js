// Risk decides how many factors a person needs: roles, networks, a step-up, and retries in a closure.
var trustedNetworks = ['10.', '192.168.', '203.0.113.'];
var rolesToStepUp = ['admin', 'auditor'];
var maxTries = 3;

function isTrusted(ip) {
    return trustedNetworks.some(function (network) { return ip.indexOf(network) === 0; });
}

function scoreOf(request) {
    var score = isTrusted(request.ip) ? 0 : 20;
    var agent = request.headers['user-agent'] || '';
    if (agent.toLowerCase().indexOf('bot') >= 0) {
        score += 50;
    }
    return Math.min(score, 100);
}

function needsStepUp(user, score) {
    var roles = user.roles.filter(role => rolesToStepUp.includes(role));
    return roles.length > 0 || score >= 20;
}

var onLoginRequest = function (context) {
    var score = scoreOf(context.request);
    var tries = 0;
    Log.info('risk ' + score + ' from ' + context.request.ip);

    var stepUp = function (user, reason) {
        tries += 1;
        executeStep(2, {
            onSuccess: function (context) {
                Log.info(`${user.username} stepped up because of ${reason}, try ${tries}`);
                context.selectedAcr = 'urn:acr:2';
            },
            onFail: function (context) {
                if (tries < maxTries) {
                    stepUp(user, reason);
                } else {
                    sendError('/blocked', { reason: reason });
                }
            }
        });
    };

    executeStep(1, {
        onSuccess: function (context) {
            var user = context.currentKnownSubject;
            if (needsStepUp(user, score)) {
                stepUp(user, score >= 20 ? 'the network' : 'a role');
            } else {
                Log.info(user.username + ' is in');
            }
        },
        onFail: function () {
            sendError('/unknown', {});
        }
    });
};
