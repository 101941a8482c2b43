// From one of the organisation's networks the password is enough; from anywhere else the phone is asked, too.

var trustedNetworks = ['10.0.0.0/8', '192.168.0.0/16', '2001:db8:12::/48'];

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            if (!isTrusted(context.request.ip)) {
                executeStep(PUSH);
            }
        }
    });
}

function isTrusted(ip) {
    var bits = bitsOf(ip || '');
    return bits !== null && trustedNetworks.some(function (network) {
        var parts = network.split('/');
        var start = bitsOf(parts[0]);
        return start !== null && start.length === bits.length && /^\d+$/.test(parts[1]) &&
            start.substring(0, Number(parts[1])) === bits.substring(0, Number(parts[1]));
    });
}

// The address as 32 or 128 zeros and ones; null if it is none.
function bitsOf(ip) {
    var mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
    var bytes = (mapped === null ? ip : mapped[1]).split('.');
    return bytes.length === 4 ? joined(bytes, 10, 8) : groupsOf(ip);
}

// IPv6: eight groups of four digits, of which :: leaves out one run of zeros.
function groupsOf(ip) {
    var halves = ip.split('::');
    var head = halves[0] === '' ? [] : halves[0].split(':');
    var tail = halves.length < 2 || halves[1] === '' ? [] : halves[1].split(':');
    var missing = 8 - head.length - tail.length;
    if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) {
        return null;
    }
    return joined(head.concat(new Array(missing).fill('0'), tail), 16, 16);
}

function joined(numbers, base, width) {
    var digits = base === 10 ? /^\d{1,3}$/ : /^[\da-f]{1,4}$/i;
    var fits = numbers.every(function (one) {
        return digits.test(one) && parseInt(one, base) < Math.pow(2, width);
    });
    return fits ? numbers.map(function (one) {
        return parseInt(one, base).toString(2).padStart(width, '0');
    }).join('') : null;
}
