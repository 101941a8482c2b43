// Risk decides how many factors a person needs; two callbacks follow one another. Sixty lines, as admins write them.
var waiting = [];
var maxTries = 3;
var trusted = ['10.', '192.168.'];
var rolesToStepUp = ['admin', 'auditor'];

function executeStep(step, events) {
    waiting.push({ step: step, events: events });
}

function isTrusted(ip) {
    return trusted.some(function (prefix) { return ip.indexOf(prefix) === 0; });
}

function scoreOf(request) {
    var score = isTrusted(request.ip) ? 0 : 20;
    var agent = request.headers['user-agent'] || '';
    score += /bot|crawler|spider/i.test(agent) ? 50 : 0;
    for (var name in request.params) {
        if (request.params[name].length > 1) {
            score += 5;
        }
    }
    return Math.min(score, 100);
}

function needsMore(user, score) {
    var roles = user.roles.filter(role => rolesToStepUp.includes(role));
    return roles.length > 0 || score >= 20;
}

function begin(text) {
    var context = JSON.parse(text);
    var score = scoreOf(context.request);
    var tries = 0;
    var told = { score: score, names: [] };
    var once = function () {
        tries += 1;
        executeStep(1, {
            onSuccess: function (after) {
                told.names.push(after.user.name.toLowerCase().trim());
                if (needsMore(after.user, score)) {
                    executeStep(2, {
                        onSuccess: function (last) {
                            told.done = `${told.names.join(',')} after ${tries} (${last.user.roles.length} roles)`;
                        }
                    });
                }
            },
            onFail: function () { if (tries < maxTries) { once(); } }
        });
    };
    once();
    return waiting.length;
}

function succeed(text) {
    waiting.shift().events.onSuccess(JSON.parse(text));
    return waiting.length;
}
