// In trusted tenants the password is enough; in every other tenant approval on the phone is asked as well.

var trustedTenants = ['example.org'];

var PASSWORD = 1;
var PUSH = 2;

function onLoginRequest(context) {
    var trusted = isTrusted(context.tenantDomain);
    Log.info('tenant', context.tenantDomain, trusted ? 'is trusted' : 'needs both factors');
    executeStep(PASSWORD, {
        onSuccess: function (context) {
            if (!trusted || !isTrusted(context.currentKnownSubject.tenantDomain)) {
                executeStep(PUSH);
            }
        }
    });
}

function isTrusted(tenant) {
    return tenant != null && trustedTenants.indexOf(tenant.toLowerCase()) >= 0;
}
