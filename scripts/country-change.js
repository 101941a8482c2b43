// Who signs in from another country than the last time also approves on the phone; so does who is nowhere known.

var lastCountry = 'urn:doorstep:last-country';

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            compare(context.currentKnownSubject, countryOf(context.request.ip));
        }
    });
}

function countryOf(ip) {
    var place = lookUpAddress(ip);
    return place === null ? null : place.country || null;
}

function compare(user, country) {
    if (country !== null && user.localClaims[lastCountry] === country) {
        return;
    }
    executeStep(PUSH, {
        onSuccess: function (context) {
            if (country !== null) {
                user.localClaims[lastCountry] = country;
            }
        }
    });
}
