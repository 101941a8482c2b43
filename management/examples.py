"""What a body may look like, by the name of its model; for readers of the OpenAPI document, and for its tests."""

from typing import Any

_STEPS = [{"id": 1, "options": [{"authenticator": "password"}]}, {"id": 2, "options": [{"authenticator": "push"}]}]

EXAMPLES: dict[str, dict[str, Any]] = {
    "ApplicationEntry": {
        "id": "wiki",
        "name": "Wiki",
        "redirect_uris": ["https://wiki.example.test/callback"],
        "flow": "payroll-login",
        "require": ["password"],
    },
    "FlowEntry": {
        "id": "payroll-login",
        "steps": _STEPS,
        "script": {"source": "var onLoginRequest = function (context) { executeStep(1); executeStep(2); };"},
    },
    "AuthenticationSequence": {"type": "USER_DEFINED", "steps": _STEPS, "subjectStepId": 1, "attributeStepId": 1},
    "LibraryEntry": {"name": "rules.js", "source": "module.exports.isOffice = ip => ip.startsWith('192.0.2.');"},
    "PromptEntry": {"name": "terms", "source": "<p>Please read our terms.</p>"},
    "PushProviderEntry": {"name": "webpush", "provider": "webpush"},
    "UserEntry": {
        "username": "mara",
        "password": "a word that nobody guesses",
        "roles": ["editor"],
        "claims": {"http://wso2.org/claims/emailaddress": "mara@example.test"},
    },
    "NewSecret": {"name": "riskKey", "value": "what only the risk service knows"},
    "SecretValue": {"value": "what only the risk service knows"},
    "NewKey": {"algorithm": "ES256"},
}
