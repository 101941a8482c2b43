// Only people of a certain age get in, by the birth date in the directory; without a real date nobody does.

var minimumAge = 18;
var birthDate = 'http://wso2.org/claims/dob';

var PASSWORD = 1;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            var years = ageOf(context.currentKnownSubject.localClaims[birthDate], new Date());
            if (!(years >= minimumAge)) {
                fail({ errorCode: 'access_denied', errorMessage: 'You have to be ' + minimumAge + ' or older.' });
            }
        }
    });
}

// Full years on that day (UTC); NaN for what is no date of the calendar or lies in the future.
function ageOf(written, today) {
    var parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written || '');
    if (parts === null || !isOfCalendar(written)) {
        return NaN;
    }
    var years = today.getUTCFullYear() - Number(parts[1]);
    var day = (today.getUTCMonth() + 1) * 100 + today.getUTCDate();
    if (day < Number(parts[2]) * 100 + Number(parts[3])) {
        years -= 1;
    }
    return years >= 0 ? years : NaN;
}

// February 30 is none: it is no date, or another day in March.
function isOfCalendar(written) {
    var date = new Date(written + 'T00:00:00Z');
    return !isNaN(date.getTime()) && date.toISOString().substring(0, 10) === written;
}
