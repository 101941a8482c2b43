// A browser in which the user has not approved on the phone before asks for that; then it is known for a while.

var knownForDays = 90;
var cookieName = 'known-browser';

var MOST_PEOPLE = 5;
var DAY = 24 * 3600;
var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            proceed(context.currentKnownSubject, peopleKnown(context.request));
        }
    });
}

function proceed(user, people) {
    if (user.uniqueId !== null && people.some(isOf(user))) {
        return;
    }
    executeStep(PUSH, {
        onSuccess: function (context) {
            remember(context.response, user, people);
        }
    });
}

// Who approved in this browser, newest first: texts of an id and the second until which it counts.
function peopleKnown(request) {
    var kept = getCookieValue(request, cookieName, { validateSignature: true, decrypt: true }) || '';
    return kept.split(',').filter(function (entry) {
        return Number(entry.split(' ')[1]) > now();
    });
}

function remember(response, user, people) {
    var others = people.filter(function (entry) {
        return !isOf(user)(entry);
    });
    var all = [user.uniqueId + ' ' + (now() + knownForDays * DAY)].concat(others).slice(0, MOST_PEOPLE);
    setCookie(response, cookieName, all.join(','), { sign: true, encrypt: true, 'max-age': knownForDays * DAY });
}

function isOf(user) {
    return function (entry) {
        return entry.split(' ')[0] === user.uniqueId;
    };
}

function now() {
    return Math.floor(Date.now() / 1000);
}
