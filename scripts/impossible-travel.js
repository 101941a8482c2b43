// Who could not have travelled here since the last sign-in, or of whom that is not known, also approves on the phone.

var fastest = 900;
var lastPlace = 'urn:doorstep:last-place';

var EARTH = 6371;
var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            compare(context.currentKnownSubject, hereAndNow(context.request.ip));
        }
    });
}

function compare(user, here) {
    if (here !== null && isPossible(placeIn(user.localClaims[lastPlace]), here)) {
        keep(user, here);
        return;
    }
    executeStep(PUSH, {
        onSuccess: function (context) {
            keep(user, here);
        }
    });
}

function keep(user, here) {
    user.localClaims[lastPlace] = here === null ? '' : here.join(' ');
}

// Latitude and longitude in degrees, and the time in milliseconds; null if the place is not known.
function hereAndNow(ip) {
    var place = lookUpAddress(ip);
    var known = place !== null && typeof place.latitude === 'number' && typeof place.longitude === 'number';
    return known ? [place.latitude, place.longitude, Date.now()] : null;
}

function placeIn(written) {
    var numbers = (written || '').split(' ').map(Number);
    return numbers.length === 3 && numbers.every(isFinite) ? numbers : null;
}

// Fifty kilometres are always possible, so coarse are places; a time in the future is none.
function isPossible(last, here) {
    if (last === null) {
        return false;
    }
    var hours = (here[2] - last[2]) / 3600000;
    return hours >= 0 && kilometres(last, here) <= 50 + fastest * hours;
}

// The great circle between two places, by the haversine formula.
function kilometres(a, b) {
    var halfway = square((b[0] - a[0]) / 2) + cosine(a[0]) * cosine(b[0]) * square((b[1] - a[1]) / 2);
    return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(halfway)));
}

function square(degrees) {
    return Math.pow(Math.sin(degrees * Math.PI / 180), 2);
}

function cosine(degrees) {
    return Math.cos(degrees * Math.PI / 180);
}
